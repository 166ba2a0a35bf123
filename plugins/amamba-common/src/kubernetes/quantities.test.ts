import fc from 'fast-check';
import {
  describeQuantity,
  parseQuantity,
  quantityNumber,
  quantityText,
  quantityUnit,
  type QuantityUnit,
} from './quantities';

describe('quantityNumber', () => {
  it.each<[string | number, number | undefined]>([
    ['1', 1],
    [2, 2],
    [0.5, 0.5],
    ['500m', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['+1', 1],
    ['-1k', -1000],
    ['1u', 0.000001],
    ['12345678n', 0.012345678],
    ['0.0000000001', 0.000000001],
    ['1k', 1000],
    ['1M', 1e6],
    ['1E', 1e18],
    ['1E3', 1000],
    ['1e3', 1000],
    ['1.5e-3', 0.0015],
    ['1Ki', 1024],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['1Ei', 1024 ** 6],
    ['', undefined],
    ['.', undefined],
    ['-', undefined],
    ['1e', undefined],
    ['1K', undefined],
    ['1ki', undefined],
    ['1 Gi', undefined],
    ['1GiB', undefined],
    ['0x10', undefined],
    ['1e999', undefined],
    ['constructor', undefined],
    ['1constructor', undefined],
    ['9'.repeat(100), undefined],
    [NaN, undefined],
    [Infinity, undefined],
  ])('%s is %s', (text, value) => {
    expect(quantityNumber(text)).toBe(value);
  });
});

const units = fc.constantFrom<QuantityUnit>('cpu', 'bytes', 'count');

describe('quantityText', () => {
  it.each<[string, QuantityUnit, string]>([
    ['1.5', 'cpu', '1500m'],
    ['3221225472', 'bytes', '3Gi'],
    ['1000', 'bytes', '1000'],
    ['0', 'bytes', '0'],
    ['0.1n', 'cpu', '1n'],
    ['1500u', 'cpu', '1500u'],
    ['-2Ki', 'bytes', '-2Ki'],
  ])('%s as %s is %s', (text, unit, written) => {
    expect(quantityText(parseQuantity(text)!, unit)).toBe(written);
  });

  it('reads back to the same', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 28n), max: 10n ** 28n }),
        units,
        (nanos, unit) => {
          expect(parseQuantity(quantityText(nanos, unit))).toBe(nanos);
        },
      ),
    );
  });
});

describe('parseQuantity', () => {
  it('takes any text without throwing', () => {
    const piece = fc.constantFrom('1', '0', '.', 'e', 'E', '-', '+', 'm', 'Ki');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map(x => x.join('')),
        ),
        text => {
          expect(['bigint', 'undefined']).toContain(typeof parseQuantity(text));
        },
      ),
    );
  });
});

describe('describeQuantity', () => {
  it.each<[string, QuantityUnit, string, string]>([
    ['500m', 'cpu', 'en', '0.5 CPU'],
    ['1', 'cpu', 'zh', '1 CPU'],
    ['1536Mi', 'bytes', 'en', '1.5 GiB'],
    ['100', 'bytes', 'en', '100 B'],
    ['0', 'bytes', 'en', '0 B'],
    ['1234567', 'count', 'en', '1,234,567'],
    ['1234m', 'cpu', 'de', '1,23 CPU'],
    ['nonsense', 'cpu', 'en', 'nonsense'],
  ])('%s as %s in %s is %s', (text, unit, language, words) => {
    expect(describeQuantity(text, unit, language)).toBe(words);
  });
});

describe('quantityUnit', () => {
  it.each<[string, QuantityUnit]>([
    ['cpu', 'cpu'],
    ['limits.cpu', 'cpu'],
    ['requests.memory', 'bytes'],
    ['requests.storage', 'bytes'],
    ['fast.storageclass.storage.k8s.io/requests.storage', 'bytes'],
    ['fast.storageclass.storage.k8s.io/persistentvolumeclaims', 'count'],
    ['requests.nvidia.com/gpu', 'count'],
    ['hugepages-2Mi', 'bytes'],
    ['pods', 'count'],
  ])('%s is %s', (resource, unit) => {
    expect(quantityUnit(resource)).toBe(unit);
  });
});
