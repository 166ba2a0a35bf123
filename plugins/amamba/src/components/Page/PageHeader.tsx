import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, type ReactNode } from 'react';
import { Helmet } from 'react-helmet';
import { useLocation } from 'react-router-dom';
import type { Live } from '../../hooks/useLive';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../translation';
import { CopyButton } from '../Action';
import { LiveIndicator } from '../Banner';
import { Trail } from './Crumb';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
  heading: {
    margin: 0,
    minWidth: 0,
    overflowWrap: 'anywhere',
    '&:focus': { outline: 'none' },
  },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    flexBasis: '100%',
    overflowWrap: 'anywhere',
  },
  end: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginInlineStart: 'auto',
  },
}));

/** Puts the focus on a heading after the reader went to its page; not when the portal was opened there. */
function useArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  const arrived = useRef(key !== 'default');
  useEffect(() => {
    if (arrived.current) heading.current?.focus({ preventScroll: true });
    arrived.current = false;
  }, []);
  return heading;
}

/**
 * The head of a page: its name, state, acts, how fresh it is, a link to copy.
 * @param props.before - stands before the name: the workspace switcher
 * @param props.after - stands after the name: the state
 * @param props.meta - a second line
 */
export function PageHeader(props: {
  title: string;
  before?: ReactNode;
  after?: ReactNode;
  acts?: ReactNode;
  meta?: ReactNode;
  live?: Pick<Live<unknown>, 'status' | 'at'>;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { place } = useAmambaRoutes();
  const heading = useArrival();
  return (
    <>
      <Helmet title={`${props.title} | ${t('common.product')}`} />
      {place === 'entity' && <Trail />}
      <div className={classes.root}>
        {props.before}
        <Typography
          variant="h4"
          component="h2"
          className={classes.heading}
          ref={heading}
          tabIndex={-1}
        >
          {props.title}
        </Typography>
        {props.after}
        <div className={classes.end}>
          {props.live && <LiveIndicator live={props.live} />}
          <CopyButton
            icon="link"
            label={t('common.copyLink')}
            text={() => window.location.href}
          />
          {props.acts}
        </div>
        {props.meta && <div className={classes.meta}>{props.meta}</div>}
      </div>
    </>
  );
}
