export { AdminPage as OfPlatform } from './AdminPage';
