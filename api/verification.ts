import { isDeepStrictEqual } from 'node:util'
import type { IssuedLetter } from '../runtime/letters.ts'
import type { VerificationView } from './schemas.ts'
import type { Seals } from './services.ts'

/**
 * What the register says of a letter. When the seal of the paper is given too, the letter is genuine
 * only if that seal vouches for what the register has: a real address on a forged letter does not.
 */
export function verificationOf(
  id: string,
  letter: IssuedLetter | null,
  seal: string | null,
  seals: Pick<Seals, 'verify' | 'describe'>
): VerificationView {
  if (seal !== null && !vouches(seal, letter, seals)) {
    return { id, status: 'forged', facts: [], sha256: null, sample: false }
  }
  if (letter === null) return { id, status: 'unknown', facts: [], sha256: null, sample: false }
  const { status, facts, sha256, sample } = letter
  return { id, status, facts: seals.describe(facts), sha256, sample }
}

/** Whether a seal is ours, and says the same as the one in the register when there is one. */
function vouches(
  seal: string,
  letter: IssuedLetter | null,
  { verify }: Pick<Seals, 'verify'>
): boolean {
  if (letter !== null && seal === letter.seal) return true
  const sealed = verify(seal)
  if (sealed === null || letter === null) return sealed !== null
  return isDeepStrictEqual(sealed, verify(letter.seal))
}
