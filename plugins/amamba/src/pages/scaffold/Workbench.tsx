import { useMemo, type JSX, type ReactNode } from 'react';
import { Navigate, Route, Routes, useResolvedPath } from 'react-router-dom';
import { PageLayout } from '@backstage/frontend-plugin-api';
import WorkIcon from '@material-ui/icons/WorkOutline';
import { EmptyState } from '../../components/States';
import { ROOMS } from '../../rooms';
import { useAmambaTranslation, type Translate } from '../../translation';

/** A tab of the workbench. */
export interface WorkbenchTab {
  /** below the workbench, without a slash at the start */
  path: string;
  title: string;
  element: JSX.Element;
}

/** Titles that the plugin's own tabs have by default are translated; others are the portal's own words. */
function tabLabel(t: Translate, title: string): string {
  const room = Object.values(ROOMS).find(known => known.title === title);
  return room?.label(t) ?? title;
}

/** What draws the head of the workbench: the framework's, or the old system's. */
export type WorkbenchLayout = (props: {
  title: string;
  tabs: { id: string; label: string; href: string }[];
  base: string;
  children: ReactNode;
}) => JSX.Element;

function FrameworkLayout(props: Parameters<WorkbenchLayout>[0]) {
  return (
    // the framework marks no main part of a page
    <main>
      <PageLayout
        title={props.title}
        icon={<WorkIcon fontSize="inherit" />}
        titleLink={props.base}
        tabs={props.tabs}
      >
        {props.children}
      </PageLayout>
    </main>
  );
}

/** The workbench: its head and the tab of the address; without one it goes to the first. */
export function Workbench(props: {
  tabs: readonly WorkbenchTab[];
  layout?: WorkbenchLayout;
}) {
  const { t } = useAmambaTranslation();
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { tabs, layout: Layout = FrameworkLayout } = props;
  // The framework makes a new component of its layout at each render, so that everything inside would start anew with
  // each change of the address. The element is kept until it has to differ.
  return useMemo(
    () => (
      <Layout
        title={t('common.product')}
        base={base}
        tabs={tabs.map(({ path, title }) => ({
          id: path,
          label: tabLabel(t, title),
          href: `${base}/${path}`,
        }))}
      >
        <TabRoutes tabs={tabs} />
      </Layout>
    ),
    [Layout, base, t, tabs],
  );
}

function TabRoutes(props: { tabs: readonly WorkbenchTab[] }) {
  const { t } = useAmambaTranslation();
  const { tabs } = props;
  return (
    <Routes>
      {tabs.length > 0 && (
        <Route index element={<Navigate replace to={tabs[0].path} />} />
      )}
      {tabs.map(({ path, element }) => (
        <Route key={path} path={`${path}/*`} element={element} />
      ))}
      <Route path="*" element={<EmptyState title={t('common.notFound')} />} />
    </Routes>
  );
}
