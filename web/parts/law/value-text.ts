import type { Text } from '../../../engine/messages.ts'
import type { Value, Variables } from '../../../engine/state.ts'
import { dateText, isDay, rupiah, thousands } from '../dates.tsx'
import { codeText, nameText, unitText } from './words.ts'

/** A value in one line of words: amounts in rupiah, numbers with their unit, codes in words. */
export function valueText(value: Value | undefined, unit: string | null = null): Text {
  if (value === undefined || value === null || value === '') return same('–')
  if (typeof value === 'boolean') return value ? { id: 'ya', en: 'yes' } : { id: 'tidak', en: 'no' }
  if (typeof value === 'number') return numberText(value, unit)
  if (typeof value === 'string') return codeText(value) ?? same(dated(value))
  if (Array.isArray(value)) return listText(value.map(each => valueText(each, unit)))
  return recordText(value as Variables)
}

/** Several texts, with commas between them. */
export function listText(texts: readonly Text[]): Text {
  if (texts.length === 0) return { id: 'tidak ada', en: 'none' }
  return { id: texts.map(({ id }) => id).join(', '), en: texts.map(({ en }) => en).join(', ') }
}

/** The same words in both languages. */
export function same(text: string): Text {
  return { id: text, en: text }
}

function numberText(value: number, unit: string | null): Text {
  if (unit === 'rupiah' || unit === 'Rp' || unit === 'IDR') return same(rupiah(value))
  const number = Number.isInteger(value) ? thousands(value) : String(value)
  if (unit === null) return same(number)
  const { id, en } = unitText(unit)
  return { id: `${number} ${id}`, en: `${number} ${value === 1 ? en.replace(/s$/, '') : en}` }
}

function recordText(value: Variables): Text {
  const duration = durationText(value)
  if (duration !== null) return duration
  const words = textIn(value) ?? textIn(value.label) ?? textIn(value.notice)
  if (words !== null) return words
  if (typeof value.amount === 'number') {
    const unit = typeof value.unit === 'string' ? valueText(value.unit) : same('')
    const amount = rupiah(value.amount)
    return { id: `${amount} ${unit.id}`.trim(), en: `${amount} ${unit.en}`.trim() }
  }
  const parts = Object.entries(value).filter(([, each]) => each !== null)
  return listText(
    parts.map(([name, each]) => {
      const label = nameText(name)
      const said = valueText(each)
      return { id: `${label.id}: ${said.id}`, en: `${label.en}: ${said.en}` }
    })
  )
}

/** `{ days: 4, workingDays: true, from: 'payment' }`: 4 working days from payment. */
function durationText(value: Variables): Text | null {
  const { days, workingDays, from } = value
  if (typeof days !== 'number' || typeof workingDays !== 'boolean') return null
  const number = numberText(days, workingDays ? 'workdays' : 'days')
  const since = typeof from === 'string' ? valueText(from) : null
  if (since === null) return number
  const pauses =
    Array.isArray(value.pauses) && value.pauses.length > 0
      ? listText(value.pauses.map(each => valueText(each)))
      : null
  return {
    id: `${number.id} sejak ${since.id}${pauses === null ? '' : `; berhenti selama: ${pauses.id}`}`,
    en: `${number.en} from ${since.en}${pauses === null ? '' : `; stands still while: ${pauses.en}`}`
  }
}

function textIn(value: Value | undefined): Text | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { id, en } = value as Variables
  return typeof id === 'string' && typeof en === 'string' ? { id, en } : null
}

function dated(text: string): string {
  return isDay(text) ? dateText(text) : text
}
