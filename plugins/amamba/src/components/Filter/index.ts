export { FilterBar, type ActiveFilter } from './FilterBar';
export { FilterSelect, type FilterOption } from './FilterSelect';
export { SearchField } from './SearchField';
