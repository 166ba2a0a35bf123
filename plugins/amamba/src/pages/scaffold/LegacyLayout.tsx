import { Header, HeaderTabs, Page } from '@backstage/core-components';
import { useLocation, useNavigate } from 'react-router-dom';
import type { WorkbenchLayout } from './Workbench';

/** The head of the workbench in portals on the old frontend system. */
export const LegacyLayout: WorkbenchLayout = props => {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const { tabs } = props;
  const selected = tabs.findIndex(
    ({ href }) => pathname === href || pathname.startsWith(`${href}/`),
  );
  return (
    <Page themeId="tool">
      <Header title={props.title} />
      <HeaderTabs
        tabs={tabs.map(({ id, label }) => ({ id, label }))}
        selectedIndex={Math.max(selected, 0)}
        onChange={index => navigate(tabs[index].href)}
      />
      {props.children}
    </Page>
  );
};
