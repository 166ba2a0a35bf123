import fc from 'fast-check';
import { textChange, yamlProblems } from './textProblems';

describe('problems of a text', () => {
  it('stand at their lines, in the language of the reader', () => {
    const [problem] = yamlProblems('a: 1\nb: [\nc: 2\n', 'en');
    expect(problem).toMatchObject({ severity: 'error' });
    expect(problem.line).toBeGreaterThan(1);
    expect(yamlProblems('a: 1\na: 2\n', 'zh')).toEqual([
      { message: '键 a 重复。', line: 2, severity: 'error' },
    ]);
  });

  it('are found in every document', () => {
    expect(
      yamlProblems('a: 1\n---\nb: 1\nb: 2\n', 'en').map(({ line }) => line),
    ).toEqual([4]);
  });
});

describe('the change between two texts', () => {
  it('makes one of the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = textChange(before, after);
        const made = change
          ? before.slice(0, change.from) +
            change.insert +
            before.slice(change.to)
          : before;
        expect(made).toBe(after);
      }),
    );
  });

  it('touches only what differs', () => {
    expect(textChange('image: a\nx: 1\n', 'image: b\nx: 1\n')).toEqual({
      from: 7,
      to: 8,
      insert: 'b',
    });
  });
});
