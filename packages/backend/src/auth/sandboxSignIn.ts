import { createBackendModule } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

const USER_HEADER = 'x-sandbox-user';

const authenticator = createProxyAuthenticator({
  defaultProfileTransform: async ({ ref }: { ref: string }) => ({
    profile: { displayName: parseEntityRef(ref).name },
  }),
  initialize() {
    // Anybody can be anybody here, so this must not come up where it matters.
    if (process.env.NODE_ENV !== 'development') {
      throw new NotAllowedError(
        'The sandbox sign-in works with NODE_ENV=development only',
      );
    }
  },
  async authenticate({ req }) {
    const ref = req.header(USER_HEADER);
    if (!ref) throw new AuthenticationError(`${USER_HEADER} is missing`);
    return {
      result: {
        ref: stringifyEntityRef(
          parseEntityRef(ref, {
            defaultKind: 'user',
            defaultNamespace: 'default',
          }),
        ),
      },
    };
  },
});

/** Development only: signs in as any user of the catalog, chosen on the sign-in page. */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'sandbox-sign-in',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'sandbox',
          factory: createProxyAuthProviderFactory({
            authenticator,
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({ entityRef: result.ref }),
          }),
        });
      },
    });
  },
});
