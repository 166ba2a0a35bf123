import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { opensDatabase } from './sourceFiles.mjs';

test('a test opens a database by itself or by its utilities, not by what it tests', t => {
  const folder = mkdtempSync(join(tmpdir(), 'amamba-sources-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, '__testUtils__'));
  const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write(
    '__testUtils__/room.ts',
    `import { TestDatabases } from '@backstage/backend-test-utils';`,
  );
  write(
    '__testUtils__/house.ts',
    `import { room } from './room';\nimport { b } from '../b.test';`,
  );
  write('Store.ts', '// TestDatabases');

  assert.equal(
    opensDatabase(write('a.test.ts', 'TestDatabases.create();')),
    true,
  );
  assert.equal(
    opensDatabase(
      write('b.test.ts', `import { house } from './__testUtils__/house';`),
    ),
    true,
  );
  assert.equal(
    opensDatabase(write('c.test.ts', `import { Store } from './Store';`)),
    false,
  );
});
