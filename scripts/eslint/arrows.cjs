/**
 * Which way imports may point: between the packages, and between the rooms of a package. The reasons are in
 * docs/architecture.md.
 */
const { builtinModules } = require('node:module');

const COMMON = '@amamba/backstage-plugin-amamba-common';
const NODE = '@amamba/backstage-plugin-amamba-node';
const BACKEND = '@amamba/backstage-plugin-amamba-backend';
const FRONTEND = '@amamba/backstage-plugin-amamba';
const SANDBOX = 'sandbox';
const KUBERNETES_BRIDGE =
  '@amamba/backstage-plugin-kubernetes-backend-module-amamba';

/** Each package of ours with those of ours that it may import. */
const MAY_IMPORT = {
  [COMMON]: [],
  [NODE]: [COMMON],
  [BACKEND]: [COMMON, NODE],
  [FRONTEND]: [COMMON],
  [KUBERNETES_BRIDGE]: [NODE],
  [SANDBOX]: [COMMON],
  app: [FRONTEND],
  backend: [BACKEND, KUBERNETES_BRIDGE],
};

const NODE_MODULES = builtinModules.flatMap(name => [name, `node:${name}`]);
const REACT = [
  'react',
  'react-dom',
  'react-router',
  'react-router-dom',
  'react-use',
];

/** Bans of whole packages, as `no-restricted-imports` wants them. */
function ban(names, message) {
  return names.map(name => ({ name, message }));
}

/** The other packages of ours that `name` may not import; tests may also use the sandbox. */
function bannedPackages(name) {
  const others = Object.keys(MAY_IMPORT).filter(
    other => other !== name && !MAY_IMPORT[name].includes(other),
  );
  const message = `${name} must not depend on this package; see docs/architecture.md.`;
  return {
    restrictedSrcImports: ban(others, message),
    restrictedTestImports: ban(
      others.filter(other => other !== SANDBOX),
      message,
    ),
    restrictedImportPatterns: others.map(other => `${other}/*`),
  };
}

/** `import/no-restricted-paths` for the zones of the package in `dir`. */
function zones(dir, list) {
  return {
    'import/no-restricted-paths': ['error', { basePath: dir, zones: list }],
  };
}

/** Domains of the backend. Each has router → service → store and engines. */
const ROOMS = [
  'workspaces',
  'pipelines',
  'credentials',
  'gitops',
  'rollouts',
  'applications',
  'helm',
  'toolchains',
];
/** What all domains use. */
const SHARED_ROOMS = [
  'audit',
  'clusters',
  'database',
  'http',
  'live',
  'openapi',
  'permissions',
];
/** Shared rooms that know no domain at all. */
const FOUNDATIONS = ['clusters', 'database', 'http'];

function backendZones(dir) {
  const folders = [...ROOMS, ...SHARED_ROOMS];
  const inFolders = names => names.map(name => `./src/${name}`);
  const anywhere = pattern => `./src/**/${pattern}`;
  return zones(dir, [
    ...folders.map(folder => ({
      target: `./src/${folder}`,
      from: inFolders(folders.filter(other => other !== folder)),
      except: ['./index.ts', './__testUtils__'],
      message: 'Another room is entered by its index.ts only.',
    })),
    {
      target: './src/*.ts',
      from: inFolders(folders),
      except: ['./index.ts'],
      message: 'A room is entered by its index.ts only.',
    },
    {
      target: inFolders(FOUNDATIONS),
      from: inFolders(ROOMS),
      message:
        'http, clusters and database lie under the domains and know none of them.',
    },
    {
      target: anywhere('router.ts'),
      from: [
        anywhere('*Store*.ts'),
        anywhere('engines/**'),
        anywhere('database/**'),
        anywhere('clusters/**'),
      ],
      message: 'A router speaks to its service only.',
    },
    {
      target: anywhere('*Service.ts'),
      from: [anywhere('router.ts'), anywhere('plugin.ts')],
      message: 'A service does not know who calls it.',
    },
    {
      target: anywhere('*Store*.ts'),
      from: [
        anywhere('router.ts'),
        anywhere('*Service.ts'),
        anywhere('engines/**'),
        anywhere('plugin.ts'),
      ],
      message: 'A store speaks to the database only.',
    },
    {
      target: './src/*/engines/**',
      from: [
        anywhere('router.ts'),
        anywhere('*Service.ts'),
        anywhere('*Store*.ts'),
        anywhere('plugin.ts'),
      ],
      message:
        'An engine speaks to its system only; what it needs is handed in.',
    },
  ]);
}

/** Frontend: pages are made of components, components use hooks, hooks use the API; never the other way. */
function frontendZones(dir) {
  const layers = ['api', 'hooks', 'components', 'pages'];
  return zones(
    dir,
    layers.slice(0, -1).map((layer, index) => ({
      target: `./src/${layer}`,
      from: layers.slice(index + 1).map(upper => `./src/${upper}`),
      message: 'Arrows point from pages to components to hooks to api.',
    })),
  );
}

/** What common may not touch, so that it runs in a browser, in Node and in a test alike. */
function commonRules() {
  const message = 'amamba-common is pure: no Node, no React.';
  return {
    restrictedSrcImports: [
      ...ban(NODE_MODULES, message),
      ...ban(REACT, message),
    ],
    restrictedImportPatterns: [
      '@material-ui/*',
      '@backstage/core-*',
      '@backstage/frontend-*',
      '@backstage/backend-*',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'Buffer',
          'process',
          'global',
          'setImmediate',
          'window',
          'document',
          'localStorage',
          'sessionStorage',
        ].map(name => ({ name, message })),
      ],
    },
    overrides: [
      {
        files: ['**/*.test.*', '**/__testUtils__/**'],
        rules: { 'no-restricted-globals': 'off' },
      },
    ],
  };
}

/** SQL stands in stores. A separate rule, so that it adds to `no-restricted-imports` instead of replacing it. */
const SQL_ONLY_IN_STORES = {
  files: ['src/**/*.ts'],
  excludedFiles: [
    '**/*Store*.ts',
    '**/*Store/**',
    'src/database/**',
    '**/*.test.*',
    '**/__testUtils__/**',
  ],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [
          {
            name: 'knex',
            message: 'Only a store and the database room speak SQL.',
          },
        ],
      },
    ],
  },
};

/** The keys of the lint configuration that hold the arrows of the package `name` in `dir`. */
module.exports = (name, dir) => {
  if (!MAY_IMPORT[name]) {
    throw new Error(
      `${name} is not in scripts/eslint/arrows.cjs: say what it may import`,
    );
  }
  const banned = bannedPackages(name);
  switch (name) {
    case COMMON: {
      const pure = commonRules();
      return {
        ...pure,
        restrictedSrcImports: [
          ...banned.restrictedSrcImports,
          ...pure.restrictedSrcImports,
        ],
        restrictedTestImports: banned.restrictedTestImports,
        restrictedImportPatterns: [
          ...banned.restrictedImportPatterns,
          ...pure.restrictedImportPatterns,
        ],
      };
    }
    case BACKEND:
      return {
        ...banned,
        rules: backendZones(dir),
        overrides: [SQL_ONLY_IN_STORES],
      };
    case FRONTEND:
      return {
        ...banned,
        restrictedImportPatterns: [
          ...banned.restrictedImportPatterns,
          'node:*',
        ],
        rules: frontendZones(dir),
      };
    default:
      return banned;
  }
};
