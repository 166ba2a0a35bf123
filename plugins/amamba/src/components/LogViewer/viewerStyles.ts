import { makeStyles } from '@material-ui/core/styles';

/** How all views of logs are laid out. */
export const useViewerStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    position: 'relative',
    minHeight: 0,
    height: '100%',
    overflow: 'hidden',
  },
  title: {
    padding: theme.spacing(0.5, 1),
    fontWeight: 'bold',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  hint: {
    padding: theme.spacing(0.5, 1),
    color: theme.palette.text.secondary,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  news: {
    position: 'absolute',
    bottom: theme.spacing(2),
    left: '50%',
    transform: 'translateX(-50%)',
    background: theme.palette.background.paper,
    '&:hover': { background: theme.palette.background.paper },
  },
}));
