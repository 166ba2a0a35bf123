import type {
  EngineCallOptions,
  EnginePipelineRef,
  EnginePipelineSpec,
  EnginePipelineState,
} from '@amamba/backstage-plugin-amamba-node';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { path, UpstreamError } from '../../../http';
import { pipelineWords, type JenkinsAddresses } from './addresses';
import {
  FOLDER_CLASS,
  fingerprint,
  JOB_ROOT,
  NEW_FOLDER,
  newJob,
  readJob,
  writeJob,
} from './config';
import type { JenkinsClient } from './JenkinsClient';
import { XmlDocument } from './xml';

const XML = 'application/xml; charset=utf-8';
/** Jenkins stops running builds before it deletes, and waits for them */
const DELETE_TIMEOUT_MS = 60_000;
/** somebody else may create the same thing at the same time */
const MAX_ATTEMPTS = 3;
const itemSchema = z.object({ _class: z.string() });

/** Jenkins has no status for it, only these words. */
function isThereAlready(error: unknown): boolean {
  return (
    error instanceof InputError && error.message.includes('already exists')
  );
}

/** Folders and jobs: what is to be run. */
export class JenkinsJobs {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  /** Creates the job and its folders, or changes of the job what differs; may be repeated. */
  async save(
    ref: EnginePipelineRef,
    spec: EnginePipelineSpec,
    options: EngineCallOptions = {},
  ): Promise<EnginePipelineState> {
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      const present = await this.#find(ref, options);
      if (present) {
        const wanted = writeJob(present, spec);
        if (wanted === present) return this.#state(present);
        await this.#client.post({
          path: path`${this.#addresses.job(ref)}/config.xml`,
          body: { text: wanted.text, contentType: XML },
          what: pipelineWords(ref),
          ...options,
        });
        break;
      }
      if (await this.#create(ref, newJob(spec).text, options)) break;
    }
    return this.read(ref, options);
  }

  async read(
    ref: EnginePipelineRef,
    options: EngineCallOptions = {},
  ): Promise<EnginePipelineState> {
    return this.#state(await this.#readConfig(ref, options));
  }

  async delete(
    ref: EnginePipelineRef,
    options: EngineCallOptions = {},
  ): Promise<void> {
    try {
      await this.#client.post({
        path: path`${this.#addresses.job(ref)}/doDelete`,
        accept: [302],
        timeoutMs: DELETE_TIMEOUT_MS,
        what: pipelineWords(ref),
        ...options,
      });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }

  #state(document: XmlDocument): EnginePipelineState {
    const { parameters, declared } = readJob(document);
    return {
      fingerprint: fingerprint(document),
      parameters,
      declaredParameters: [...declared.parameters],
    };
  }

  async #find(
    ref: EnginePipelineRef,
    options: EngineCallOptions,
  ): Promise<XmlDocument | undefined> {
    try {
      return await this.#readConfig(ref, options);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  async #readConfig(
    ref: EnginePipelineRef,
    options: EngineCallOptions,
  ): Promise<XmlDocument> {
    const what = pipelineWords(ref);
    const { text } = await this.#client.get({
      path: path`${this.#addresses.job(ref)}/config.xml`,
      what,
      ...options,
    });
    let document: XmlDocument;
    try {
      document = new XmlDocument(text);
    } catch (error) {
      throw new UpstreamError(
        `${this.#client.system} answered with a configuration that cannot be read when asked for ${what}. Check that its address is right`,
        { reason: 'unreadable', cause: error },
      );
    }
    if (document.root.name !== JOB_ROOT) {
      throw new ConflictError(
        `${this.#client.system} has something else (${document.root.name}) in the place of ${what}. Rename it there, or choose another name`,
      );
    }
    return document;
  }

  /** @returns false when there may be a job of this name meanwhile, or its folder had to be made first */
  async #create(
    { workspace, name }: EnginePipelineRef,
    config: string,
    options: EngineCallOptions,
  ): Promise<boolean> {
    const folders = this.#addresses.folders(workspace);
    try {
      await this.#createItem(folders, name, config, options);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) {
        await this.#ensureFolders(folders, options);
        await this.#createItem(folders, name, config, options);
        return true;
      }
      if (isThereAlready(error)) return false;
      throw error;
    }
  }

  async #ensureFolders(
    names: readonly string[],
    options: EngineCallOptions,
  ): Promise<void> {
    for (let depth = 0; depth < names.length; depth++) {
      const parent = names.slice(0, depth);
      if (!(await this.#isFolder([...parent, names[depth]], options))) {
        try {
          await this.#createItem(parent, names[depth], NEW_FOLDER, options);
        } catch (error) {
          if (!isThereAlready(error)) throw error;
        }
      }
    }
  }

  async #isFolder(
    names: readonly string[],
    options: EngineCallOptions,
  ): Promise<boolean> {
    const where = names.join('/');
    try {
      const item = await this.#client.json(itemSchema, {
        path: path`${this.#addresses.item(names)}/api/json`,
        query: { tree: 'name' },
        what: `the folder ${where}`,
        ...options,
      });
      if (item._class === FOLDER_CLASS) return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
    throw new ConflictError(
      `${this.#client.system} has "${where}", but it is not a folder. Rename it there, or configure another rootFolder`,
    );
  }

  async #createItem(
    folders: readonly string[],
    name: string,
    config: string,
    options: EngineCallOptions,
  ): Promise<void> {
    await this.#client.post({
      path: path`${this.#addresses.item(folders)}/createItem`,
      query: { name },
      body: { text: config, contentType: XML },
      what: [...folders, name].join('/'),
      ...options,
    });
  }
}
