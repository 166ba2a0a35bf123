export { ListFilters, type FilterField } from './ListFilters';
export { ListView, PagedTable } from './ListView';
export { knownValues, usePagedList, type PagedList } from './usePagedList';
