import type { ReactNode } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Content } from '@backstage/core-components';
import {
  ALL_WORKSPACES,
  WorkspaceSwitcher,
} from '../../components/WorkspaceSwitcher';
import { ShortcutHelp } from '../../components/ShortcutHelp';
import { ShortcutsProvider } from '../../hooks/shortcuts';
import { AuditPage } from '../audit/AuditPage';
import { LastWorkspace } from './LastWorkspace';
import { AllOverview, OverviewPage } from '../overview/OverviewPage';
import { PipelineRoutes } from '../pipelines/PipelineRoutes';
import { WorkspaceScope } from './WorkspaceScope';
import { RoomShortcuts } from './RoomShortcuts';

type Room = 'overview' | 'pipelines' | 'audit';

/** A room of the workbench: its pages, by workspace; without one it goes to the last. */
function RoomPage(props: { room: Room; children: ReactNode }) {
  return (
    <Content>
      <ShortcutsProvider>
        <ShortcutHelp />
        <Routes>
          <Route index element={<LastWorkspace room={props.room} />} />
          {props.room === 'overview' && (
            <Route path={ALL_WORKSPACES} element={<AllOverview />} />
          )}
          <Route
            path=":workspace/*"
            element={
              <InWorkspace room={props.room}>{props.children}</InWorkspace>
            }
          />
        </Routes>
      </ShortcutsProvider>
    </Content>
  );
}

function InWorkspace(props: { room: Room; children: ReactNode }) {
  const { workspace = '' } = useParams();
  return (
    <WorkspaceScope
      key={workspace}
      name={workspace}
      switcher={<WorkspaceSwitcher room={props.room} current={workspace} />}
    >
      <RoomShortcuts />
      {props.children}
    </WorkspaceScope>
  );
}

/** What waits, is broken and runs. */
export function OverviewRoom() {
  return (
    <RoomPage room="overview">
      <OverviewPage />
    </RoomPage>
  );
}

/** Pipelines and everything below them. */
export function PipelinesRoom() {
  return (
    <RoomPage room="pipelines">
      <PipelineRoutes />
    </RoomPage>
  );
}

/** Who changed what. */
export function AuditRoom() {
  return (
    <RoomPage room="audit">
      <AuditPage />
    </RoomPage>
  );
}
