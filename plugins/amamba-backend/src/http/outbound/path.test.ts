import fc from 'fast-check';
import { path } from './path';

describe('path', () => {
  it('makes every value one segment', () => {
    expect(path`/job/${'a/b c?#%'}/${7}`.text).toBe(
      '/job/a%2Fb%20c%3F%23%25/7',
    );
    expect(path`/files/${['dir', 'ä.txt']}`.text).toBe('/files/dir/%C3%A4.txt');
    expect(path`${path`/job/${'x'}`}/api/json`.text).toBe('/job/x/api/json');
  });

  it.each(['', '.', '..', '\ud800'])('refuses %j as a segment', segment => {
    expect(() => path`/job/${segment}`).toThrow(/address/);
    expect(() => path`/job/${['a', segment]}`).toThrow(/address/);
  });

  it('never lets a value leave its segment', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }),
        value => {
          fc.pre(value !== '.' && value !== '..');
          const url = new URL('http://host.example');
          url.pathname = path`/job/${value}/end`.text;
          expect(url.host).toBe('host.example');
          expect(url.pathname.split('/')).toHaveLength(4);
          expect(decodeURIComponent(url.pathname.split('/')[2])).toBe(value);
        },
      ),
    );
  });
});
