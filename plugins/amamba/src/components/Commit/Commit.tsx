import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import FileCopyOutlined from '@material-ui/icons/FileCopyOutlined';
import { useEffect, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { amambaTranslationRef } from '../../translation';

const SHORT_LENGTH = 7;
const COPIED_MS = 2000;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    maxWidth: '100%',
    minWidth: 0,
  },
  hash: { fontFamily: 'monospace' },
  message: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  button: { padding: 2 },
  icon: { fontSize: '1rem' },
}));

/** A commit: seven characters of its hash, the first line of its message, and a button that copies the whole hash. */
export function Commit(props: { commit: string; message?: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(amambaTranslationRef);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const short = props.commit.slice(0, SHORT_LENGTH);
  const subject = props.message?.split('\n', 1)[0];
  const label = t('components.commit.copy', { commit: short });
  return (
    <span className={classes.root}>
      <span className={classes.hash}>{short}</span>
      {subject && (
        <Tooltip title={subject}>
          <span className={classes.message}>{subject}</span>
        </Tooltip>
      )}
      <Tooltip title={copied ? t('components.commit.copied') : label}>
        <IconButton
          className={classes.button}
          size="small"
          aria-label={label}
          onClick={async () => {
            await navigator.clipboard.writeText(props.commit);
            setCopied(true);
          }}
        >
          <FileCopyOutlined className={classes.icon} />
        </IconButton>
      </Tooltip>
    </span>
  );
}
