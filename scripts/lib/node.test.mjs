import assert from 'node:assert/strict';
import test from 'node:test';
import { isSuitable } from './node.mjs';

test('only the Nodes that Backstage supports are suitable', () => {
  for (const version of ['22.12.0', '22.23.1', '24.0.0', '24.21.0']) {
    assert.equal(isSuitable(version), true, version);
  }
  for (const version of ['18.19.0', '20.20.2', '22.11.0', '23.4.0', '26.1.0']) {
    assert.equal(isSuitable(version), false, version);
  }
});
