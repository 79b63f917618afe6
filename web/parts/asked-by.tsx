import type { Answer } from '../api/index.ts'
import { shortName } from '../app/go.tsx'
import { When } from '../ui/text/index.ts'

/** Who asked, and when. */
export function AskedBy({ asked: { by, on } }: { asked: Answer<'decision.read'>['asked'][number] }) {
  return (
    <span className="quiet">
      ({shortName(by)}, <When at={on} />)
    </span>
  )
}
