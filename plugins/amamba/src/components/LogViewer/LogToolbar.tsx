import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import InputBase from '@material-ui/core/InputBase';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import SearchIcon from '@material-ui/icons/Search';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useAmambaTranslation } from '../../translation';
import { messageOf } from '../States';
import { useLanguage } from '../Time';
import type { SearchState } from './LogSearcher';
import type { LogSearchBox } from './useLogSearch';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.5, 1),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  search: {
    display: 'flex',
    alignItems: 'center',
    flex: '1 1 12rem',
    maxWidth: '28rem',
    padding: theme.spacing(0, 1),
    border: `1px solid ${theme.palette.text.secondary}`,
    borderRadius: theme.shape.borderRadius,
    '&:focus-within': { borderColor: theme.palette.text.primary },
  },
  input: { flex: 1, marginLeft: theme.spacing(0.5) },
  count: {
    minWidth: '6ch',
    textAlign: 'right',
    whiteSpace: 'nowrap',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
  problem: { color: theme.palette.text.primary, overflowWrap: 'anywhere' },
  end: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    marginInlineStart: 'auto',
  },
  toggle: { minWidth: 0, textTransform: 'none' },
  refused: { opacity: 0.55, cursor: 'not-allowed' },
  on: {
    background: theme.palette.action.selected,
    fontWeight: 'bold',
    '&:hover': { background: theme.palette.action.selected },
  },
}));

/** A button that is on or off, and says so by more than colour. */
function Toggle(props: {
  children: ReactNode;
  label?: string;
  on: boolean;
  refused?: string;
  onChange(on: boolean): void;
}) {
  const classes = useStyles();
  const { on, refused, label } = props;
  const button = (
    <Button
      size="small"
      variant={on ? 'outlined' : 'text'}
      className={[
        classes.toggle,
        on ? classes.on : '',
        refused ? classes.refused : '',
      ].join(' ')}
      aria-pressed={on}
      aria-label={label}
      aria-disabled={refused ? true : undefined}
      onClick={() => {
        if (!refused) props.onChange(!on);
      }}
    >
      {props.children}
    </Button>
  );
  const hint = refused ?? label;
  return hint ? <Tooltip title={hint}>{button}</Tooltip> : button;
}

/** "3 / 1,922"; "1,922+" when the server stopped counting. */
export function useMatchCount(): (state: SearchState) => string {
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  return ({ busy, total, index, complete }) => {
    if (total === undefined) return busy ? '…' : '';
    const all = number.format(total) + (complete ? '' : '+');
    return t('components.log.matches', {
      n: index === undefined ? '–' : number.format(index + 1),
      total: all,
    });
  };
}

/** Search, follow, wrap, and what else can be done with a log. */
export function LogToolbar(props: {
  searchField: RefObject<HTMLInputElement>;
  search: LogSearchBox;
  following: boolean;
  running: boolean;
  wrap: boolean;
  onFollow(): void;
  onWrap(wrap: boolean): void;
  children?: ReactNode;
}) {
  const { search } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const matchCount = useMatchCount();
  const { terms, state, change, step } = search;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'F3') return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  return (
    <div className={classes.root}>
      <div className={classes.search} role="search">
        <SearchIcon fontSize="small" />
        <InputBase
          className={classes.input}
          value={terms.q}
          placeholder={t('components.log.search')}
          inputRef={props.searchField}
          inputProps={{
            'aria-label': t('components.log.search'),
            spellCheck: false,
            maxLength: 500,
          }}
          onChange={event => change({ q: event.target.value })}
          onKeyDown={onKeyDown}
        />
        <span className={classes.count}>{matchCount(state)}</span>
        <Toggle
          on={terms.matchCase}
          label={t('components.log.matchCase')}
          onChange={matchCase => change({ matchCase })}
        >
          Aa
        </Toggle>
        <Toggle
          on={terms.regex}
          label={t('components.log.regex')}
          onChange={regex => change({ regex })}
        >
          .*
        </Toggle>
      </div>
      <Tooltip title={t('components.log.previousMatch')}>
        <IconButton
          size="small"
          aria-label={t('components.log.previousMatch')}
          aria-disabled={!state.total}
          onClick={() => step(-1)}
        >
          <ExpandLess fontSize="small" />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('components.log.nextMatch')}>
        <IconButton
          size="small"
          aria-label={t('components.log.nextMatch')}
          aria-disabled={!state.total}
          onClick={() => step(1)}
        >
          <ExpandMore fontSize="small" />
        </IconButton>
      </Tooltip>
      {state.error && (
        <span className={classes.problem}>{messageOf(state.error)}</span>
      )}
      <div className={classes.end}>
        <Toggle
          on={props.following}
          refused={props.running ? undefined : t('components.log.notRunning')}
          onChange={props.onFollow}
        >
          {t('components.log.follow')}
        </Toggle>
        <Toggle on={props.wrap} onChange={props.onWrap}>
          {t('components.log.wrap')}
        </Toggle>
        {props.children}
      </div>
    </div>
  );
}
