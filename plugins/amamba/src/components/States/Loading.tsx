import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useEffect, useState } from 'react';
import { useAmambaTranslation } from '../../translation';
import { VisuallyHidden } from './VisuallyHidden';

const QUIET_MS = 150;
const SLOW_MS = 3000;
const STUCK_MS = 10_000;

/** Whether a wait has lasted long enough to be shown. */
export function useSlow(ms = QUIET_MS): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return slow;
}

/**
 * Grey rows where content will be; nothing for the first moment. A long wait is explained, and can be begun anew.
 * @param props.rows - how many
 * @param props.rowHeight - in pixels, as the content will have
 * @param props.onRetry - asks anew
 */
export function Loading(props: {
  rows?: number;
  rowHeight?: number;
  onRetry?: () => void;
}) {
  const { t } = useAmambaTranslation();
  const shown = useSlow();
  const slow = useSlow(SLOW_MS);
  const stuck = useSlow(STUCK_MS);
  const { rows = 5, rowHeight = 48, onRetry } = props;
  return (
    <div role="status" style={{ minHeight: rows * rowHeight }}>
      {shown && !slow && <VisuallyHidden>{t('common.loading')}</VisuallyHidden>}
      {slow && (
        <Typography>
          {stuck ? t('common.noAnswer') : t('common.stillLoading')}{' '}
          {stuck && onRetry && (
            <Button size="small" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          )}
        </Typography>
      )}
      {shown &&
        Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={rowHeight} animation={false} />
        ))}
    </div>
  );
}
