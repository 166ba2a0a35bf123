export { LiveService } from './LiveService';
