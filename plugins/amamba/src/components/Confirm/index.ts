export { ConfirmDialog, type Confirmation } from './ConfirmDialog';
export { ConfirmLive } from './ConfirmLive';
