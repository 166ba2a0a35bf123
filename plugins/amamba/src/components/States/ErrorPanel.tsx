import Button from '@material-ui/core/Button';
import { useAmambaTranslation, type Translate } from '../../translation';
import { CopyButton } from '../Action';
import { Banner } from '../Banner';
import { errorDetails, errorKind, messageOf } from './errors';

/**
 * Something failed: what, in the words of the system that failed, and what to do.
 * @param props.title - what was tried: "The pipelines could not be loaded."
 */
export function ErrorPanel(props: {
  title: string;
  error: Error;
  onRetry?: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { error } = props;
  return (
    <Banner
      severity="error"
      actions={
        <>
          {props.onRetry && (
            <Button size="small" onClick={props.onRetry}>
              {t('common.retry')}
            </Button>
          )}
          <CopyButton
            text={() => errorDetails(error)}
            label={t('common.copyDetails')}
          />
        </>
      }
    >
      <strong>{props.title}</strong> {explain(t, error)}
    </Banner>
  );
}

function explain(t: Translate, error: Error): string {
  switch (errorKind(error)) {
    case 'unreachable':
      return t('common.unreachable');
    case 'mismatch':
      return t('common.mismatch');
    default:
      return messageOf(error);
  }
}
