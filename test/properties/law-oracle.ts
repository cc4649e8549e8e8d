import type { Bound } from '../../engine/rules/bounds.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import type { Definition } from '../../engine/rules/definitions.ts'
import type { Law } from '../../engine/rules/release.ts'
import type { LocalDate, Value } from '../../engine/state.ts'
import { ORDER } from './law.ts'

/** What holds by the words of the house alone, reckoned in another way than the engine does; or that nothing does. */
export function oracle(law: Law, { key, overridableAt, bounds }: Definition, on: LocalDate): Value {
  let value: Value | undefined
  for (const level of ['national', 'region', 'office'] as const)
    for (const part of law.parts) {
      if (part.level !== level || (part.while !== null && !mayHold(part.while, on))) continue
      const own = part.values.filter(one => one.key === key && mayHold(one, on))
      if (own.length > 1) return 'no-value'
      const [stated] = own
      if (!stated) continue
      const free =
        level === 'national' ||
        (overridableAt.includes(level) &&
          bounds.every(bound => within(bound, stated.value, value, on)))
      if (free) value = stated.value
    }
  return value === undefined ? 'no-value: none' : value
}

/** Whether something may hold on a day: dates that are not whole are filled up as wide as they go. */
function mayHold({ from, to, unknown = [], cut }: Interval, on: LocalDate): boolean {
  const first =
    unknown.includes('from') || from === null ? '' : from + '-01-01'.slice(from.length - 4)
  const last = unknown.includes('to') || to === null ? '9' : to + '-12-31'.slice(to.length - 4)
  return first <= on && on <= last && (cut?.from ?? '') <= on && on <= (cut?.to ?? '9')
}

/** Whether a bound lets a value stand below another one on a day; undefined: there is none above. */
export function within(bound: Bound, value: Value, parent: Value | undefined, on: LocalDate) {
  if ((bound.from ?? '') > on || (bound.to ?? '9') < on) return true
  if (bound.kind === 'locked') return false
  const of = (whole: Value | undefined): Value | undefined =>
    bound.path === undefined || whole === undefined
      ? whole
      : (whole as Readonly<Record<string, Value>>)[bound.path]
  const [one, above] = [of(value), of(parent)]
  if (bound.kind === 'range') {
    return typeof one === 'number' && one >= (bound.min ?? -1e9) && one <= (bound.max ?? 1e9)
  }
  if (bound.kind === 'oneOf') return bound.values.includes(one as never)
  if (bound.kind === 'authorityAtLeastParent') {
    const rank = (name: unknown) => ORDER.indexOf(name as 'head')
    return rank(one) >= 0 && (above === undefined || rank(one) >= rank(above))
  }
  if (above === undefined) return true
  if (typeof one === 'number' && typeof above === 'number') {
    if (bound.kind === 'atMostParent') return one <= above
    if (bound.kind === 'atLeastParent') return one >= above
    return (
      bound.kind === 'deltaPct' && Math.abs(one - above) * 100 <= bound.percent * Math.abs(above)
    )
  }
  if (!Array.isArray(one) || !Array.isArray(above)) return false
  const [few, many] = bound.kind === 'subsetOfParent' ? [one, above] : [above, one]
  return few.every(each => many.includes(each))
}
