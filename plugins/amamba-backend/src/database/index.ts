export { SecretBox } from './SecretBox';
export { decodeCursor, encodeCursor, type CursorKey } from './Cursor';
export { optionalNumber, storable, type BigIntColumn } from './columns';
export { whereCriteria, whereOneOf } from './criteria';
export { claimDue, leaseColumns, NO_LEASE, type Lease } from './lease';
export { migrate, openDatabase, rollback } from './migrate';
export { explainOutage } from './outage';
export { pageInMemory, type MemoryPage } from './pageInMemory';
export {
  applySlice,
  readPage,
  whereContains,
  type PageQuery,
  type PageSlice,
  type RowPage,
} from './paging';
