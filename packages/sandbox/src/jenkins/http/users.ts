/** Permissions by the names that Jenkins gives them. */
export const PERMISSION = {
  overallRead: 'hudson.model.Hudson.Read',
  administer: 'hudson.model.Hudson.Administer',
  read: 'hudson.model.Item.Read',
  discover: 'hudson.model.Item.Discover',
  extendedRead: 'hudson.model.Item.ExtendedRead',
  create: 'hudson.model.Item.Create',
  configure: 'hudson.model.Item.Configure',
  delete: 'hudson.model.Item.Delete',
  move: 'hudson.model.Item.Move',
  build: 'hudson.model.Item.Build',
  cancel: 'hudson.model.Item.Cancel',
  replay: 'hudson.model.Run.Replay',
  updateRun: 'hudson.model.Run.Update',
  deleteRun: 'hudson.model.Run.Delete',
  viewCredentials: 'com.cloudbees.plugins.credentials.CredentialsProvider.View',
  createCredentials:
    'com.cloudbees.plugins.credentials.CredentialsProvider.Create',
  updateCredentials:
    'com.cloudbees.plugins.credentials.CredentialsProvider.Update',
  deleteCredentials:
    'com.cloudbees.plugins.credentials.CredentialsProvider.Delete',
} as const;

export type Permission = (typeof PERMISSION)[keyof typeof PERMISSION];

const P = PERMISSION;

const ROLES = {
  admin: Object.values(PERMISSION),
  developer: [
    P.overallRead,
    P.read,
    P.discover,
    P.build,
    P.cancel,
    P.viewCredentials,
  ],
  reader: [P.overallRead, P.read, P.discover],
  /** sees that an item exists, but not the item */
  discoverer: [P.overallRead, P.discover],
  /** may enter, and sees nothing */
  stranger: [P.overallRead],
} satisfies Record<string, Permission[]>;

export type Role = keyof typeof ROLES;

export interface UserOptions {
  id: string;
  fullName?: string;
  role: Role;
  password?: string;
  apiTokens?: string[];
}

/** Who asks. */
export interface Caller {
  id: string;
  fullName: string;
  anonymous: boolean;
  /** known by an API token: no crumb is needed */
  byToken: boolean;
  can(permission: Permission): boolean;
}

/** Somebody without credentials has no permission at all. */
export const ANONYMOUS: Caller = {
  id: 'anonymous',
  fullName: 'anonymous',
  anonymous: true,
  byToken: false,
  can: () => false,
};

/** The user as a caller. */
export function callerOf(user: UserOptions, byToken: boolean): Caller {
  const permissions: readonly Permission[] = ROLES[user.role];
  return {
    id: user.id,
    fullName: user.fullName ?? user.id,
    anonymous: false,
    byToken,
    can: permission => permissions.includes(permission),
  };
}
