import * as path from 'node:path';
import { JobConfig, readJobConfig } from '../config/jobConfig';
import type { SecretBox } from '../config/SecretBox';
import { childText, parseXml } from '../xml/reader';
import { Builds } from './Build';
import { toDirectoryName } from './files';

export type Item = Folder | Job;

/** A folder; the root of everything is one without a parent. */
export class Folder {
  readonly kind = 'folder';
  /** by lower-cased name: Jenkins finds items whatever their case */
  private readonly children = new Map<string, Item>();
  description: string | null = null;
  displayNameOrNull: string | null = null;

  name: string;
  parent: Folder | undefined;
  xml: string;
  private readonly rootDirectory: string;

  constructor(
    name: string,
    parent: Folder | undefined,
    xml: string,
    rootDirectory: string,
  ) {
    this.name = name;
    this.parent = parent;
    this.xml = xml;
    this.rootDirectory = rootDirectory;
    this.configure(xml);
  }

  configure(xml: string): void {
    const root = parseXml(xml);
    this.xml = xml;
    this.description = childText(root, 'description') || null;
    this.displayNameOrNull = childText(root, 'displayName') || null;
  }

  /** The root has no name, no display name and an empty URL. */
  get isRoot(): boolean {
    return this.parent === undefined;
  }

  get displayName(): string {
    return this.displayNameOrNull ?? this.name;
  }

  get fullName(): string {
    return fullNameOf(this);
  }

  get fullDisplayName(): string {
    return fullDisplayNameOf(this);
  }

  get url(): string {
    return urlOf(this);
  }

  get directory(): string {
    return this.parent
      ? directoryOf(this.parent, this.name)
      : this.rootDirectory;
  }

  /** Children sorted by name, as Jenkins lists them. */
  get items(): Item[] {
    return [...this.children.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  }

  child(name: string): Item | undefined {
    return this.children.get(name.toLowerCase());
  }

  attach(item: Item): void {
    this.children.set(item.name.toLowerCase(), item);
  }

  detach(item: Item): void {
    this.children.delete(item.name.toLowerCase());
  }

  /** All jobs below, in no particular order. */
  *jobs(): Generator<Job> {
    for (const item of this.children.values()) {
      if (item.kind === 'job') yield item;
      else yield* item.jobs();
    }
  }
}

/** A pipeline. */
export class Job {
  readonly kind = 'job';
  readonly builds: Builds;
  config: JobConfig;
  /** no run starts while this is set: the item is being deleted */
  holdOff = false;

  name: string;
  parent: Folder;
  xml: string;
  nextBuildNumber: number;
  private readonly secrets: SecretBox;

  constructor(
    name: string,
    parent: Folder,
    xml: string,
    nextBuildNumber: number,
    secrets: SecretBox,
  ) {
    this.name = name;
    this.parent = parent;
    this.xml = xml;
    this.nextBuildNumber = nextBuildNumber;
    this.secrets = secrets;
    this.config = readJobConfig(xml, secrets);
    this.builds = new Builds(this);
  }

  configure(xml: string): void {
    this.config = readJobConfig(xml, this.secrets);
    this.xml = xml;
  }

  get displayName(): string {
    return this.config.displayName ?? this.name;
  }

  get fullName(): string {
    return fullNameOf(this);
  }

  get fullDisplayName(): string {
    return fullDisplayNameOf(this);
  }

  get url(): string {
    return urlOf(this);
  }

  get directory(): string {
    return directoryOf(this.parent, this.name);
  }

  get buildsDirectory(): string {
    return path.join(this.directory, 'builds');
  }

  get buildable(): boolean {
    return !this.config.disabled && !this.holdOff;
  }
}

function fullNameOf(item: Item): string {
  const above = item.parent?.fullName;
  return above ? `${above}/${item.name}` : item.name;
}

function fullDisplayNameOf(item: Item): string {
  const above = item.parent?.fullDisplayName;
  return above ? `${above} » ${item.displayName}` : item.displayName;
}

/** Path below the root URL with a trailing slash, `''` for the root itself. */
function urlOf(item: Item): string {
  return item.parent
    ? `${item.parent.url}job/${encodeURIComponent(item.name)}/`
    : '';
}

function directoryOf(parent: Folder, name: string): string {
  return path.join(parent.directory, 'jobs', toDirectoryName(name));
}
