import type { Pipeline } from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ArrowDropDown from '@material-ui/icons/ArrowDropDown';
import ChevronLeft from '@material-ui/icons/ChevronLeft';
import ChevronRight from '@material-ui/icons/ChevronRight';
import { useState, type ReactNode } from 'react';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router-dom';
import {
  ActionButton,
  MenuButton,
  type MenuEntry,
} from '../../../components/Action';
import { useRunner } from '../../../components/Runner';
import { useShortcut } from '../../../hooks/shortcuts';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMay, useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import type { RunView } from '../../../links';
import { CancelAct } from './CancelAct';
import { useRun } from './runScope';
import { useRerun } from './useRerun';

/** Why the reader may not do something to the run; undefined when allowed. */
export function useRefusal(
  can: readonly string[] | undefined,
  permission: string,
): string | undefined {
  const { run } = useRun();
  const workspace = useMay(permission);
  const pipeline = useMayOn({ can: can ?? [] }, permission);
  // what the pipeline says decides as soon as it is known
  const { reason } = can ? pipeline : workspace;
  return reason ?? run.stale?.problem;
}

/** What can be done with a run, and the runs beside it. */
export function RunActs(props: {
  pipeline: Pipeline | undefined;
  view: string | undefined;
}) {
  const { t } = useAmambaTranslation();
  const { run, finished } = useRun();
  const engine: MenuEntry[] = run.engineUrl
    ? [
        {
          label: t('runs.inEngine'),
          act: () => {
            window.open(run.engineUrl, '_blank', 'noopener,noreferrer');
          },
        },
      ]
    : [];
  return (
    <>
      {finished ? (
        <RerunAct pipeline={props.pipeline} />
      ) : (
        <CancelAct can={props.pipeline?.can} />
      )}
      {engine.length > 0 && (
        <MenuButton label={t('runs.more')} entries={engine} />
      )}
      <Beside
        to={run.previous}
        view={props.view}
        keys="["
        label={t('runs.previous', { number: String(run.previous) })}
        icon={<ChevronLeft fontSize="small" />}
      />
      <Beside
        to={run.next}
        view={props.view}
        keys="]"
        label={t('runs.next', { number: String(run.next) })}
        icon={<ChevronRight fontSize="small" />}
        after
      />
    </>
  );
}

/**
 * Repeats the run. Passwords are not kept: where the pipeline has one, the dialog asks again instead of running without
 * what was given.
 */
function RerunAct({ pipeline }: { pipeline: Pipeline | undefined }) {
  const { t } = useAmambaTranslation();
  const { run, params, refresh } = useRun();
  const refused = useRefusal(pipeline?.can, 'amamba.run.start');
  const rerun = useRerun();
  const changed = useRunner(
    {
      name: params.pipeline,
      workspace: params.workspace,
      hasParameters: true,
      can: pipeline?.can ?? [],
      sync: pipeline?.sync ?? { state: 'synced' },
    },
    {
      onStarted: refresh,
      repeated: { number: run.number, values: run.parameters },
    },
  );
  const [anchor, setAnchor] = useState<HTMLElement>();
  const definitions =
    pipeline?.declaredParameters ?? pipeline?.settings.parameters ?? [];
  const hasPassword = definitions.some(({ type }) => type === 'password');
  const choices = [
    !hasPassword && { label: t('runs.rerunSame'), act: () => rerun.run() },
    definitions.length > 0 && {
      label: t('runs.rerunChanged'),
      act: changed.start,
    },
    ...run.restartableStages.map(stage => ({
      label: t('runs.restartFrom', { stage }),
      act: () => rerun.run(stage),
    })),
  ].filter(choice => choice !== false);
  if (choices.length === 1) {
    return (
      <>
        <ActionButton
          refused={refused}
          busy={rerun.busy}
          onClick={choices[0].act}
        >
          {t('runs.rerun')}
        </ActionButton>
        {changed.dialog}
      </>
    );
  }
  return (
    <>
      <ActionButton
        refused={refused}
        busy={rerun.busy}
        startIcon={<ArrowDropDown aria-hidden />}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('runs.rerun')}
      </ActionButton>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(undefined)}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        MenuListProps={{ 'aria-label': t('runs.rerun') }}
      >
        {choices.map(({ label, act }) => (
          <MenuItem
            key={label}
            onClick={() => {
              setAnchor(undefined);
              act();
            }}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
      {changed.dialog}
    </>
  );
}

const VIEWS: readonly RunView[] = [
  'tests',
  'artifacts',
  'changes',
  'parameters',
];

/** The run before or after, in the same view and at the same stage. */
function Beside(props: {
  to: number | undefined;
  view: string | undefined;
  keys: string;
  label: string;
  icon: ReactNode;
  after?: boolean;
}) {
  const { here } = useAmambaRoutes();
  const { params } = useRun();
  const { search } = useLocation();
  const navigate = useNavigate();
  const stage = new URLSearchParams(search).get('stage');
  const view = VIEWS.find(name => name === props.view);
  const href =
    props.to === undefined
      ? undefined
      : here.run(params.workspace, params.pipeline, props.to, view) +
        (stage ? `?${new URLSearchParams({ stage })}` : '');
  useShortcut(props.keys, props.label, href ? () => navigate(href) : undefined);
  if (href === undefined) return null;
  return (
    <Button
      size="small"
      component={RouterLink}
      to={href}
      // a link that looks like a button is a link
      role={undefined}
      aria-label={props.label}
      startIcon={props.after ? undefined : props.icon}
      endIcon={props.after ? props.icon : undefined}
    >
      #{props.to}
    </Button>
  );
}
