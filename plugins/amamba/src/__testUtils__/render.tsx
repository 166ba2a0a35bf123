import { screen } from '@testing-library/react';
import { storageApiRef } from '@backstage/core-plugin-api';
import {
  toastApiRef,
  type ToastApiMessage,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { useLocation } from 'react-router-dom';
import { amambaApiRef } from '../api';
import * as applications from '../pages/applications';
import * as admin from '../pages/admin';
import * as audit from '../pages/audit';
import * as namespaces from '../pages/namespaces';
import * as overview from '../pages/overview';
import * as pipelines from '../pages/pipelines';
import { RoomPage, type RoomPages } from '../pages/scaffold/RoomPage';
import { Workbench } from '../pages/scaffold/Workbench';
import { ROOMS, ROOM_IDS, type RoomId } from '../rooms';
import { rootRouteRef } from '../routes';
import type { FakeApi } from './FakeApi';
import { FakeSignals } from './FakeSignals';

const PAGES: Record<RoomId, RoomPages> = {
  ...{ overview, pipelines, applications, namespaces, audit, admin },
};

const TABS = ROOM_IDS.map(room => ({
  path: room,
  title: ROOMS[room].title,
  element: <RoomPage room={room} pages={PAGES[room]} />,
}));

function Address() {
  const { pathname, search, hash } = useLocation();
  return <output data-testid="address">{pathname + search + hash}</output>;
}

/** The address that the portal is at. */
export function address(): string {
  return screen.getByTestId('address').textContent ?? '';
}

/** What a test can do with a portal. */
export interface TestPortal {
  toasts: ToastApiMessage[];
  signals: FakeSignals;
}

/** Opens the workbench at an address, with a fake backend. */
export function openWorkbench(path: string, api: FakeApi): TestPortal {
  const toasts: ToastApiMessage[] = [];
  const signals = new FakeSignals();
  renderInTestApp(
    <>
      <Address />
      <Workbench tabs={TABS} />
    </>,
    {
      mountPath: '/workbench',
      mountedRoutes: {
        '/workbench': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      initialRouteEntries: [`/workbench${path}`],
      apis: [
        [amambaApiRef, api],
        [catalogApiRef, catalogApiMock()],
        [storageApiRef, mockApis.storage()],
        [
          toastApiRef,
          {
            post: toast => {
              toasts.push(toast);
              return { close: () => undefined };
            },
          },
        ],
        [signalApiRef, signals],
      ],
    },
  );
  return { toasts, signals };
}
