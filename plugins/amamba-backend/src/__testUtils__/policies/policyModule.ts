import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { RunInDevPolicy } from './runInDevPolicy';

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'our-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new RunInDevPolicy());
      },
    });
  },
});
