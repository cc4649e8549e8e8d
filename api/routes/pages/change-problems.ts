import { CommandRefused, InvalidData, type Problem } from '../../../engine/errors.ts'
import type { Text } from '../../../engine/messages.ts'
import { ChangeConflict } from '../../../runtime/rules/change-sets.ts'

/** Why a step of a change set was refused, in both languages; null: it is no refusal. */
export function problemsOfChange(error: unknown): readonly Problem[] | null {
  if (error instanceof InvalidData) return error.problems
  if (error instanceof ChangeConflict) return [said('', CONFLICT, error.message)]
  if (!(error instanceof CommandRefused)) return null
  const words = Object.hasOwn(REFUSALS, error.code) ? REFUSALS[error.code] : undefined
  if (words !== undefined) return [said('', words, error.message)]
  return error.problems.length > 0 ? error.problems : null
}

/** A problem at a control, in both languages. */
export function said(path: string, text: Text, message = text.en): Problem {
  return { path, message, text }
}

const CONFLICT: Text = {
  id: 'Orang lain telah mengubahnya sejak Anda membacanya. Baca sekali lagi, lalu ulangi.',
  en: 'Somebody has changed it since you read it. Read it again, then repeat.'
}

const REFUSALS: Readonly<Record<string, Text>> = {
  'same-person': {
    id: 'Anda, atau orang yang Anda wakili atau yang mewakili Anda, ikut menyusunnya; orang lain yang menyetujui',
    en: 'You, or somebody whom you act for or who acts for you, had a hand in it; another person approves it'
  },
  'not-allowed': {
    id: 'Peran Anda tidak boleh melakukan ini',
    en: 'Your role may not do this'
  },
  impossible: {
    id: 'Keadaan perubahan ini tidak memungkinkannya lagi',
    en: 'The state of this change does not allow it any more'
  }
}
