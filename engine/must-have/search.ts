import { type ElementId, isActivity, type SequenceFlow } from '../graph.ts'
import { finishing } from './finishing.ts'
import {
  carried,
  common,
  forgotten,
  holds,
  type Knowledge,
  keyOf,
  learned,
  NOTHING_KNOWN,
  partOf,
  stated
} from './knowledge.ts'
import { jumps, mayBeSkipped, type Spot, type Terrain } from './terrain.ts'

/** The variables that an element writes; null: any. */
export type Writes = (spot: Spot) => readonly string[] | null

/** What is looked for: a way to `later` on which no `first` is completed. */
export interface Question {
  /** Where it begins: behind these spots with what has come out of them; null: at the start of the process. */
  readonly from: readonly { readonly key: string; readonly known: Knowledge }[] | null
  readonly first: (spot: Spot) => boolean
  readonly later: (spot: Spot) => boolean
  /** Where a way ends, because what was known is decided anew. */
  readonly again: (spot: Spot) => boolean
}

/** So many situations are told apart by what is known; beyond them nothing is known any more. */
const MOST_KNOWING = 20_000

/**
 * The shortest way found to `later` that avoids `first`, by the keys of its spots; null when every run completes
 * `first` before. What a run may do is taken widely: only conditions that what is known decides close a way, so
 * that no breach is missed. A parallel join lets through only what comes by all of its flows.
 */
export function avoiding(
  terrain: Terrain,
  question: Question,
  writes: Writes
): readonly string[] | null {
  const { from, first, later, again } = question
  const { spots, repeated } = terrain
  let finishes: ((key: string) => boolean) | null = null
  const seen = new Map<string, { readonly spot: Spot; readonly before: string | null }>()
  const queue: { readonly state: string; readonly spot: Spot; readonly known: Knowledge }[] = []
  const entered = new Map<string, Knowledge[]>()
  const ended = new Map<string, { readonly known: Knowledge; readonly state: string }[]>()
  const arrived = new Map<string, Map<ElementId, Knowledge>>()
  let found: string | null = null

  function counts(spot: Spot): boolean {
    return first(spot) && !mayBeSkipped(spot.node)
  }

  function enter(key: string, given: Knowledge, before: string | null): void {
    const spot = spots.get(key)
    if (spot === undefined || found !== null || again(spot)) return
    const known = seen.size > MOST_KNOWING ? NOTHING_KNOWN : given
    const state = `${key} ${keyOf(known)}`
    if (seen.has(state)) return
    seen.set(state, { spot, before })
    if (later(spot)) {
      found = state
      return
    }
    queue.push({ state, spot, known })
  }

  function arrive({ id, target }: SequenceFlow, spot: Spot, known: Knowledge, state: string): void {
    const key = spot.prefix + target
    const join = spots.get(key)
    const flows = join?.node.incoming ?? []
    if (from !== null || join?.node.type !== 'parallelGateway' || flows.length < 2) {
      return enter(key, known, state)
    }
    const there = arrived.get(key) ?? new Map<ElementId, Knowledge>()
    arrived.set(key, there)
    const earlier = there.get(id)
    there.set(id, earlier === undefined ? known : common(earlier, known))
    if (there.size < flows.length) return
    enter(key, [...there.values()].reduce(common), state)
  }

  /** Asked for seldom, and reckoned only then. */
  function canFinish(key: string): boolean {
    finishes ??= finishing(terrain, counts)
    return finishes(key)
  }

  /** Leaves a spot that is completed. */
  function leave(spot: Spot, given: Knowledge, state: string): void {
    if (counts(spot)) return
    const known = afterwards(spot, given, writes)
    for (const { flow, learns } of flowsOf(spot, known, repeated)) arrive(flow, spot, learns, state)
    for (const key of jumps(spot)) enter(key, known, state)
    if (spot.node.outgoing.length === 0 && jumps(spot).length === 0) end(spot, known, state)
  }

  /** A token ends; with it perhaps what is around it. */
  function end(spot: Spot, known: Knowledge, state: string): void {
    const around = spot.scope === null ? null : spots.get(spot.scope)
    if (around === null || around === undefined || around.inside === null) return
    const { node } = spot
    const apart = 'triggeredByEvent' in node && node.triggeredByEvent
    if (apart && !interrupts(spot, spots)) return
    const stops = node.type === 'endEvent' && node.on.kind === 'terminate'
    const whole = apart || stops || from !== null || around.inside.starts.every(canFinish)
    if (!whole) return
    const ends = ended.get(around.key) ?? []
    ended.set(around.key, ends)
    ends.push({ known, state })
    const outside = entered.get(around.key) ?? (from === null ? [] : [NOTHING_KNOWN])
    for (const outer of outside) leave(around, outward(around, outer, known), state)
  }

  function run(spot: Spot, known: Knowledge, state: string): void {
    const { node, inside } = spot
    for (const id of node.boundary) enter(spot.prefix + id, known, state)
    if (inside === null || mayBeSkipped(node)) leave(spot, known, state)
    if (inside === null) return
    entered.set(spot.key, [...(entered.get(spot.key) ?? []), known])
    const inner = node.type === 'callActivity' ? carried(known, node.inputs) : known
    for (const key of [...inside.starts, ...inside.events]) enter(key, inner, state)
    if (node.type === 'adHocSubProcess') {
      for (const each of spots.values()) {
        if (each.scope === spot.key && each.node.incoming.length === 0)
          enter(each.key, inner, state)
      }
    }
    for (const { known: last, state: at } of ended.get(spot.key) ?? []) {
      leave(spot, outward(spot, known, last), at)
    }
  }

  if (from === null) {
    for (const key of [...terrain.starts, ...terrain.events]) enter(key, NOTHING_KNOWN, null)
  } else {
    for (const { key, known } of from) {
      const spot = spots.get(key)
      if (spot === undefined) continue
      seen.set(`from ${key}`, { spot, before: null })
      for (const { flow, learns } of flowsOf(spot, known, repeated)) {
        arrive(flow, spot, learns, `from ${key}`)
      }
      if (spot.node.outgoing.length === 0) end(spot, known, `from ${key}`)
    }
  }
  for (let next = queue.shift(); next !== undefined && found === null; next = queue.shift()) {
    run(next.spot, next.known, next.state)
  }
  return found === null ? null : pathTo(found, seen)
}

