import type {
  AllOfCriteria,
  AnyOfCriteria,
  NotCriteria,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';

function isAllOf<F extends object>(
  criteria: PermissionCriteria<F>,
): criteria is AllOfCriteria<F> {
  return 'allOf' in criteria;
}

function isAnyOf<F extends object>(
  criteria: PermissionCriteria<F>,
): criteria is AnyOfCriteria<F> {
  return 'anyOf' in criteria;
}

function isNot<F extends object>(
  criteria: PermissionCriteria<F>,
): criteria is NotCriteria<F> {
  return 'not' in criteria;
}

/**
 * Narrows a query to what fits the criteria of a policy.
 * @param whereFilter - what one filter of a rule means in the table
 */
export function whereCriteria<F extends object>(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<F>,
  whereFilter: (query: Knex.QueryBuilder, filter: F) => void,
): void {
  if (isAllOf(criteria)) {
    for (const part of criteria.allOf) {
      query.andWhere(inner => whereCriteria(inner, part, whereFilter));
    }
  } else if (isAnyOf(criteria)) {
    query.andWhere(inner => {
      for (const part of criteria.anyOf) {
        inner.orWhere(one => whereCriteria(one, part, whereFilter));
      }
    });
  } else if (isNot(criteria)) {
    query.whereNot(inner => whereCriteria(inner, criteria.not, whereFilter));
  } else {
    whereFilter(query, criteria);
  }
}

/**
 * Rows whose column holds one of the values.
 * @param preset - what NULL stands for
 */
export function whereOneOf(
  query: Knex.QueryBuilder,
  column: string,
  values: readonly string[],
  preset = '',
): void {
  if (values.length === 0) {
    query.whereRaw('1 = 0');
    return;
  }
  // NULL must compare as false, not as unknown, or else a negation loses rows
  query.whereRaw(`COALESCE(??, ?) IN (${values.map(() => '?').join(', ')})`, [
    column,
    preset,
    ...values,
  ]);
}
