import type { Operation } from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId } from 'react';
import { OperationProgress } from '../../../../components/OperationProgress';
import { useWorkspace } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';

/** Shows how an operation gets on; closing it leaves the operation alone. */
export function OperationDialog(props: {
  title: string;
  operation: Operation;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { name: workspace } = useWorkspace();
  const id = useId();
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={props.onClose}
      aria-labelledby={id}
    >
      <DialogTitle id={id}>{props.title}</DialogTitle>
      <DialogContent>
        <OperationProgress
          workspace={workspace}
          operation={props.operation}
          onDone={props.onDone}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
