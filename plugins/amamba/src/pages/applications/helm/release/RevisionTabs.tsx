import type {
  HelmRelease,
  HelmRevision,
} from '@amamba/backstage-plugin-amamba-common';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import Typography from '@material-ui/core/Typography';
import { useId, type ReactNode } from 'react';
import { useAmambaApi } from '../../../../api';
import { CopyButton } from '../../../../components/Action';
import { FormField } from '../../../../components/Form';
import { EmptyState, LiveView } from '../../../../components/States';
import { YamlEditor } from '../../../../components/YamlEditor';
import { useLive } from '../../../../hooks/useLive';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../../translation';
import { ReleaseView, useReleaseNames } from './useRelease';

type Detail = HelmRevision & {
  manifest: string;
  notes?: string;
  values?: string;
  computedValues?: string;
};

/** A revision of the release, the newest unless the address names another. */
function OneRevision(props: {
  release: HelmRelease;
  children: (revision: Detail) => ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const id = useId();
  const names = useReleaseNames();
  const { release } = props;
  const wanted = Number(url.get('revision'));
  const known = release.history.map(({ revision }) => revision);
  const revision = known.includes(wanted) ? wanted : release.latest.revision;
  const live = useLive(
    signal =>
      api.call(
        'getReleaseRevision',
        { params: { ...names, revision } },
        { signal },
      ),
    { key: JSON.stringify([names, revision]), watch: false },
  );
  return (
    <>
      <FormField
        id={id}
        select
        SelectProps={{ native: true }}
        label={t('helm.release.revision')}
        value={String(revision)}
        problem={undefined}
        onChange={event => url.set({ revision: event.target.value })}
      >
        {[...known]
          .sort((a, b) => b - a)
          .map(number => (
            <option key={number} value={number}>
              {number}
            </option>
          ))}
      </FormField>
      <LiveView live={live} failed={t('helm.release.failed')}>
        {props.children}
      </LiveView>
    </>
  );
}

/** The values of a revision: the user's own, or with the chart's defaults. */
export function ValuesTab() {
  const { t } = useAmambaTranslation();
  const url = useUrlState();
  const all = url.get('all') === 'true';
  return (
    <ReleaseView>
      {release => (
        <OneRevision release={release}>
          {({ values, computedValues }) =>
            values === undefined ? (
              <EmptyState title={t('helm.release.valuesHidden')} />
            ) : (
              <>
                <FormControlLabel
                  label={t('helm.release.withDefaults')}
                  control={
                    <Switch
                      color="primary"
                      checked={all}
                      onChange={event =>
                        url.set({
                          all: event.target.checked ? 'true' : undefined,
                        })
                      }
                    />
                  }
                />
                <YamlEditor
                  label={t('helm.values')}
                  value={(all ? computedValues : values) ?? ''}
                />
              </>
            )
          }
        </OneRevision>
      )}
    </ReleaseView>
  );
}

/** What a revision put into the cluster. */
export function ManifestTab() {
  const { t } = useAmambaTranslation();
  return (
    <ReleaseView>
      {release => (
        <OneRevision release={release}>
          {({ manifest }) => (
            <YamlEditor label={t('helm.release.manifest')} value={manifest} />
          )}
        </OneRevision>
      )}
    </ReleaseView>
  );
}

/** What the chart tells those who installed it. */
export function NotesTab() {
  const { t } = useAmambaTranslation();
  return (
    <ReleaseView>
      {({ notes }) =>
        notes ? (
          <>
            <CopyButton text={notes} label={t('helm.release.copyNotes')} />
            <Typography
              component="pre"
              variant="body2"
              // a long line scrolls, also by the keyboard
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              role="region"
              aria-label={t('helm.release.notes')}
              style={{ overflow: 'auto', fontFamily: 'monospace' }}
            >
              {notes}
            </Typography>
          </>
        ) : (
          <EmptyState title={t('helm.release.noNotes')} />
        )
      }
    </ReleaseView>
  );
}
