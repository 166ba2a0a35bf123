import { load } from 'js-yaml';
import { createHash } from 'node:crypto';
import { chartRepository } from './charts';

interface Index {
  entries: Record<
    string,
    { version: string; digest: string; urls: string[] }[]
  >;
}

describe('the sample charts', () => {
  it('are a repository whose archives are what its index says', async () => {
    const files = await chartRepository();
    const { entries } = load(String(files.get('index.yaml'))) as Index;
    expect(Object.keys(entries).sort()).toEqual(['report', 'web', 'worker']);
    for (const { digest, urls } of Object.values(entries).flat()) {
      const archive = files.get(urls[0]) ?? Buffer.alloc(0);
      expect(createHash('sha256').update(archive).digest('hex')).toBe(digest);
    }
    expect(entries.web.map(({ version }) => version)).toEqual([
      ...['0.3.0', '0.2.0', '0.4.0-rc.1'],
    ]);
  });
});
