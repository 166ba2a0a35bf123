export { Crumb, Trail } from './Crumb';
export { FactList, type Fact } from './FactList';
export { PageHeader } from './PageHeader';
export { Section } from './Section';
export { PageTabs, type PageTab } from './Tabs';
