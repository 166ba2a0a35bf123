import PlayArrow from '@material-ui/icons/PlayArrow';
import { useShortcut } from '../../hooks/shortcuts';
import { useAmambaTranslation } from '../../translation';
import { ActionButton } from '../Action';
import { useRunner, type Runnable } from './useRunner';

/**
 * Runs a pipeline, or opens its run dialog.
 * @param props.engineProblem - why the engine cannot run anything now
 * @param props.main - the one act of the page: contained, and on the key `r`
 */
export function RunButton(props: {
  pipeline: Runnable;
  onStarted?: () => void;
  engineProblem?: string;
  main?: boolean;
}) {
  const { t } = useAmambaTranslation();
  const { pipeline, main } = props;
  const runner = useRunner(pipeline, props);
  const label = t('pipelines.run.title', { pipeline: pipeline.name });
  // the key opens the dialog; where there is none to open it would act, so it does nothing
  const opens = main && !runner.refused && pipeline.hasParameters;
  useShortcut('r', label, opens ? runner.start : undefined);
  return (
    <>
      <ActionButton
        variant={main ? 'contained' : 'outlined'}
        size={main ? 'medium' : 'small'}
        startIcon={main ? <PlayArrow aria-hidden /> : undefined}
        label={label}
        refused={runner.refused}
        busy={runner.busy}
        onClick={runner.start}
      >
        {t('pipelines.run.run')}
      </ActionButton>
      {runner.dialog}
    </>
  );
}
