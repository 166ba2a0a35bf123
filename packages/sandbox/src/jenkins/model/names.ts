import { Failure } from './errors';

const UNSAFE = '?*/\\%!@#$^&|<>[]:;';

/**
 * Refuses a name for an item, with the texts of `Jenkins.checkGoodName` and `ItemGroupMixIn`.
 * @throws Failure
 */
export function checkGoodName(name: string | undefined | null): string {
  const trimmed = (name ?? '').trim();
  if (!trimmed) throw new Failure('No name is specified');
  if (trimmed === '.' || trimmed === '..') {
    throw new Failure(`“${trimmed}” is not an allowed name`);
  }
  for (const char of trimmed) {
    if (UNSAFE.includes(char)) {
      throw new Failure(`‘${char}’ is an unsafe character`);
    }
    const code = char.codePointAt(0) ?? 0;
    if (code < 32 || (code >= 127 && code < 160)) {
      throw new Failure('No control characters are allowed');
    }
  }
  if (trimmed.endsWith('.')) throw new Failure('A name cannot end with ‘.’');
  return trimmed;
}
