export { EmptyState } from './EmptyState';
export { ErrorPanel } from './ErrorPanel';
export { errorKind, messageOf, statusOf, type ErrorKind } from './errors';
export { LiveView } from './LiveView';
export { Loading, useSlow } from './Loading';
export { NoPermission } from './NoPermission';
export { VisuallyHidden } from './VisuallyHidden';
export { IconLine } from './IconLine';
