import Button, { type ButtonProps } from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { MouseEvent, ReactNode } from 'react';
import { Link } from 'react-router-dom';

const useStyles = makeStyles(theme => ({
  // looks disabled, but can be reached and says why
  refused: {
    cursor: 'not-allowed',
    opacity: 0.55,
    boxShadow: 'none',
    '&:hover, &:focus': { boxShadow: 'none' },
  },
  busy: { marginRight: theme.spacing(1) },
}));

/**
 * A button for an act. One that is not possible stays where it is, reachable, and says why.
 * @param props.refused - why the act is not possible; undefined when it is
 * @param props.to - the address that it leads to, instead of an act
 * @param props.busy - the act is under way
 * @param props.label - the name for screen readers, when the text alone does not say what is acted on
 */
export function ActionButton(props: {
  children: ReactNode;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
  to?: string;
  refused?: string;
  busy?: boolean;
  label?: string;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  type?: 'button' | 'submit';
  startIcon?: ReactNode;
  className?: string;
}) {
  const classes = useStyles();
  const { refused, busy } = props;
  const off = Boolean(refused) || Boolean(busy);
  const primary = props.variant === 'contained';
  const button = (
    <Button
      variant={props.variant ?? 'outlined'}
      color={primary && !refused ? 'primary' : 'default'}
      size={props.size}
      type={props.type ?? 'button'}
      startIcon={props.startIcon}
      className={`${props.className ?? ''} ${refused ? classes.refused : ''}`}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-label={props.label}
      // a link is a link: the library would call it a button
      {...(props.to && !off
        ? { component: Link, to: props.to, role: undefined }
        : {})}
      onClick={event => {
        if (off) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {busy && (
        <CircularProgress
          className={classes.busy}
          size={16}
          color="inherit"
          aria-hidden
        />
      )}
      {props.children}
    </Button>
  );
  // always wrapped: a button that becomes possible stays the same element, with its focus
  return <Tooltip title={refused ?? ''}>{button}</Tooltip>;
}
