import { Suspense } from 'react'
import { useLoaded, type Answer } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { kindWords } from '../../parts/kinds.ts'
import { WorthIt } from '../../parts/effect/index.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { AlsoStated } from './also-stated.tsx'
import { entityAsk, TOLD_BY_MANY } from './asks.ts'
import classes from './catalogue.module.css'
import { DeclaredAndObserved } from './facts.tsx'
import { Packages } from './packages.tsx'
import { Versions } from './versions.tsx'

type Read = Answer<'entity.read'>

const MEASURED = new Set(['component', 'system', 'repository', 'domain', 'group'])

export default function EntityPage() {
  const { search, set } = useAddress()
  const names = useNames()
  const { entity, relations, records, problems } = useLoaded(entityAsk(search, names))
  const { metadata } = entity
  return (
    <Page
      title={metadata.title ?? (typeof metadata.displayName === 'string' ? metadata.displayName : metadata.name)}
      answer={<p>{inWords(entity, relations)}</p>}
      asks={metadata.description ?? `What is known of this ${entity.kind.toLowerCase()}?`}
      above={
        <>
          <Go to={urls.catalogue()}>Catalogue</Go> /{' '}
          <Go to={urls.catalogue()} search={{ kind: entity.kind.toLowerCase() }}>
            {entity.kind}
          </Go>
        </>
      }
      actions={
        <>
          {entity.kind === 'SLO' && entity.apiVersion === 'openslo/v1' && (
            <Go to={urls.sloEdit(entity.ref)} className={buttonClass}>
              Edit
            </Go>
          )}
          {entity.kind === 'Experiment' && (
            <Go to={urls.experiment(entity.ref)} className={buttonClass}>
              How it stands
            </Go>
          )}
          {MEASURED.has(entity.kind.toLowerCase()) && (
            <Go to={urls.delivery()} search={{ subject: entity.ref }} className={buttonClass}>
              Its delivery
            </Go>
          )}
          {entity.kind === 'Component' && (
            <>
              <Go to={urls.serviceHealth(entity.ref)} className={buttonClass}>
                Its health
              </Go>
              <Go to={urls.applies()} search={{ of: entity.ref }} className={buttonClass}>
                What applies here
              </Go>
            </>
          )}
          <Go to={urls.throughline()} search={{ from: entity.ref }} className={buttonClass}>
            Trace
          </Go>
        </>
      }
    >
      <Facts entity={entity} />
      {entity.kind === 'Investment' && <WorthIt investment={entity.ref} />}
      {problems.length > 0 && (
        <Section title="What is wrong with it">
          <ul className={classes.problems}>
            {problems.map((problem) => (
              <li key={`${problem.code} ${problem.path} ${problem.message}`}>
                {problem.message}. {problem.fix && <span className="quiet">{problem.fix}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {TOLD_BY_MANY.has(entity.kind.toLowerCase()) && (
        <Suspense fallback={<Waiting height="16rem" gap="1.5rem" />}>
          <DeclaredAndObserved />
        </Suspense>
      )}
      <Relations relations={relations} />
      <AlsoStated entity={entity} />
      <Packages reference={entity.ref} kind={entity.kind} />
      <Records records={records} reference={entity.ref} />
      <Section title="Versions" id="versions" note="who changed it, when, and what">
        {search.versions === undefined ? (
          <button type="button" className={buttonClass} onClick={() => set({ versions: '1' })}>
            Show versions ({entity.version})
          </button>
        ) : (
          <Versions reference={entity.ref} />
        )}
      </Section>
    </Page>
  )
}

/** Kinds somebody should answer for. */
const OWNED = new Set(['component', 'api', 'resource', 'system', 'domain'])

/** "A component of Payments, production, related to 12 things." */
function inWords({ kind, spec }: Read['entity'], relations: Read['relations']): string {
  const name = kindWords(kind.toLowerCase())
  const owner = relations.find(({ type, dangling }) => type === 'ownedBy' && !dangling)
  const whose = owner ? ` of ${owner.title || shortName(owner.ref)}` : OWNED.has(kind.toLowerCase()) ? ' that nobody owns' : ''
  const stage = typeof spec.lifecycle === 'string' ? `, ${spec.lifecycle}` : ''
  const related = new Set(relations.map(({ ref }) => ref)).size
  return `${/^[AEIO]/.test(name) ? 'An' : 'A'} ${name === 'API' ? name : name.toLowerCase()}${whose}${stage}, related to ${related === 0 ? 'nothing' : plural(related, 'thing')}.`
}

/** What was written about it, and where. */
function Facts({ entity }: { entity: Read['entity'] }) {
  const { spec, metadata } = entity
  const text = (key: string) => (typeof spec[key] === 'string' ? spec[key] : undefined)
  const facts: [string, React.ReactNode][] = [
    ['Name', <Reference key="name" name={entity.ref} />],
    ['Type', text('type')],
    ['Stage', text('lifecycle') ?? text('status')],
    ['Tier', text('tier')],
    ['Version', text('version')],
    ['Defined in', definitionOf(spec.definition)],
    ['Unit', text('unit')],
    ['Question', text('question')],
    ['Reason', text('reason')],
    ['Until', text('until')],
    ['Tags', metadata.tags?.join(', ')],
    [
      'Stated in',
      entity.file ? (
        <code key="file">{entity.line ? `${entity.file}:${entity.line}` : entity.file}</code>
      ) : entity.origin === 'inferred' ? (
        'found in what was scanned'
      ) : (
        'a form'
      ),
    ],
    ['Changed', <When key="when" at={entity.updatedAt} />],
    ['Links', metadata.links && metadata.links.length > 0 ? <WebLinks key="links" links={metadata.links} /> : undefined],
  ]
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** Where the definition of an API is; one that is written out is no fact to list. */
function definitionOf(definition: unknown): React.ReactNode {
  if (typeof definition !== 'object' || definition === null || !('file' in definition) || typeof definition.file !== 'string')
    return undefined
  const format = 'format' in definition && typeof definition.format === 'string' ? definition.format : undefined
  return (
    <span key="definition">
      <code>{definition.file}</code> {format && <span className="quiet">{format}</span>}
    </span>
  )
}

function WebLinks({ links }: { links: readonly { url: string; title?: string | undefined }[] }) {
  return (
    <>
      {links
        .filter((link) => /^https?:\/\//i.test(link.url))
        .map((link) => (
          <div key={JSON.stringify(link)}>
            <a href={link.url} rel="noreferrer">
              {link.title ?? link.url}
            </a>
          </div>
        ))}
    </>
  )
}

/** What it is related to, by kind of relation. */
function Relations({ relations }: { relations: Read['relations'] }) {
  const groups = [...Map.groupBy(relations, (relation) => relation.type)]
  return (
    <Section title={<Term of="relation">Relations</Term>}>
      {groups.length === 0 ? (
        <p className="quiet">Related to nothing yet.</p>
      ) : (
        <dl className={classes.relations}>
          {groups.map(([type, related]) => (
            <div key={type}>
              <dt>{words(type)}</dt>
              <dd>
                <ul className={classes.related}>
                  {related.map((one) => (
                    <li key={one.ref}>
                      {one.dangling && one.ref.endsWith('/unknown') ? (
                        <span className="quiet">not known</span>
                      ) : (
                        <>
                          <GoTo id={one.ref}>{one.title || shortName(one.ref)}</GoTo> <span className="quiet small">{one.kind}</span>
                          {one.dangling && <span className={classes.dangling}> not declared</span>}
                        </>
                      )}
                      {one.origin !== 'declared' && <span className="quiet small"> by {one.origin}</span>}
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  )
}

/** Records that name it, counted; the trace lists them. */
function Records({ records, reference }: { records: Read['records']; reference: string }) {
  if (records.length === 0) return null
  return (
    <Section title="Records that name it">
      <p>
        {records
          .map((one) => `${formatCount(one.count)} ${one.kind.replaceAll('_', ' ')}${one.count === 1 ? '' : 's'} (${words(one.type)})`)
          .join(', ')}
        .{' '}
        <Go to={urls.throughline()} search={{ from: reference }}>
          Show them
        </Go>
      </p>
    </Section>
  )
}

/** `ownedBy` → "owned by". */
function words(type: string): string {
  return type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/\bapi\b/, 'API')
}

/** A reference that breaks at its marks where it has to, never inside a word. */
function Reference({ name }: { name: string }) {
  return (
    <code>
      {name.split(/(?<=[:/])/).map((part) => (
        <span key={part}>
          {part}
          <wbr />
        </span>
      ))}
    </code>
  )
}
