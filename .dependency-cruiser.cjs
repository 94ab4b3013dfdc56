/**
 * Closed world: an import that is not listed here is an error (DESIGN section 2, "The house").
 * Read "room: what it may import". test/architecture plants violations and sees this file go red.
 */
const mayImport = {
  'libs/contracts': [],
  'libs/calendar': ['libs/contracts/'],
  'libs/config': ['libs/contracts/'],
  'libs/mail': ['libs/contracts/'],
  'libs/identity-provider': ['libs/contracts/'],
  'libs/queue': ['libs/contracts/'],
  'libs/persistence': ['libs/contracts/'],
  'libs/storage': ['libs/contracts/'],
  'libs/tracing': [],
  'libs/documents': ['libs/contracts/'],
  'libs/engine': ['libs/calendar/', 'libs/contracts/'],
  'libs/policy': ['libs/calendar/', 'libs/contracts/'],
  workflows: ['libs/engine/', 'libs/calendar/', 'libs/contracts/'],
  'libs/runtime': ['libs/engine/', 'libs/persistence/', 'libs/calendar/', 'libs/contracts/'],
  'libs/organisation': ['libs/runtime/', 'libs/persistence/', 'libs/calendar/', 'libs/contracts/'],
  'libs/regulation': [
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/policy/',
    'libs/calendar/',
    'libs/contracts/',
  ],
  'libs/plan': [
    'libs/regulation/',
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/documents/',
    'libs/storage/',
    'libs/engine/',
    'libs/policy/',
    'libs/calendar/',
    'libs/contracts/',
    'workflows/',
  ],
  'libs/delegation': [
    'libs/plan/',
    'libs/regulation/',
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/storage/',
    'libs/engine/',
    'libs/policy/',
    'libs/calendar/',
    'libs/contracts/',
    'workflows/',
  ],
  'libs/correspondence': [
    'libs/delegation/',
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/storage/',
    'libs/documents/',
    'libs/calendar/',
    'libs/contracts/',
    'workflows/',
    'libs/regulation/',
  ],
  'libs/privacy': [
    'libs/delegation/',
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/calendar/',
    'libs/contracts/',
  ],
  'libs/reporting': [
    'libs/correspondence/',
    'libs/delegation/',
    'libs/regulation/',
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/storage/',
    'libs/documents/',
    'libs/engine/',
    'libs/policy/',
    'libs/calendar/',
    'libs/contracts/',
    'workflows/',
  ],
  'apps/api': [
    'libs/tracing/',
    'libs/privacy/',
    'libs/reporting/',
    'libs/correspondence/',
    'libs/delegation/',
    'libs/plan/',
    'libs/regulation/',
    'libs/organisation/',
    'libs/config/',
    'libs/calendar/',
    'libs/contracts/',
    'workflows/',
  ],
  'apps/worker': [
    'libs/tracing/',
    'libs/privacy/',
    'libs/reporting/',
    'libs/delegation/',
    'libs/organisation/',
    'libs/runtime/',
    'libs/persistence/',
    'libs/queue/',
    'libs/mail/',
    'libs/config/',
    'libs/calendar/',
    'libs/contracts/',
  ],
  'apps/cli': [
    'libs/privacy/',
    'libs/reporting/',
    'libs/delegation/',
    'libs/plan/',
    'libs/regulation/',
    'libs/policy/',
    'libs/organisation/',
    'libs/config/',
    'libs/calendar/',
    'libs/contracts/',
  ],
  'apps/web': ['workflows/', 'libs/engine/', 'libs/policy/', 'libs/calendar/', 'libs/contracts/'],
  migrations: [],
};

/** Composition roots wire the rooms together; no other file of their room may reach as far. */
const roots = [
  'apps/api/src/(app\\.module\\.ts$|composition/)',
  'apps/worker/src/app\\.module\\.ts$',
  'apps/cli/src/composition\\.ts$',
  'migrations/data-source\\.ts$',
];

const nest = ['@nestjs', 'reflect-metadata', 'rxjs'];
const packages = {
  'libs/contracts': ['zod'],
  'libs/config': ['zod'],
  'libs/persistence': ['typeorm', 'pg', 'dataloader'],
  'libs/queue': ['bullmq', 'ioredis', 'pg'],
  'libs/storage': ['aws4'],
  'libs/tracing': ['@opentelemetry'],
  'libs/mail': ['imapflow', 'nodemailer', 'postal-mime'],
  'libs/identity-provider': ['openid-client'],
  'libs/documents': ['csv-parse', 'docx', 'saxes', 'write-excel-file'],
  'libs/engine': ['xstate'],
  workflows: ['xstate', 'zod'],
  'libs/runtime': ['typeorm'],
  'libs/organisation': ['typeorm', '@node-rs/argon2', '@zxcvbn-ts/language-common', 'otpauth', 'zod'],
  'libs/regulation': ['typeorm', 'zod'],
  'libs/plan': ['typeorm', 'zod'],
  'libs/delegation': ['typeorm', 'zod'],
  'libs/correspondence': ['typeorm'],
  'libs/privacy': ['typeorm'],
  'libs/reporting': ['typeorm'],
  'apps/api': [...nest, 'express', 'helmet', 'pino', 'zod', 'multer', 'busboy', 'prom-client'],
  'apps/worker': [...nest, 'pino'],
  'apps/cli': ['reflect-metadata', 'zod'],
  'apps/web': ['.*'],
  migrations: ['typeorm', 'reflect-metadata'],
};

/** Rooms that may use Node's own modules. The pure rooms (contracts, calendar, engine, policy, workflows) may not. */
const nodeCore =
  '^(apps/web/vite\\.config\\.ts$|(apps/(api|worker|cli)|libs/(config|mail|persistence|queue|storage|tracing|documents|runtime|organisation|regulation|plan|delegation|correspondence|privacy|reporting)|migrations)/)';

const typesOf = (name) => (name.startsWith('@') ? name.slice(1).replace('/', '__') : name);
const allowed = [
  ...Object.entries(mayImport).map(([room, tos]) => ({
    from: { path: `^${room}/` },
    to: { path: [`^${room}/`, ...tos.map((to) => `^${to}`)] },
  })),
  ...Object.entries(packages).map(([room, names]) => ({
    from: { path: `^${room}/` },
    to: { path: names.flatMap((name) => [`node_modules/${name}(/|$)`, `node_modules/@types/${typesOf(name)}(/|$)`]) },
  })),
  {
    from: { path: roots.map((root) => `^${root}`) },
    to: { path: '^(libs|workflows|migrations)/|node_modules/(typeorm|pg|pino)/' },
  },
  { from: { path: nodeCore }, to: { dependencyTypes: ['core'] } },
];

const serverOnly = [
  'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|nodemailer)/',
  '^libs/(persistence|queue|mail|config|storage|documents|runtime|organisation|regulation|plan|delegation|correspondence|privacy|reporting|tracing|identity-provider)/',
];

module.exports = {
  allowed,
  allowedSeverity: 'error',
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'Type-only cycles count.', from: {}, to: { circular: true } },
    {
      name: 'browser-safe',
      severity: 'error',
      comment: 'Nothing the web can reach may be server code.',
      from: { path: '^apps/web/' },
      to: { path: serverOnly, reachable: true },
    },
    {
      name: 'rooms-through-the-front-door',
      severity: 'error',
      comment: 'Another room is imported by its index.ts (contracts and workflows: by file).',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/(?!contracts/)', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-specs-in-product',
      severity: 'error',
      from: { pathNot: '\\.spec\\.ts$' },
      to: { path: '\\.spec\\.ts$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '\\.spec\\.tsx?$', '^test/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
