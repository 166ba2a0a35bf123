import type { ApplicationDetail } from '@amamba/backstage-plugin-amamba-common';

/** An object whose manifest can be looked at. */
export interface YamlObject {
  /** `Deployment/shop` */
  id: string;
  /** what names it in a call; empty for the object that stands for the application */
  names: { apiVersion?: string; objectKind?: string; objectName?: string };
}

/** The objects of an application that have a manifest, the one that stands for it first. */
export function yamlObjects({
  kind,
  name,
  resources,
}: Pick<ApplicationDetail, 'kind' | 'name' | 'resources'>): YamlObject[] {
  const own: YamlObject[] =
    kind === 'application' ? [{ id: `Application/${name}`, names: {} }] : [];
  return [
    ...own,
    ...resources
      // what can be acted on before what it uses
      .toSorted((a, b) => Number(b.acts.length > 0) - Number(a.acts.length > 0))
      .map(resource => ({
        id: `${resource.kind}/${resource.name}`,
        names: {
          apiVersion: resource.apiVersion,
          objectKind: resource.kind,
          objectName: resource.name,
        },
      })),
  ];
}
