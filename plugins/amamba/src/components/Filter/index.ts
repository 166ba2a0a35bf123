export { FilterBar, type ActiveFilter } from './FilterBar';
export { FilterSelect, type FilterOption } from './FilterSelect';
export { SearchField } from './SearchField';
export { TextFilter } from './TextFilter';
export { useFieldStyles } from './useFieldStyles';
