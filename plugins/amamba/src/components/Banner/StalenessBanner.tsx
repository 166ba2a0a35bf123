import Button from '@material-ui/core/Button';
import type { Warning } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { Ago } from '../Time';
import { Banner } from './Banner';

/** Sources that answered late, partly or not at all, one line each; nothing when all did. */
export function StalenessBanner(props: {
  warnings: readonly Warning[] | undefined;
  onRetry: () => void;
}) {
  const { t } = useAmambaTranslation();
  if (!props.warnings?.length) return null;
  return (
    <Banner
      severity="warning"
      actions={
        <Button size="small" onClick={props.onRetry}>
          {t('common.retry')}
        </Button>
      }
    >
      {props.warnings.map(({ source, message, since }) => (
        <div key={`${source} ${message}`}>
          <strong>{source}</strong> {message} {since && <Ago time={since} />}
        </div>
      ))}
    </Banner>
  );
}
