import type { Translate } from '../../translation';

/** Actions that the audit records, by their key in the translations. */
export const ACTIONS = {
  'pipeline.create': 'pipelineCreate',
  'pipeline.update': 'pipelineUpdate',
  'pipeline.delete': 'pipelineDelete',
  'pipeline.sync': 'pipelineSync',
  'run.start': 'runStart',
  'run.rerun': 'runRerun',
  'run.cancel': 'runCancel',
  'run.approve': 'runApprove',
  'run.reject': 'runReject',
} as const;

function isKnown(action: string): action is keyof typeof ACTIONS {
  return action in ACTIONS;
}

/** An action in words; its own name when it is not known here. */
export function actionWord(t: Translate, action: string): string {
  return isKnown(action) ? t(`audit.actions.${ACTIONS[action]}`) : action;
}
