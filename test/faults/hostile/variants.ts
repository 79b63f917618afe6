import fc from 'fast-check'

/** A body that is not what it should be. */
export interface Variant {
  name: string
  body: Buffer<ArrayBuffer>
}

type Path = readonly (string | number)[]

/** Texts that stand for a value as they are: JSON has no other way to write them. */
const AS_TEXT: Readonly<Record<string, string>> = {
  'a number beyond all': '1e400',
  'a number nobody can count': '123456789012345678901234567890',
  'no number': 'NaN',
  'half a character': '"a\\ud800b"',
  'a zero character': '"a\\u0000b"',
  'lists without end': '['.repeat(50_000) + ']'.repeat(50_000),
  'objects without end': '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000),
}
/** What stands where something else should: types, sizes, moments, and texts that mean something to another program. */
const WRONG: Readonly<Record<string, unknown>> = {
  nothing: null,
  'an empty text': '',
  'an empty list': [],
  'an empty object': {},
  true: true,
  'a number below zero': -1,
  'a number too fine': 5e-324,
  'a text of two million': 'x'.repeat(2_000_000),
  'a hundred thousand entries': Array.from({ length: 100_000 }, (_, n) => n),
  'twenty thousand fields': Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`field-${n}`, n])),
  'the word NaN': 'NaN',
  'a day that is none': '2026-02-30T25:61:61Z',
  'the year 0': '0000-01-01T00:00:00Z',
  'the last moment there is': '+275760-09-13T00:00:00.000Z',
  'a moment after the last': '+999999-01-01T00:00:00Z',
  'a moment without offset': '2026-05-04T10:00:00',
  'a script': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'a statement': "'; drop table evidence_event; --",
  'a command': '$(touch hacked) `touch hacked` ; touch hacked | touch hacked',
  'a way up': '../../../../etc/passwd',
  'a name that objects have': '__proto__',
  'a name that objects have, too': 'constructor',
  'text that runs the other way': '\u202Egnp.exe\u200B\uFEFF',
}
/** Where JSON may be cut. */
const STRUCTURE = /[{}[\],:"]/g

/**
 * Fifty variants of a valid payload, the same for the same seed: cut off at every kind of place, with wrong types, sizes and
 * moments somewhere inside, with names that reach into programs, in wrong encodings, and not JSON at all.
 */
export function variantsOf(payload: object, seed: number): Variant[] {
  const [random] = fc.sample(fc.infiniteStream(fc.nat(0x7fff_ffff)), { seed, numRuns: 1 })
  const text = JSON.stringify(payload)
  const paths = pathsOf(payload)
  const pick = <T>(list: readonly T[]): T => list[random!.next().value! % list.length]!
  const at = (name: string, inserted: string): Variant => {
    const path = pick(paths)
    return { name: `${name} at ${path.join('.')}`, body: Buffer.from(withText(payload, path, inserted)) }
  }
  const places = [...text.matchAll(STRUCTURE)].map(({ index }) => index)
  return [
    ...Array.from({ length: 8 }, () => pick(places)).map((place) => ({
      name: `cut off after ${place}`,
      body: Buffer.from(text.slice(0, place)),
    })),
    ...Object.entries(AS_TEXT).map(([name, inserted]) => at(name, inserted)),
    ...Object.entries(WRONG).map(([name, value]) => at(name, JSON.stringify(value))),
    ...wholes(text),
  ]
}

/**
 * Fifty variants of a text that is no JSON, the same for the same seed: cut off, with one of its words replaced by what
 * stands for something else, its lines in another order, deeper and more of them than anybody writes, and other clothes.
 */
export function textVariantsOf(text: string, seed: number): Variant[] {
  const [random] = fc.sample(fc.infiniteStream(fc.nat(0x7fff_ffff)), { seed, numRuns: 1 })
  const pick = <T>(list: readonly T[]): T => list[random!.next().value! % list.length]!
  const words = [...text.matchAll(/[^\s"'=,:<>()[\]{}]+/g)]
  const replaced = (name: string, inserted: string): Variant => {
    const word = pick(words)
    return {
      name: `${name} for ${word[0].slice(0, 30)} at ${word.index}`,
      body: Buffer.from(text.slice(0, word.index) + inserted + text.slice(word.index + word[0].length)),
    }
  }
  const lines = text.split('\n')
  const shuffled = lines.map((line) => ({ line, at: random!.next().value! })).sort((one, other) => one.at - other.at)
  const whole = wholes(text).filter(({ name }) => !JSON_ONLY.has(name))
  const bodies: Readonly<Record<string, string>> = {
    'its lines in another order': shuffled.map(({ line }) => line).join('\n'),
    'one line a thousand times': `${text}\n${`${pick(lines)}\n`.repeat(1_000)}`,
    'deeper and deeper': `${text}\n${Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a${depth}:`).join('\n')}`,
    'references that multiply': `${text}\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, n) => `b${n}: &b${n} [${`*${n ? `b${n - 1}` : 'a'},`.repeat(9)}]`).join('\n')}`,
    'entities that multiply': `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "${`&a${n ? n - 1 : ''};`.repeat(10)}">`).join('')}]>\n${text.replace(/[0-9.]+(?=<)/, '&a8;')}`,
    'tags without end': text + '<a>'.repeat(20_000),
    'blanks without end': `${' '.repeat(200_000)}\n${text}${'\t'.repeat(200_000)}`,
    'a sign for every sign': text.replace(/[a-z]/g, '\u0000'),
    'with returns': text.replaceAll('\n', '\r\n'),
  }
  const rest = 50 - Object.keys(AS_TEXT).length - Object.keys(WRONG).length - whole.length - Object.keys(bodies).length
  return [
    ...Array.from({ length: rest }, () => random!.next().value! % text.length).map((place) => ({
      name: `cut off after ${place}`,
      body: Buffer.from(text.slice(0, place)),
    })),
    ...Object.entries(AS_TEXT).map(([name, inserted]) => replaced(name, inserted)),
    ...Object.entries(WRONG).map(([name, value]) => replaced(name, typeof value === 'string' ? value : JSON.stringify(value))),
    ...whole,
    ...Object.entries(bodies).map(([name, body]) => ({ name, body: Buffer.from(body) })),
  ]
}

