import type { LocalDate, Value } from '../state.ts'

/** How far a level below may go, and from when to when; without days it always holds. */
export type Bound = BoundKind & { readonly from?: LocalDate; readonly to?: LocalDate }

/** `path` names a member of a value that is an object. */
type BoundKind =
  | { readonly kind: 'locked' }
  | { readonly kind: 'range'; readonly path?: string; readonly min?: number; readonly max?: number }
  | { readonly kind: 'atMostParent' | 'atLeastParent'; readonly path?: string }
  | { readonly kind: 'subsetOfParent' | 'supersetOfParent'; readonly path?: string }
  | { readonly kind: 'oneOf'; readonly path?: string; readonly values: readonly Value[] }
  | {
      readonly kind: 'authorityAtLeastParent'
      readonly path?: string
      readonly order: readonly string[]
    }

/**
 * What a value breaks, in words, or null. `parent` is the value of the level above; undefined when
 * there is none, and then only the bounds that need none are looked at.
 */
export function findBreach(
  bounds: readonly Bound[],
  value: Value,
  parent: Value | undefined
): string | null {
  for (const bound of bounds) {
    const breach = breachOf(bound, value, parent)
    if (breach) return breach
  }
  return null
}

/** The bounds that hold on a date; the same list when none of them has days. */
export function boundsOn(bounds: readonly Bound[], at: LocalDate): readonly Bound[] {
  if (bounds.every(({ from, to }) => from === undefined && to === undefined)) return bounds
  return bounds.filter(({ from, to }) => (from ?? at) <= at && at <= (to ?? at))
}

function breachOf(bound: Bound, whole: Value, above: Value | undefined): string | null {
  const path = bound.kind === 'locked' ? undefined : bound.path
  const name = path ? `<${path}> ` : ''
  const value = member(whole, path)
  const parent = above === undefined ? undefined : member(above, path)
  const found = JSON.stringify(value)
  const expected = (what: string): string => `expected ${name}${what}, found ${found}`

  switch (bound.kind) {
    case 'locked':
      return above === undefined ? null : 'the key is locked'
    case 'range': {
      const { min = -Infinity, max = Infinity } = bound
      const inside = typeof value === 'number' && value >= min && value <= max
      return inside ? null : expected(`between ${bound.min ?? 'any'} and ${bound.max ?? 'any'}`)
    }
    case 'oneOf':
      return bound.values.some(one => same(one, value))
        ? null
        : expected(`one of ${JSON.stringify(bound.values)}`)
    case 'atMostParent':
    case 'atLeastParent': {
      if (parent === undefined) return null
      const numbers = typeof value === 'number' && typeof parent === 'number'
      const most = bound.kind === 'atMostParent'
      const inside = numbers && (most ? value <= parent : value >= parent)
      return inside
        ? null
        : expected(`${most ? 'at most' : 'at least'} ${JSON.stringify(parent)} as above`)
    }
    case 'subsetOfParent':
    case 'supersetOfParent': {
      if (parent === undefined) return null
      const subset = bound.kind === 'subsetOfParent'
      const inside =
        Array.isArray(value) &&
        Array.isArray(parent) &&
        (subset ? within(value, parent) : within(parent, value))
      return inside
        ? null
        : expected(`${subset ? 'nothing beyond' : 'all of'} ${JSON.stringify(parent)}`)
    }
    case 'authorityAtLeastParent': {
      const rank = bound.order.indexOf(String(value))
      if (rank < 0) return expected(`one of ${bound.order.join(', ')}`)
      if (parent === undefined) return null
      const inside = rank >= bound.order.indexOf(String(parent))
      return inside ? null : expected(`an authority of at least ${JSON.stringify(parent)}`)
    }
  }
}

function member(value: Value, path: string | undefined): Value {
  if (path === undefined) return value
  let at: Value = value
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name))
      return null
    at = (at as { readonly [name: string]: Value })[name]!
  }
  return at
}

function within(few: readonly Value[], many: readonly Value[]): boolean {
  return few.every(one => many.some(other => same(one, other)))
}

/** Equal as JSON; members may stand in another order. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = b as { readonly [name: string]: Value }
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => Object.hasOwn(right, name) && same(value, right[name]!))
  )
}
