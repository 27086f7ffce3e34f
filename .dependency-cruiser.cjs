/**
 * The import rules of ARCHITECTURE.md, one row each: a folder and what it may import besides itself. Anything else is an error. `DEBT` lists
 * the exceptions, each with its reason; it is empty and should stay so.
 */
const workers = (...names) => names.map((name) => `^workers/${name}/`);
const packages = (...names) => names.map((name) => `node_modules/${name}/`);

const LAYERS = [
  { from: 'workers/lib', may: [] },
  { from: 'workers/dump', may: workers('lib') },
  { from: 'workers/program', may: workers('lib') },
  { from: 'workers/graph', may: workers('lib', 'dump') },
  { from: 'workers/naming', may: workers('lib', 'dump', 'program', 'graph') },
  { from: 'workers/analysis', may: workers('lib', 'graph') },
  { from: 'workers/suspects', may: workers('lib', 'graph', 'naming', 'analysis') },
  { from: 'workers/report', may: [...workers('lib', 'api'), ...packages('@dagrejs')] },
  { from: 'workers/api', may: [] },
  {
    from: 'workers/session',
    may: workers('lib', 'dump', 'program', 'graph', 'naming', 'analysis', 'suspects', 'report', 'api'),
  },
  { from: 'workers/hosts', may: [...workers('session', 'api', 'dump', 'lib'), ...packages('comlink'), 'node'] },
  { from: 'src/page', may: ['node'] },
  { from: 'src/main', may: [...workers('api'), '^src/page/', '^src/preload/bridge', ...packages('electron'), 'node'] },
  { from: 'src/preload', may: [...workers('api'), ...packages('electron')] },
  { from: 'src/renderer', may: [...workers('api', 'report'), '^src/preload/bridge', 'node_modules'] },
  { from: 'src/server', may: [...workers('hosts', 'api', 'report'), '^src/page/', 'node'] },
  {
    from: 'src/cli',
    may: [...workers('hosts', 'api', 'report'), '^src/server/', '^src/page/', 'node_modules', 'node'],
  },
  { from: 'fixtures/builder', may: ['node'] },
];

const DEBT = [];

const rules = LAYERS.map(({ from, may }) => {
  const allowed = may.filter((path) => path !== 'node');
  const own = `^${from}/`;
  return {
    name: from,
    severity: 'error',
    comment: `${from} may import only: ${may.join(', ') || 'nothing'}`,
    from: { path: own, pathNot: DEBT },
    to: {
      pathNot: [own, ...allowed],
      ...(may.includes('node') ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
});

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
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
