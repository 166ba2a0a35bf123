import { isPipelineChange } from '@amamba/backstage-plugin-amamba-common';
import { lazy, Suspense, useState } from 'react';
import type { Overview } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { StalenessBanner } from '../../components/Banner';
import { Crumb, PageHeader } from '../../components/Page';
import { LiveView } from '../../components/States';
import {
  ALL_WORKSPACES,
  WorkspaceSwitcher,
} from '../../components/WorkspaceSwitcher';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useLive } from '../../hooks/useLive';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';
import { Broken, Running, Waiting } from './RunBlocks';
import { Results } from './Results';
import { ReviewDialog, type Reviewed } from './ReviewDialog';

const QuotaBlock = lazy(() =>
  import('./QuotaBlock').then(module => ({ default: module.QuotaBlock })),
);

/** The overview of the page's workspace. */
export function OverviewPage() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  return (
    <Crumb
      label={t('workspaces.overview.title')}
      href={workbench.room('overview', name)}
    >
      <OverviewOf workspace={name} />
    </Crumb>
  );
}

/** The overview of all workspaces of the reader. */
export function AllOverview() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  return (
    <Crumb
      label={t('workspaces.all')}
      href={workbench.room('overview', ALL_WORKSPACES)}
    >
      <OverviewOf workspace={ALL_WORKSPACES} />
    </Crumb>
  );
}

function OverviewOf(props: { workspace: string }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { workspace } = props;
  const everything = workspace === ALL_WORKSPACES;
  const live = useLive(
    signal => api.call('getOverview', { params: { workspace } }, { signal }),
    {
      key: workspace,
      identity: workspace,
      matches: change =>
        isPipelineChange(change, everything ? undefined : workspace),
    },
  );
  return (
    <>
      <PageHeader
        title={t('workspaces.overview.title')}
        before={<WorkspaceSwitcher room="overview" current={workspace} />}
        live={live}
      />
      <StalenessBanner warnings={live.data?.warnings} onRetry={live.retry} />
      <LiveView live={live} failed={t('workspaces.overview.failed')}>
        {overview => (
          <Blocks
            overview={overview}
            everything={everything}
            onDecided={live.retry}
          />
        )}
      </LiveView>
      {!everything && (
        <Suspense fallback={null}>
          <QuotaBlock workspace={workspace} />
        </Suspense>
      )}
    </>
  );
}

function Blocks(props: {
  overview: Overview;
  everything: boolean;
  onDecided: () => void;
}) {
  const { overview, everything } = props;
  const [reviewed, setReviewed] = useState<Reviewed>();
  return (
    <>
      <Waiting
        items={overview.waiting}
        count={overview.counts.waiting}
        everything={everything}
        onReview={setReviewed}
      />
      <Broken
        items={overview.broken}
        count={overview.counts.broken}
        everything={everything}
      />
      <Running
        items={overview.running}
        count={overview.counts.running}
        everything={everything}
      />
      <Results
        results={overview.results.filter(({ recent }) => recent.length > 0)}
        count={overview.counts.pipelines}
        everything={everything}
      />
      {reviewed && (
        <ReviewDialog
          {...reviewed}
          onClose={() => setReviewed(undefined)}
          onDecided={props.onDecided}
        />
      )}
    </>
  );
}
