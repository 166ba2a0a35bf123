import {
  askedResources,
  describeQuantity,
  quotaAsked,
  type FormDocument,
  type NamespaceSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { IconLine } from '../../../../components/States';
import { StatusIcon } from '../../../../components/Status';
import { useLanguage } from '../../../../components/Time';
import { useAmambaTranslation } from '../../../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0, 0, 2),
    padding: 0,
  },
}));

function unitOf(key: string): 'cpu' | 'bytes' | 'count' {
  if (key.endsWith('.cpu')) return 'cpu';
  return /memory|storage/.test(key) ? 'bytes' : 'count';
}

/** What the namespace's quota has left against what is asked; nothing where there is no quota. */
export function QuotaAsked(props: {
  namespace: NamespaceSummary | undefined;
  documents: readonly FormDocument[];
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const { namespace, documents } = props;
  const lines = useMemo(
    () =>
      quotaAsked(
        namespace?.quota ?? [],
        askedResources(documents.map(({ value }) => value)),
      ),
    [namespace, documents],
  );
  if (!namespace || lines.length === 0) return null;
  return (
    <ul
      className={classes.root}
      aria-label={t('createApplication.quota', { namespace: namespace.name })}
    >
      {lines.map(({ key, left, asked, over }) => {
        const unit = unitOf(key);
        return (
          <li key={key}>
            <IconLine
              icon={<StatusIcon status={over ? 'unstable' : 'ok'} size={16} />}
            >
              {t(
                over
                  ? 'createApplication.quotaOver'
                  : 'createApplication.quotaLeft',
                {
                  key,
                  left: describeQuantity(left, unit, language),
                  asked: describeQuantity(asked, unit, language),
                },
              )}
            </IconLine>
          </li>
        );
      })}
    </ul>
  );
}
