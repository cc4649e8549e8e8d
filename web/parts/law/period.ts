import type { Text } from '../../../engine/messages.ts'
import { dateText } from '../dates.tsx'

const MONTHS = 'Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des'.split(' ')

/** From one day to another, both included; null is no bound. Partial dates stay as they are. */
export function periodText(from: string | null, to: string | null): Text {
  if (from === null && to === null) return { id: 'selalu', en: 'always' }
  if (to === null)
    return { id: `sejak ${lawDateText(from ?? '')}`, en: `from ${lawDateText(from ?? '')}` }
  if (from === null) return { id: `sampai ${lawDateText(to)}`, en: `to ${lawDateText(to)}` }
  const days = `${lawDateText(from)} – ${lawDateText(to)}`
  return { id: days, en: days }
}

/** A date of law, which may be a month or a year alone. */
export function lawDateText(date: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(date)
  return month === null ? dateText(date) : `${MONTHS[Number(month[2]) - 1] ?? ''} ${month[1]}`
}
