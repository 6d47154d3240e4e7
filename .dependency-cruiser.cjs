/** Who may import whom (docs/explanation/rooms.md). Breaking one is an error. */
const rooms = (...names) => `^libs/(${names.join('|')})/`;
const PURE = ['kernel', 'time', 'claims', 'belief', 'anchoring', 'integrity', 'views'];
const ADAPTERS = ['event-store-sqlite', 'event-store-kurrentdb', 'view-store-sqlite', 'capture-store-fs'];

/** What each room may see besides itself and contracts. */
const MAY_SEE = {
  time: [],
  integrity: [],
  kernel: ['integrity'],
  claims: ['kernel', 'time'],
  belief: ['integrity', 'time'],
  anchoring: [],
  threads: [],
  extraction: ['anchoring', 'threads'],
  views: ['kernel', 'time', 'belief', 'integrity', 'anchoring'],
  exchange: ['kernel', 'claims', 'time', 'integrity', 'views'],
  'event-store-sqlite': ['kernel', 'integrity'],
  'event-store-kurrentdb': ['kernel', 'integrity'],
  'view-store-sqlite': ['kernel'],
  'capture-store-fs': ['kernel'],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-lib-to-app', severity: 'error', from: { path: '^(libs|contracts)' }, to: { path: '^apps' } },
    { name: 'contracts-see-nobody', severity: 'error', from: { path: '^contracts/' }, to: { path: '^(libs|apps)/' } },
    ...Object.entries(MAY_SEE).map(([room, seen]) => ({
      name: `${room}-sees-only-${seen.join('-') || 'contracts'}`,
      severity: 'error',
      from: { path: rooms(room), pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/', pathNot: rooms(room, ...seen) },
    })),
    {
      name: 'pure-rooms-do-no-io',
      comment: 'time, ids, randomness and bytes arrive as arguments',
      severity: 'error',
      from: { path: rooms(...PURE), pathNot: '(\\.spec\\.ts$|^libs/kernel/src/testing/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-framework-in-libs',
      severity: 'error',
      from: { path: '^(libs|contracts)' },
      to: { path: 'node_modules/(@nestjs|fastify|@fastify|class-validator|class-transformer)/' },
    },
    {
      name: 'sqlite-in-its-adapters',
      severity: 'error',
      from: { pathNot: '^(libs/((event|view)-store-sqlite|event-store-kurrentdb)|test)/' },
      to: { path: 'node_modules/better-sqlite3' },
    },
    {
      name: 'adapters-behind-the-runtime',
      severity: 'error',
      from: { path: '^(apps|libs)', pathNot: rooms('runtime', ...ADAPTERS) },
      to: { path: rooms(...ADAPTERS) },
    },
    {
      name: 'declared',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      mainFields: ['main', 'types'],
    },
  },
};
