import type { ElementId } from '../graph.ts'
import type { Net, Place, Transition, Way } from './net.ts'
import { reduce } from './reducing.ts'

/** As many distributions of tokens of one level are looked at; what lies beyond them is not warned of. */
export const MOST_MARKINGS = 5_000
/** So many tokens on one flow mean that they pile up without end. */
const PILED_UP = 3

/** Something that may go wrong at an element. */
export interface Finding {
  readonly element: ElementId
  readonly message: string
}

/** How tokens lie, and the choices that led there. */
interface Marking {
  readonly tokens: ReadonlyMap<Place, number>
  readonly before: Marking | null
  readonly chosen: readonly string[]
}

/**
 * Lets tokens run through a net in every way that matters: of what can happen at the same time one thing is
 * taken first, since flows never compete for a token; where tokens may meet is left for last.
 */
export function explore(net: Net): readonly Finding[] {
  reduce(net)
  const findings = new Map<string, Finding>()
  const add = (kind: string, element: ElementId, message: string) => {
    const key = `${kind} ${element}`
    if (!findings.has(key)) findings.set(key, { element, message })
  }
  const order = [...net.transitions].sort((a, b) => rank(a) - rank(b))
  const reach = reaching(net)
  const open: Marking[] = [{ tokens: new Map([[net.first, 1]]), before: null, chosen: [] }]
  const seen = new Set<string>()

  for (let marking = open.pop(); marking !== undefined; marking = open.pop()) {
    const key = keyOf(marking)
    if (seen.has(key)) continue
    if (seen.size >= MOST_MARKINGS) break
    seen.add(key)
    if (meets(order, marking, net.most, add)) continue
    const { tokens } = marking
    const next = order.find(each => mayFire(each, tokens, reach))
    if (next === undefined) {
      for (const each of order) stuck(each, marking, add)
      continue
    }
    if (next.stops) continue
    for (const way of next.ways) open.push(fire(next, way, marking))
  }
  return [...findings.values()]
}

/** What only passes tokens on goes first; what they must not meet at goes last. */
function rank({ stops, join, into, acts }: Transition): number {
  if (stops) return 3
  if (join === 'or') return 1
  return join === 'any' && into.length > 1 && acts ? 2 : 0
}

type Tokens = ReadonlyMap<Place, number>
type Add = (kind: string, element: ElementId, message: string) => void

function mayFire(each: Transition, tokens: Tokens, reach: Reach): boolean {
  const filled = each.into.filter(place => tokens.has(place))
  if (filled.length === 0) return false
  if (each.join === 'all') return filled.length === each.into.length
  if (each.join === 'any') return countIn(each, tokens) >= each.needs
  // BPMN 2.0.2, 13.4.3: nothing can still come to an empty flow that cannot come to a filled one
  const before = reach(each)
  for (const place of tokens.keys()) {
    if (place.to === each) continue
    const comes = (target: Place) => before.get(target)?.has(place) === true
    const toEmpty = each.into.some(target => !tokens.has(target) && comes(target))
    if (toEmpty && !filled.some(comes)) return false
  }
  return true
}

function fire(each: Transition, way: Way, before: Marking): Marking {
  const tokens = new Map(before.tokens)
  const take = (place: Place) => {
    const left = (tokens.get(place) ?? 0) - 1
    if (left > 0) tokens.set(place, left)
    else tokens.delete(place)
  }
  if (each.join === 'any') {
    for (let n = 0; n < each.needs; n++) {
      const place = each.into.find(one => tokens.has(one))
      if (place !== undefined) take(place)
    }
  } else {
    for (const place of each.into) take(place)
  }
  for (const place of way.places) tokens.set(place, (tokens.get(place) ?? 0) + 1)
  return { tokens, before, chosen: way.by }
}

// what goes wrong /////////////////////////////////////////////////////////////

/** Two tokens that wait to pass where something happens: it would happen twice. */
function meets(order: readonly Transition[], marking: Marking, most: number, add: Add): boolean {
  const { tokens } = marking
  for (const each of order) {
    // more tokens than one are meant where an activity gives several
    if (most > 1 || each.join !== 'any' || !each.acts || each.needs > 1) continue
    if (countIn(each, tokens) < 2) continue
    const [first, second = first] = each.into.filter(place => tokens.has(place)) as [Place]
    const element = first.leadsTo === second?.leadsTo ? first.leadsTo : each.element
    const from = first === second ? `<${first.name}>` : `<${first.name}> and <${second?.name}>`
    add(
      'meets',
      element,
      `a token may come by ${from} each, so that what follows happens twice; expected a parallel or inclusive join, or one way at a time${example(marking)}`
    )
    return true
  }
  for (const [place, count] of tokens) {
    if (count < PILED_UP || most > 1) continue
    add(
      'piles',
      place.leadsTo,
      `tokens may pile up on <${place.name}> without end${example(marking)}`
    )
    return true
  }
  return false
}

/** Tokens at a join that nothing can open any more. */
function stuck(each: Transition, marking: Marking, add: Add): void {
  const there = each.into.filter(place => marking.tokens.has(place))
  if (there.length === 0) return
  const names = (places: readonly Place[]) => places.map(({ name }) => `<${name}>`).join(', ')
  const missing = each.into.filter(place => !marking.tokens.has(place))
  add(
    'stuck',
    each.element,
    each.needs > 1
      ? `may wait for ever: it takes ${each.needs} tokens at once (startQuantity), and fewer may come${example(marking)}`
      : `may wait for ever: a token comes by ${names(there)}, but none by ${names(missing)}${example(marking)}`
  )
}

/** The choices that lead there, in their order. */
function example(marking: Marking): string {
  const chosen: string[] = []
  for (let each: Marking | null = marking; each !== null; each = each.before) {
    chosen.unshift(...each.chosen)
  }
  const last = chosen.slice(-6)
  return last.length === 0 ? '' : `; for example after ${last.join(', then ')}`
}

function countIn({ into }: Transition, tokens: Tokens): number {
  return into.reduce((sum, place) => sum + (tokens.get(place) ?? 0), 0)
}

function keyOf({ tokens }: Marking): string {
  return [...tokens]
    .map(([{ number }, count]) => `${number}:${count}`)
    .sort()
    .join()
}

/** The places from which a token may come to each flow into a join, without passing the join. */
type Reach = (join: Transition) => ReadonlyMap<Place, ReadonlySet<Place>>

function reaching({ transitions }: Net): Reach {
  const known = new Map<Transition, ReadonlyMap<Place, ReadonlySet<Place>>>()
  const before = new Map<Place, Transition[]>()
  for (const each of transitions) {
    for (const place of new Set(each.ways.flatMap(({ places }) => places)))
      before.set(place, [each])
  }
  const sourcesOf = (target: Place, join: Transition): ReadonlySet<Place> => {
    const found = new Set<Place>()
    const open = [target]
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      for (const { into } of (before.get(place) ?? []).filter(each => each !== join)) {
        for (const each of into) {
          if (found.has(each)) continue
          found.add(each)
          open.push(each)
        }
      }
    }
    return found
  }
  return join => {
    const made =
      known.get(join) ?? new Map(join.into.map(place => [place, sourcesOf(place, join)] as const))
    known.set(join, made)
    return made
  }
}
