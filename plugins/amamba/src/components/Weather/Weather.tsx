import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { RunState } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { runLook, StatusIcon, useStatusWord } from '../Status';

const useStyles = makeStyles({
  root: { display: 'inline-flex', gap: 1, minHeight: 16, alignItems: 'center' },
});

/**
 * The last runs of a pipeline as small icons, the newest on the right; their words in the tooltip.
 * @param props.recent - newest first
 */
export function Weather(props: { recent: readonly RunState[] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const { recent } = props;
  if (recent.length === 0) return null;
  const counts = new Map<string, number>();
  for (const state of recent) {
    const name = word(runLook(state).word);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const text = t('pipelines.weather', {
    count: recent.length,
    states: [...counts].map(([name, n]) => `${n} ${name}`).join(', '),
  });
  return (
    <Tooltip title={text}>
      <span className={classes.root} role="img" aria-label={text}>
        {[...recent].reverse().map((state, index) => (
          // the place is all that tells them apart
          // eslint-disable-next-line react/no-array-index-key
          <StatusIcon key={index} status={runLook(state).status} size={14} />
        ))}
      </span>
    </Tooltip>
  );
}
