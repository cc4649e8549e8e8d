import type { IssuedLetter } from '../runtime/letters.ts'
import type { LetterView } from './schemas.ts'

/** A letter as the pages list it. */
export function letterView(letter: IssuedLetter, publicUrl: string): LetterView {
  const { id, kind, title, number, date, office, instance, sha256, seal, status } = letter
  return {
    id,
    kind,
    title,
    number,
    date,
    office,
    instance,
    sha256,
    url: `/api/letters/${id}/pdf`,
    verifyUrl: `${publicUrl}/v/${id}#${seal}`,
    status
  }
}
