import { en } from './en';
import { glance } from './en/glance';
import { flatten } from './messages';
import zh from './zh';
import zhGlance from './zh/glance';

const PLACEHOLDER = /\{\{\s*([^},\s]+)[^}]*\}\}/g;

function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name).sort();
}

const translations: [string, Record<string, string>, Record<string, string>][] =
  [
    ['of the pages', flatten(en), zh],
    ['of the glance', flatten(glance), zhGlance],
  ];

describe.each(translations)(
  'Chinese messages %s',
  (_name, english, chinese) => {
    // Chinese has one plural form, `other`
    const expected = Object.keys(english).filter(key => !key.endsWith('_one'));

    it('has every English key and no other', () => {
      expect(Object.keys(chinese).sort()).toEqual(expected.sort());
    });

    it('has the same values to fill in', () => {
      const fill = (messages: Record<string, string>) =>
        Object.fromEntries(
          expected.map(key => [key, placeholders(messages[key])]),
        );
      expect(fill(chinese)).toEqual(fill(english));
    });

    it('has a space between Chinese and Latin characters', () => {
      const tight = expected.filter(key => {
        const text = chinese[key].replace(PLACEHOLDER, 'x');
        return /[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/.test(
          text,
        );
      });
      expect(tight).toEqual([]);
    });
  },
);
