import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { ApplicationKind } from '@amamba/backstage-plugin-amamba-common';
import type { ApplicationView } from '../../../links';
import type { Translate } from '../../../translation';

/** A view of an application. Its component takes the application of the page from `useApplication`. */
export interface ApplicationTab {
  view: ApplicationView;
  label: (t: Translate) => string;
  Page: LazyExoticComponent<ComponentType>;
  /** kinds of applications that have it; all when absent */
  kinds?: readonly ApplicationKind[];
}

/** The views of an application, in the order of the tabs; each is loaded when it is opened. */
export const APPLICATION_TABS: readonly ApplicationTab[] = [
  {
    view: 'topology',
    label: t => t('applications.tabs.topology'),
    Page: lazy(() => import('./topology/TopologyTab')),
  },
  {
    view: 'resources',
    label: t => t('applications.tabs.resources'),
    Page: lazy(() => import('./resources/ResourcesTab')),
  },
  {
    view: 'logs',
    label: t => t('applications.tabs.logs'),
    Page: lazy(() => import('./logs/LogsTab')),
  },
  {
    view: 'terminal',
    label: t => t('applications.tabs.terminal'),
    Page: lazy(() => import('./terminal/TerminalTab')),
  },
  {
    view: 'events',
    label: t => t('applications.tabs.events'),
    Page: lazy(() => import('./events/EventsTab')),
  },
  {
    view: 'revisions',
    label: t => t('applications.tabs.revisions'),
    Page: lazy(() => import('./revisions/RevisionsTab')),
    kinds: ['application', 'deployment', 'statefulset', 'daemonset'],
  },
  {
    view: 'yaml',
    label: t => t('applications.tabs.yaml'),
    Page: lazy(() => import('./yaml/YamlTab')),
  },
  {
    view: 'history',
    label: t => t('helm.release.history'),
    Page: lazy(() => import('../helm/release/HistoryTab')),
    kinds: ['helm'],
  },
  {
    view: 'values',
    label: t => t('helm.values'),
    Page: lazy(() =>
      import('../helm/release/RevisionTabs').then(module => ({
        default: module.ValuesTab,
      })),
    ),
    kinds: ['helm'],
  },
  {
    view: 'manifest',
    label: t => t('helm.release.manifest'),
    Page: lazy(() =>
      import('../helm/release/RevisionTabs').then(module => ({
        default: module.ManifestTab,
      })),
    ),
    kinds: ['helm'],
  },
  {
    view: 'notes',
    label: t => t('helm.release.notes'),
    Page: lazy(() =>
      import('../helm/release/RevisionTabs').then(module => ({
        default: module.NotesTab,
      })),
    ),
    kinds: ['helm'],
  },
  {
    view: 'hooks',
    label: t => t('helm.release.hooks'),
    Page: lazy(() => import('../helm/release/HooksTab')),
    kinds: ['helm'],
  },
  {
    view: 'upgrade',
    label: t => t('helm.release.upgrade'),
    Page: lazy(() => import('../helm/release/UpgradeTab')),
    kinds: ['helm'],
  },
];
