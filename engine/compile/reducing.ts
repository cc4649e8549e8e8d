import type { Net, Place, Transition, Way } from './net.ts'

/** A block that would have more alternatives than this is not taken as a whole. */
const MOST_WAYS = 64
/** So many of the choices that lead somewhere are kept. */
const MOST_NAMES = 6

/**
 * Takes every block of a net for what it does as a whole, so that what is left has no structure: a net that is
 * drawn in blocks shrinks to one transition. It keeps whether a join may wait for ever, and whether two
 * tokens may meet where one is meant.
 */
export function reduce({ transitions, first }: Net): void {
  const open = new Set(transitions)
  for (const each of open) {
    open.delete(each)
    if (!transitions.has(each)) continue
    const touched =
      follow(each) ?? mergeInto(each) ?? swallow(each, first) ?? unloop(each) ?? thin(each)
    if (touched === null) continue
    for (const other of touched) open.add(other)
  }

  /** What has one way in happens with what is before it. */
  function follow(each: Transition): readonly Transition[] | null {
    const [place, ...more] = each.into
    const before = place?.from
    if (place === undefined || more.length > 0 || before === null || before === undefined)
      return null
    if (before === each || each.needs > 1 || each.stops) return null
    if (before.ways.some(({ places }) => places.filter(other => other === place).length > 1))
      return null
    const ways = before.ways.flatMap(way => {
      if (!way.places.includes(place)) return [way]
      const rest = way.places.filter(other => other !== place)
      return each.ways.map(next => ({
        places: [...rest, ...next.places],
        by: [...way.by, ...next.by].slice(-MOST_NAMES)
      }))
    })
    if (ways.length > MOST_WAYS) return null
    for (const { places } of each.ways) for (const next of places) next.from = before
    before.ways = distinct(ways)
    before.acts ||= each.acts
    transitions.delete(each)
    return [before, ...targets(before)]
  }

  /** A merge before a merge is one merge. */
  function mergeInto(each: Transition): readonly Transition[] | null {
    const [way, ...more] = each.ways
    const [place, ...others] = way?.places ?? []
    if (place === undefined || more.length > 0 || others.length > 0) return null
    const next = place.to
    if (next === each || each.into.includes(first)) return null
    if ([each, next].some(({ join, needs }) => join !== 'any' || needs > 1)) return null
    next.into.splice(next.into.indexOf(place), 1)
    for (const other of each.into) {
      other.to = next
      next.into.push(other)
    }
    next.acts ||= each.acts
    transitions.delete(each)
    return [next, ...next.into.flatMap(({ from }) => from ?? [])]
  }

  /** An end where nothing happens takes any number of tokens. */
  function swallow(each: Transition, start: Place): readonly Transition[] | null {
    const { join, needs, acts, stops, ways, into } = each
    if (join !== 'any' || needs > 1 || acts || stops || into.includes(start)) return null
    if (ways.length !== 1 || ways[0]?.places.length !== 0) return null
    const before = into.flatMap(({ from }) => from ?? [])
    for (const source of before) {
      source.ways = distinct(
        source.ways.map(({ places, by }) => ({
          places: places.filter(place => place.to !== each),
          by
        }))
      )
    }
    transitions.delete(each)
    return before
  }

  /** Going round once more changes nothing where there is another way. */
  function unloop(each: Transition): readonly Transition[] | null {
    if (each.join !== 'any' || each.needs > 1) return null
    const round = each.ways.filter(
      ({ places: [place, ...more] }) => more.length === 0 && place?.to === each
    )
    if (round.length === 0 || round.length === each.ways.length) return null
    const places = new Set(round.flatMap(way => way.places))
    const ways = each.ways.filter(way => !round.includes(way))
    if (ways.some(way => way.places.some(place => places.has(place)))) return null
    each.ways = ways
    remove(each, place => places.has(place))
    return [each, ...targets(each)]
  }

  /** Several places between the same two: alternatives, or branches that are joined again. */
  function thin(each: Transition): readonly Transition[] | null {
    if (each.into.length < 2 || each.needs > 1) return null
    const known = new Map<Transition, Place>()
    for (const place of each.into) {
      const { from } = place
      if (from === null || from === each) continue
      const other = known.get(from)
      if (other === undefined) {
        known.set(from, place)
        continue
      }
      const has = from.ways.map(
        ({ places }) => [places.includes(other), places.includes(place)] as const
      )
      const apart = has.every(([a, b]) => !(a && b))
      const together = has.every(([a, b]) => a === b)
      const onlyOne = each.into.every(({ from: source }) => source === from)
      if (!(each.join === 'any' ? apart : each.join === 'all' ? together : onlyOne)) continue
      from.ways = distinct(
        from.ways.map(({ places, by }) => ({
          places: [...new Set(places.map(one => (one === place ? other : one)))],
          by
        }))
      )
      remove(each, one => one === place)
      return [each, from]
    }
    return null
  }
}

function remove({ into }: Transition, which: (place: Place) => boolean): void {
  for (let i = into.length - 1; i >= 0; i--) if (which(into[i] as Place)) into.splice(i, 1)
}

function targets({ ways }: Transition): readonly Transition[] {
  return ways.flatMap(({ places }) => places.map(({ to }) => to))
}

/** Each set of places once. */
function distinct(ways: readonly Way[]): Way[] {
  const seen = new Set<string>()
  return ways.filter(({ places }) => {
    const key = places
      .map(({ number }) => number)
      .sort((a, b) => a - b)
      .join()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
