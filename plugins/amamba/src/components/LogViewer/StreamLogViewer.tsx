import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useShortcut } from '../../hooks/shortcuts';
import { useStored } from '../../hooks/useStored';
import { useAmambaTranslation } from '../../translation';
import { MenuButton, type MenuEntry } from '../Action';
import { EmptyState, ErrorPanel, Loading, VisuallyHidden } from '../States';
import { useLanguage } from '../Time';
import { follow, initialFollow } from './follow';
import type { LineLook } from './LogLine';
import { LogLines } from './LogLines';
import { LogToolbar, useMatchCount } from './LogToolbar';
import type { ScrollTarget } from './scrollTarget';
import type { StreamSnapshot } from './StreamBuffer';
import { useSettled } from './useSettled';
import { useStreamSearch } from './useStreamSearch';
import { useViewerStyles } from './viewerStyles';

/** Screen readers are told news at most this often. */
const ANNOUNCE_MS = 5000;

/** There is nothing to be read on: all that is held is there. */
const nothing = () => {};

/** What is known of a log that streams. */
export interface StreamState {
  /** `full`: it was let go, because the reader reads and there is no room for more; `ended`: nothing more will come */
  status: 'connecting' | 'streaming' | 'interrupted' | 'full' | 'ended';
  /** all that was there has come */
  loaded: boolean;
  error: Error | undefined;
  snapshot: StreamSnapshot;
  /** lines that came in all */
  received: number;
}

/** A log that streams. The functions stay the same ones. */
export interface LogStream {
  state: StreamState;
  setFollowing(following: boolean): void;
  search(pattern: RegExp | undefined): void;
  /** begins anew with the newest lines */
  restart(): void;
}

/**
 * A log that only streams: the newest lines are held, searched and followed.
 * @param props.stream - the log
 * @param props.lead - what stands before the text of a line
 * @param props.menu - what else can be done
 */
export function StreamLogViewer(props: {
  stream: LogStream;
  title: string;
  q: string;
  onQuery(q: string): void;
  lead?: LineLook['lead'];
  menu: readonly MenuEntry[];
}) {
  const { stream } = props;
  const { state, setFollowing, restart } = stream;
  const { snapshot, status, received } = state;
  const running = status !== 'ended';
  const classes = useViewerStyles();
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const matchCount = useMatchCount();
  const searchField = useRef<HTMLInputElement>(null);
  const [wrap, setWrap] = useStored('log.wrap', false);
  const [{ following, unseen }, dispatch] = useReducer(follow, undefined, () =>
    initialFollow(running, false),
  );
  const [target, setTarget] = useState<ScrollTarget | undefined>('end');

  useEffect(() => dispatch({ type: 'run', running }), [running]);
  useEffect(() => setFollowing(following), [setFollowing, following]);
  const seen = useRef(received);
  useEffect(() => {
    dispatch({ type: 'grew', lines: received - seen.current });
    seen.current = received;
  }, [received]);

  const onReader = useCallback(() => dispatch({ type: 'reader' }), []);
  const onArrived = useCallback(() => setTarget(undefined), []);
  const search = useStreamSearch(snapshot, {
    q: props.q,
    onQuery: props.onQuery,
    search: stream.search,
    onMatch: key => {
      onReader();
      setTarget({ line: key });
    },
  });
  const toggleFollow = () => {
    if (!following && status === 'full') restart();
    if (!following) setTarget('end');
    dispatch({ type: 'toggle' });
  };
  useShortcut(
    'f',
    t('components.log.follow'),
    running ? toggleFollow : undefined,
  );
  useShortcut('/', t('components.log.search'), () =>
    searchField.current?.focus(),
  );
  useShortcut('F3', t('components.log.nextMatch'), event =>
    search.step(event.shiftKey ? -1 : 1),
  );

  const plus = status === 'full' ? '+' : '';
  const news =
    unseen > 0
      ? t('components.log.newLines', {
          count: unseen,
          n: number.format(unseen) + plus,
        })
      : '';
  const announced = useSettled(
    [props.q && matchCount(search.state), news].filter(Boolean).join(', '),
    ANNOUNCE_MS,
  );
  const isEmpty = snapshot.lines.length === 0;
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
          entries={props.menu}
        />
      </LogToolbar>
      {state.error && (
        <ErrorPanel
          title={
            status === 'interrupted'
              ? t('components.log.interrupted')
              : t('components.log.failed')
          }
          error={state.error}
          onRetry={restart}
        />
      )}
      {snapshot.dropped > 0 && (
        <div className={classes.hint}>
          {t('components.log.newestOnly', {
            n: number.format(snapshot.lines.length),
          })}
        </div>
      )}
      {isEmpty && !state.loaded && !state.error && (
        <Loading rows={8} rowHeight={20} />
      )}
      {isEmpty && state.loaded && (
        <EmptyState
          title={
            running ? t('components.log.notYet') : t('components.log.empty')
          }
        />
      )}
      {!isEmpty && (
        <LogLines
          snapshot={snapshot}
          label={t('components.log.label', { title: props.title })}
          wrap={wrap}
          following={following}
          pattern={search.pattern}
          selected={undefined}
          current={search.current}
          target={target}
          seeking={false}
          onArrived={onArrived}
          onExtend={nothing}
          onSeek={nothing}
          onReader={onReader}
          lead={props.lead}
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
