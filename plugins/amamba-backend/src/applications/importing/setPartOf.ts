import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { OwnedNamespace } from '../../namespaces';
import { typeOf } from '../objectTypes';
import { DESCRIPTION_ANNOTATION, PART_OF_LABEL } from '../read/groups';

/**
 * Says of which application an object is a part, by its label.
 * @param value - null: of none
 * @throws ConflictError when another object has the name meanwhile
 */
export async function setPartOf(
  namespace: OwnedNamespace,
  object: KubeObject,
  value: string | null,
  { dryRun, description }: { dryRun?: boolean; description?: string },
): Promise<void> {
  const { name, uid } = object.metadata;
  await namespace.patch(
    typeOf(object),
    name,
    {
      type: 'merge',
      patch: {
        metadata: {
          // another object of the same name is not meant
          uid,
          labels: { [PART_OF_LABEL]: value },
          ...(description
            ? { annotations: { [DESCRIPTION_ANNOTATION]: description } }
            : {}),
        },
      },
    },
    { dryRun },
  );
}
