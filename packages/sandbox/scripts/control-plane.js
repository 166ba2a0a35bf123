'use strict';
// TypeScript as it stands, by the transform of the backstage cli.
require('@backstage/cli/config/nodeTransform.cjs');
require('../src/controlPlane/cli')
  .main(process.argv.slice(2))
  .catch(error => {
    const isExpected = error.name === 'ExpectedError';
    process.stderr.write(`${isExpected ? error.message : error.stack}\n`);
    process.exit(1);
  });
