/** A file as lines that keep their own endings, so that what is not touched stays as it is, byte for byte. */
export class Lines {
  readonly #lines: string[]
  readonly #eol: string

  constructor(text: string) {
    this.#lines = text.split(/(?<=\n)/)
    this.#eol = /\r\n/.test(text.slice(0, 10_000)) ? '\r\n' : '\n'
  }

  /** A line without its ending; counted from 1. */
  at(line: number): string {
    return (this.#lines[line - 1] ?? '').replace(/\r?\n$/, '')
  }

  /** A copy with one line written anew. */
  with(line: number, text: string): string {
    const ending = /\r?\n$/.exec(this.#lines[line - 1] ?? '')?.[0] ?? ''
    return this.#lines.with(line - 1, text + ending).join('')
  }

  /** A copy with lines put in after one; 0 for the beginning. */
  after(line: number, ...texts: string[]): string {
    const before = this.#lines.slice(0, line)
    // A last line without an ending gets one; the file then ends as it did, without.
    const open = before.length > 0 && !before.at(-1)!.endsWith('\n')
    if (open) return before.join('') + texts.map((text) => this.#eol + text).join('') + this.#lines.slice(line).join('')
    return [...before, ...texts.map((text) => text + this.#eol), ...this.#lines.slice(line)].join('')
  }
}
