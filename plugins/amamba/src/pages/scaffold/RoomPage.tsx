import type { ComponentType, ReactNode } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Content } from '@backstage/core-components';
import { ShortcutHelp } from '../../components/ShortcutHelp';
import {
  ALL_WORKSPACES,
  WorkspaceSwitcher,
} from '../../components/WorkspaceSwitcher';
import { ShortcutsProvider } from '../../hooks/shortcuts';
import type { RoomId } from '../../rooms';
import { LastWorkspace } from './LastWorkspace';
import { RoomShortcuts } from './RoomShortcuts';
import { WorkspaceScope } from './WorkspaceScope';

/** What a folder of pages brings into its room. */
export interface RoomPages {
  /** the pages of one workspace, with routes of their own */
  InWorkspace?: ComponentType;
  /** the page over all of the reader's workspaces, where the room has one */
  AcrossWorkspaces?: ComponentType;
  /** the pages of a room that belongs to no workspace, with routes of their own; it has no others */
  OfPlatform?: ComponentType;
}

/** A room of the workbench: its pages, by workspace; without one it goes to the last. Rooms of the platform have none. */
export function RoomPage(props: { room: RoomId; pages: RoomPages }) {
  const { room, pages } = props;
  const { InWorkspace, AcrossWorkspaces, OfPlatform } = pages;
  return (
    <Content>
      <ShortcutsProvider>
        <ShortcutHelp />
        <Routes>
          {OfPlatform && <Route path="*" element={<OfPlatform />} />}
          {InWorkspace && (
            <Route index element={<LastWorkspace room={room} />} />
          )}
          {AcrossWorkspaces && (
            <Route path={ALL_WORKSPACES} element={<AcrossWorkspaces />} />
          )}
          {InWorkspace && (
            <Route
              path=":workspace/*"
              element={
                <OneWorkspace room={room}>
                  <InWorkspace />
                </OneWorkspace>
              }
            />
          )}
        </Routes>
      </ShortcutsProvider>
    </Content>
  );
}

function OneWorkspace(props: { room: RoomId; children: ReactNode }) {
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
