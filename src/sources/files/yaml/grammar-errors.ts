import type { Problem } from '../../../ground/core/index.ts'

type Words = Pick<Problem, 'code' | 'message' | 'fix'>

const BY_CODE: Record<string, Words> = {
  TAB_AS_INDENT: { code: 'files.tab', message: 'A tab stands where spaces must indent', fix: 'Indent with spaces.' },
  RESOURCE_EXHAUSTION: { code: 'files.nesting', message: 'Lists or maps are nested too deeply to be read', fix: 'Flatten the document.' },
  MISSING_CHAR: { code: 'files.grammar', message: 'A quote or bracket is not closed', fix: 'Close it, or put the text in quotes.' },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'files.grammar',
    message: 'A second ": " stands on this line',
    fix: 'Put the text in quotes, or begin a new line for the nested key.',
  },
  BAD_INDENT: {
    code: 'files.grammar',
    message: 'The indentation does not fit the lines around it',
    fix: 'Align the keys that belong together.',
  },
  BAD_ALIAS: {
    code: 'files.grammar',
    message: 'An alias (*name) names no anchor (&name) before it',
    fix: 'Write the text in quotes, or define the anchor first.',
  },
  MULTILINE_IMPLICIT_KEY: {
    code: 'files.grammar',
    message: 'A key runs over several lines; a ":" may be missing',
    fix: 'Add the ":" after the key, or indent the text under its key.',
  },
  BAD_SCALAR_START: {
    code: 'files.grammar',
    message: 'A text begins with a sign that has a meaning in YAML',
    fix: 'Put the text in quotes.',
  },
  TAG_RESOLVE_FAILED: {
    code: 'files.unknown_tag',
    message: 'The tag (!name) is not known here; the value is read as if it had none',
    fix: 'Remove the tag.',
  },
}

/** What a mistake of grammar means and what to do about it. Codes are those of the `yaml` library. */
export function inPlainWords(code: string, message: string): Words {
  const known = BY_CODE[code]
  if (known) return known
  const first = message.split('\n')[0]!.replace(/\s+at line \d+, column \d+:?$/, '')
  return {
    code: 'files.grammar',
    message: `This is not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1, 200)}`,
    fix: 'Correct the grammar here; putting a text in quotes often helps.',
  }
}
