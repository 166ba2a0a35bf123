import {
  FilterBar,
  FilterSelect,
  SearchField,
  TextFilter,
  type ActiveFilter,
  type FilterOption,
} from '../Filter';
import { useAmambaTranslation } from '../../translation';
import type { PagedList } from './usePagedList';

/** A filter of a list. Its value stands in the address under its name. */
export type FilterField = {
  name: string;
  label: string;
} & (
  | { type: 'search' | 'text' | 'time' }
  /** one of the options */
  | { type: 'choice'; options: readonly FilterOption[] }
  /** some of the options */
  | { type: 'choices'; options: readonly FilterOption[] }
);

type ListOf = Pick<PagedList<unknown>, 'url' | 'filter' | 'clear'>;

/** Search and filters of a list, and those that are set as chips. */
export function ListFilters(props: {
  list: ListOf;
  fields: readonly FilterField[];
}) {
  const { t } = useAmambaTranslation();
  const { list, fields } = props;
  return (
    <FilterBar
      active={fields.flatMap(field => chips(list, field, t('common.search')))}
      onClear={list.clear}
    >
      {fields.map(field => (
        <Field key={field.name} list={list} field={field} />
      ))}
    </FilterBar>
  );
}

function Field(props: { list: ListOf; field: FilterField }) {
  const { field } = props;
  const { url, filter } = props.list;
  const { name, label } = field;
  const value = url.get(name) ?? '';
  switch (field.type) {
    case 'search':
      return (
        <SearchField
          label={label}
          value={value}
          onChange={text => filter({ [name]: text.trim() })}
        />
      );
    case 'choices':
      return (
        <FilterSelect
          label={label}
          value={chosen(field.options, url.list(name))}
          options={field.options}
          onChange={values => filter({ [name]: values })}
        />
      );
    case 'choice':
      return (
        <FilterSelect
          label={label}
          multiple={false}
          value={value ? [value] : []}
          options={field.options}
          onChange={([one]) => filter({ [name]: one })}
        />
      );
    default:
      return (
        <TextFilter
          label={label}
          type={field.type === 'time' ? 'datetime-local' : 'text'}
          value={value}
          onChange={text => filter({ [name]: text })}
        />
      );
  }
}

/** The options that are chosen, in their own order. */
function chosen(
  options: readonly FilterOption[],
  values: readonly string[],
): string[] {
  return options
    .map(option => option.value)
    .filter(value => values.includes(value));
}

/** What is set of a filter, to be taken away one by one. */
function chips(
  { url, filter }: ListOf,
  field: FilterField,
  search: string,
): ActiveFilter[] {
  const { name } = field;
  const label = field.type === 'search' ? search : field.label;
  const options = 'options' in field ? field.options : [];
  const word = (value: string) =>
    options.find(option => option.value === value)?.label ?? value;
  if (field.type === 'choices') {
    const values = chosen(options, url.list(name));
    return values.map(value => ({
      label: `${label}: ${word(value)}`,
      remove: () => filter({ [name]: values.filter(other => other !== value) }),
    }));
  }
  const value = url.get(name);
  return value
    ? [
        {
          label: `${label}: ${word(value)}`,
          remove: () => filter({ [name]: undefined }),
        },
      ]
    : [];
}
