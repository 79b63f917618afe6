// The order of imports (docs/ARCHITECTURE.md): only from the left, never a same-tier neighbour, only through front doors.
'use strict'

const TIERS = [
  ['src/ground/core'],
  ['src/ground/store'],
  ['src/ground/catalog', 'src/ground/ledger', 'src/ground/identity'],
  ['src/ground/intake'],
  ['src/ground/people'],
  ['src/ground/measures'],
  [
    'src/houses/delivery',
    'src/houses/platform',
    'src/houses/business',
    'src/houses/cost',
    'src/houses/experiments',
    'src/houses/reliability',
    'src/houses/security',
    'src/houses/teams',
  ],
  ['src/houses/vision'],
  ['src/houses/investments'],
  ['src/houses/governance'],
  ['src/houses/communication'],
  ['src/houses/reviews'],
  ['src/doors'],
]
const CODE = '\\.ts$'
const TEST = '\\.test\\.ts$'
const inside = (folders) => `^(${folders.join('|')})/`

const order = TIERS.slice(0, -1).flatMap((tier, index) =>
  tier.map((folder) => {
    const forbidden = [...tier.filter((other) => other !== folder), ...TIERS.slice(index + 1).flat(), 'src/sources']
    return {
      name: `order:${folder.replace('src/', '')}`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: TEST },
      to: { path: `${inside(forbidden)}|^src/main\\.ts$` },
    }
  }),
)

module.exports = {
  forbidden: [
    ...order,
    {
      name: 'sources-see-only-ground',
      severity: 'error',
      from: { path: '^src/sources/', pathNot: TEST },
      to: { path: '^src/', pathNot: '^src/(ground/(core|catalog|ledger|intake)|sources)/' },
    },
    {
      name: 'no-source-knows-another',
      severity: 'error',
      from: { path: '^src/sources/([^/]+)/', pathNot: TEST },
      to: { path: '^src/sources/', pathNot: '^src/sources/$1/' },
    },
    {
      name: 'front-doors-only',
      severity: 'error',
      from: { path: '^src/(?:(?:ground|houses|sources)/([^/]+)|doors|main)', pathNot: TEST },
      to: {
        path: '^src/(ground|houses|sources)/[^/]+/.+',
        pathNot: ['^src/(?:ground|houses|sources)/[^/]+/index\\.ts$', '^src/(?:ground|houses|sources)/$1/'],
      },
    },
    {
      name: 'assess-and-decide-are-pure',
      severity: 'error',
      from: { path: '^src/houses/[^/]+/(assess|decide)(/|\\.ts)', pathNot: TEST },
      to: { path: '^src/ground/(?!core)|^src/houses/[^/]+/(store|operations|jobs|evidence)|^(node:|fs|path|child_process|os|crypto)' },
    },
    { name: 'no-circles', severity: 'error', from: { path: CODE }, to: { circular: true, dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.cjs'] },
  },
}
