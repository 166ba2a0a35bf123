import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  FLOW_DEFINITION,
  FOLDER,
  PARAMETER,
  WORKFLOW_JOB,
} from '../config/classNames';
import { withoutTracking } from '../config/declarative';
import type { SecretBox } from '../config/SecretBox';
import { replaceTexts, setRootChild } from '../xml/editor';
import { childOf, elementAt, parseXml } from '../xml/reader';
import { Failure, NotSupported } from './errors';
import { fromDirectoryName, readJsonFile, writeFileAtomic } from './files';
import { Folder, Item, Job } from './Item';
import { checkGoodName } from './names';

const DECLARATION = /^\uFEFF?\s*<\?xml[^>]*\?>\s*/;
const WRITTEN_DECLARATION = `<?xml version='1.1' encoding='UTF-8'?>\n`;

/** What happens to items; the event plugin and the triggers listen. */
export interface ItemListener {
  created(item: Item): void;
  updated(item: Item): void;
  deleted(item: Item): void;
  moved(item: Item, before: { fullName: string; url: string }): void;
}

interface JobState {
  nextBuildNumber: number;
}

/** Folders and pipelines with their files below one directory. */
export class ItemStore {
  readonly root: Folder;

  private readonly secrets: SecretBox;
  private readonly listener: ItemListener;

  constructor(directory: string, secrets: SecretBox, listener: ItemListener) {
    this.secrets = secrets;
    this.listener = listener;
    fs.mkdirSync(path.join(directory, 'jobs'), { recursive: true });
    const file = path.join(directory, 'config.xml');
    const xml = fs.existsSync(file)
      ? fs.readFileSync(file, 'utf8').replace(DECLARATION, '')
      : '<hudson>\n  <properties/>\n</hudson>';
    this.root = new Folder('', undefined, xml, directory);
    this.load(this.root);
  }

  /** The item with this full name (`team-a/shop`), or undefined; `''` is the root. */
  byFullName(fullName: string): Item | undefined {
    return fullName
      .split('/')
      .filter(Boolean)
      .reduce<Item | undefined>(
        (item, name) =>
          item?.kind === 'folder' ? item.child(name) : undefined,
        this.root,
      );
  }

  /** Creates an item from a config.xml; silently: nobody is told. @throws Failure, NotSupported, XmlError */
  create(
    parent: Folder,
    rawName: string,
    xml: string,
    { silent = false } = {},
  ): Item {
    const name = this.freeName(parent, rawName);
    const item = this.build(parent, name, this.sealed(xml), 1);
    // Only what could be written is there.
    this.save(item);
    parent.attach(item);
    if (!silent) this.listener.created(item);
    return item;
  }

  /** Copies an item; `from` is a full name with a leading `/`, or relative to the folder. */
  copy(parent: Folder, rawName: string, from: string): Item {
    const source = from.startsWith('/')
      ? this.byFullName(from)
      : (this.byFullName(`${parent.fullName}/${from}`) ??
        this.byFullName(from));
    if (!source || source === this.root)
      throw new Failure(`No such job: ${from}`);
    if (source.kind === 'folder') {
      throw new NotSupported('This stand-in does not copy folders.');
    }
    return this.create(parent, rawName, withoutTracking(source.xml));
  }

  /** Posts a config.xml over an item. @throws Failure, NotSupported, XmlError */
  update(item: Item, xml: string): void {
    const sealed = this.sealed(xml);
    const expected = item.kind === 'folder' ? FOLDER : WORKFLOW_JOB;
    const got = classOf(sealed);
    if (got !== expected) {
      throw new Error(
        `Expecting class ${expected} but got class ${got} instead`,
      );
    }
    item.configure(sealed);
    this.save(item);
    this.listener.updated(item);
  }

  /** Changes an item's own config.xml without a client having posted it. */
  rewrite(item: Item, xml: string): void {
    if (xml === item.xml) return;
    item.configure(xml);
    this.save(item);
    if (!(item.kind === 'folder' && item.isRoot)) this.listener.updated(item);
  }

  setDisabled(job: Job, disabled: boolean): void {
    this.rewrite(job, setRootChild(job.xml, 'disabled', String(disabled)));
  }

  setDescription(item: Item, description: string): void {
    this.rewrite(item, setRootChild(item.xml, 'description', description));
  }

  rename(item: Item, rawName: string): void {
    if (!item.parent) throw new Failure('The root cannot be renamed');
    this.relocate(item, item.parent, rawName);
  }

