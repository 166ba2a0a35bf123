import { helmRepositoryDraftSchema } from '@amamba/backstage-plugin-amamba-common';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { parseConfig } from '../config';

/** A repository that the configuration gives to all workspaces. */
export type PlatformRepository = z.output<typeof platformRepositorySchema>;

/** The `amamba.helm` section, and the keys of secrets. */
export interface HelmConfig {
  /** the helm program; absent: the one on PATH */
  program?: string;
  repositories: PlatformRepository[];
  /** what workspaces' repositories may be on although it is a private network */
  allowed: string[];
  /** what passwords are encrypted with, the newest first */
  keys: string[];
}

const platformRepositorySchema = helmRepositoryDraftSchema
  .extend({ type: helmRepositoryDraftSchema.shape.type.default('http') })
  .strict();

/** Reads the configuration of the room once. @throws InputError with the path, never with the value */
export function readHelmConfig(root: Config): HelmConfig {
  const config = root.getOptionalConfig('amamba');
  const repositories = parseConfig(
    z.array(platformRepositorySchema),
    config?.getOptional('helm.repositories') ?? [],
    'amamba.helm.repositories',
  );
  if (
    new Set(repositories.map(({ name }) => name)).size < repositories.length
  ) {
    throw new InputError(
      'Configuration amamba.helm.repositories: names repeat',
    );
  }
  return {
    program: parseConfig(
      z.string().min(1).optional(),
      config?.getOptional('helm.program'),
      'amamba.helm.program',
    ),
    repositories,
    allowed: parseConfig(
      z.array(z.string()),
      config?.getOptional('helm.allow') ?? [],
      'amamba.helm.allow',
    ),
    keys: parseConfig(
      z.array(z.string().min(24)),
      config?.getOptional('secrets.keys') ?? [],
      'amamba.secrets.keys',
    ),
  };
}
