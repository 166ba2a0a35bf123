import {
  type AuthService,
  type BackstageCredentials,
  type UserInfoService,
} from '@backstage/backend-plugin-api';

const TIME_TO_LIVE_MS = 15_000;
const MAX_ENTRIES = 5_000;

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
  readonly #known = new Map<string, { at: number; subjects: string[] }>();

  constructor(options: { auth: AuthService; userInfo: UserInfoService }) {
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
  }

  async of(credentials: BackstageCredentials): Promise<Identity> {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const actor =
        credentials.principal.userEntityRef.toLocaleLowerCase('en-US');
      return {
        actor,
        subjects: await this.#subjects(actor, credentials),
        isService: false,
      };
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

  async #subjects(
    actor: string,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const known = this.#known.get(actor);
    if (known && Date.now() - known.at < TIME_TO_LIVE_MS) return known.subjects;
    const info = await this.#userInfo.getUserInfo(credentials);
    const subjects = [
      ...new Set(
        [actor, ...info.ownershipEntityRefs].map(ref =>
          ref.toLocaleLowerCase('en-US'),
        ),
      ),
    ];
    if (this.#known.size >= MAX_ENTRIES) this.#known.clear();
    this.#known.set(actor, { at: Date.now(), subjects });
    return subjects;
  }
}
