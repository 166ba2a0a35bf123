/** The portal's clusters and engines, for those who look after them. */
export { AuthorizedPlatform } from './AuthorizedPlatform';
export { registerPlatform } from './router';
