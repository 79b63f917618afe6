import { joinedPeople } from '../../../ground/identity/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import { instantText, sql, type Statement } from '../../../ground/store/index.ts'

interface Span {
  piece: number
  place: number
  subject: string
  path: string | null
  except: readonly string[]
  from: string
  to: string
}

/**
 * The commits behind each piece of a question, as the body of a common table expression: `piece` and `place` (the
 * share in it), then the commit's columns, its author as the person behind the name. Merge commits carry no work of their own and are left out. A component that is a folder of its
 * repository has the commits that touch that folder.
 * @param wide the long columns to carry along; sorting 8,000 commits with their files costs four times sorting them without
 */
export function commitsOfPieces(ask: CollectAsk, wide: readonly ('files' | 'message')[] = []): Statement {
  const who = joinedPeople(sql`c.author`, ask.asOf)
  const also = wide.map((column) => sql`, ${sql.ref(`c.${column}`)}`)
  return sql`
    select distinct on (span.piece, c.sha) span.piece, span.place, c.subject, c.source, c.id, c.at, c.sha, ${who.person} as author,
      case ${who.kind} when 'person' then false when 'bot' then true when 'agent' then true else c.bot end as bot,
      (${who.kind} is not distinct from 'agent' or jsonb_array_length(case when jsonb_typeof(c.extra -> 'agents') = 'array' then c.extra -> 'agents' else '[]' end) > 0) as agents${sql.join(also, sql``)}
    from json_to_recordset(${JSON.stringify(spansOf(ask))}::json) as span(piece integer, place integer, subject text, path text, "except" jsonb, "from" timestamptz, "to" timestamptz)
    join evidence_commit c on c.subject = span.subject and c.at >= span."from" and c.at < span."to" and ${knownAt(ask.asOf, 'c')}
    ${who.from}
    where jsonb_array_length(c.parents) < 2
      and (span.path is null or exists (
        select 1 from jsonb_array_elements(coalesce(c.files, '[]'::jsonb)) file
        where starts_with(file ->> 0, span.path)
          and not exists (select 1 from jsonb_array_elements_text(span."except") other where starts_with(file ->> 0, other || '/'))))
    order by span.piece, c.sha, c.source, span.place`
}

/** What to look through. A repository that a piece covers whole is looked through once, whatever folders of it the piece names beside. */
function spansOf({ pieces, at }: CollectAsk): Span[] {
  return pieces.flatMap(({ shares, window }, piece) => {
    const whole = new Map<string, Span>()
    const folders: Span[] = []
    shares.forEach(({ subjects, repository, path, except }, place) => {
      for (const subject of new Set([...subjects, ...(repository ? [repository] : [])])) {
        const span = {
          piece,
          place,
          subject,
          path: path ? `${path}/` : null,
          except: except ?? [],
          from: instantText(window.from),
          to: instantText(Math.min(window.to, at)),
        }
        if (span.path !== null) folders.push(span)
        else if (!whole.has(subject)) whole.set(subject, span)
      }
    })
    return [...whole.values(), ...folders.filter(({ subject }) => !whole.has(subject))]
  })
}
