import type { Knex } from 'knex';

const TABLE = 'amamba_manifest_texts';

/** An object as texts are kept by. */
export interface TextKey {
  cluster: string;
  namespace: string;
  /** `Deployment.apps` */
  kind: string;
  name: string;
}

interface TextRow extends TextKey {
  uid: string;
  text: string;
  changed_at: number | string;
}

/** Texts of manifests as their authors wrote them; the only file with SQL on them. */
export class ManifestTextsStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** The text of this very object: another one of the same name has its own. */
  async find(key: TextKey, uid: string): Promise<string | undefined> {
    const row = await this.#database<TextRow>(TABLE)
      .where({ ...key, uid })
      .first('text');
    return row?.text;
  }

  async keep(key: TextKey, uid: string, text: string): Promise<void> {
    await this.#database<TextRow>(TABLE)
      .insert({ ...key, uid, text, changed_at: Date.now() })
      .onConflict(['cluster', 'namespace', 'kind', 'name'])
      .merge();
  }

  async forget(key: TextKey): Promise<void> {
    await this.#database<TextRow>(TABLE)
      .where({ ...key })
      .delete();
  }
}
