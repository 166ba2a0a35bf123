export {
  AllOverview as AcrossWorkspaces,
  OverviewPage as InWorkspace,
} from './OverviewPage';
