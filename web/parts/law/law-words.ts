import type { LawWords } from '../../../api/law.ts'
import { boundText } from './bounds.ts'
import { valueText } from './value-text.ts'

/** The words of the pages, for the sentences of the API and of the command line. */
export const lawWords: LawWords = {
  value: (value, unit) => valueText(value, unit),
  bound: (bound, unit) => boundText(bound, unit)
}