  /** Moves an item to another folder. */
  move(item: Item, destination: Folder): void {
    if (destination === item.parent) return;
    for (let at: Folder | undefined = destination; at; at = at.parent) {
      if (at === item)
        throw new Failure('A folder cannot be moved into itself');
    }
    this.relocate(item, destination, item.name);
  }

  /** Removes an item with all its files; its runs must have ended. */
  delete(item: Item): void {
    item.parent?.detach(item);
    fs.rmSync(item.directory, { recursive: true, force: true });
    this.listener.deleted(item);
  }

  /** The number of the next run, which is taken. */
  takeBuildNumber(job: Job): number {
    const number = job.nextBuildNumber;
    job.nextBuildNumber = number + 1;
    this.saveState(job);
    return number;
  }

  setNextBuildNumber(job: Job, number: number): void {
    job.nextBuildNumber = number;
    this.saveState(job);
  }

  /** The text of `GET config.xml`: Jenkins declares XML 1.1. */
  static configXml(item: Item): string {
    return `${WRITTEN_DECLARATION}${item.xml}`;
  }

  private freeName(parent: Folder, rawName: string): string {
    const name = checkGoodName(rawName);
    if (parent.child(name)) {
      throw new Failure(`A job already exists with the name ‘${name}’`);
    }
    return name;
  }

  private relocate(item: Item, parent: Folder, rawName: string): void {
    const jobs = item.kind === 'job' ? [item] : [...item.jobs()];
    if (jobs.some(job => job.builds.running.length > 0)) {
      throw new Failure('Unable to rename a job while it is building.');
    }
    const name = checkGoodName(rawName);
    const other = parent.child(name);
    if (other && other !== item) {
      throw new Failure(`The name “${name}” is already in use.`);
    }
    const before = { fullName: item.fullName, url: item.url };
    const from = item.directory;
    item.parent?.detach(item);
    item.name = name;
    item.parent = parent;
    fs.mkdirSync(path.dirname(item.directory), { recursive: true });
    fs.renameSync(from, item.directory);
    parent.attach(item);
    this.listener.moved(item, before);
  }

  /** The text without its declaration and with new secrets encrypted. */
  private sealed(xml: string): string {
    const root = parseXml(xml);
    const list = elementAt(
      root,
      'properties',
      'hudson.model.ParametersDefinitionProperty',
      'parameterDefinitions',
    );
    const edits = (list?.children ?? [])
      .filter(parameter => parameter.name === PARAMETER.password)
      .flatMap(parameter => childOf(parameter, 'defaultValue') ?? [])
      .filter(
        element => element.text && !this.secrets.isEncrypted(element.text),
      )
      .map(element => ({ element, value: this.secrets.encrypt(element.text) }));
    return replaceTexts(xml, edits).replace(DECLARATION, '');
  }

  private build(parent: Folder, name: string, xml: string, next: number): Item {
    switch (classOf(xml)) {
      case FOLDER:
        return new Folder(name, parent, xml, '');
      case WORKFLOW_JOB:
        return new Job(name, parent, xml, next, this.secrets);
      default:
        throw new NotSupported(
          `This stand-in has folders and pipelines (${FOLDER}, ${FLOW_DEFINITION}) only, not ${classOf(xml)}.`,
        );
    }
  }

  private save(item: Item): void {
    const file = path.join(item.directory, 'config.xml');
    writeFileAtomic(file, ItemStore.configXml(item));
  }

  private saveState(job: Job): void {
    const state: JobState = { nextBuildNumber: job.nextBuildNumber };
    writeFileAtomic(
      path.join(job.directory, 'state.json'),
      JSON.stringify(state),
    );
  }

  private load(parent: Folder): void {
    const jobs = path.join(parent.directory, 'jobs');
    if (!fs.existsSync(jobs)) return;
    for (const entry of fs.readdirSync(jobs)) {
      const directory = path.join(jobs, entry);
      const file = path.join(directory, 'config.xml');
      if (!fs.existsSync(file)) continue;
      const xml = fs.readFileSync(file, 'utf8').replace(DECLARATION, '');
      const state = readJsonFile<JobState>(path.join(directory, 'state.json'));
      const name = fromDirectoryName(entry);
      const item = this.build(parent, name, xml, state?.nextBuildNumber ?? 1);
      parent.attach(item);
      if (item.kind === 'folder') this.load(item);
    }
  }
}

function classOf(xml: string): string {
  const { name } = parseXml(xml);
  return name === FLOW_DEFINITION ? WORKFLOW_JOB : name;
}
