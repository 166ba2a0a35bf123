import type { ReactNode } from 'react';
import type { Live } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { EmptyState } from './EmptyState';
import { ErrorPanel } from './ErrorPanel';
import { errorKind, messageOf } from './errors';
import { Loading } from './Loading';

/**
 * Data that follows the backend, in all its states: loading, not found, no permission, failed, and old data beside
 * the error of its renewal.
 * @param props.failed - the words for "could not be loaded"
 * @param props.back - a link out, where the thing does not exist
 */
export function LiveView<T>(props: {
  live: Live<T>;
  failed: string;
  back?: ReactNode;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const { data, error, retry } = props.live;
  const kind = error && errorKind(error);
  if (error && (kind === 'notFound' || kind === 'notAllowed')) {
    return (
      <EmptyState
        title={kind === 'notFound' ? t('common.notFound') : messageOf(error)}
        act={props.back}
      >
        {kind === 'notFound' && messageOf(error)}
      </EmptyState>
    );
  }
  return (
    <>
      {error && (
        <ErrorPanel title={props.failed} error={error} onRetry={retry} />
      )}
      {data === undefined
        ? !error && (props.loading ?? <Loading onRetry={retry} />)
        : props.children(data)}
    </>
  );
}
