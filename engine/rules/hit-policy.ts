import { Stuck } from '../errors.ts'
import type { Reason } from '../messages.ts'
import type { Table } from './definitions.ts'
import type { EffectiveRow } from './table.ts'

/**
 * The rows that count, of those whose conditions hold: all of them (collect), the one that may be
 * (unique), or the first. `reasons` is asked only for what a refusal says.
 *
 * @throws Stuck when no row fits, or more than the hit policy allows
 */
export function byHitPolicy(
  policy: Table['hitPolicy'],
  fitting: readonly EffectiveRow[],
  reasons: () => readonly Reason[]
): readonly EffectiveRow[] {
  if (policy === 'collect') return fitting

  const [first] = fitting
  if (!first) throw new Stuck('no-rule', nearest(reasons()))
  if (policy === 'unique') {
    if (fitting.length > 1)
      throw new Stuck('no-rule', `rows ${names(fitting)} fit, and only one may`)
    return fitting
  }
  const rivals = fitting.filter(row => areRivals(first, row))
  if (rivals.length > 0) {
    throw new Stuck('no-rule', `rows ${names([first, ...rivals])} fit and are of equal rank`)
  }
  const other = first.perhaps ? fitting.find(row => row !== first) : undefined
  if (other) {
    throw new Stuck(
      'no-rule',
      `row <${first.id}> fits, but whether it holds on this day is not known, and <${other.id}> would fit too`
    )
  }
  return [first]
}

/** Two exceptions of the same unit to the same row: neither goes before the other. */
export function areRivals(first: EffectiveRow, other: EffectiveRow): boolean {
  return (
    other !== first &&
    first.exceptionTo !== null &&
    other.exceptionTo === first.exceptionTo &&
    other.scope === first.scope
  )
}

/**
 * The reasons that a decision keeps: up to the first row that fits where only that one counts, and of
 * a row that does not fit only the conditions that failed.
 */
export function reasonsToKeep(
  policy: Table['hitPolicy'],
  reasons: readonly Reason[]
): readonly Reason[] {
  const seen =
    policy === 'first' ? reasons.slice(0, reasons.findIndex(({ fits }) => fits) + 1) : reasons
  return seen.map(reason =>
    reason.fits
      ? reason
      : { ...reason, conditions: reason.conditions.filter(({ holds }) => !holds) }
  )
}

function names(rows: readonly EffectiveRow[]): string {
  return rows.map(({ id }) => `<${id}>`).join(' and ')
}

/** The rows with what they lack, those that lack least first. */
function nearest(reasons: readonly Reason[]): string {
  if (reasons.length === 0) return 'no row holds on this day'
  const lacking = reasons
    .map(({ row, conditions }) => ({ row, failed: conditions.filter(({ holds }) => !holds) }))
    .sort((a, b) => a.failed.length - b.failed.length)
  const shown = lacking.slice(0, MOST_SHOWN).map(({ row, failed }) => {
    const [one] = failed
    const why = one
      ? `expected ${one.fact} ${one.operator} ${JSON.stringify(one.expected)}, found ${JSON.stringify(one.found)}`
      : 'its conditions do not hold together'
    return `row <${row}>: ${why}`
  })
  const more = lacking.length - shown.length
  return `no row fits; ${shown.join('; ')}${more > 0 ? `; and ${more} more rows` : ''}`
}
const MOST_SHOWN = 12
