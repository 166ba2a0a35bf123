import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./auth/sandboxSignIn'));
backend.add(import('@backstage/plugin-catalog-backend'));
// The clusters of the `kubernetes:` configuration, and the bridge that hands them to Amamba; both or none.
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(
  import('@amamba/backstage-plugin-kubernetes-backend-module-amamba'),
);
backend.add(import('@backstage/plugin-permission-backend'));
// Amamba's own roles decide; replace this policy to forbid or to allow more (docs/permissions.md).
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@amamba/backstage-plugin-amamba-backend'));

backend.start();
