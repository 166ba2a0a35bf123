import Link from '@material-ui/core/Link';
import type { TopologyNode } from '@amamba/backstage-plugin-amamba-common';
import { DataTable, type Column } from '../../../../components/DataTable';
import { HealthStatus } from '../../../../components/Health';
import { useAmambaTranslation } from '../../../../translation';
import { useNodeText } from './useNodeText';

const NOTHING_OPEN: ReadonlySet<string> = new Set();

/** The objects of a topology as lines, for many of them, narrow screens and those who prefer it. */
export function TopologyList(props: {
  nodes: readonly TopologyNode[];
  onChoose: (id: string) => void;
}) {
  const { t } = useAmambaTranslation();
  const nodeText = useNodeText();
  const columns: Column<TopologyNode>[] = [
    {
      id: 'name',
      label: t('applications.columns.name'),
      header: true,
      wide: true,
      cell: node => (
        <Link
          component="button"
          type="button"
          underline="always"
          onClick={() => props.onChoose(node.id)}
        >
          {nodeText(node, NOTHING_OPEN).name}
        </Link>
      ),
    },
    {
      id: 'kind',
      label: t('applications.columns.kind'),
      cell: ({ kind }) => kind,
    },
    {
      id: 'health',
      label: t('applications.columns.health'),
      wide: true,
      cell: ({ health }) => <HealthStatus health={health} />,
    },
    {
      id: 'facts',
      label: t('applications.columns.facts'),
      second: true,
      wide: true,
      cell: ({ facts }) => facts.join(' · '),
    },
  ];
  return (
    <DataTable
      id="applicationTopology"
      label={t('applications.tabs.topology')}
      identity="topology"
      columns={columns}
      rows={props.nodes}
      keyOf={({ id }) => id}
    />
  );
}
