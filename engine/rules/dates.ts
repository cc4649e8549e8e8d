import type { LocalDate } from '../state.ts'
import { addDays } from '../time.ts'

/** A day, a month or a year: as much as is known of a date of law. */
export type LawDate = string

/**
 * The days on which something holds, from the first to the last, both included. A date may be
 * partial; null is no bound, or, when named under `unknown`, a day that exists but was not found.
 */
export interface Interval {
  readonly from: LawDate | null
  readonly to: LawDate | null
  readonly unknown?: readonly ('from' | 'to')[]
  /**
   * What a later statement has cut off: it holds on no day before the first or after the last of these,
   * whatever is not known of its own days.
   */
  readonly cut?: { readonly from: LocalDate | null; readonly to: LocalDate | null }
}

export type Certainty = 'yes' | 'no' | 'perhaps'

/** Whether something holds on a date; `perhaps` when its first or last day is not fully known. */
export function holdsOn(interval: Interval, date: LocalDate): Certainty {
  const { start, end } = edges(interval)
  if (date < start.earliest || date > end.latest) return 'no'
  return date >= start.latest && date <= end.earliest ? 'yes' : 'perhaps'
}

/** Whether there is a day on which both hold for sure. */
export function surelyMeet(a: Interval, b: Interval): boolean {
  const first = edges(a)
  const second = edges(b)
  const start = [first.start.latest, second.start.latest].sort()[1]!
  const end = [first.end.earliest, second.end.earliest].sort()[0]!
  return start <= end
}

/** Whether there may be a day on which both hold. */
export function mayMeet(a: Interval, b: Interval): boolean {
  const first = edges(a)
  const second = edges(b)
  return first.start.earliest <= second.end.latest && second.start.earliest <= first.end.latest
}

/**
 * The first day on which an interval surely holds and surely none of the others does; null when there is
 * none. An interval without a first day is held to the others from their own first day on, unless
 * `always` says that it holds from the beginning of time.
 */
export function firstUncovered(
  interval: Interval,
  others: readonly Interval[],
  always = false
): LocalDate | null {
  const { start, end } = edges(interval)
  const spans = others
    .map(edges)
    .map(one => ({ first: one.start.earliest, last: one.end.latest }))
    .sort((a, b) => (a.first < b.first ? -1 : 1))
  const last = end.earliest
  let day = start.latest
  if (day === FIRST && !always) day = spans[0]?.first ?? FIRST
  if (day > last) return start.latest === FIRST ? last : null
  for (const span of spans) {
    if (span.first > day) return day
    if (span.last === LAST) return null
    if (span.last >= day) day = addDays(span.last, 1)
    if (day > last) return null
  }
  return day
}

/** Whether all of it surely lies before a day. */
export function isOver(interval: Interval, on: LocalDate): boolean {
  return edges(interval).end.latest < on
}

/** The days on which something may begin to hold otherwise because of others; at least one on which it may hold. */
export function daysToLook(interval: Interval, others: readonly Interval[]): readonly LocalDate[] {
  const days = [interval, ...others]
    .flatMap(turnsOf)
    .filter(day => holdsOn(interval, day) !== 'no')
    .sort()
  return days.length > 0 ? [...new Set(days)] : [SOME_DAY]
}
/** For what holds without dates, all days are alike. */
const SOME_DAY = '2000-01-01'

/** How much of its two dates is not known. */
export function vagueness(interval: Interval): 'unknown' | 'partial' | null {
  if ((interval.unknown?.length ?? 0) > 0) return 'unknown'
  return isCertain(interval) ? null : 'partial'
}

/** Whether the last day is known to lie before the first. */
export function endsBeforeItStarts(interval: Interval): boolean {
  const { start, end } = edges(interval)
  return end.latest < start.earliest
}

/** The first and the last day on which it may hold; null where there is none that is known. */
export function possibleDays(interval: Interval): {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
} {
  const { start, end } = edges(interval)
  return {
    from: start.earliest === FIRST ? null : start.earliest,
    to: end.latest === LAST ? null : end.latest
  }
}

/** Whether both bounds are known to the day. */
export function isCertain(interval: Interval): boolean {
  const { start, end } = edges(interval)
  return start.earliest === start.latest && end.earliest === end.latest
}

/** The days on which it may begin or no longer hold: between two of them, it holds alike on every day. */
export function turnsOf(interval: Interval): readonly LocalDate[] {
  const { start, end } = edges(interval)
  const starts = [start.earliest, start.latest].filter(day => day !== FIRST && day !== LAST)
  const ends = [end.earliest, end.latest].filter(day => day !== FIRST && day !== LAST)
  return [...starts, ...ends.map(day => addDays(day, 1))]
}

