/** A version of a chart as an index has it. */
export interface ChartVersion {
  version: string;
  appVersion?: string;
  description?: string;
  deprecated: boolean;
  keywords: readonly string[];
  /** ISO 8601 */
  created?: string;
  /** SHA-256 of the archive, in hexadecimal */
  digest?: string;
  /** of the archive, relative to the index or absolute */
  url?: string;
}

/** A chart with its versions, the newest first. */
export interface ChartEntry {
  name: string;
  versions: readonly ChartVersion[];
}

/** What is in a repository. */
export interface ChartListing {
  charts: readonly ChartEntry[];
  /** in words, what could not be read although the rest could */
  problems: readonly string[];
  /** what the next reading may be compared with */
  etag?: string;
}

/** How a repository is reached. */
export interface RepositoryAccess {
  name: string;
  type: 'http' | 'oci';
  url: string;
  username?: string;
  password?: string;
  /** of an OCI registry, which cannot be listed */
  charts: readonly string[];
  /** hosts that may be private, because the configuration names the repository */
  trusted: readonly string[];
}

/** Reads one repository. */
export interface ChartSource {
  /**
   * All charts with their versions.
   * @param etag - of the listing before; undefined comes back when nothing changed since
   */
  list(etag?: string): Promise<ChartListing | undefined>;
  /** The archive of a version, its digest checked. @throws NotFoundError */
  download(chart: ChartEntry, version: ChartVersion): Promise<Buffer>;
}
