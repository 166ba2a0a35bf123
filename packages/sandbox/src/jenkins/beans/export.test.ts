import { Bean, DepthPruner, exportValue } from './export';
import { parseTree } from './tree';

const inner = (number: number): Bean =>
  new Bean('Inner', {
    number: [2, () => number],
    hidden: [1, () => 'detail'],
  });
const bean = new Bean('Outer', {
  name: [1, () => 'n'],
  list: [1, () => [1, 2, 3, 4, 5].map(inner)],
  one: [1, () => inner(9)],
  secret: [-1, () => 'deep'],
});

describe('the remote API', () => {
  const tree = (text: string) => exportValue(bean, parseTree(text));

  it('shows by depth what is visible enough', () => {
    expect(exportValue(bean, DepthPruner.of(0))).toEqual({
      _class: 'Outer',
      name: 'n',
      list: [1, 2, 3, 4, 5].map(number => ({ _class: 'Inner', number })),
      one: { _class: 'Inner', number: 9 },
    });
    expect(exportValue(bean, DepthPruner.of(1))).toMatchObject({
      one: { hidden: 'detail' },
    });
    expect(exportValue(bean, DepthPruner.of(2))).toMatchObject({
      secret: 'deep',
    });
  });

  it.each([
    ['name', { name: 'n' }],
    ['one', { one: { _class: 'Inner' } }],
    ['one[number],name', { name: 'n', one: { _class: 'Inner', number: 9 } }],
    ['one[*]', { one: { _class: 'Inner', number: 9, hidden: 'detail' } }],
    ['secret', { secret: 'deep' }],
    ['nothing', {}],
  ])('tree=%s', (text, expected) => {
    expect(tree(text)).toEqual({ _class: 'Outer', ...expected });
  });

  it.each([
    ['{1,3}', [2, 3]],
    ['{,2}', [1, 2]],
    ['{3,}', [4, 5]],
    ['{1}', [2]],
    ['{7,9}', []],
  ])('takes the range %s', (range, numbers) => {
    expect(tree(`list[number]${range}`)).toEqual({
      _class: 'Outer',
      list: numbers.map(number => ({ _class: 'Inner', number })),
    });
  });

  it('reads no more of a list than is asked for', () => {
    const endless = new Bean(undefined, {
      list: [
        1,
        function* numbers() {
          for (let i = 0; ; i++) yield i;
        },
      ],
    });
    expect(exportValue(endless, parseTree('list{2,4}'))).toEqual({
      list: [2, 3],
    });
  });

  it.each(['', 'a[', 'a[b', 'a]', 'a{', 'a{x}', 'a{}', ',a', 'a[]'])(
    'refuses %j',
    text => {
      expect(() => parseTree(text)).toThrow(/Malformed tree expression/);
    },
  );
});
