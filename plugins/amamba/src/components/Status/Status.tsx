import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useCallback } from 'react';
import type {
  NodeState,
  RunState,
} from '@amamba/backstage-plugin-amamba-common';
import { useGlanceTranslation } from '../../translation/glance';
import { SHAPES } from './shapes';
import {
  nodeLook,
  RUN_STATES,
  runLook,
  type StatusKey,
  type StatusLook,
  type StatusWord,
} from './states';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    color: theme.palette.text.primary,
    whiteSpace: 'nowrap',
  },
  icon: { flex: 'none', display: 'block' },
  turning: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$turn 2s linear infinite',
    },
  },
  '@keyframes turn': {
    from: { transform: 'rotate(0deg)' },
    to: { transform: 'rotate(360deg)' },
  },
}));

const ROLE = {
  queued: 'pending',
  running: 'running',
  progressing: 'running',
  waiting: 'warning',
  paused: 'aborted',
  ok: 'ok',
  unstable: 'warning',
  outOfSync: 'warning',
  missing: 'warning',
  failed: 'error',
  cancelled: 'aborted',
  skipped: 'aborted',
  unknown: 'aborted',
} as const satisfies Record<StatusKey, string>;

/**
 * The icon of a status, by shape and by colour.
 * @param props.label - its name for those who do not see it; without one it is decoration beside a word
 * @param props.size - in pixels, 20 by default
 */
export function StatusIcon(props: {
  status: StatusKey;
  label?: string;
  size?: number;
}) {
  const { status, label, size = 20 } = props;
  const classes = useStyles();
  const { palette } = useTheme();
  const fill = palette.status[ROLE[status]];
  const turning = status === 'running' || status === 'progressing';
  return (
    <svg
      className={`${classes.icon} ${turning ? classes.turning : ''}`}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      focusable="false"
      {...(label
        ? { role: 'img', 'aria-label': label }
        : { 'aria-hidden': true })}
    >
      {SHAPES[status]({
        fill,
        glyph: palette.getContrastText(fill),
        outline: palette.text.secondary,
        paper: palette.background.paper,
      })}
    </svg>
  );
}

/** Gives a function that puts a status into a word of the reader's language. */
export function useStatusWord(): (word: StatusWord) => string {
  const { t } = useGlanceTranslation();
  return useCallback(word => t(`status.${word}`), [t]);
}

/** The states of runs as choices of a filter. */
export function useRunStateOptions(): { value: RunState; label: string }[] {
  const word = useStatusWord();
  return RUN_STATES.map(state => ({
    value: state,
    label: word(runLook(state).word),
  }));
}

/**
 * A status: icon and word.
 * @param props.engineTerm - what the engine itself calls it, shown on hover
 */
export function Status(props: StatusLook & { engineTerm?: string }) {
  const classes = useStyles();
  const word = useStatusWord();
  const content = (
    <span className={classes.root}>
      <StatusIcon status={props.status} />
      {word(props.word)}
    </span>
  );
  return props.engineTerm ? (
    <Tooltip title={props.engineTerm}>{content}</Tooltip>
  ) : (
    content
  );
}

/**
 * The state of a run.
 * @param props.mine - of a waiting run: whether the reader is the one it waits for; undefined when that is not known
 * @param props.iconOnly - only where there is no room for words; the icon is then named
 */
export function RunStatus(props: {
  state: RunState;
  mine?: boolean;
  iconOnly?: boolean;
}) {
  const look = runLook(props.state, props.mine);
  return <StatusOrIcon look={look} iconOnly={props.iconOnly} />;
}

/** The state of a stage or step. */
export function NodeStatus(props: { state: NodeState; iconOnly?: boolean }) {
  return (
    <StatusOrIcon look={nodeLook(props.state)} iconOnly={props.iconOnly} />
  );
}

function StatusOrIcon(props: { look: StatusLook; iconOnly?: boolean }) {
  const word = useStatusWord();
  if (!props.iconOnly) return <Status {...props.look} />;
  const label = word(props.look.word);
  return (
    <Tooltip title={label}>
      <span>
        <StatusIcon status={props.look.status} label={label} />
      </span>
    </Tooltip>
  );
}