/** `since 2015`, `2019-05-03 to 2024-12-16`, `until an unknown day`. */
export function describe(interval: Interval, language: 'id' | 'en' = 'en'): string {
  const { from, to, unknown = [], cut } = interval
  const { day, until, since, between, none, notBefore, notAfter } = WORDS[language]
  const first = unknown.includes('from') ? day : from
  const last = unknown.includes('to') ? day : to
  const whole =
    first && last
      ? `${first} ${between} ${last}`
      : first
        ? `${since} ${first}`
        : last
          ? `${until} ${last}`
          : none
  const within = [
    ...(cut?.from ? [`${notBefore} ${cut.from}`] : []),
    ...(cut?.to ? [`${notAfter} ${cut.to}`] : [])
  ]
  return [whole, ...within].join(', ')
}
const WORDS = {
  en: {
    day: 'an unknown day',
    until: 'until',
    since: 'since',
    between: 'to',
    none: 'without dates',
    notBefore: 'not before',
    notAfter: 'not after'
  },
  id: {
    day: 'hari yang tidak diketahui',
    until: 'sampai',
    since: 'sejak',
    between: 'sampai',
    none: 'tanpa tanggal',
    notBefore: 'tidak sebelum',
    notAfter: 'tidak sesudah'
  }
} as const

/**
 * What is left of an interval between two days, both included; null: nothing, for sure. A side that is
 * known to the day moves; one that is not stays as it is, with the cut beside it, so that every day that
 * is left holds as surely as before.
 */
export function clip<Item extends Interval>(
  interval: Item,
  from: LocalDate | null,
  to: LocalDate | null
): Item | null {
  const { start, end } = edges(interval)
  const first = from !== null && from > start.earliest ? from : null
  const last = to !== null && to < end.latest ? to : null
  if (first === null && last === null) return interval
  const sureFrom = start.earliest === start.latest
  const sureTo = end.earliest === end.latest
  const { cut: before, ...rest } = interval
  const cut = {
    from: first !== null && !sureFrom ? first : (before?.from ?? null),
    to: last !== null && !sureTo ? last : (before?.to ?? null)
  }
  const clipped = {
    ...rest,
    ...(first !== null && sureFrom ? { from: first } : {}),
    ...(last !== null && sureTo ? { to: last } : {}),
    ...(cut.from !== null || cut.to !== null ? { cut } : {})
  } as Item
  return endsBeforeItStarts(clipped) ? null : clipped
}

/** Whether a text is a day of the calendar. */
export function isDay(text: unknown): text is LocalDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = [+text.slice(0, 4), +text.slice(5, 7), +text.slice(8)]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** What is wrong with a date of law, or null. */
export function dateProblem(date: LawDate): string | null {
  const known =
    /^\d{4}$/.test(date) || (/^\d{4}-\d{2}$/.test(date) ? isDay(`${date}-01`) : isDay(date))
  return known ? null : `expected a day, a month or a year that exists, found <${date}>`
}

interface Edge {
  readonly earliest: LocalDate
  readonly latest: LocalDate
}
/** Before and after every date of law. */
const FIRST = '0000-01-01'
const LAST = '9999-12-31'

interface Edges {
  readonly start: Edge
  readonly end: Edge
}

function edges(interval: Interval): Edges {
  const { cut } = interval
  if (!cut) return ownEdges(interval)
  const { start, end } = ownEdges(interval)
  const { from, to } = { from: cut.from ?? FIRST, to: cut.to ?? LAST }
  return {
    start: { earliest: later(start.earliest, from), latest: later(start.latest, from) },
    end: { earliest: earlier(end.earliest, to), latest: earlier(end.latest, to) }
  }
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b
}

function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b
}

function ownEdges({ from, to, unknown = [] }: Interval): Edges {
  return {
    start: unknown.includes('from')
      ? ANY
      : from === null
        ? { earliest: FIRST, latest: FIRST }
        : edge(from),
    end: unknown.includes('to') ? ANY : to === null ? { earliest: LAST, latest: LAST } : edge(to)
  }
}
const ANY: Edge = { earliest: FIRST, latest: LAST }

function edge(date: LawDate): Edge {
  if (date.length === 10) return { earliest: date, latest: date }
  if (date.length === 4) return { earliest: `${date}-01-01`, latest: `${date}-12-31` }
  const last = daysIn(Number(date.slice(0, 4)), Number(date.slice(5)))
  return { earliest: `${date}-01`, latest: `${date}-${String(last).padStart(2, '0')}` }
}
