const unusedVars = [
  'error',
  { argsIgnorePattern: '^_', ignoreRestSiblings: true },
];

// Packages have rules of their own (scripts/eslint); these are for what lies outside of them.
module.exports = {
  root: true,
  overrides: [
    {
      files: ['scripts/**/*.{mjs,cjs}'],
      extends: ['eslint:recommended', 'prettier'],
      parserOptions: { ecmaVersion: 2023 },
      env: { node: true, es2022: true },
      rules: {
        'max-lines': ['error', { max: 400 }],
        'no-unused-vars': unusedVars,
      },
    },
    {
      files: ['scripts/**/*.mjs'],
      parserOptions: { sourceType: 'module' },
    },
    {
      files: ['bench/**/*.ts', 'e2e-tests/**/*.ts', 'playwright.config.ts'],
      extends: ['eslint:recommended', 'prettier'],
      parser: '@typescript-eslint/parser',
      parserOptions: { sourceType: 'module' },
      plugins: ['@typescript-eslint'],
      rules: {
        // The compiler knows better.
        'no-undef': 'off',
        'no-unused-vars': 'off',
        'max-lines': ['error', { max: 400 }],
        '@typescript-eslint/no-explicit-any': 'error',
        '@typescript-eslint/no-unused-vars': unusedVars,
      },
    },
  ],
};
