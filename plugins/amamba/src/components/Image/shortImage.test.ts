import { shortImage } from './shortImage';

const DIGEST =
  'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

describe('shortImage', () => {
  it.each([
    ['shop', 'shop'],
    ['shop:1.4.2', 'shop:1.4.2'],
    ['library/nginx:1', 'library/nginx:1'],
    ['registry.example.com/team/shop:1.4.2', 'team/shop:1.4.2'],
    ['localhost/shop:1', 'shop:1'],
    ['registry:5000/shop', 'shop'],
    [`registry.example.com/shop:1@${DIGEST}`, 'shop:1'],
    [`shop@${DIGEST}`, 'shop@0123456789ab'],
  ])('takes %s for %s', (image, short) => {
    expect(shortImage(image)).toBe(short);
  });

  it('cuts long names in the middle, so that the tag is read', () => {
    const short = shortImage(`team/${'a'.repeat(100)}:2026.11.30-3f2a1c`);
    expect(short).toHaveLength(40);
    expect(short).toMatch(/^team\/a+…a+:2026\.11\.30-3f2a1c$/);
  });
});
