'use strict';
// The sandbox is TypeScript; the backstage cli's transform lets node run it as it stands.
require('@backstage/cli/config/nodeTransform.cjs');
require('../src/cli')
  .main()
  .catch(error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
