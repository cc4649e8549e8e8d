import type { Text } from '../messages.ts'
import type { LocalDate, Value } from '../state.ts'
import type { Interval } from './dates.ts'

/** How far a level below may go, and from when to when; without days it always holds. */
export type Bound = BoundKind & { readonly from?: LocalDate; readonly to?: LocalDate }

/** `path` names a member of a value that is an object. */
type BoundKind =
  | { readonly kind: 'locked' }
  | { readonly kind: 'range'; readonly path?: string; readonly min?: number; readonly max?: number }
  | { readonly kind: 'atMostParent' | 'atLeastParent'; readonly path?: string }
  /** At most so many per cent more or less than the level above. */
  | { readonly kind: 'deltaPct'; readonly path?: string; readonly percent: number }
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
  return breachOf(bounds, value, parent)?.en ?? null
}

/** The same in both languages. */
export function breachOf(
  bounds: readonly Bound[],
  value: Value,
  parent: Value | undefined
): Text | null {
  for (const bound of bounds) {
    const wanted = wantedBy(bound, value, parent)
    if (wanted === LOCKED) return LOCKED
    if (!wanted) continue
    const path = pathOf(bound)
    const name = path ? `<${path}> ` : ''
    const found = JSON.stringify(member(value, path))
    return {
      id: `diharapkan ${name}${wanted.id}, ditemukan ${found}`,
      en: `expected ${name}${wanted.en}, found ${found}`
    }
  }
  return null
}

/** The days of a bound. */
export function daysOf({ from, to }: Bound): Interval {
  return { from: from ?? null, to: to ?? null }
}

/** The bounds that hold on a date; the same list when none of them has days. */
export function boundsOn(bounds: readonly Bound[], at: LocalDate): readonly Bound[] {
  if (bounds.every(({ from, to }) => from === undefined && to === undefined)) return bounds
  return bounds.filter(({ from, to }) => (from ?? at) <= at && at <= (to ?? at))
}

const LOCKED: Text = {
  id: 'kunci ini terkunci bagi tingkat di bawah nasional',
  en: 'the key is locked'
}

/** What a bound asks for and does not find; null: the value is within it. */
function wantedBy(bound: Bound, whole: Value, above: Value | undefined): Text | null {
  const path = pathOf(bound)
  const value = member(whole, path)
  const parent = above === undefined ? undefined : member(above, path)
  const over = JSON.stringify(parent)

  switch (bound.kind) {
    case 'locked':
      return LOCKED
    case 'range': {
      const { min = -Infinity, max = Infinity } = bound
      if (typeof value === 'number' && value >= min && value <= max) return null
      const [least, most] = [bound.min ?? null, bound.max ?? null]
      return {
        id: `antara ${least ?? 'berapa pun'} dan ${most ?? 'berapa pun'}`,
        en: `between ${least ?? 'any'} and ${most ?? 'any'}`
      }
    }
    case 'oneOf': {
      const list = JSON.stringify(bound.values)
      if (bound.values.some(one => same(one, value))) return null
      return { id: `salah satu dari ${list}`, en: `one of ${list}` }
    }
    case 'atMostParent':
      if (parent === undefined || inOrder(value, parent)) return null
      return { id: `paling banyak ${over} seperti di atasnya`, en: `at most ${over} as above` }
    case 'atLeastParent':
      if (parent === undefined || inOrder(parent, value)) return null
      return { id: `paling sedikit ${over} seperti di atasnya`, en: `at least ${over} as above` }
    case 'deltaPct':
      if (parent === undefined || isNear(value, parent, bound.percent)) return null
      return {
        id: `paling jauh ${bound.percent}% dari ${over}`,
        en: `at most ${bound.percent}% away from ${over}`
      }
    case 'subsetOfParent':
      if (parent === undefined || isWithin(value, parent)) return null
      return { id: `tidak lebih dari ${over}`, en: `nothing beyond ${over}` }
    case 'supersetOfParent':
      if (parent === undefined || isWithin(parent, value)) return null
      return { id: `semua dari ${over}`, en: `all of ${over}` }
    case 'authorityAtLeastParent': {
      const { order } = bound
      const names = order.join(', ')
      if (!order.includes(String(value)))
        return { id: `salah satu dari ${names}`, en: `one of ${names}` }
      if (parent === undefined) return null
      const least = order.indexOf(String(parent))
      if (least >= 0 && order.indexOf(String(value)) >= least) return null
      return { id: `kewenangan paling rendah ${over}`, en: `an authority of at least ${over}` }
    }
  }
}

function pathOf(bound: Bound): string | undefined {
  return bound.kind === 'locked' ? undefined : bound.path
}

function inOrder(less: Value, more: Value): boolean {
  return typeof less === 'number' && typeof more === 'number' && less <= more
}

/** Without division, so that what is exact stays so. */
function isNear(value: Value, parent: Value, percent: number): boolean {
  if (typeof value !== 'number' || typeof parent !== 'number') return false
  return Math.abs(value - parent) * 100 <= percent * Math.abs(parent)
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

function isWithin(few: Value, many: Value): boolean {
  return (
    Array.isArray(few) &&
    Array.isArray(many) &&
    few.every(one => many.some(other => same(one as Value, other as Value)))
  )
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
