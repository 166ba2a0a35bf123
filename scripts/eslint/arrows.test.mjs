/** The arrows must be able to say no: each case is an import that has to be refused, or one that has to be allowed. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { ESLint } from 'eslint';
import { inRoot } from '../lib/paths.mjs';

const ARROWS = [
  'no-restricted-imports',
  '@typescript-eslint/no-restricted-imports',
  'import/no-restricted-paths',
];

/** Which rules an import in a (not existing) file of a package breaks. The imported file has to exist. */
async function broken(folder, file, code) {
  const cwd = inRoot(folder);
  const eslint = new ESLint({ cwd });
  const [{ messages }] = await eslint.lintText(`${code}\n`, {
    filePath: join(cwd, file),
  });
  const fatal = messages.find(message => message.fatal);
  assert.equal(fatal, undefined, fatal?.message);
  return messages.map(({ ruleId }) => ruleId);
}

const BACKEND = 'plugins/amamba-backend';
const COMMON = 'plugins/amamba-common';
const FRONTEND = 'plugins/amamba';

const REFUSED = [
  [
    'common knows no plugin',
    COMMON,
    'src/x.ts',
    `import '@amamba/backstage-plugin-amamba-node';`,
  ],
  [
    'common knows no Node',
    COMMON,
    'src/x.ts',
    `import { join } from 'path';\nexport const a = join('a');`,
  ],
  [
    'common knows no node: modules',
    COMMON,
    'src/x.ts',
    `import { join } from 'node:path';\nexport const a = join('a');`,
  ],
  [
    'common knows no React',
    COMMON,
    'src/x.ts',
    `import { useState } from 'react';\nexport const a = useState;`,
  ],
  [
    'node knows no backend',
    'plugins/amamba-node',
    'src/x.ts',
    `import '@amamba/backstage-plugin-amamba-backend';`,
  ],
  [
    'the frontend knows no backend',
    FRONTEND,
    'src/x.ts',
    `import '@amamba/backstage-plugin-amamba-backend';`,
  ],
  [
    'the frontend knows no node library',
    FRONTEND,
    'src/x.ts',
    `import '@amamba/backstage-plugin-amamba-node';`,
  ],
  ['a plugin knows no sandbox', BACKEND, 'src/x.ts', `import 'sandbox';`],
  [
    'not by a deep import either',
    BACKEND,
    'src/x.ts',
    `import 'sandbox/src/index';`,
  ],
  [
    'a test of the frontend knows no backend',
    FRONTEND,
    'src/x.test.ts',
    `import '@amamba/backstage-plugin-amamba-backend';`,
  ],
  [
    'the sandbox knows no plugin',
    'packages/sandbox',
    'src/x.ts',
    `import '@amamba/backstage-plugin-amamba-backend';`,
  ],
  [
    'a room is entered by its index',
    BACKEND,
    'src/audit/x.ts',
    `import '../workspaces/WorkspaceDirectory';`,
  ],
  [
    'also by the composition',
    BACKEND,
    'src/x.ts',
    `import './workspaces/WorkspaceDirectory';`,
  ],
  [
    'a router does not use a store',
    BACKEND,
    'src/audit/router.ts',
    `import './AuditStore';`,
  ],
  [
    'a router does not use the database',
    BACKEND,
    'src/audit/router.ts',
    `import '../database';`,
  ],
  [
    'a store does not know its service',
    BACKEND,
    'src/audit/OtherStore.ts',
    `import './AuditService';`,
  ],
  [
    'a service does not know its router',
    BACKEND,
    'src/audit/OtherService.ts',
    `import './router';`,
  ],
  [
    'an engine does not know a service',
    BACKEND,
    'src/pipelines/engines/jenkins/x.ts',
    `import '../../PipelinesService';`,
  ],
  ['http knows no domain', BACKEND, 'src/http/x.ts', `import '../workspaces';`],
  [
    'no SQL outside of stores',
    BACKEND,
    'src/audit/OtherService.ts',
    `import type { Knex } from 'knex';\nexport type A = Knex;`,
  ],
  [
    'hooks know no components',
    FRONTEND,
    'src/hooks/x.ts',
    `import '../components/Status';`,
  ],
];

const ALLOWED = [
  [
    'a router uses its service',
    BACKEND,
    'src/audit/router.ts',
    `import './AuditService';`,
  ],
  [
    'a service uses its store',
    BACKEND,
    'src/audit/OtherService.ts',
    `import './AuditStore';`,
  ],
  [
    'a room uses another by its index',
    BACKEND,
    'src/audit/x.ts',
    `import '../workspaces';`,
  ],
  [
    'a store speaks SQL',
    BACKEND,
    'src/audit/OtherStore.ts',
    `import type { Knex } from 'knex';\nexport type A = Knex;`,
  ],
  [
    'a test of the backend uses the sandbox',
    BACKEND,
    'src/x.test.ts',
    `import 'sandbox';`,
  ],
  [
    'the backend uses common and node',
    BACKEND,
    'src/x.ts',
    `import '@amamba/backstage-plugin-amamba-node';`,
  ],
  [
    'a test of common uses Node',
    COMMON,
    'src/x.test.ts',
    `import { join } from 'path';\nexport const a = join('a');`,
  ],
  [
    'components use hooks',
    FRONTEND,
    'src/components/x.ts',
    `import '../hooks/useLive';`,
  ],
];

for (const [name, ...where] of REFUSED) {
  test(`refused: ${name}`, async () => {
    const rules = await broken(...where);
    assert.ok(
      rules.some(rule => ARROWS.includes(rule)),
      `only these rules spoke: ${rules.join(', ') || 'none'}`,
    );
  });
}

for (const [name, ...where] of ALLOWED) {
  test(`allowed: ${name}`, async () => {
    const rules = await broken(...where);
    assert.deepEqual(
      rules.filter(rule => ARROWS.includes(rule)),
      [],
    );
  });
}
