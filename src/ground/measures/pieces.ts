import { instantText } from '../store/index.ts'
import type { CollectAsk } from './measures.ts'

/**
 * The pieces of a question as a JSON text for `json_to_recordset`, one row a subject whose records count:
 * `(piece integer, subject text, place integer, "from" timestamptz, "to" timestamptz)`; `place` tells its share.
 */
export function piecesText({ pieces }: Pick<CollectAsk, 'pieces'>): string {
  return JSON.stringify(
    pieces.flatMap(({ shares, window }, piece) =>
      shares.flatMap((share, place) =>
        [...new Set(share.repository ? [...share.subjects, share.repository] : share.subjects)].map((subject) => ({
          piece,
          place,
          subject,
          from: instantText(window.from),
          to: instantText(window.to),
        })),
      ),
    ),
  )
}
