import type { ProcessGraph } from '../graph.ts'
import type { Text } from '../messages.ts'
import type { Value } from '../state.ts'
import { type Knowledge, NOTHING_KNOWN, stated } from './knowledge.ts'
import { fulfils, type Given, type MarkName, type MustHave, type MustHaves } from './marks.ts'
import { avoiding, type Writes } from './search.ts'
import { type FindNational, type Spot, type Terrain, terrainOf } from './terrain.ts'

/** A demand of the nation that a process does not meet. */
export interface Breach {
  readonly mustHave: string
  readonly text: Text
  /** A way through the diagram on which it is broken, by elements; empty when it is not about a way. */
  readonly path: readonly string[]
}

/**
 * Every demand that a process does not meet, each with an example.
 *
 * @param writes the variables that an element writes, as forms and jobs say; null: any
 */
export function breaches(
  graph: ProcessGraph,
  mustHaves: MustHaves,
  find: FindNational,
  writes: Writes
): readonly Breach[] {
  const terrain = terrainOf(graph, find)
  const marked = new Map<MarkName, ReadonlySet<Spot>>()
  const held = { graph, mustHaves, terrain, writes, marked }
  return mustHaves.mustHave.flatMap(demand => broken(held, demand))
}

interface Held {
  readonly graph: ProcessGraph
  readonly mustHaves: MustHaves
  readonly terrain: Terrain
  readonly writes: Writes
  /** The spots of each mark that was asked for. */
  readonly marked: Map<MarkName, ReadonlySet<Spot>>
}

function broken(held: Held, demand: MustHave): readonly Breach[] {
  const breach = (text: Text, path: readonly string[] = []): Breach => ({
    mustHave: demand.id,
    text: { id: `${demand.label.id}: ${text.id}`, en: `${demand.label.en}: ${text.en}` },
    path
  })
  const absent = (name: MarkName) =>
    breach({
      id: `tidak ada langkah yang memenuhi <${name}> (${labelOf(held, name).id})`,
      en: `no step fulfils <${name}> (${labelOf(held, name).en})`
    })
  const around = (path: readonly string[] | null) => {
    if (path === null) return []
    const way = path.map(key => `<${key}>`).join(' → ')
    return [breach({ id: `dilanggar pada jalur ${way}`, en: `broken on the path ${way}` }, path)]
  }
  switch (demand.kind) {
    case 'present':
      return spotsOf(held, demand.what).length === 0 ? [absent(demand.what)] : []
    case 'before': {
      const { first, later, given } = demand
      if (spotsOf(held, later).length === 0) return [absent(later)]
      if (given === undefined) return around(wayTo(held, first, later))
      if (spotsOf(held, given.after).length === 0) return [absent(given.after)]
      return around(wayTo(held, first, later, given))
    }
    case 'never': {
      const { later, given } = demand
      if (spotsOf(held, given.after).length === 0) return [absent(given.after)]
      return around(wayTo(held, null, later, given))
    }
    case 'approvalByRule': {
      const { rule, outcome, levels, later } = demand
      if (spotsOf(held, rule).length === 0) return [absent(rule)]
      const approvals = [...new Set(Object.values(levels))]
      if (approvals.every(mark => spotsOf(held, mark).length === 0)) return approvals.map(absent)
      return [
        ...approvals.flatMap(mark => around(wayTo(held, rule, mark))),
        ...Object.entries(levels).flatMap(([level, mark]) =>
          around(wayTo(held, mark, later, { after: rule, is: { [outcome]: level } }))
        )
      ]
    }
    case 'separationOfDuties': {
      const others = spotsOf(held, demand.from)
      return spotsOf(held, demand.what).flatMap(spot => {
        const { node, graph } = spot
        const apart = 'notSameAs' in node ? node.notSameAs : []
        const missing = others.filter(
          ({ node: other, graph: of }) =>
            !apart.includes(of === graph ? other.id : `${of.id}:${other.id}`)
        )
        return missing.map(other =>
          breach({
            id: `diharapkan <${spot.key}> menyebut <${other.key}> dalam alur:notSameAs`,
            en: `expected alur:notSameAs of <${spot.key}> to name <${other.key}>`
          })
        )
      })
    }
    case 'role':
      return spotsOf(held, demand.what).flatMap(({ key, node }) => {
        const role = 'role' in node ? node.role : null
        if (role !== null && demand.roles.includes(role)) return []
        const found = role === null ? 'none' : `<${role}>`
        const roles = demand.roles.join(', ')
        return [
          breach({
            id: `diharapkan peran ${roles} pada <${key}>, ditemukan ${found}`,
            en: `expected <${key}> to be done by ${roles}, found ${found}`
          })
        ]
      })
    default:
      return demand satisfies never
  }
}

function labelOf({ mustHaves: { marks } }: Held, name: MarkName): Text {
  return Object.hasOwn(marks, name) ? (marks[name]?.label ?? NAMELESS) : NAMELESS
}
const NAMELESS: Text = { id: '?', en: '?' }

function spotsOf(held: Held, name: MarkName): readonly Spot[] {
  return [...marked(held, name)]
}

function marked({ terrain, mustHaves, marked }: Held, name: MarkName): ReadonlySet<Spot> {
  const known = marked.get(name)
  if (known) return known
  const spots = [...terrain.spots.values()].filter(({ node, graph }) =>
    fulfils(mustHaves, name, node, graph)
  )
  const found = new Set(spots)
  marked.set(name, found)
  return found
}

/** A way to `later` past every `first`. */
function wayTo(
  held: Held,
  first: MarkName | null,
  later: MarkName,
  given?: Given
): readonly string[] | null {
  const { terrain, writes } = held
  const is = (name: MarkName | null): ((spot: Spot) => boolean) => {
    const spots = name === null ? new Set<Spot>() : marked(held, name)
    return spot => spots.has(spot)
  }
  const from =
    given === undefined
      ? null
      : spotsOf(held, given.after).map(spot => ({ key: spot.key, known: knownAfter(spot, given) }))
  const question = {
    from,
    first: is(first),
    later: is(later),
    again: given === undefined ? () => false : is(given.after)
  }
  return avoiding(terrain, question, writes)
}

/** What has come out of a step: of a rule under its result, else in the variables themselves. */
function knownAfter({ node }: Spot, { is }: Given): Knowledge {
  const under = node.type === 'businessRuleTask' && node.result !== null ? `${node.result}.` : ''
  const tree: Record<string, Value> = {}
  for (const [path, value] of Object.entries(is)) {
    const names = `${under}${path}`.split('.')
    const last = names.pop() as string
    let at = tree
    for (const name of names) {
      const inner = (at[name] ?? {}) as Record<string, Value>
      at[name] = inner
      at = inner
    }
    at[last] = value
  }
  return Object.entries(tree).reduce(
    (known, [name, value]) => stated(known, name, value),
    NOTHING_KNOWN
  )
}
