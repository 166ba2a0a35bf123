/**
 * The lint rules of this repository on top of Backstage's own. A package's .eslintrc.js is one line:
 *
 *     module.exports = require('../../scripts/eslint/index.cjs')(__dirname);
 *
 * What a package may import is in arrows.cjs.
 */
const createPackageConfig = require('@backstage/cli/config/eslint-factory');
const { join } = require('node:path');
const arrows = require('./arrows.cjs');

const TESTS = [
  '**/*.test.*',
  '**/__testUtils__/**',
  '**/__fixtures__/**',
  'src/setupTests.*',
];

/** A cast that silences the compiler hides the very mistake it would have found. */
const NO_DOUBLE_CAST = {
  selector:
    'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
  message: 'No "as unknown as": narrow the value, or parse it with a schema.',
};

module.exports = dir => {
  const { name, backstage } = require(join(dir, 'package.json'));
  // Backstage's own restrictions are for code that is built with backstage-cli for Node: the sandbox never is, and for the
  // frontend they are about React's default import, which the compiler does not need any more.
  const onlyOurs = backstage.role.startsWith('frontend') || name === 'sandbox';
  const { rules = {}, overrides = [], ...restricted } = arrows(name, dir);
  return createPackageConfig(dir, {
    ...restricted,
    settings: {
      // Without the extensions, imports of TypeScript files would not resolve and the zones of the arrows would allow all.
      'import/resolver': {
        node: { extensions: ['.ts', '.tsx', '.js', '.json'] },
      },
    },
    restrictedSyntax: [NO_DOUBLE_CAST],
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-explicit-any': 'error',
      // Names and paths from users are checked for control characters.
      'no-control-regex': 'off',
      // A helper of a test may assert, and its name says so.
      'jest/no-standalone-expect': 'off',
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect*', '**.expect*', 'eventually'] },
      ],
      ...(onlyOurs && { 'no-restricted-syntax': ['error', NO_DOUBLE_CAST] }),
      ...rules,
    },
    overrides: [
      // A table of cases is longer than what it tests.
      { files: TESTS, rules: { 'max-lines': ['error', { max: 600 }] } },
      ...overrides,
    ],
  });
};
