import pc from 'picocolors'
import type { Preview } from '../../sources/tables/index.ts'
import { counted, describeProblem, table } from './terminal.ts'

const SHOWN_ROWS = 5

/** What a file would become, for reading: columns with the reasons, the first rows, what is wrong, and the next step. */
export function previewText(
  { form, mapping, mappingFrom, columns, rows, sample, problems, remarks, undecided, identity }: Preview,
  file: string,
): string {
  const how = mappingFrom === 'guessed' ? 'guessed' : mappingFrom === 'kept' ? 'by the mapping that is kept' : 'by the mapping given'
  const written = [
    form.format === 'csv' ? `divided by ${DELIMITERS[form.delimiter!] ?? `"${form.delimiter}"`}` : 'JSON',
    form.encoding,
    form.packed ? 'packed' : '',
  ]
  return [
    `${pc.bold(file)}  ${written.filter(Boolean).join(', ')}`,
    ...form.notes.map(describeProblem),
    `Rows as ${pc.bold(mapping.kind)}, ${how} (${mapping.name})`,
    '',
    table(
      ['column', 'for example', 'becomes', 'why'],
      columns.map(({ name, samples, fields, why, certain }) => [
        name.slice(0, 30),
        (samples[0] ?? '').replace(/\s+/g, ' ').slice(0, 26),
        fields.length > 0 ? fields.join(', ') : pc.dim('–'),
        certain ? pc.dim(why) : pc.yellow(why),
      ]),
    ),
    ...Object.entries(mapping.fields).flatMap(([field, { value }]) =>
      value === undefined ? [] : [`Every row: ${field} = ${String(value)}`],
    ),
    '',
    ...rows
      .slice(0, SHOWN_ROWS)
      .flatMap(({ line, record, problems: wrong }) => [
        `${pc.dim(`line ${line ?? '?'}`)}  ${wrong.length > 0 ? pc.red(wrong.map(({ message }) => message).join('; ')) : JSON.stringify(record)}`,
      ]),
    rows.length > SHOWN_ROWS ? pc.dim(`… ${counted(rows.length, 'row')} with --json`) : '',
    '',
    `${sample.whole ? 'All' : 'The first'} ${counted(sample.rows, 'row')}: ${counted(sample.records, 'record')}, ${sample.refused} refused. ${identity}`,
    ...[...problems, ...remarks]
      .slice(0, 20)
      .map((problem) => `${describeProblem(problem)}${problem.count > 1 ? pc.dim(`    ${counted(problem.count, 'time')}`) : ''}`),
    ...(undecided.length > 0 ? ['', pc.bold('To be decided before it can be applied:'), ...undecided.map(describeProblem)] : []),
    '',
    nextStep(mappingFrom, undecided.length, file),
  ]
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join('\n')
}

const DELIMITERS: Record<string, string> = { '\t': 'tabs', ',': 'commas', ';': 'semicolons', '|': 'bars' }

function nextStep(from: Preview['mappingFrom'], undecided: number, file: string): string {
  const save = `write it down with --save mapping.yaml, edit it, and import with: throughline import ${file} --map mapping.yaml`
  if (from !== 'guessed') return 'Nothing was written. Leave --preview out to import.'
  if (undecided > 0) return `Nothing was written. Decide the above, or ${save}`
  return `Nothing was written. If this is right, say so with --apply; otherwise ${save}`
}
