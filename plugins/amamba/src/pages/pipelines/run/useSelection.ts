import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import {
  lineHash,
  parseLineHash,
  type LineRange,
} from '../../../components/LogViewer';
import { findStage, pickStage, WHOLE } from './selection';

/** What the reader looks at in a run. It stands in the address as soon as the reader chose it. */
export interface Selection {
  /** the stage that is shown; undefined: the whole run */
  stage: RunStage | undefined;
  /** id of the step in the address, or `WHOLE`; undefined: not chosen */
  step: string | undefined;
  /** the reader chose a stage */
  chosen: boolean;
  lines: LineRange | undefined;
  /** text that the log is searched for */
  q: string;
  selectStage(id: string | undefined): void;
  /** @param stage - id of the stage that it belongs to */
  selectStep(stage: string | undefined, id: string): void;
  /** Goes back to what is shown without a choice: from the log to the steps, from the steps to the stages. */
  back(): void;
  setLines(stage: string | undefined, step: string, lines: LineRange): void;
  setQuery(q: string): void;
  /** keeps what is shown: the run going on moves it no more */
  pin(stage: string | undefined, step: string): void;
}

/** Reads and writes the selection in the address: `stage`, `step`, `q` and `#L120-L134`. */
export function useSelection(stages: readonly RunStage[]): Selection {
  const { hash, search, pathname } = useLocation();
  const navigate = useNavigate();
  const params = new URLSearchParams(search);
  const lines = parseLineHash(hash);
  const wanted = params.get('stage') ?? (lines ? WHOLE : undefined);
  const known = findStage(stages, wanted);
  const stage = known ?? (wanted === WHOLE ? undefined : pickStage(stages));

  const write = useCallback(
    (change: Record<string, string | undefined>, newHash: string) => {
      const after = new URLSearchParams(search);
      for (const [name, value] of Object.entries(change)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      const to = { pathname, search: after.toString(), hash: newHash };
      const same =
        to.search === new URLSearchParams(search).toString() &&
        newHash === hash;
      if (!same) navigate(to, { replace: true });
    },
    [hash, navigate, pathname, search],
  );
  const pinned = params.has('stage');
  return {
    stage,
    step:
      known || wanted === WHOLE ? (params.get('step') ?? undefined) : undefined,
    chosen: wanted !== undefined,
    lines,
    q: params.get('q') ?? '',
    selectStage: useCallback(
      id => write({ stage: id ?? WHOLE, step: undefined }, ''),
      [write],
    ),
    selectStep: useCallback(
      (stageId, id) => write({ stage: stageId ?? WHOLE, step: id }, ''),
      [write],
    ),
    back: () =>
      write(
        params.has('step')
          ? { step: undefined, q: undefined }
          : { stage: undefined, q: undefined },
        '',
      ),
    setLines: useCallback(
      (stageId, stepId, range) =>
        write({ stage: stageId ?? WHOLE, step: stepId }, lineHash(range)),
      [write],
    ),
    setQuery: useCallback(q => write({ q }, hash), [write, hash]),
    pin: useCallback(
      (stageId, stepId) => {
        if (!pinned) write({ stage: stageId ?? WHOLE, step: stepId }, hash);
      },
      [write, hash, pinned],
    ),
  };
}
