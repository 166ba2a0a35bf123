import {
  type AuthService,
  type BackstageCredentials,
  type UserInfoService,
} from '@backstage/backend-plugin-api';
import { CallerCache, type Freshness } from './CallerCache';

/** Who somebody is, as roles, approvers and audit need it. */
export interface Identity {
  /** entity reference of a user, or `service:` and the subject of another system */
  actor: string;
  /** references of the user and its groups, in lower case; empty for services */
  subjects: string[];
  /** another plugin or system in its own name: roles do not apply to it, access restrictions and the policy do */
  isService: boolean;
}

/** Resolves credentials to identities and keeps them for seconds. */
export class CallerIdentity {
  readonly #auth: AuthService;
  readonly #userInfo: UserInfoService;
  readonly #subjects = new CallerCache<string[]>();

  constructor(options: { auth: AuthService; userInfo: UserInfoService }) {
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
  }

  async of(
    credentials: BackstageCredentials,
    options: Freshness = {},
  ): Promise<Identity> {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const actor =
        credentials.principal.userEntityRef.toLocaleLowerCase('en-US');
      const subjects = await this.#subjects.get(
        credentials,
        [],
        () => this.#read(actor, credentials),
        options,
      );
      return { actor, subjects, isService: false };
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      return {
        actor: `service:${credentials.principal.subject}`,
        subjects: [],
        isService: true,
      };
    }
    return { actor: 'anonymous', subjects: [], isService: false };
  }

  /** Begins to find out who it is; {@link of} shares the answer. */
  prepare(credentials: BackstageCredentials): void {
    this.of(credentials).catch(() => {}); // whoever needs to know hears of it
  }

  async #read(
    actor: string,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const info = await this.#userInfo.getUserInfo(credentials);
    return [
      ...new Set(
        [actor, ...info.ownershipEntityRefs].map(ref =>
          ref.toLocaleLowerCase('en-US'),
        ),
      ),
    ];
  }
}
