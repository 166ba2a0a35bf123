import type { PipelineFilter } from '@amamba/backstage-plugin-amamba-node';
import type { Knex } from 'knex';
import { whereCriteria, whereOneOf } from '../database';
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

function whereProperty(
  query: Knex.QueryBuilder,
  { property, values }: PipelineFilter,
  scope: PipelineScope,
): void {
  const preset = property === 'environment' ? scope.environment : undefined;
  whereOneOf(query, COLUMNS[property], values, preset);
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
          whereCriteria(one, criteria, (part, filter) =>
            whereProperty(part, filter, scope),
          );
        });
      }
    }
  });
}
