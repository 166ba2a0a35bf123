import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from './paths.mjs';
import { YARN_VERSION } from './yarn.mjs';

test('the yarn that is fetched is the one that package.json names', () => {
  const { packageManager } = JSON.parse(
    readFileSync(inRoot('package.json'), 'utf8'),
  );
  assert.equal(packageManager, `yarn@${YARN_VERSION}`);
});
