import type { Bound } from '../../engine/rules/bounds.ts'
import { clip } from '../../engine/rules/dates.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { type Days, rest } from '../../engine/rules/splice.ts'

/** Whether two bounds say the same kind of thing of the same member, so that one takes the place of the other. */
export function isRival(one: Bound, other: Bound): boolean {
  const pathOf = (bound: Bound) => (bound.kind === 'locked' ? undefined : bound.path)
  return one.kind === other.kind && pathOf(one) === pathOf(other)
}

/** A bound on the days before and after some others. */
export function boundOutside(bound: Bound, days: Days): readonly Bound[] {
  return rest(intervalOf(bound), days).map(left => during(bound, left))
}

/** The rivals of a bound of a key within some days. */
export function boundsWithin(
  part: LawPart,
  key: string,
  bound: Bound,
  { from, to }: Days
): readonly Bound[] {
  const governed =
    part.definitions.find(one => one.key === key) ?? part.tables.find(({ rule }) => rule === key)
  return (governed?.bounds ?? [])
    .filter(one => isRival(one, bound))
    .flatMap(one => {
      const left = clip(intervalOf(one), from, to)
      return left === null ? [] : [during(one, left)]
    })
}

function intervalOf({ from, to }: Bound) {
  return { from: from ?? null, to: to ?? null, cites: [], confidence: null }
}

function during(bound: Bound, days: Days): Bound {
  const { from: _from, to: _to, ...kind } = bound
  return {
    ...(kind as Bound),
    ...(days.from === null ? {} : { from: days.from }),
    ...(days.to === null ? {} : { to: days.to })
  }
}
