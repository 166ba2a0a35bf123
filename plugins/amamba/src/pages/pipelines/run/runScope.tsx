import { createContext, useContext, useMemo } from 'react';
import type { RunDetail } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import type { LogSource } from '../../../components/LogViewer';

/** How the API names a run. */
export interface RunParams {
  workspace: string;
  pipeline: string;
  /** number, or id while it has none */
  run: string;
}

/** The run of the page. */
export interface RunScope {
  params: RunParams;
  run: RunDetail;
  finished: boolean;
  /** asks for the run again, after an act */
  refresh(): void;
}

const RunContext = createContext<RunScope | undefined>(undefined);

export const RunProvider = RunContext.Provider;

/** The run of the page. */
export function useRun(): RunScope {
  const scope = useContext(RunContext);
  if (!scope) throw new Error('The view is not inside a RunProvider');
  return scope;
}

/** States of a run that goes on. `unknown` may come back. */
export function isFinished({ state }: Pick<RunDetail, 'state'>): boolean {
  return !['queued', 'running', 'waiting', 'unknown'].includes(state);
}

/**
 * The log of a run, or of one of its stages or steps.
 * @param node - id of the stage or step
 */
export function useLogSource(
  { workspace, pipeline, run }: RunParams,
  node: string | undefined,
): LogSource {
  const api = useAmambaApi();
  return useMemo(() => {
    const params = { workspace, pipeline, run };
    return {
      read: ({ tail, ...range }, signal) =>
        api.call(
          'getRunLog',
          { params, query: { node, ...range, ...(tail && { tail: 'true' }) } },
          { signal },
        ),
      search: ({ regex, matchCase, ...query }, signal) =>
        api.call(
          'searchRunLog',
          {
            params,
            query: {
              node,
              ...query,
              ...(regex && { regex: 'true' }),
              ...(matchCase && { matchCase: 'true' }),
            },
          },
          { signal },
        ),
    };
  }, [api, workspace, pipeline, run, node]);
}
