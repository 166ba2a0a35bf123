export { ActionButton } from './ActionButton';
export { CopyButton } from './CopyButton';
export { MenuButton, type MenuEntry } from './MenuButton';
