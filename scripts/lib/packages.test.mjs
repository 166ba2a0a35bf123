import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from './paths.mjs';

const read = (...segments) => readFileSync(inRoot(...segments), 'utf8');

/** The packages that are published, by the folder below `plugins`. */
const published = readdirSync(inRoot('plugins'))
  .filter(folder => existsSync(inRoot('plugins', folder, 'package.json')))
  .map(folder => [folder, JSON.parse(read('plugins', folder, 'package.json'))])
  .filter(([, manifest]) => !manifest.private);

for (const [folder, manifest] of published) {
  test(`${manifest.name} says what whoever finds it wants to know`, () => {
    assert.equal(manifest.license, 'Apache-2.0');
    assert.equal(manifest.publishConfig.access, 'public');
    assert.ok(manifest.description, 'no description');
    for (const keyword of ['backstage', 'amamba']) {
      assert.ok(manifest.keywords?.includes(keyword), `keyword ${keyword}`);
    }
    assert.ok(manifest.files.includes('dist'), 'files without dist');
    const { repository } = JSON.parse(read('package.json'));
    assert.deepEqual(
      manifest.repository,
      repository && { ...repository, directory: `plugins/${folder}` },
    );
    assert.ok(read('plugins', folder, 'README.md').includes(manifest.name));
  });

  test(`${manifest.name} brings the licence along`, () => {
    assert.equal(read('plugins', folder, 'LICENSE'), read('LICENSE'));
  });
}
