/**
 * The process of a portal under measurement: the sandbox portal's backend from its sources, with what a benchmark asks for
 * in AMAMBA_BENCH_FEATURES.
 */
import { Session } from 'node:inspector';
import { createBackend } from '@backstage/backend-defaults';

// A benchmark of memory begins where nothing of the start is left.
const inspector = new Session();
inspector.connect();
process.on('SIGUSR2', () => inspector.post('HeapProfiler.collectGarbage'));

const features = new Set(process.env.AMAMBA_BENCH_FEATURES?.split(','));

const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('../../packages/backend/src/auth/sandboxSignIn'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@amamba/backstage-plugin-amamba-backend'));
if (features.has('app')) {
  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-user-settings-backend'));
}
if (features.has('jenkins')) {
  backend.add(import('@backstage-community/plugin-jenkins-backend'));
}
if (features.has('kubernetes')) {
  backend.add(import('@backstage/plugin-kubernetes-backend'));
  backend.add(
    import('@amamba/backstage-plugin-kubernetes-backend-module-amamba'),
  );
}
backend.start();