function pathTo(
  state: string,
  seen: ReadonlyMap<string, { readonly spot: Spot; readonly before: string | null }>
): readonly string[] {
  const path: string[] = []
  for (let at: string | null = state; at !== null; at = seen.get(at)?.before ?? null) {
    path.unshift(seen.get(at)?.spot.key ?? at)
  }
  return path
}

/** What is known once a spot is completed. */
function afterwards(spot: Spot, known: Knowledge, writes: Writes): Knowledge {
  const { node } = spot
  if (node.type === 'callActivity' && spot.inside !== null) return known
  const left = forgotten(known, writes(spot))
  if (node.type !== 'scriptTask' || node.result === null || node.outputs.length > 0) return left
  const value = partOf(node.script, known)
  return value === undefined ? left : stated(left, node.result, value)
}

/** What is known around a call once what it called has ended. */
function outward({ node }: Spot, outer: Knowledge, inner: Knowledge): Knowledge {
  if (node.type !== 'callActivity') return inner
  const out = carried(inner, node.outputs)
  const written = node.outputs.map(({ target }) => target.split('.')[0] as string)
  const left = forgotten(outer, written)
  return { values: { ...left.values, ...out.values }, held: { ...left.held, ...out.held } }
}

interface Taken {
  readonly flow: SequenceFlow
  readonly learns: Knowledge
}

/** The flows that may be taken, and what taking them tells. */
function flowsOf(
  { node, graph }: Spot,
  known: Knowledge,
  repeated: ReadonlySet<string>
): readonly Taken[] {
  const flows = node.outgoing.flatMap(id => graph.flows[id] ?? [])
  const chooses = node.type === 'exclusiveGateway'
  const byDefault = 'defaultFlow' in node ? node.defaultFlow : null
  if (!chooses && node.type !== 'inclusiveGateway' && !isActivity(node)) {
    return flows.map(flow => ({ flow, learns: known }))
  }
  const taken: Taken[] = []
  let sure = false
  let passed = known
  for (const flow of flows) {
    if (flow.id === byDefault) continue
    const is = flow.condition === null ? true : holds(flow.condition, passed)
    if (is === false) continue
    const notes = chooses && flow.condition !== null && repeated.has(flow.condition)
    taken.push({ flow, learns: notes ? learned(passed, flow.condition, true) : passed })
    if (notes) passed = learned(passed, flow.condition, false)
    if (is === true && (chooses || flow.condition !== null)) sure = true
    if (is === true && chooses) break
  }
  const usual = flows.find(({ id }) => id === byDefault)
  if (usual !== undefined && !sure) taken.push({ flow: usual, learns: passed })
  return taken
}

function interrupts({ inside }: Spot, spots: ReadonlyMap<string, Spot>): boolean {
  const start = spots.get(inside?.starts[0] ?? '')?.node
  return start !== undefined && 'interrupting' in start && start.interrupting
}
