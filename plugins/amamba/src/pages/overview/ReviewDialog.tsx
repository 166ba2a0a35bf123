import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { lazy, Suspense, useId } from 'react';
import { Link } from '@backstage/core-components';
import type { Overview } from '@amamba/backstage-plugin-amamba-common';
import { Loading } from '../../components/States';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../translation';

const ApprovalPanel = lazy(() =>
  import('../../components/Approval').then(module => ({
    default: module.ApprovalPanel,
  })),
);

/** What is reviewed: an approval and the run that waits for it. */
export type Reviewed = Overview['waiting'][number];

/** Decides on an approval where it is seen. */
export function ReviewDialog(
  props: Reviewed & { onClose: () => void; onDecided: () => void },
) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const id = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const { run, approval, onDecided } = props;
  const { workspace, pipeline } = run;
  const key = run.number ?? run.id;
  return (
    <Dialog
      open
      fullWidth
      fullScreen={narrow}
      onClose={props.onClose}
      aria-labelledby={id}
    >
      <DialogTitle id={id}>
        {pipeline} {run.number !== undefined && `#${run.number}`}
      </DialogTitle>
      <DialogContent>
        <Suspense fallback={<Loading rows={3} />}>
          <ApprovalPanel
            workspace={workspace}
            pipeline={pipeline}
            run={key}
            approval={approval}
            onDecided={onDecided}
          />
        </Suspense>
      </DialogContent>
      <DialogActions>
        <Link to={workbench.run(workspace, pipeline, key)}>
          {t('pipelines.run.open')}
        </Link>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
