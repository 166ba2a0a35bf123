export { DataTable, type Column, type Sorting } from './DataTable';
export { FIRST_PAGE, PAGE_ROWS, Pager } from './Pager';
export { useExpiredPage } from './useExpiredPage';
