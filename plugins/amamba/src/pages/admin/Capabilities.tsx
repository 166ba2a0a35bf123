import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Capability } from '@amamba/backstage-plugin-amamba-common';
import { CopyButton } from '../../components/Action';
import { StatusIcon } from '../../components/Status';
import { useAmambaTranslation, type Translate } from '../../translation';

const WORDS = {
  metrics: 'metrics',
  applications: 'applications',
  rollouts: 'rollouts',
  'argo-cd': 'argoCd',
  read: 'read',
  'own-namespaces': 'ownNamespaces',
  tokens: 'tokens',
} as const;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', padding: 0, margin: theme.spacing(1, 0, 0) },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    minHeight: 36,
  },
  text: { flex: '1 1 20rem', minWidth: 0, overflowWrap: 'anywhere' },
}));

function isKnown(id: string): id is keyof typeof WORDS {
  return Object.hasOwn(WORDS, id);
}

/** A capability in words. */
export function capabilityLabel(t: Translate, id: string): string {
  return isKnown(id) ? t(`admin.capabilities.${WORDS[id]}`) : id;
}

/** Capabilities: what is lost without one that is missing, and what to do, to be copied. */
export function Capabilities(props: { of: readonly Capability[] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  return (
    <ul className={classes.list}>
      {props.of.map(({ id, present, version, without, remedy, command }) => (
        <li key={id} className={classes.row}>
          <StatusIcon
            status={present ? 'ok' : 'unstable'}
            size={16}
            label={present ? t('admin.present') : t('admin.absent')}
          />
          <span className={classes.text}>
            <strong>{capabilityLabel(t, id)}</strong> {version}
            {!present && (
              <Typography variant="body2">
                {[without, remedy]
                  .filter(Boolean)
                  .map(text => `${text}.`)
                  .join(' ')}
                {command && (
                  <>
                    {' '}
                    <code>{command}</code>
                  </>
                )}
              </Typography>
            )}
          </span>
          {!present && (command ?? remedy) && (
            <CopyButton
              label={t('admin.copyFix')}
              text={command ?? remedy ?? ''}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
