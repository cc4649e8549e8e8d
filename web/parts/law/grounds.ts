import type { Edit } from '../../../api/law.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { Citation, Text } from '../../../engine/messages.ts'
import { isDay } from '../dates.tsx'
import { type Posted, typed } from '../form-values.ts'
import { idPart } from './edit-drafts.ts'

/** How many citations one form takes. */
export const MOST_CITES = 3

/** Days, legal basis and reason of an edit, as a form states them. */
export interface Grounds {
  readonly from: string
  readonly to: string | null
  readonly cites: readonly Citation[]
  readonly reason: Text
  /** The office's own decision, entered into the register together with the edit. */
  readonly own: Extract<Edit, { kind: 'instrument' }> | null
}

/** Reads what every edit has in common; the problems name the controls. */
export function groundsIn(
  posted: Posted,
  scope: string,
  asks: { readonly days: boolean; readonly cites: boolean }
): { readonly grounds: Grounds; readonly problems: readonly Problem[] } {
  const text = (path: string) => (typed(posted, path) ?? '').trim()
  const problems: Problem[] = []
  const wrong = (path: string, message: string) => problems.push({ path, message })

  const from = text('/from')
  const to = text('/to')
  if (asks.days) {
    if (from === '') wrong('/from', 'Isi hari pertama / Give the first day')
    else if (!isDay(from)) wrong('/from', 'Tanggal ini tidak ada / This date does not exist')
    if (to !== '' && !isDay(to)) wrong('/to', 'Tanggal ini tidak ada / This date does not exist')
    else if (to !== '' && isDay(from) && to < from)
      wrong('/to', 'Hari terakhir mendahului hari pertama / The last day is before the first')
  }

  const own = ownDecision(text, scope, wrong)
  const cites: Citation[] = [
    ...(own === null ? [] : [{ instrument: own.instrument.id, pin: pin(text('/own/pin')) }]),
    ...indexes().flatMap(index => {
      const instrument = text(`/cites/${index}/instrument`)
      return instrument === '' ? [] : [{ instrument, pin: pin(text(`/cites/${index}/pin`)) }]
    })
  ]
  if (asks.cites && cites.length === 0) {
    wrong(
      '/cites/0/instrument',
      'Pilih dasar hukum, atau isi keputusan kantor sendiri / Choose a legal basis, or enter a decision of your own'
    )
  }

  const id = text('/reason/id')
  if (id === '') wrong('/reason/id', 'Isi alasannya / Give the reason')
  const reason = { id, en: text('/reason/en') || id }
  return { grounds: { from, to: to === '' ? null : to, cites, reason, own }, problems }
}

/** The indexes of the citations of a form. */
export function indexes(): readonly number[] {
  return Array.from({ length: MOST_CITES }, (_, index) => index)
}

function ownDecision(
  text: (path: string) => string,
  scope: string,
  wrong: (path: string, message: string) => void
): Grounds['own'] {
  const number = text('/own/number')
  const title = text('/own/title')
  const date = text('/own/date')
  if (number === '' && title === '' && date === '') return null
  if (number === '') wrong('/own/number', 'Isi nomor keputusan / Give the number of the decision')
  if (title === '') wrong('/own/title', 'Isi judul keputusan / Give the title of the decision')
  if (date === '') wrong('/own/date', 'Isi tanggal berlaku / Give the date from which it holds')
  else if (!isDay(date)) wrong('/own/date', 'Tanggal ini tidak ada / This date does not exist')
  return {
    kind: 'instrument',
    instrument: {
      id: ['kep', idPart(scope), idPart(number) || 'tanpa-nomor'].join('-'),
      kind: 'KEP',
      short: number,
      title,
      inForce: { from: date, to: null },
      confidence: 'H'
    }
  }
}

function pin(text: string): string | null {
  return text === '' ? null : text
}
