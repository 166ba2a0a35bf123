import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import { lazy, Suspense, useRef, useState } from 'react';
import { ActionButton } from '../../../../components/Action';
import { FilterSelect } from '../../../../components/Filter';
import { EmptyState, ErrorPanel, Loading } from '../../../../components/States';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useMayOn } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation, type Translate } from '../../../../translation';
import { useApplication } from '../applicationScope';
import type { ScreenHandle } from './Screen';
import type { TerminalState } from './TerminalConnection';
import { useTerminal } from './useTerminal';

const Screen = lazy(() => import('./Screen'));

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1),
  },
  screen: {
    height: 'max(20rem, calc(100vh - 31rem))',
    padding: theme.spacing(1),
    overflow: 'hidden',
    '&:focus-within': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: -2,
    },
  },
}));

/** A terminal in a container of the application. */
export default function TerminalTab() {
  const { t } = useAmambaTranslation();
  const isNarrow = useMediaQuery((theme: Theme) =>
    theme.breakpoints.down('xs'),
  );
  const { application } = useApplication();
  const url = useUrlState();
  const running = application.pods.filter(pod =>
    pod.containers.some(({ state }) => state === 'running'),
  );
  if (isNarrow) {
    return <EmptyState title={t('applications.terminal.narrow')} />;
  }
  const pod =
    running.find(({ name }) => name === url.get('pod')) ?? running.at(0);
  const containers = (pod?.containers ?? []).filter(
    ({ state }) => state === 'running',
  );
  const container =
    containers.find(({ name }) => name === url.get('container')) ??
    containers.find(({ init }) => !init) ??
    containers.at(0);
  if (!pod || !container) {
    return <EmptyState title={t('applications.terminal.noPods')} />;
  }
  return (
    <InContainer
      key={`${pod.name}/${container.name}`}
      pods={running.map(({ name }) => name)}
      containers={containers.map(({ name }) => name)}
      pod={pod.name}
      container={container.name}
    />
  );
}

function InContainer(props: {
  pods: readonly string[];
  containers: readonly string[];
  pod: string;
  container: string;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const url = useUrlState();
  const { pod, container } = props;
  const { application, address } = useApplication();
  const may = useMayOn(application, 'amamba.application.exec');
  const terminal = useTerminal(address, { pod, container });
  const [screen, setScreen] = useState<ScreenHandle>();
  const button = useRef<HTMLDivElement>(null);
  const { state } = terminal;
  const name = `${pod}/${container}`;
  const isOpen =
    state !== undefined && !['ended', 'failed'].includes(state.status);
  const options = (names: readonly string[]) =>
    names.map(value => ({ value, label: value }));
  return (
    <>
      <div className={classes.head}>
        <FilterSelect
          label={t('applications.terminal.pod')}
          multiple={false}
          options={options(props.pods)}
          value={[pod]}
          onChange={([chosen = pod]) =>
            url.set({ pod: chosen, container: undefined })
          }
        />
        <FilterSelect
          label={t('applications.terminal.container')}
          multiple={false}
          options={options(props.containers)}
          value={[container]}
          onChange={([chosen = container]) =>
            url.set({ pod, container: chosen })
          }
        />
        <div ref={button}>
          {isOpen ? (
            <ActionButton onClick={terminal.disconnect}>
              {t('applications.terminal.disconnect')}
            </ActionButton>
          ) : (
            <ActionButton
              variant="contained"
              refused={may.reason}
              busy={!screen}
              onClick={() => screen && terminal.connect(screen)}
            >
              {state
                ? t('applications.terminal.reconnect')
                : t('applications.terminal.connect')}
            </ActionButton>
          )}
        </div>
        <div role="status">{state && statusText(t, state, name)}</div>
      </div>
      <Typography variant="body2" color="textSecondary" paragraph>
        {t('applications.terminal.audited')} {t('applications.terminal.leave')}
      </Typography>
      {state?.status === 'failed' && (
        <ErrorPanel
          title={t('applications.terminal.openFailed')}
          error={state.error}
        />
      )}
      <Paper variant="outlined" className={classes.screen}>
        <Suspense fallback={<Loading />}>
          <Screen
            label={t('applications.terminal.label', { name })}
            onReady={setScreen}
            onData={terminal.type}
            onResize={terminal.resize}
            onLeave={() => button.current?.querySelector('button')?.focus()}
          />
        </Suspense>
      </Paper>
    </>
  );
}

/** How a terminal is, in words. */
function statusText(t: Translate, state: TerminalState, name: string): string {
  switch (state.status) {
    case 'connecting':
      return t('applications.terminal.connecting', { name });
    case 'connected':
      return t('applications.terminal.connected', { name });
    case 'interrupted':
      return t('applications.terminal.interrupted');
    case 'ended': {
      const { reason, code, message } = state.end;
      return t(`applications.terminal.ended.${reason}`, {
        code: String(code ?? ''),
        message: message ?? '',
      });
    }
    default:
      return '';
  }
}
