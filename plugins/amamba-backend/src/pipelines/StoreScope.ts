import type { PipelineFilter } from '@amamba/backstage-plugin-amamba-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { ListCriteria } from '../permissions';

/** Pipelines of one workspace that a caller may see. */
export interface PipelineScope {
  workspaceRef: string;
  /** environment of those that name none */
  environment?: string;
  criteria: ListCriteria;
}

const COLUMNS: Record<PipelineFilter['property'], string> = {
  workspaceRef: 'workspace_ref',
  name: 'name',
  environment: 'environment',
  entityRef: 'entity_ref',
  createdBy: 'created_by',
};

function whereCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<PipelineFilter>,
  scope: PipelineScope,
): void {
  if ('allOf' in criteria) {
    for (const part of criteria.allOf) {
      query.andWhere(inner => whereCriteria(inner, part, scope));
    }
  } else if ('anyOf' in criteria) {
    query.andWhere(inner => {
      for (const part of criteria.anyOf) {
        inner.orWhere(one => whereCriteria(one, part, scope));
      }
    });
  } else if ('not' in criteria) {
    query.whereNot(inner => whereCriteria(inner, criteria.not, scope));
  } else {
    const preset =
      criteria.property === 'environment' ? scope.environment : undefined;
    const { values } = criteria;
    if (values.length === 0) {
      query.whereRaw('1 = 0');
    } else {
      // NULL must compare as false, not as unknown, or else a negation loses rows
      query.whereRaw(
        `COALESCE(??, ?) IN (${values.map(() => '?').join(', ')})`,
        [COLUMNS[criteria.property], preset ?? '', ...values],
      );
    }
  }
}

/** Narrows a query on `amamba_pipelines` to what the caller may see. */
export function whereInScopes(
  query: Knex.QueryBuilder,
  scopes: readonly PipelineScope[],
): void {
  const whole = scopes.filter(({ criteria }) => criteria === 'all');
  query.where(any => {
    any.whereIn(
      'workspace_ref',
      whole.map(({ workspaceRef }) => workspaceRef),
    );
    for (const scope of scopes) {
      const { criteria, workspaceRef } = scope;
      if (criteria !== 'all' && criteria !== 'none') {
        any.orWhere(one => {
          one.where({ workspace_ref: workspaceRef });
          whereCriteria(one, criteria, scope);
        });
      }
    }
  });
}
