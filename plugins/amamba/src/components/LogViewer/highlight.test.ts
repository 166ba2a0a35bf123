import fc from 'fast-check';
import { mark, markPattern } from './highlight';

const spansOf = (...texts: string[]) => texts.map(text => ({ text }));
const shown = (spans: ReturnType<typeof mark>) =>
  spans.map(({ span, marked }) => (marked ? `[${span.text}]` : span.text));

describe('mark', () => {
  it.each([
    ['error', {}, ['an ', '[ERR]', '[OR]', ' and an ', '[error]']],
    ['error', { matchCase: true }, ['an ERR', 'OR and an ', '[error]']],
    ['an? ', { regex: true }, ['[an ]', 'ERR', 'OR and ', '[an ]', 'error']],
  ])('marks %s %j', (q, options, expected) => {
    const spans = spansOf('an ERR', 'OR and an error');
    expect(shown(mark(spans, markPattern({ q, ...options })))).toEqual(
      expected,
    );
  });

  it('takes text as text, and gives up on expressions it does not know', () => {
    expect(shown(mark(spansOf('a.b'), markPattern({ q: '.' })))).toEqual([
      'a',
      '[.]',
      'b',
    ]);
    expect(markPattern({ q: '(', regex: true })).toBeUndefined();
    expect(markPattern({ q: '' })).toBeUndefined();
    expect(
      shown(mark(spansOf('abc'), markPattern({ q: 'x*', regex: true }))),
    ).toEqual(['abc']);
  });

  it('never loses or adds text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 12 }), { maxLength: 6 }),
        fc.string({ minLength: 1, maxLength: 3 }),
        (texts, q) => {
          const result = mark(spansOf(...texts), markPattern({ q }));
          expect(result.map(({ span }) => span.text).join('')).toBe(
            texts.join(''),
          );
        },
      ),
    );
  });
});
