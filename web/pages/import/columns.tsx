import { ChoiceField, TextField } from '../../ui/form/index.ts'
import { plural } from '../../ui/figure/index.ts'
import {
  type Field,
  type Kind,
  type Mapping,
  numberChoice,
  numberChoices,
  numberParts,
  type Preview,
  type PreviewColumn,
  timeChoices,
  withColumn,
  withRule,
  withValue,
} from './draft.ts'
import classes from './import.module.css'

interface Props {
  kind: Kind
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

/** Columns that are not used are folded away when there are more. */
const UNUSED_SHOWN = 12

/** What each column becomes, with a choice for each and the reason for what was guessed. */
export function Columns({ columns, ...rest }: Props & { columns: Preview['columns'] }) {
  const isUsed = ({ name }: PreviewColumn) => Object.values(rest.mapping.fields).some(({ column }) => column === name)
  const unused = columns.filter((column) => !isUsed(column))
  const isFolded = unused.length > UNUSED_SHOWN
  return (
    <>
      <ul className={classes.columns}>
        {(isFolded ? columns.filter(isUsed) : columns).map((column) => (
          <ColumnRow key={column.name} column={column} {...rest} />
        ))}
      </ul>
      {isFolded && (
        <details>
          <summary>{plural(unused.length, 'column')} not used</summary>
          <ul className={classes.columns}>
            {unused.map((column) => (
              <ColumnRow key={column.name} column={column} {...rest} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function ColumnRow({ column, kind, mapping, onChange }: Props & { column: PreviewColumn }) {
  const [name, rule] = Object.entries(mapping.fields).find(([, one]) => one.column === column.name) ?? []
  const field = kind.fields.find((one) => one.field === name)
  const choose = (value: string) => {
    const next = kind.fields.find((one) => one.field === value) ?? openField(value)
    onChange(withColumn(mapping, column, next))
  }
  return (
    <li data-used={name !== undefined || undefined}>
      <div className={classes.column}>
        <b>{column.name}</b>
        <span className={classes.samples}>{column.samples.length > 0 ? column.samples.join(' · ') : 'empty in the first rows'}</span>
        {column.why !== 'not used' && <span className={column.certain ? 'quiet' : classes.unsure}>{column.why}</span>}
      </div>
      <ChoiceField label={`${column.name} becomes`} value={name ?? ''} onChange={choose} choices={choicesFor(kind, name)} />
      {name && rule && field?.type === 'moment' && (
        <ChoiceField
          label={`${column.name} is written as`}
          value={rule.time ?? 'iso'}
          onChange={(time) => onChange(withRule(mapping, name, { time: time === 'iso' ? undefined : time }))}
          choices={timeChoices(rule.time ?? 'iso')}
        />
      )}
      {name && rule && field?.type === 'number' && rule.unit !== 'clock' && (
        <ChoiceField
          label={`${column.name} is written as`}
          value={numberChoice(rule)}
          onChange={(choice) => onChange(withRule(mapping, name, numberParts(choice)))}
          choices={numberChoices}
        />
      )}
    </li>
  )
}

/** `data.<name>` and `dimensions.<name>` take any name. */
function openField(name: string): Field | null {
  return name.includes('.') ? { field: name, type: 'text', required: false } : null
}

function choicesFor(kind: Kind, present: string | undefined): { value: string; label: string }[] {
  const known = kind.fields.map(({ field, required }) => ({ value: field, label: required ? `${field} (needed)` : field }))
  const other = present !== undefined && !kind.fields.some(({ field }) => field === present) ? [{ value: present, label: present }] : []
  return [{ value: '', label: 'not used' }, ...known, ...other]
}

/** What no column says, and is the same for every row. */
export function Constants({ kind, mapping, onChange }: Props) {
  const fields = kind.fields.filter(
    ({ field, required, type }) =>
      type !== 'moment' && field !== 'id' && mapping.fields[field]?.column === undefined && (required || mapping.fields[field]),
  )
  if (fields.length === 0) return null
  return (
    <div className={classes.constants}>
      {fields.map(({ field }) => (
        <TextField
          key={field}
          label={`${field} of every row`}
          hint={field === 'subject' ? 'What all rows are about, such as component:default/shop.' : undefined}
          value={String(mapping.fields[field]?.value ?? '')}
          onChange={(value) => onChange(withValue(mapping, field, value))}
        />
      ))}
    </div>
  )
}
