import fc from 'fast-check';
import { matchesSelector, selectorText } from './selectors';
import type { KubeLabelSelector } from './meta';

const key = fc.constantFrom('a', 'b', 'app.kubernetes.io/name', 'constructor');
const value = fc.constantFrom('', '1', '2');
const labels = fc.dictionary(key, value, { noNullPrototype: true });

describe('matchesSelector', () => {
  it.each<[string, KubeLabelSelector | undefined, boolean]>([
    ['absent', undefined, false],
    ['empty', {}, true],
    ['labels that are there', { matchLabels: { app: 'web' } }, true],
    ['a label of another value', { matchLabels: { app: 'db' } }, false],
    ['a label that is not there', { matchLabels: { tier: 'x' } }, false],
    [
      'In',
      {
        matchExpressions: [
          { key: 'app', operator: 'In', values: ['db', 'web'] },
        ],
      },
      true,
    ],
    [
      'NotIn of an absent label',
      { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['x'] }] },
      true,
    ],
    [
      'Exists of what every object inherits',
      { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] },
      false,
    ],
    [
      'DoesNotExist',
      { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] },
      false,
    ],
    [
      'an unknown operator',
      { matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] },
      false,
    ],
  ])('%s', (_name, selector, expected) => {
    expect(matchesSelector(selector, { app: 'web' })).toBe(expected);
  });

  it('has opposites', () => {
    fc.assert(
      fc.property(
        labels,
        key,
        fc.array(value, { minLength: 1 }),
        (has, name, values) => {
          const one = (operator: string) =>
            matchesSelector(
              { matchExpressions: [{ key: name, operator, values }] },
              has,
            );
          expect(one('In')).toBe(!one('NotIn'));
          expect(one('Exists')).toBe(!one('DoesNotExist'));
        },
      ),
    );
  });

  it('finds an object by its own labels', () => {
    fc.assert(
      fc.property(labels, has => {
        expect(matchesSelector({ matchLabels: has }, has)).toBe(true);
      }),
    );
  });
});

describe('selectorText', () => {
  it('writes what kubectl -l takes', () => {
    expect(
      selectorText({
        matchLabels: { app: 'web' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['a', 'b'] },
          { key: 'env', operator: 'NotIn', values: ['dev'] },
          { key: 'x', operator: 'Exists' },
          { key: 'y', operator: 'DoesNotExist' },
        ],
      }),
    ).toBe('app=web,tier in (a,b),env notin (dev),x,!y');
  });
});
