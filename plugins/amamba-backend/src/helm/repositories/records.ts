import type { HelmRepository } from '@amamba/backstage-plugin-amamba-common';

/** A repository of a workspace as the database has it. */
export interface RepositoryRecord {
  workspaceRef: string;
  name: string;
  type: HelmRepository['type'];
  url: string;
  username?: string;
  /** encrypted */
  password?: string;
  charts: readonly string[];
  createdBy: string;
  version: number;
}
