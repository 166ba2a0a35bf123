export { ListFilters, type FilterField } from './ListFilters';
export { ListView, PagedTable } from './ListView';
export {
  knownValues,
  pagePlace,
  usePagedList,
  type PagedList,
  type PagePlace,
} from './usePagedList';
