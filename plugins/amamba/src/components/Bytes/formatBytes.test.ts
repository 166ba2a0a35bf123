import { formatBytes } from './formatBytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1_500_000, '1.4 MiB'],
    [15_000_000, '14 MiB'],
    [3 * 2 ** 40, '3 TiB'],
    [5000 * 2 ** 40, '5,000 TiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });
});
