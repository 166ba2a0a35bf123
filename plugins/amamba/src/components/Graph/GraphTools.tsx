import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import AspectRatioIcon from '@material-ui/icons/AspectRatio';
import RemoveIcon from '@material-ui/icons/Remove';
import { useAmambaTranslation } from '../../translation';
import { useLanguage } from '../Time';
import { MAX_ZOOM, MIN_ZOOM } from './zoom';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-end',
    fontVariantNumeric: 'tabular-nums',
  },
  zoom: { minWidth: '4ch', textAlign: 'right' },
});

/** Fit, closer, further away, and how close it is. */
export function GraphTools(props: {
  zoom: number;
  onFit(): void;
  onStep(direction: 1 | -1): void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return (
    <div className={classes.root}>
      <span className={classes.zoom}>{percent.format(props.zoom)}</span>
      <Tooltip title={t('components.graph.fit')}>
        <IconButton
          size="small"
          aria-label={t('components.graph.fit')}
          onClick={props.onFit}
        >
          <AspectRatioIcon fontSize="small" />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('components.graph.further')}>
        <IconButton
          size="small"
          aria-label={t('components.graph.further')}
          aria-disabled={props.zoom <= MIN_ZOOM}
          onClick={() => props.onStep(-1)}
        >
          <RemoveIcon fontSize="small" />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('components.graph.closer')}>
        <IconButton
          size="small"
          aria-label={t('components.graph.closer')}
          aria-disabled={props.zoom >= MAX_ZOOM}
          onClick={() => props.onStep(1)}
        >
          <AddIcon fontSize="small" />
        </IconButton>
      </Tooltip>
    </div>
  );
}
