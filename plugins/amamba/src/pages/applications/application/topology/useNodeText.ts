import type { TopologyNode } from '@amamba/backstage-plugin-amamba-common';
import { useHealthWords } from '../../../../components/Health';
import type { NodeContent } from '../../../../components/Graph';
import { healthLook, useStatusWord } from '../../../../components/Status';
import { useAmambaTranslation } from '../../../../translation';
import { isFold } from './shownTopology';

/** Gives a function that tells about nodes of a topology. */
export function useNodeText(): (
  node: TopologyNode,
  open: ReadonlySet<string>,
) => NodeContent {
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const words = useHealthWords();
  return (node, open) => {
    const look = healthLook(node.health.status);
    const pods = t('applications.topology.pods', { count: node.count ?? 0 });
    const expanded = isFold(node) ? open.has(node.id) : undefined;
    const folded = expanded
      ? t('components.graph.foldAgain', { branches: pods })
      : pods;
    const name = isFold(node) ? folded : node.name;
    const { reason } = words(node.health);
    return {
      status: look.status,
      name,
      below: isFold(node) ? undefined : node.kind,
      expanded,
      label: [
        ...(isFold(node) ? [name] : [node.kind, name]),
        word(look.word).toLocaleLowerCase(),
        ...node.facts,
        ...(reason ? [reason] : []),
      ].join(t('components.graph.separator')),
    };
  };
}
