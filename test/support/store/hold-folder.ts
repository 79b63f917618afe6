/** Opens the data folder given, as another user if asked, says so or why not, and holds it until its standard input ends. */
import { Refusal } from '../../../src/ground/core/index.ts'
import { openStore } from '../../../src/ground/store/index.ts'

const [folder, address, user] = process.argv.slice(2)
if (user) process.seteuid!(Number(user)) // everything is loaded by now, also from a checkout that user may not read
try {
  const store = await openStore({ folder: folder!, ...(address ? { address } : {}) })
  process.stdout.write('open\n')
  process.stdin.resume()
  process.stdin.on('end', () => void store.close())
} catch (error) {
  process.stdout.write(`${JSON.stringify(error instanceof Refusal ? error.problem : { code: String(error) })}\n`)
}
