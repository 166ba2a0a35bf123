export { Banner } from './Banner';
export { LiveIndicator } from './LiveIndicator';
export { StalenessBanner } from './StalenessBanner';
