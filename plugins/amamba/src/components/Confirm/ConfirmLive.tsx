import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import type { Live } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { LiveView } from '../States';
import { ConfirmDialog, type Confirmation } from './ConfirmDialog';

/**
 * Says what will happen as the backend sees it at this moment, and does it when confirmed. When the thing changes
 * meanwhile, what is said changes with it.
 * @param props.live - what the consequences are worked out from
 * @param props.failed - said when that cannot be loaded
 * @param props.children - the confirmation, from what was loaded
 */
export function ConfirmLive<T>(props: {
  live: Live<T>;
  failed: string;
  destructive?: boolean;
  onClose: () => void;
  children: (data: T) => Confirmation;
}) {
  const { t } = useAmambaTranslation();
  const { live, onClose } = props;
  if (live.data !== undefined) {
    return (
      <ConfirmDialog
        {...props.children(live.data)}
        destructive={props.destructive}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose} aria-label={t('common.loading')}>
      <DialogContent>
        <LiveView live={live} failed={props.failed}>
          {() => null}
        </LiveView>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </DialogActions>
    </Dialog>
  );
}
