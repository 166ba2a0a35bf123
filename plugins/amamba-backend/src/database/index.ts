export { decodeCursor, encodeCursor, type CursorKey } from './Cursor';
export { migrate, openDatabase, rollback } from './migrate';
