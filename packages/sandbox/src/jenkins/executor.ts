import type { StartPipeline } from './execution/types';

/** An executor that refuses everything, with the reason in the log. */
export const refuseEverything: StartPipeline = ({ listener }) => {
  listener.log('ERROR: this stand-in was started without an executor.\n');
  return {
    done: Promise.resolve({ result: 'FAILURE', restartableStages: [] }),
    interrupt: () => undefined,
    answerInput: () => undefined,
    pendingInputs: () => [],
  };
};
