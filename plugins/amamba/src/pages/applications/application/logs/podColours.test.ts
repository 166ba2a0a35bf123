import { getContrastRatio, createTheme } from '@material-ui/core/styles';
import { endOf, podColours, shortNames } from './podColours';

const PODS = Array.from({ length: 12 }, (_, n) => `shop-${n}`);

describe('names of pods', () => {
  it.each(['light', 'dark'] as const)('are readable on %s paper', type => {
    const { palette } = createTheme({ palette: { type } });
    for (const colour of podColours(PODS, palette).values()) {
      expect(
        getContrastRatio(colour ?? '', palette.background.paper),
      ).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('lose what all of them begin with, and then their beginning', () => {
    expect([...shortNames(['shop-7d9-abc', 'shop-7d9-abd']).values()]).toEqual([
      ...['abc', 'abd'],
    ]);
    expect([...shortNames(['shop-1', 'cart-1']).values()]).toEqual([
      ...['shop-1', 'cart-1'],
    ]);
    expect([...shortNames(['shop-1']).values()]).toEqual(['shop-1']);
    expect(endOf('shop-6b4d6b7c7-4xk2p/proxy')).toBe('…6b4d6b7c7-4xk2p/proxy');
  });
});
