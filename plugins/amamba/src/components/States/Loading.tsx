import Skeleton from '@material-ui/lab/Skeleton';
import { useEffect, useState } from 'react';
import { useAmambaTranslation } from '../../translation';
import { VisuallyHidden } from './VisuallyHidden';

const QUIET_MS = 150;

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
 * Grey rows where content will be; nothing for the first moment.
 * @param props.rows - how many
 * @param props.rowHeight - in pixels, as the content will have
 */
export function Loading(props: { rows?: number; rowHeight?: number }) {
  const { t } = useAmambaTranslation();
  const slow = useSlow();
  const { rows = 5, rowHeight = 48 } = props;
  return (
    <div role="status" style={{ minHeight: rows * rowHeight }}>
      {slow && (
        <>
          <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
          {Array.from({ length: rows }, (_, row) => (
            <Skeleton key={row} height={rowHeight} animation={false} />
          ))}
        </>
      )}
    </div>
  );
}
