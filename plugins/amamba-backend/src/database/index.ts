export { pageInMemory, type MemoryPage } from './pageInMemory';
export { decodeCursor, encodeCursor, type CursorKey } from './Cursor';
export { migrate, openDatabase, rollback } from './migrate';
export { explainOutage } from './outage';