const JSON_ONLY = new Set([
  'a text',
  'a list with nothing right in it',
  'a list of itself',
  'names that reach into programs',
  'every name twice',
  'as JavaScript',
  'a remark behind it',
])

/** The payload as a whole in other clothes; 12. */
function wholes(text: string): Variant[] {
  const [inner, name] = [text.slice(1), '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},']
  const bodies: Readonly<Record<string, string | Buffer<ArrayBuffer>>> = {
    'nothing at all': '',
    'a text': '"hello"',
    'a list with nothing right in it': '[null,1,"a",[],{}]',
    'a list of itself': `[${text},${text}]`,
    'itself twice': `${text}\n${text}`,
    'names that reach into programs': `{${name}${inner}`,
    'every name twice': `{${inner.slice(0, -1)},${inner}`,
    'a mark before it': Buffer.from(`\uFEFF${text}`),
    'UTF-16': Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'bytes that are no text': Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('}')]),
    'as JavaScript': text.replaceAll('"', "'"),
    'a remark behind it': `${text} // done`,
  }
  return Object.entries(bodies).map(([what, body]) => ({ name: what, body: Buffer.from(body) }))
}

/** Every place in a value, itself left out. */
function pathsOf(value: unknown, base: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...base, Array.isArray(value) ? Number(key) : key]
    return [path, ...pathsOf(inner, path)]
  })
}

/** The payload as JSON with other text in one place. */
function withText(payload: object, path: Path, inserted: string): string {
  const mark = 'the place that is replaced'
  const copy: unknown = structuredClone(payload)
  let holder = copy as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  holder[path.at(-1)!] = mark
  return JSON.stringify(copy).replace(JSON.stringify(mark), () => inserted)
}
