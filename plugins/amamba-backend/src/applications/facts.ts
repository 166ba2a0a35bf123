import {
  isKubeKind,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';

type Port = { port?: number; nodePort?: number; protocol?: string };

const portText = ({ port, nodePort }: Port) =>
  nodePort ? `${port}:${nodePort}` : String(port);

/** What is worth saying about an object in a row, beside its health. */
export function factsOf(object: KubeObject): string[] {
  if (isKubeKind(object, 'Service')) {
    const { type = 'ClusterIP', clusterIP, ports = [] } = object.spec ?? {};
    return [
      type,
      ...(clusterIP ? [clusterIP] : []),
      ...(ports.length > 0 ? [ports.map(portText).join(', ')] : []),
    ];
  }
  if (isKubeKind(object, 'Ingress')) {
    return (object.spec?.rules ?? []).flatMap(({ host }) =>
      host ? [host] : [],
    );
  }
  if (isKubeKind(object, 'PersistentVolumeClaim')) {
    const size =
      object.status?.capacity?.storage ??
      object.spec?.resources?.requests?.storage;
    return [
      ...(size === undefined ? [] : [String(size)]),
      ...(object.spec?.storageClassName ? [object.spec.storageClassName] : []),
    ];
  }
  if (isKubeKind(object, 'HorizontalPodAutoscaler')) {
    const { minReplicas = 1, maxReplicas } = object.spec ?? {};
    return [`${minReplicas}–${maxReplicas ?? '?'}`];
  }
  if (isKubeKind(object, 'CronJob')) {
    return object.spec?.schedule ? [object.spec.schedule] : [];
  }
  return [];
}
