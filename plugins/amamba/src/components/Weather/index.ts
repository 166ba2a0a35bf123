export { Weather } from './Weather';
