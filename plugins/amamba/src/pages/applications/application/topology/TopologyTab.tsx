import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { Topology } from '@amamba/backstage-plugin-amamba-common';
import { useCallback, useMemo, useState } from 'react';
import { useAmambaApi } from '../../../../api';
import {
  GraphBar,
  GraphCanvas,
  layoutLayers,
  LIST_ABOVE,
} from '../../../../components/Graph';
import { EmptyState, LiveView } from '../../../../components/States';
import { useLive } from '../../../../hooks/useLive';
import { useAmambaTranslation } from '../../../../translation';
import { followApplication, useApplication } from '../applicationScope';
import { ObjectPanel } from '../panel/ObjectPanel';
import { usePanel } from '../panel/usePanel';
import { isFold, isProblem, withOpenFolds } from './shownTopology';
import { TopologyList } from './TopologyList';
import { useNodeText } from './useNodeText';

/** Height of the graph, in pixels. */
const MAX_HEIGHT = 560;

/** How the application's objects hang together: what traffic enters by, what runs it, and what that uses. */
export default function TopologyTab() {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { address } = useApplication();
  const panel = usePanel();
  const live = useLive(
    signal => api.call('getTopology', { params: address }, { signal }),
    followApplication(address, 'topology'),
  );
  return (
    <>
      <LiveView live={live} failed={t('applications.topology.failed')}>
        {topology =>
          topology.nodes.length === 0 ? (
            <EmptyState title={t('applications.resources.none')} />
          ) : (
            <Picture topology={topology} />
          )
        }
      </LiveView>
      {panel.object && (
        <ObjectPanel
          object={panel.object}
          others={live.data?.nodes}
          onClose={panel.close}
        />
      )}
    </>
  );
}

function Picture(props: { topology: Topology }) {
  const { t } = useAmambaTranslation();
  const panel = usePanel();
  const nodeText = useNodeText();
  const { application } = useApplication();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [list, setList] = useState<boolean>();
  const [problems, setProblems] = useState<boolean>();
  const many = props.topology.nodes.length > LIST_ABOVE;
  const asList = list ?? (many || narrow);
  const onlyProblems = problems ?? many;
  const shown = useMemo(
    () => withOpenFolds(props.topology, application.pods, open),
    [props.topology, application.pods, open],
  );
  // health changes all the time, and moves nothing
  const structure = JSON.stringify([
    shown.nodes.map(({ id, layer }) => ({ id, layer })),
    shown.edges,
  ]);
  const layout = useMemo(() => {
    const [nodes, edges] = JSON.parse(structure);
    return layoutLayers(nodes, edges);
  }, [structure]);

  const rows = shown.nodes.filter(node => !onlyProblems || isProblem(node));
  const { open: openPanel } = panel;
  const folds = new Set(
    props.topology.nodes.filter(isFold).map(({ id }) => id),
  );
  const choose = useCallback(
    (id: string) => {
      if (!folds.has(id)) {
        openPanel(id);
        return;
      }
      setOpen(before => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      });
    },
    // the folds are those of the structure
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [openPanel, structure],
  );
  const bar = (
    <GraphBar
      asList={asList}
      onList={setList}
      problemsOnly={onlyProblems}
      onProblemsOnly={setProblems}
      shown={rows.length}
      total={shown.nodes.length}
    />
  );
  if (asList) {
    return (
      <>
        {bar}
        {rows.length > 0 ? (
          <TopologyList nodes={rows} onChoose={choose} />
        ) : (
          <EmptyState title={t('applications.topology.noProblems')} />
        )}
      </>
    );
  }
  return (
    <GraphCanvas
      label={t('applications.tabs.topology')}
      layout={layout}
      contents={
        new Map(shown.nodes.map(node => [node.id, nodeText(node, open)]))
      }
      selected={panel.object}
      watch={panel.object}
      bar={bar}
      maxHeight={MAX_HEIGHT}
      onChoose={choose}
    />
  );
}
