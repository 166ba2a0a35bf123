import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { useAmambaTranslation } from '../../translation';
import { CopyButton } from '../Action';

const SHORT_LENGTH = 7;

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
}));

/** A commit: seven characters of its hash, the first line of its message, and a button that copies the whole hash. */
export function Commit(props: { commit: string; message?: string }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const short = props.commit.slice(0, SHORT_LENGTH);
  const subject = props.message?.split('\n', 1)[0];
  return (
    <span className={classes.root}>
      <span className={classes.hash}>{short}</span>
      {subject && (
        <Tooltip title={subject}>
          <span className={classes.message}>{subject}</span>
        </Tooltip>
      )}
      <CopyButton
        icon="copy"
        text={props.commit}
        label={t('components.commit.copy', { commit: short })}
      />
    </span>
  );
}
