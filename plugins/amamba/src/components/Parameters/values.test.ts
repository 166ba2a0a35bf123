import type { ParameterDefinition } from '@amamba/backstage-plugin-amamba-common';
import { findProblems, lastValues, presetValues, valuesToSend } from './values';

const definitions: ParameterDefinition[] = [
  { type: 'string', name: 'TAG', defaultValue: 'v1', trim: true },
  { type: 'text', name: 'NOTES' },
  { type: 'boolean', name: 'DRY', defaultValue: true },
  { type: 'choice', name: 'ENV', choices: ['dev', 'prod'] },
  { type: 'password', name: 'TOKEN', hasDefault: true },
  { type: 'password', name: 'PIN', hasDefault: false },
  { type: 'unsupported', name: 'FILE', engineType: 'FileParameterDefinition' },
];

describe('values of run parameters', () => {
  it('starts with the defaults, and the first choice', () => {
    expect(presetValues(definitions)).toEqual({
      TAG: 'v1',
      NOTES: '',
      DRY: true,
      ENV: 'dev',
      TOKEN: '',
      PIN: '',
    });
  });

  it('takes over values of the last run that still fit, and no password', () => {
    expect(
      lastValues(definitions, {
        TAG: 'v2',
        DRY: 'yes',
        ENV: 'gone',
        TOKEN: 'old',
        OTHER: 'x',
      }),
    ).toEqual({ ...presetValues(definitions), TAG: 'v2' });
  });

  it('cuts white space where the definition says so, and keeps a stored password', () => {
    const values = { ...presetValues(definitions), TAG: ' v3 ', NOTES: ' n ' };
    expect(valuesToSend(definitions, values)).toEqual({
      TAG: 'v3',
      NOTES: ' n ',
      DRY: true,
      ENV: 'dev',
      PIN: '',
    });
    expect(
      valuesToSend(definitions, { ...values, TOKEN: 'new' }),
    ).toMatchObject({ TOKEN: 'new' });
  });

  it('finds what the server would refuse', () => {
    expect(
      findProblems(definitions, {
        ...presetValues(definitions),
        ENV: 'test',
        NOTES: 'x'.repeat(100_001),
      }),
    ).toEqual({ ENV: 'notAChoice', NOTES: 'tooLong' });
  });
});
