import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { useAmambaTranslation } from '../../translation';
import { shortImage } from './shortImage';

const useStyles = makeStyles({
  image: { overflowWrap: 'anywhere' },
});

/** Images that a row names. */
const MAX_SHOWN = 2;

/** The image of a container: registry left out and long names cut in the middle, the whole of it on hover and focus. */
export function Image(props: { image: string }) {
  const classes = useStyles();
  const text = shortImage(props.image);
  if (text === props.image) {
    return <span className={classes.image}>{text}</span>;
  }
  return (
    <Tooltip title={props.image}>
      {/* focus shows the whole name */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span className={classes.image} tabIndex={0}>
        {text}
      </span>
    </Tooltip>
  );
}

/** The first images of many. */
export function Images(props: { images: readonly string[] }) {
  const { t } = useAmambaTranslation();
  const { images } = props;
  const more = images.length - MAX_SHOWN;
  return (
    <>
      {images.slice(0, MAX_SHOWN).map(image => (
        <div key={image}>
          <Image image={image} />
        </div>
      ))}
      {more > 0 && (
        <Tooltip title={images.slice(MAX_SHOWN).join(', ')}>
          {/* focus shows the others */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <span tabIndex={0}>{t('common.more', { count: more })}</span>
        </Tooltip>
      )}
    </>
  );
}
