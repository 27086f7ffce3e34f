/**
 * The import rules of ARCHITECTURE.md, one row each: a folder and what it may import besides itself. Anything else is an error, and so is a
 * folder of code without a row or a row without a folder (scripts/layers.mjs). A folder inside another that has a row of its own is a room of its
 * own: the outer row speaks of the rest. `DEBT` lists the exceptions, each with its reason; it is empty and should stay so.
 */
const workers = (...names) => names.map((name) => `^workers/${name}/`);
const renderer = (...names) => names.map((name) => `^src/renderer/${name}/`);
const packages = (...names) => names.map((name) => `node_modules/${name}/`);
/** The rooms of the engine below the session, from the floor up; the table of ARCHITECTURE.md calls all of them `engine`. */
const ENGINE = [
  'lib',
  'go',
  'dump',
  'program',
  'graph',
  'naming',
  'values',
  'analysis',
  'heap',
  'goroutines',
  'cycles',
  'kinds',
  'suspects',
];

const LAYERS = [
  { from: 'workers/lib', may: [] },
  { from: 'workers/go', may: workers('lib') },
  { from: 'workers/dump', may: workers('lib', 'go') },
  { from: 'workers/program', may: workers('lib', 'go') },
  { from: 'workers/graph', may: workers('lib', 'go', 'dump') },
  { from: 'workers/naming', may: workers('lib', 'go', 'dump', 'program', 'graph') },
  { from: 'workers/naming/types', may: workers('lib', 'go', 'dump', 'program', 'graph') },
  { from: 'workers/naming/beliefs', may: workers('lib', 'go', 'graph', 'naming/types') },
  { from: 'workers/naming/executable', may: workers('lib', 'go', 'dump', 'program', 'graph', 'naming/types') },
  {
    from: 'workers/naming/steps',
    may: workers('lib', 'go', 'dump', 'program', 'graph', 'naming/types', 'naming/beliefs', 'naming/executable'),
  },
  { from: 'workers/values', may: workers('lib', 'go', 'program', 'graph', 'naming') },
  { from: 'workers/analysis', may: workers('lib', 'graph') },
  { from: 'workers/heap', may: workers('lib', 'graph', 'naming', 'analysis') },
  { from: 'workers/goroutines', may: workers('lib', 'go', 'graph', 'naming', 'analysis', 'heap') },
  { from: 'workers/cycles', may: workers('lib', 'go', 'graph', 'naming', 'analysis', 'heap', 'goroutines') },
  {
    from: 'workers/kinds',
    may: workers('lib', 'go', 'graph', 'naming', 'analysis', 'heap', 'goroutines', 'cycles'),
  },
  {
    from: 'workers/suspects',
    may: workers('lib', 'go', 'graph', 'naming', 'values', 'analysis', 'heap', 'goroutines', 'cycles', 'kinds'),
  },
  { from: 'workers/report', may: [...workers('lib', 'api'), ...packages('@dagrejs', 'd3-hierarchy')] },
  { from: 'workers/api', may: [] },
  { from: 'workers/session', may: workers(...ENGINE, 'api', 'report', 'session') },
  { from: 'workers/session/running', may: workers('lib', 'dump', 'api') },
  { from: 'workers/session/dump', may: workers(...ENGINE, 'api', 'session/running') },
  { from: 'workers/session/rows', may: workers(...ENGINE, 'api', 'session/dump') },
  { from: 'workers/session/list', may: workers('lib', 'api', 'session/running', 'session/dump', 'session/rows') },
  {
    from: 'workers/session/computed',
    may: workers(...ENGINE, 'api', 'session/running', 'session/dump', 'session/rows'),
  },
  {
    from: 'workers/session/tables',
    may: workers(...ENGINE, 'api', 'session/dump', 'session/rows', 'session/list', 'session/computed'),
  },
  {
    from: 'workers/session/drawing',
    may: workers(
      'lib',
      'graph',
      'analysis',
      'kinds',
      'api',
      'report',
      'session/dump',
      'session/rows',
      'session/computed',
    ),
  },
  {
    from: 'workers/session/answers',
    may: workers(
      ...ENGINE,
      'api',
      ...['running', 'dump', 'rows', 'list', 'computed', 'tables', 'drawing'].map((room) => `session/${room}`),
    ),
  },
  {
    from: 'workers/session/opening',
    may: workers(
      ...ENGINE,
      'api',
      ...['running', 'dump', 'rows', 'list', 'computed', 'answers'].map((room) => `session/${room}`),
    ),
  },
  { from: 'workers/hosts', may: [...workers('session', 'api', 'dump', 'lib'), ...packages('comlink'), 'node'] },
  { from: 'src/page', may: ['node'] },
  { from: 'src/main', may: [...workers('api'), '^src/page/', '^src/preload/bridge', ...packages('electron'), 'node'] },
  { from: 'src/preload', may: [...workers('api'), ...packages('electron')] },
  { from: 'src/renderer', may: [...renderer('connection', 'state', 'ui', 'frame', 'start', 'styles'), 'node_modules'] },
  { from: 'src/renderer/styles', may: [] },
  {
    from: 'src/renderer/connection',
    may: [...workers('api'), '^src/preload/bridge', ...packages('comlink', 'get-nonce')],
  },
  {
    from: 'src/renderer/state',
    may: [...workers('api', 'report'), ...renderer('connection'), ...packages('react', 'zustand')],
  },
  {
    from: 'src/renderer/ui',
    may: [
      ...workers('api', 'report'),
      '^workers/lib/format',
      '^workers/lib/go-names',
      ...renderer('state'),
      'node_modules',
    ],
  },
  { from: 'src/renderer/graph', may: [...workers('api', 'report'), ...renderer('state', 'ui'), 'node_modules'] },
  {
    from: 'src/renderer/parts',
    may: [...workers('api', 'report'), ...renderer('state', 'ui', 'graph'), 'node_modules'],
  },
  {
    from: 'src/renderer/views',
    may: [...workers('api', 'report'), ...renderer('state', 'ui', 'graph', 'parts'), 'node_modules'],
  },
  {
    from: 'src/renderer/frame',
    may: [
      ...workers('api'),
      ...renderer('connection', 'state', 'ui', 'parts'),
      ...['registry', 'CurrentView'].map((file) => `^src/renderer/views/${file}`),
      'node_modules',
    ],
  },
  { from: 'src/renderer/start', may: [...workers('api'), ...renderer('connection', 'state', 'ui'), 'node_modules'] },
  { from: 'src/server', may: [...workers('hosts', 'api', 'report'), '^src/page/', 'node'] },
  {
    from: 'src/cli',
    may: [
      ...workers('hosts', 'api', 'report'),
      '^workers/lib/format',
      '^workers/lib/go-names',
      '^src/server/',
      '^src/page/',
      'node_modules',
      'node',
    ],
  },
  { from: 'fixtures/builder', may: ['node'] },
];

