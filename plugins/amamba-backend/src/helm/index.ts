/** Charts and their releases. */
export { readHelmConfig, type HelmConfig } from './config';
export {
  createHelmRoom,
  type HelmRoom,
  type HelmRoomOptions,
} from './createHelmRoom';
