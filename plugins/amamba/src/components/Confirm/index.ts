export { ConfirmDialog, type Confirmation } from './ConfirmDialog';
