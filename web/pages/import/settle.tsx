import { ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Columns, Constants } from './columns.tsx'
import type { Kind, Mapping, Preview } from './draft.ts'
import classes from './import.module.css'
import { Rows } from './rows.tsx'

const ZONES = Intl.supportedValuesOf('timeZone').map((value) => ({ value }))
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

interface Props {
  preview: Preview
  kinds: readonly Kind[]
  mapping: Mapping
  onChange: (mapping: Mapping) => void
  onKind: (kind: Kind['kind']) => void
}

/** The mapping as it is, to be corrected, and what the rows become by it. */
export function Settle({ preview, kinds, mapping, onChange, onKind }: Props) {
  const kind = kinds.find((one) => one.kind === mapping.kind)!
  const { form, sample, problems, remarks, undecided } = preview
  const notes = [...form.notes, ...(preview.mappingFrom === 'guessed' ? undecided : [])]
  const sums = [...problems, ...remarks]
  return (
    <>
      <Section title="2. What a row is" note={FROM[preview.mappingFrom]}>
        <p className="quiet">
          {form.format === 'json' ? 'JSON' : `Divided by ${DELIMITERS[form.delimiter ?? ''] ?? `“${form.delimiter}”`}`}, {form.encoding}
          {form.packed ? ', packed' : ''}, {plural(preview.columns.length, 'column')}. {preview.identity}
        </p>
        {notes.length > 0 && (
          <ul className={classes.notes} aria-label="To look at">
            {notes.map(({ code, message, fix, path }) => (
              <li key={`${code} ${path}`}>
                {message}. <span className="quiet">{webFix(code, fix)}</span>
              </li>
            ))}
          </ul>
        )}
        <FieldRow>
          <ChoiceField
            label="A row is"
            value={mapping.kind}
            onChange={(value) => onKind(value as Kind['kind'])}
            choices={kinds.map((one) => ({ value: one.kind, label: one.kind.replace('_', ' ') }))}
          />
          <TextField
            label="Zone of times without one"
            hint={`This browser is in ${HERE}.`}
            value={mapping.zone ?? ''}
            onChange={(zone) => onChange({ ...mapping, zone: zone === '' ? undefined : zone })}
            placeholder="UTC"
            offers={ZONES}
          />
          <TextField
            label="Name of the mapping"
            hint="Kept for the next file of this shape; also the source of its records."
            value={mapping.name}
            onChange={(name) => onChange({ ...mapping, name })}
          />
        </FieldRow>
        <Constants kind={kind} mapping={mapping} onChange={onChange} />
      </Section>
      <Section title="3. What each column becomes">
        <Columns columns={preview.columns} kind={kind} mapping={mapping} onChange={onChange} />
      </Section>
      <Section
        title="4. What comes of the first rows"
        note={`${sample.whole ? 'all' : 'the first'} ${plural(sample.rows, 'row')} were read`}
      >
        <p role="status">
          <b>{plural(sample.records, 'record')}</b>, {formatCount(sample.refused)} refused
          {sums.length === 0 && '. Nothing is wrong with them'}.
        </p>
        {sums.length > 0 && (
          <ul className={classes.notes} aria-label="Problems in the first rows">
            {sums.map(({ code, path, message, fix, count }) => (
              <li key={`${code} ${path}`}>
                {message}
                {count > 1 && ` (${plural(count, 'row')})`}. <span className="quiet">{fix}</span>
              </li>
            ))}
          </ul>
        )}
        <Rows preview={preview} />
      </Section>
    </>
  )
}

const FROM = {
  guessed: 'guessed from the names of the columns and the first rows',
  kept: 'as kept from a file of this shape',
  given: 'as you say',
}
const DELIMITERS: Record<string, string> = { '\t': 'tabs', ',': 'commas', ';': 'semicolons', '|': 'bars' }

/** What is stated here in a field is an option on the command line. */
function webFix(code: string, fix: string | undefined): string | undefined {
  if (code === 'mapping.zone') return 'State the zone below.'
  if (code === 'mapping.kind') return 'Choose below.'
  if (code === 'mapping.no_column') return 'Choose a column for it below, or state one value for every row.'
  if (code === 'mapping.day_or_month' || code === 'mapping.number') return 'Choose below how it is written.'
  return fix
}
