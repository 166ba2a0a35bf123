import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import ChevronRight from '@material-ui/icons/ChevronRight';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type { ObjectDiff } from '@amamba/backstage-plugin-amamba-common';
import { useId, useMemo, useState } from 'react';
import { useStored } from '../../hooks/useStored';
import { useAmambaTranslation } from '../../translation';
import { IconLine } from '../States';
import { StatusIcon } from '../Status';
import { DiffLines, type DiffMode } from './DiffLines';
import { diffLines, type DiffLine } from './lineDiff';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  end: { marginInlineStart: 'auto', display: 'flex', gap: theme.spacing(1) },
  object: { marginBottom: theme.spacing(1), overflow: 'hidden' },
  fold: {
    justifyContent: 'flex-start',
    textAlign: 'start',
    textTransform: 'none',
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  },
  lines: {
    borderTop: `1px solid ${theme.palette.divider}`,
    padding: theme.spacing(0.5, 1),
    maxHeight: '60vh',
    overflow: 'auto',
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    fontSize: 13,
    lineHeight: 1.5,
  },
  path: {
    font: 'inherit',
    margin: 0,
    padding: theme.spacing(0.5, 0),
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  warning: { padding: theme.spacing(0.5, 1) },
}));

interface Compared {
  diff: ObjectDiff;
  hunks: { path: string; lines: DiffLine[] }[];
  added: number;
  removed: number;
}

function compared(diff: ObjectDiff): Compared {
  const hunks = diff.hunks.map(({ path, before, after }) => ({
    path,
    lines: diffLines(before, after),
  }));
  const count = (wanted: DiffLine['type']) =>
    hunks.reduce(
      (sum, { lines }) =>
        sum + lines.filter(({ type }) => type === wanted).length,
      0,
    );
  return { diff, hunks, added: count('added'), removed: count('removed') };
}

/**
 * How objects differ: each with the places in which it does, by their path in the manifest. Values of secrets are masked by
 * the backend, which alone knows whether they changed.
 * @param props.diffs - what changes; a text without paths is one hunk with an empty path
 */
export function DiffView(props: { diffs: readonly ObjectDiff[] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [stored, setStored] = useStored<DiffMode>('diff.mode', 'inline');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const objects = useMemo(() => props.diffs.map(compared), [props.diffs]);
  const mode = narrow ? 'inline' : stored;
  const changed = objects.filter(({ diff }) => diff.change !== 'none');
  if (objects.length === 0) {
    return <Typography>{t('components.diff.nothing')}</Typography>;
  }
  const allFolded = changed.every(({ diff }) => folded.has(diff.object));
  return (
    <div>
      {changed.length > 0 && (
        <div className={classes.bar}>
          <span>{t('components.diff.objects', { count: changed.length })}</span>
          <div className={classes.end}>
            {changed.length > 1 && (
              <Button
                size="small"
                onClick={() =>
                  setFolded(
                    new Set(
                      allFolded ? [] : changed.map(({ diff }) => diff.object),
                    ),
                  )
                }
              >
                {allFolded
                  ? t('components.diff.unfoldAll')
                  : t('components.diff.foldAll')}
              </Button>
            )}
            {!narrow && (
              <Button
                size="small"
                aria-pressed={mode === 'side'}
                onClick={() => setStored(mode === 'side' ? 'inline' : 'side')}
              >
                {mode === 'side'
                  ? t('components.diff.inline')
                  : t('components.diff.side')}
              </Button>
            )}
          </div>
        </div>
      )}
      {objects.map(object => (
        <OneObject
          key={object.diff.object}
          object={object}
          mode={mode}
          open={!folded.has(object.diff.object)}
          onToggle={() => {
            const after = new Set(folded);
            if (!after.delete(object.diff.object))
              after.add(object.diff.object);
            setFolded(after);
          }}
        />
      ))}
    </div>
  );
}

function OneObject(props: {
  object: Compared;
  mode: DiffMode;
  open: boolean;
  onToggle: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const id = useId();
  const { mode, open } = props;
  const { diff, hunks, added, removed } = props.object;
  const Icon = open ? ExpandMore : ChevronRight;
  const change = t(`components.diff.change.${diff.change}`);
  return (
    <Paper variant="outlined" className={classes.object}>
      {hunks.length > 0 ? (
        <Button
          fullWidth
          className={classes.fold}
          startIcon={<Icon />}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={props.onToggle}
        >
          {t('components.diff.summary', {
            object: diff.object,
            change,
            added: String(added),
            removed: String(removed),
          })}
        </Button>
      ) : (
        <Typography className={classes.warning}>
          {diff.object} · {change}
        </Typography>
      )}
      {diff.warnings.map(warning => (
        <Typography key={warning} className={classes.warning} component="div">
          <IconLine icon={<StatusIcon status="unstable" size={18} />}>
            {warning}
          </IconLine>
        </Typography>
      ))}
      {open && hunks.length > 0 && (
        <div
          id={id}
          className={classes.lines}
          role="region"
          aria-label={t('components.diff.of', { object: diff.object })}
          // a part that scrolls can be scrolled by keys
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          {hunks.map(({ path, lines }) => (
            <div key={path}>
              {path && <p className={classes.path}>{path}</p>}
              <DiffLines lines={lines} mode={mode} />
            </div>
          ))}
        </div>
      )}
    </Paper>
  );
}
