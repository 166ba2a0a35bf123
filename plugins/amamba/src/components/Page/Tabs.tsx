import { makeStyles } from '@material-ui/core/styles';
import { NavLink } from 'react-router-dom';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1),
    overflowX: 'auto',
    marginBottom: theme.spacing(2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  tab: {
    padding: theme.spacing(1, 2),
    color: theme.palette.text.primary,
    textDecoration: 'none',
    whiteSpace: 'nowrap',
    borderBottom: '3px solid transparent',
    '&:hover': { borderBottomColor: theme.palette.divider },
    '&[aria-current]': {
      borderBottomColor: theme.palette.text.primary,
      fontWeight: theme.typography.fontWeightBold,
    },
  },
}));

/** A view of a page, with an address of its own. */
export interface PageTab {
  label: string;
  to: string;
  /** only at this very address, not below it */
  end?: boolean;
}

/**
 * Links between the views of a page. They are links, not an ARIA tab list, because each is an address.
 * @param props.label - what the views are of
 */
export function PageTabs(props: { label: string; tabs: readonly PageTab[] }) {
  const classes = useStyles();
  return (
    <nav className={classes.root} aria-label={props.label}>
      {props.tabs.map(({ label, to, end }) => (
        <NavLink key={to} to={to} end={end} className={classes.tab}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
