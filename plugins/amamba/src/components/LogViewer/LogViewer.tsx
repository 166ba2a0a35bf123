import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import {
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import { useShortcut } from '../../hooks/shortcuts';
import { useAct } from '../../hooks/useAct';
import { useStored } from '../../hooks/useStored';
import { useAmambaTranslation } from '../../translation';
import { MenuButton, type MenuEntry } from '../Action';
import { EmptyState, ErrorPanel, Loading, VisuallyHidden } from '../States';
import { useLanguage } from '../Time';
import { follow, initialFollow } from './follow';
import { markPattern } from './highlight';
import { selectLine, type LineRange } from './lineRange';
import { LogLines } from './LogLines';
import type { LogPlace } from './LogLoader';
import type { LogMatch } from './LogSearcher';
import type { LogSource } from './LogSource';
import { LogToolbar, useMatchCount } from './LogToolbar';
import { readLines } from './readLines';
import type { ScrollTarget } from './scrollTarget';
import { useFirstError } from './useFirstError';
import { useLog } from './useLog';
import { useLogSearch } from './useLogSearch';
import { useSettled } from './useSettled';
import { useViewerStyles } from './viewerStyles';

/** Screen readers are told news at most this often. */
const ANNOUNCE_MS = 5000;

/**
 * A log of any size: read as it is looked at, searched on the server, followed while its run goes on.
 * @param props.source - the log; another object is another log
 * @param props.running - more may come
 * @param props.failed - it ended with an error: the end is shown first
 * @param props.lines - lines that are pointed at; the view begins there
 * @param props.errorText - what is known of the error, looked for before anything that looks like one
 * @param props.onReader - the reader began to read in it
 * @param props.goToError - go to the first error now
 * @param props.onWentToError - done so
 * @param props.menu - what else can be done: download, open raw
 */
export function LogViewer(props: {
  source: LogSource;
  title: string;
  running: boolean;
  failed: boolean;
  lines: LineRange | undefined;
  onLines(lines: LineRange): void;
  q: string;
  onQuery(q: string): void;
  errorText?: string;
  onReader?: () => void;
  goToError?: boolean;
  onWentToError?: () => void;
  menu: readonly MenuEntry[];
}) {
  const { source, running, lines, onLines, errorText } = props;
  const classes = useViewerStyles();
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const matchCount = useMatchCount();
  const searchField = useRef<HTMLInputElement>(null);
  const [wrap, setWrap] = useStored('log.wrap', false);
  const [followState, dispatch] = useReducer(follow, undefined, () =>
    initialFollow(running, lines !== undefined),
  );
  const { following, unseen } = followState;
  const [beginning] = useState<Exclude<LogPlace, { byte: number }>>(() => {
    if (lines) return { line: lines.from };
    return running || props.failed ? 'end' : 'start';
  });
  const [target, setTarget] = useState<ScrollTarget | undefined>(beginning);
  const [current, setCurrent] = useState<number>();

  useEffect(() => dispatch({ type: 'run', running }), [running]);

  const log = useLog(source, {
    running,
    place: beginning,
    grow: following,
    onGrew: count => dispatch({ type: 'grew', lines: count }),
  });
  const { snapshot, loaded, error } = log.state;
  const { seek, extend } = log;

  const goTo = useCallback(
    (place: LogPlace) => {
      dispatch({ type: 'reader' });
      setTarget(place);
      seek(place);
    },
    [seek],
  );
  const goToMatch = ({ line }: LogMatch) => {
    setCurrent(line);
    goTo({ line });
  };
  const search = useLogSearch(source, {
    q: props.q,
    from: lines?.from,
    onQuery: q => {
      setCurrent(undefined);
      props.onQuery(q);
    },
    onMatch: goToMatch,
  });
  const { terms } = search;
  const pattern = useMemo(
    () => markPattern(terms),
    // the terms themselves, not the object that carries them
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [terms.q, terms.regex, terms.matchCase],
  );

  const firstError = useFirstError(source, errorText, line => {
    onLines({ from: line, to: line });
    goTo({ line });
  });
  const { find: findError } = firstError;
  const { goToError, onWentToError } = props;
  useEffect(() => {
    if (!goToError) return;
    findError();
    onWentToError?.();
  }, [goToError, onWentToError, findError]);

  const toggleFollow = () => {
    if (!following && running) setTarget('end');
    if (!following) seek('end');
    dispatch({ type: 'toggle' });
  };
  const copy = useAct(async () => {
    if (lines)
      await navigator.clipboard.writeText(await readLines(source, lines));
  });
  const onNumber = useCallback(
    (line: number, extended: boolean) => {
      dispatch({ type: 'reader' });
      onLines(selectLine(lines, line, extended));
    },
    [lines, onLines],
  );
  const { onReader: onReading } = props;
  const onReader = useCallback(() => {
    dispatch({ type: 'reader' });
    onReading?.();
  }, [onReading]);
  const onArrived = useCallback(() => setTarget(undefined), []);

  useShortcut(
    'f',
    t('components.log.follow'),
    running ? toggleFollow : undefined,
  );
  useShortcut('e', t('components.log.firstError'), () => findError());
  useShortcut('/', t('components.log.search'), () =>
    searchField.current?.focus(),
  );
  useShortcut('F3', t('components.log.nextMatch'), event =>
    search.step(event.shiftKey ? -1 : 1),
  );

  const count = lines ? lines.to - lines.from + 1 : 0;
  const entries: MenuEntry[] = [
    { label: t('components.log.firstError'), act: () => void findError() },
    ...(lines
      ? [
          {
            label: t('components.log.copyLines', { count }),
            act: () => void copy.run(),
          },
        ]
      : []),
    ...props.menu,
  ];
  const news =
    unseen > 0
      ? t('components.log.newLines', {
          count: unseen,
          n: number.format(unseen),
        })
      : '';
  const announced = useSettled(
    [terms.q && matchCount(search.state), news].filter(Boolean).join(', '),
    ANNOUNCE_MS,
  );
  const problem = error ?? firstError.error ?? copy.error;
  return (
    <Paper variant="outlined" className={classes.root}>
      <LogToolbar
        searchField={searchField}
        search={search}
        following={following}
        running={running}
        wrap={wrap}
        onFollow={toggleFollow}
        onWrap={setWrap}
      >
        <MenuButton
          label={t('components.log.more', { title: props.title })}
          entries={entries}
        />
      </LogToolbar>
      <div className={classes.title} title={props.title}>
        {props.title}
      </div>
      {problem && (
        <ErrorPanel
          title={t('components.log.failed')}
          error={problem}
          onRetry={error ? log.retry : undefined}
        />
      )}
      {firstError.none && (
        <div role="status">{t('components.log.noError')}</div>
      )}
      {!loaded && !error && <Loading rows={8} rowHeight={20} />}
      {loaded && snapshot.size === 0 && (
        <EmptyState
          title={
            running ? t('components.log.notYet') : t('components.log.empty')
          }
        />
      )}
      {snapshot.lines.length > 0 && (
        <LogLines
          snapshot={snapshot}
          label={t('components.log.label', { title: props.title })}
          wrap={wrap}
          following={following}
          pattern={pattern}
          selected={lines}
          current={current}
          target={target}
          seeking={log.state.seeking}
          onArrived={onArrived}
          onExtend={extend}
          onSeek={goTo}
          onReader={onReader}
          onNumber={onNumber}
        />
      )}
      {news && (
        <Button
          className={classes.news}
          variant="outlined"
          size="small"
          onClick={toggleFollow}
        >
          {news} ↓
        </Button>
      )}
      <div role="status">
        <VisuallyHidden>{announced}</VisuallyHidden>
      </div>
    </Paper>
  );
}
