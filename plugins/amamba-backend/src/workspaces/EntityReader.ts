import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { CallerCache } from '../permissions';

interface CallOptions {
  credentials: BackstageCredentials;
}

/** What of an entity decides where it belongs and what it shows. */
export interface EntityFacts {
  /** in lower case */
  ref: string;
  /** reference of its owner */
  owner?: string;
  annotations: Readonly<Record<string, string>>;
}

function factsOf(entity: Entity): EntityFacts {
  return {
    ref: stringifyEntityRef(entity),
    owner: entity.relations?.find(({ type }) => type === 'ownedBy')?.targetRef,
    annotations: entity.metadata.annotations ?? {},
  };
}

function titleOf(ref: string, entity: Entity | undefined): string {
  const profile = entity?.spec?.profile as { displayName?: string } | undefined;
  return (
    profile?.displayName ?? entity?.metadata.title ?? parseEntityRef(ref).name
  );
}

/** Reads entities of the catalog with the caller's own credentials, and keeps for seconds what each caller saw. */
export class EntityReader {
  readonly #catalog: CatalogService;
  readonly #facts = new CallerCache<EntityFacts | undefined>();
  readonly #titles = new CallerCache<string>();

  constructor(options: { catalog: CatalogService }) {
    this.#catalog = options.catalog;
  }

  /** @returns undefined when there is none that the caller may see */
  facts(ref: string, options: CallOptions): Promise<EntityFacts | undefined> {
    return this.#facts.get(options.credentials, [ref], async () => {
      const entity = await this.#catalog.getEntityByRef(ref, options);
      return entity && factsOf(entity);
    });
  }

  /** What people call entities, in the order asked; the name of those that the caller may not see. */
  titles(refs: readonly string[], options: CallOptions): Promise<string[]> {
    return this.#titles.getMany(
      options.credentials,
      refs.map(ref => [ref]),
      async missing => {
        const { items } = await this.#catalog.getEntitiesByRefs(
          { entityRefs: missing.map(i => refs[i]) },
          options,
        );
        return missing.map((index, i) => titleOf(refs[index], items[i]));
      },
    );
  }
}
