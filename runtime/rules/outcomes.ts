import { Temporal } from 'temporal-polyfill'
import type { Calendar } from '../../engine/context.ts'
import type { Instant, LocalDate, Value, Variables } from '../../engine/state.ts'
import { addDuration, addWorkingDays, CalendarMissing, localDate } from '../../engine/time.ts'
import type { OpenLaw } from './laws.ts'

/**
 * The rupiah in an outcome: a parameter of type money, or the whole `amount` of a table, times how many
 * there are where a fact says so. Null: the rule is not about money.
 */
export function rupiahOf(
  law: OpenLaw,
  rule: string,
  outcome: Value,
  facts: Variables
): number | null {
  const definition = law.definitions.get(rule)
  if (definition) return definition.type === 'money' && isWhole(outcome) ? outcome : null
  const { properties = {} } = (law.tables.get(rule)?.outcome ?? {}) as {
    readonly properties?: Variables
  }
  const { amount: kind } = properties as { readonly amount?: Variables }
  if (kind?.type !== 'integer') return null
  const times = QUANTITIES.map(name => facts[name]).find(isWhole) ?? 1
  const amounts = each(outcome).map(one => member(one, 'amount'))
  return amounts.filter(isWhole).reduce((sum, amount) => sum + amount * times, 0)
}
const QUANTITIES = ['quantity', 'persons']

/** The role that an outcome gives the decision to, or null. */
export function approverOf(outcome: Value): string | null {
  const approver = member(outcome, 'approver')
  return typeof approver === 'string' ? approver : null
}

/** The codes of the documents that an outcome asks for. */
export function documentsOf(outcome: Value): readonly string[] {
  return each(outcome)
    .flatMap(one => list(member(one, 'documents')))
    .map(document => member(document, 'code'))
    .filter(code => typeof code === 'string')
}

/** How long a service may take: a number of days, calendar or working. */
export interface ServiceTime {
  readonly days: number
  readonly workingDays: boolean
}

export function serviceTimeOf(rule: string, outcome: Value): ServiceTime | null {
  if (!/\.service\./.test(rule)) return null
  const days = member(outcome, 'days')
  const workingDays = member(outcome, 'workingDays')
  return isWhole(days) && typeof workingDays === 'boolean' ? { days, workingDays } : null
}

/** When a service must be done; null when that runs into a year without a calendar. */
export function dueOf(
  { days, workingDays }: ServiceTime,
  from: Instant,
  calendar: Calendar,
  zone: string
): Instant | null {
  if (!workingDays) return addDuration(from, `P${days}D`, zone)
  try {
    return addWorkingDays(from, days, calendar, zone)
  } catch (error) {
    if (error instanceof CalendarMissing) return null
    throw error
  }
}

/** The week of a moment by ISO 8601: `2026-W07`. */
export function weekOf(at: Instant, zone: string): string {
  return weekOfDay(localDate(at, zone))
}

function weekOfDay(day: LocalDate): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day)
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
}

function each(outcome: Value): readonly Value[] {
  return Array.isArray(outcome) ? outcome : [outcome]
}
function list(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : []
}
function member(value: Value, name: string): Value | undefined {
  const inside = typeof value === 'object' && value !== null && !Array.isArray(value)
  return inside && Object.hasOwn(value, name) ? (value as Variables)[name] : undefined
}
function isWhole(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}
