/**
 * Preloaded into a process and its threads: its clock differs from the machine's by what the file SHIFT_CLOCK says, in
 * milliseconds, and jumps when that file is written again.
 */
import { readFileSync } from 'node:fs'

const file = process.env.SHIFT_CLOCK
if (file) {
  const Machine = Date
  const now = () => Machine.now() + Number(readFileSync(file, 'utf8') || 0)
  globalThis.Date = new Proxy(Machine, {
    construct: (target, parameters: []) => (parameters.length === 0 ? new target(now()) : new target(...parameters)),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}
