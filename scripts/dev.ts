/** `npm run dev`: the server restarted on change, and the web app served by Vite with changes shown at once. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', name)
const children = [
  spawn(
    process.execPath,
    ['--watch-path=src', '--watch-preserve-output', join(root, 'src/doors/cli/index.ts'), 'serve', ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit' },
  ),
  spawn(process.execPath, [bin('vite/bin/vite.js'), '--config', 'web/vite.config.ts'], { cwd: root, stdio: 'inherit' }),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => children.forEach((child) => child.kill(signal)))
await Promise.all(children.map((child) => new Promise((ended) => child.on('exit', ended))))