const DEBT = [];

/** Rooms inside a room. */
const inside = (folder) => LAYERS.map(({ from }) => from).filter((other) => other.startsWith(`${folder}/`));

const rules = LAYERS.map(({ from, may }) => {
  const allowed = may.filter((path) => path !== 'node');
  const rooms = inside(from).map((room) => `^${room}/`);
  return {
    name: from,
    severity: 'error',
    comment: `${from} may import only: ${may.join(', ') || 'nothing'}`,
    from: { path: `^${from}/`, pathNot: [...rooms, ...DEBT] },
    // what imports a folder may import the rooms in it; a room may not import the folder around it
    to: {
      pathNot: [`^${from}/`, ...allowed],
      ...(may.includes('node') ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
});

module.exports = {
  layers: LAYERS,
  engine: workers(...ENGINE),
  forbidden: [
    ...rules,
    {
      name: 'views-apart',
      comment: 'a view imports no other view and not their table; what several show lies in src/renderer/parts',
      severity: 'error',
      from: { path: '^src/renderer/views/([^/]+)/' },
      to: { path: '^src/renderer/views/', pathNot: '^src/renderer/views/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-electron-in-page',
      severity: 'error',
      from: { path: '^(src/renderer|src/server|src/cli|workers)/' },
      to: { path: 'node_modules/electron/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.css', '.json'] },
  },
};
