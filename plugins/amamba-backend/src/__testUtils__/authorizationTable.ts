// The tests of a room call this; it is no test by itself.
/* eslint-disable jest/no-export */
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { AuditStore } from '../audit';
import type { CallOptions } from '../http';
import { CALLERS, roleHas, type CallerRole, type OnePolicy } from './callers';

/** How a method is called for somebody. */
export type Call<Room, Names> = (
  room: Room,
  names: Names,
  options: CallOptions,
) => Promise<unknown>;

/** A method, by the permission that it needs besides reading what it is about. */
export type Methods<Room, Names> = Record<
  `${string}.${string}`,
  [permission: string, call: Call<Room, Names>]
>;

interface AuthorizationTable<Room, Names extends { workspace: string }> {
  /** what routers, actions and the scaffolder get: all their methods have to be in the table */
  classes: readonly { name: string; prototype: object }[];
  /** by `Class.method` */
  methods: Methods<Room, Names>;
  /** those that need more than reading and change nothing, and those that answer everybody with what is theirs */
  notAudited?: readonly string[];
  /** those that are about nothing smaller than a workspace */
  ofWorkspace: readonly string[];
  /** those that are about the platform and name no workspace: strangers read what is missing */
  ofPlatform?: readonly string[];
  /** names of errors that an act may end with after its caller was let in, because of what the test's room stands on */
  failsWith?: readonly string[];
  /** names of a thing in team-a that every method can be called on, made anew each time */
  prepare(): Promise<Names>;
  /** puts the name of a thing of team-b in the place of the thing's own */
  smuggle(names: Names): Promise<Names>;
  /** the room for callers, and the trail that it leaves */
  room(policy: OnePolicy): { room: Room; trail: AuditStore };
}

const READS = /\.read$/;
const PLATFORM = /^amamba\.platform\./;

async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.name : 'thrown';
  }
}

/**
 * Calls every method of a room as every role, in one's own workspace and in a foreign one, with and against the policy:
 * who has the permission is let in, others read that it is missing, strangers that there is nothing; and every act leaves
 * its row in the audit, the refused ones too.
 */
export function describeAuthorization<
  Room,
  Names extends { workspace: string },
>(table: AuthorizationTable<Room, Names>): void {
  const { methods, notAudited = [], ofWorkspace, prepare } = table;
  const { ofPlatform = [], failsWith = [] } = table;
  const entries = Object.entries(methods);
  const roles: CallerRole[] = [
    ...(['admin', 'editor', 'viewer', 'none'] as const),
    ...(entries.some(([, [permission]]) => PLATFORM.test(permission))
      ? (['platform'] as const)
      : []),
  ];

  it('covers every method that a router can call', () => {
    const found = table.classes.flatMap(({ name, prototype }) =>
      Object.getOwnPropertyNames(prototype)
        .filter(method => method !== 'constructor')
        .map(method => `${name}.${method}`),
    );
    expect(found.sort()).toEqual(Object.keys(methods).sort());
  });

  describe.each(entries)('%s', (method, [permission, call]) => {
    const isOfPlatform = ofPlatform.includes(method);
    const hidden = isOfPlatform ? 'NotAllowedError' : 'NotFoundError';
    const isAct = !READS.test(permission) && !notAudited.includes(method);

    it.each(roles)('as %s', async role => {
      const names = await prepare();
      const { room, trail } = table.room(AuthorizeResult.ALLOW);
      const options = { credentials: CALLERS[role] };
      const before = (await trail.list('team-a', { limit: 1 })).total;

      const refused = role === 'none' ? hidden : 'NotAllowedError';
      const isAllowed = roleHas(role, permission);
      const result = await outcome(call(room, names, options));
      expect(isAllowed ? ['done', ...failsWith] : [refused]).toContain(result);

      const { items, total } = await trail.list('team-a', { limit: 5 });
      const isRecorded = isAct && role !== 'none';
      expect(total - before).toBe(isRecorded ? 1 : 0);
      const end = result === 'done' ? 'done' : 'failed';
      const expected = isAllowed ? end : 'refused';
      expect(isRecorded ? items[0].result : expected).toBe(expected);
    });

    it('finds nothing when the policy forbids, whatever the role', async () => {
      const names = await prepare();
      const { room } = table.room(AuthorizeResult.DENY);
      const options = { credentials: CALLERS.admin };
      expect(await outcome(call(room, names, options))).toBe(hidden);
    });

    if (isOfPlatform) return;
    it('does not find what is of another workspace, whoever asks', async () => {
      const names = await prepare();
      const { room } = table.room(AuthorizeResult.ALLOW);
      const options = { credentials: CALLERS.admin };
      for (const workspace of ['team-b', 'nowhere']) {
        const foreign = { ...names, workspace };
        expect(await outcome(call(room, foreign, options))).toBe(
          'NotFoundError',
        );
      }
      const smuggled = ofWorkspace.includes(method)
        ? { ...names, workspace: 'nowhere' }
        : await table.smuggle(names);
      expect(await outcome(call(room, smuggled, options))).toBe(
        'NotFoundError',
      );
    });
  });
}
