import Typography from '@material-ui/core/Typography';
import { useAmambaApi } from '../../../../api';
import { DiffView } from '../../../../components/DiffView';
import { LiveView } from '../../../../components/States';
import { useLive } from '../../../../hooks/useLive';
import { useAmambaTranslation } from '../../../../translation';
import { useReleaseNames } from './useRelease';

/** What differs between two revisions of the release. */
export function CompareRevisions(props: { from: number; to: number }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const names = useReleaseNames();
  const { from, to } = props;
  const live = useLive(
    signal =>
      api.call(
        'compareReleaseRevisions',
        { params: names, query: { from, to } },
        { signal },
      ),
    { key: JSON.stringify([names, from, to]), watch: false },
  );
  return (
    <LiveView live={live} failed={t('helm.release.compareFailed')}>
      {({ items, values }) => (
        <>
          <DiffView diffs={items} />
          {values.length > 0 && (
            <>
              <Typography variant="subtitle2" component="h4">
                {t('helm.values')}
              </Typography>
              <DiffView diffs={values} />
            </>
          )}
        </>
      )}
    </LiveView>
  );
}
