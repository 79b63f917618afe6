import { ownEntry } from '../../../ground/core/index.ts'
import type { Line } from './outline.ts'

/** What a record says about itself, by a fixed set of names. */
export type FieldName =
  | 'status'
  | 'date'
  | 'deciders'
  | 'consulted'
  | 'informed'
  | 'supersedes'
  | 'supersededBy'
  | 'supports'
  | 'against'
  | 'serves'
  | 'affects'
  | 'assumptions'
  | 'expects'
  | 'premortem'
  | 'tripwires'
  | 'revisitBy'
  | 'owner'
  | 'tags'
  | 'title'
  | 'number'

/** A field as written, with its place. */
export interface Field {
  name: FieldName
  text: string
  line: number
}

const NAMES: Record<string, FieldName> = {
  status: 'status',
  state: 'status',
  'decision status': 'status',
  'adr status': 'status',
  date: 'date',
  'decision date': 'date',
  decided: 'date',
  'decided on': 'date',
  'date decided': 'date',
  'accepted on': 'date',
  'approved on': 'date',
  'status date': 'date',
  created: 'date',
  'created at': 'date',
  'date created': 'date',
  deciders: 'deciders',
  decider: 'deciders',
  'decision makers': 'deciders',
  'decision maker': 'deciders',
  'decided by': 'deciders',
  approvers: 'deciders',
  'approved by': 'deciders',
  consulted: 'consulted',
  informed: 'informed',
  supersedes: 'supersedes',
  supercedes: 'supersedes',
  replaces: 'supersedes',
  obsoletes: 'supersedes',
  'superseded by': 'supersededBy',
  'superceded by': 'supersededBy',
  'replaced by': 'supersededBy',
  'obsoleted by': 'supersededBy',
  supersededby: 'supersededBy',
  supports: 'supports',
  against: 'against',
  serves: 'serves',
  affects: 'affects',
  assumptions: 'assumptions',
  expects: 'expects',
  premortem: 'premortem',
  'pre mortem': 'premortem',
  tripwires: 'tripwires',
  'revisit by': 'revisitBy',
  revisitby: 'revisitBy',
  'review by': 'revisitBy',
  owner: 'owner',
  tags: 'tags',
  title: 'title',
  number: 'number',
  id: 'number',
}

/** Which field a name in a heading, list, table or front matter means, whatever its case, dashes and emphasis. */
export function fieldNamed(text: string): FieldName | null {
  const name = text
    .toLowerCase()
    .replaceAll(/[*_`~:]/g, ' ')
    .replaceAll(/[\s-]+/g, ' ')
    .trim()
  return ownEntry(NAMES, name) ?? null
}

const PAIR = /^\s{0,8}(?:[*+-]\s+)?(?:[*_`]{0,3})([A-Za-z][A-Za-z -]{1,30}?)(?:[*_`]{0,3})\s?:\s?(?:[*_`]{0,3})\s*(.*)$/
const ROW = /^\s{0,3}\|\s*(?:[*_`]{0,3})([A-Za-z][A-Za-z -]{1,30}?)(?:[*_`]{0,3})\s?:?(?:[*_`]{0,3})\s*\|\s*([^|]*)\|?\s*$/

/** Fields written as a table with the names in its head: `| Date | Status |`. */
function fieldsOfTable(lines: readonly Line[]): Field[] {
  const cells = (text: string) =>
    text
      .trim()
      .replace(/^\|/, '')
      .replace(/\|$/, '')
      .split('|')
      .map((cell) => cell.trim())
  return lines.flatMap(({ text, code }, index) => {
    const rule = lines[index + 1]
    const values = lines[index + 2]
    if (
      code ||
      !text.includes('|') ||
      text.length > 2_000 ||
      !rule ||
      !values ||
      !/^[\s|:-]*-[\s|:-]*$/.test(rule.text.slice(0, 2_000)) ||
      !values.text.includes('|')
    )
      return []
    const said = cells(values.text.slice(0, 2_000))
    if (fieldNamed(said[0] ?? '')) return [] // the names stand in the first column
    return cells(text).flatMap((name, column) => {
      const field = fieldNamed(name)
      return field && said[column] ? [{ name: field, text: said[column], line: values.line }] : []
    })
  })
}

/**
 * Fields written as `* Status: accepted`, `**Date:** 2020-01-01` or as rows of a table. Indented lines and list items below
 * a field belong to it.
 */
export function fieldsIn(lines: readonly Line[]): Field[] {
  const fields: Field[] = fieldsOfTable(lines)
  if (fields.length > 0) return fields
  let open: Field | null = null
  for (const { text, line, code } of lines) {
    if (code) continue
    const short = text.slice(0, 2_000)
    const pair = PAIR.exec(short) ?? ROW.exec(short)
    const name = pair ? fieldNamed(pair[1]!) : null
    if (pair && name) {
      open = { name, text: pair[2]!.trim(), line }
      fields.push(open)
    } else if (open && /^\s{2,}\S/.test(short)) open.text += `\n${short.trim()}`
    else if (open && open.text === '' && /^\s*[*+-]\s+\S/.test(short)) open.text = short.trim()
    else if (open && open.text.startsWith('- ') && /^\s*[*+-]\s+\S/.test(short) && !pair) open.text += `\n${short.trim()}`
    else if (pair || /\S/.test(short)) open = null
  }
  return fields
}
