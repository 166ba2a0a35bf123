export { Crumb, Trail } from './Crumb';
export { PageHeader } from './PageHeader';
export { PageTabs, type PageTab } from './Tabs';
