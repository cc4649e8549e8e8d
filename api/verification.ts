import { isDeepStrictEqual } from 'node:util'
import type { Text } from '../engine/messages.ts'
import type { Value } from '../engine/state.ts'
import type { IssuedLetter } from '../runtime/letters.ts'
import type { VerificationView } from './schemas.ts'
import type { Seals } from './services.ts'

/**
 * What the register says of a letter. With a seal, the letter is genuine only when the seal is ours
 * and vouches for the very facts of the register.
 */
export async function verificationOf(
  id: string,
  letter: IssuedLetter | null,
  seal: string | null,
  seals: Pick<Seals, 'open'>
): Promise<VerificationView> {
  const sealed = seal === null ? null : await seals.open(seal)
  if (seal !== null && (sealed === null || (letter !== null && !isDeepStrictEqual(sealed, letter.facts)))) {
    return { id, status: 'forged', facts: [], sha256: null, sample: false }
  }
  if (letter === null) return { id, status: 'unknown', facts: [], sha256: null, sample: false }
  const facts = Object.entries(letter.facts).flatMap(([name, value]) => factOf(name, value))
  return { id, status: letter.status, facts, sha256: letter.sha256, sample: letter.sample }
}

function factOf(name: string, value: Value): VerificationView['facts'] {
  const label = LABELS[name] ?? { id: name, en: name }
  if (value === null || typeof value === 'object') return []
  if (typeof value === 'boolean') return [{ label, value: value ? 'ya' : 'tidak' }]
  return [{ label, value: String(value) }]
}

const LABELS: { readonly [name: string]: Text } = {
  number: { id: 'Nomor surat', en: 'Letter number' },
  date: { id: 'Tanggal', en: 'Date' }
}
