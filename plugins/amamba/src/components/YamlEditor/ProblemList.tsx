import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useAmambaTranslation } from '../../translation';
import { IconLine } from '../States';
import { StatusIcon } from '../Status';
import type { TextProblem } from './types';

/** A text that is nothing but mistakes needs no more to be seen for what it is. */
const MOST = 20;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
    maxHeight: '12rem',
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  },
}));

/**
 * What is wrong in a text, line by line.
 * @param props.onOpen - goes to a line
 */
export function ProblemList(props: {
  problems: readonly TextProblem[];
  onOpen: (line: number) => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { problems } = props;
  if (problems.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('yaml.problems')}>
      {problems.slice(0, MOST).map(({ line, message, severity }) => (
        <li key={`${line} ${message}`}>
          <IconLine
            icon={
              <StatusIcon
                status={severity === 'error' ? 'failed' : 'unstable'}
                size={16}
              />
            }
          >
            {line !== undefined && (
              <Button size="small" onClick={() => props.onOpen(line)}>
                {t('yaml.line', { line: String(line) })}
              </Button>
            )}{' '}
            {message}
          </IconLine>
        </li>
      ))}
      {problems.length > MOST && (
        <li>{t('yaml.more', { count: problems.length - MOST })}</li>
      )}
    </ul>
  );
}
