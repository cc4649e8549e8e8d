import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'
import type { Text } from '../messages.ts'
import { DIFFERENCE_KINDS, type Difference, type DifferenceKind } from './difference.ts'
import { MEANT_PROPERTIES, NODE_FIELDS, PROCESS_FIELDS } from './fields.ts'
import { type Forms, formDifferences } from './forms.ts'
import { type Matching, match, plainName } from './matching.ts'
import { canonical, type Renaming, shown } from './meaning.ts'
import { orderDifferences } from './order.ts'
import { wayDifferences } from './ways.ts'
import { called, sentence } from './words.ts'

/** A process with its forms. */
export interface Compared {
  readonly graph: ProcessGraph
  readonly forms: Forms
}

/**
 * How a variant differs in meaning from the national diagram: what is done, in which order, by whom, in what time,
 * on which conditions, with which forms, rules and data. Layout, notes and instructions are passed over.
 *
 * The same two processes always give the same list: by kind, then in the order of the diagrams.
 */
export function compareProcesses(national: Compared, variant: Compared): readonly Difference[] {
  const matching = match(national.graph, variant.graph)
  const rename: Renaming = id => matching.toNational.get(id) ?? id
  const order = orderDifferences(national.graph, variant.graph, matching)
  const moved = new Set(order.flatMap(each => each.national))
  const all = [
    ...processDifferences(national.graph, variant.graph, rename),
    ...presence(national.graph, variant.graph, matching),
    ...nodeDifferences(national.graph, variant.graph, matching, rename),
    ...order,
    ...wayDifferences(national.graph, variant.graph, matching, rename, moved),
    ...formDifferences(national, variant, matching)
  ]
  const rank = new Map(Object.keys(DIFFERENCE_KINDS).map((kind, n) => [kind, n]))
  return all.sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0))
}

function processDifferences(
  national: ProcessGraph,
  variant: ProcessGraph,
  rename: Renaming
): readonly Difference[] {
  return Object.entries(PROCESS_FIELDS).flatMap(([field, kind]) => {
    if (kind === null) return []
    const [before, after] = [national, variant].map(graph => meant(field, graph))
    if (alike(before, after)) return []
    if (canonical(before, same, field) === canonical(after, rename, field)) return []
    const text = sentence(PROCESS, field)
    return [{ kind, national: [], variant: [], text, before: shown(before), after: shown(after) }]
  })
}
const same: Renaming = id => id
const PROCESS = { id: 'proses: {0} berbeda', en: 'process: {0} differs' }

function meant(field: string, graph: ProcessGraph): unknown {
  if (field !== 'properties') return Reflect.get(graph, field)
  const kept = MEANT_PROPERTIES.filter(name => Object.hasOwn(graph.properties, name))
  return Object.fromEntries(kept.map(name => [name, graph.properties[name]]))
}

/** What only one of the two has. */
function presence(
  national: ProcessGraph,
  variant: ProcessGraph,
  { toVariant, toNational }: Matching
): readonly Difference[] {
  const kindOf = ({ type }: FlowNode, kind: DifferenceKind) =>
    type === 'boundaryEvent' ? 'boundary' : kind
  const gone = Object.values(national.nodes)
    .filter(({ id }) => !toVariant.has(id))
    .map(node => ({
      kind: kindOf(node, 'removed'),
      national: [node.id],
      variant: [],
      text: sentence(GONE, called(national, node.id)),
      before: node.type,
      after: null
    }))
  const fresh = Object.values(variant.nodes)
    .filter(({ id }) => !toNational.has(id))
    .map(node => ({
      kind: kindOf(node, 'added'),
      national: [],
      variant: [node.id],
      text: sentence(FRESH, called(variant, node.id)),
      before: null,
      after: node.type
    }))
  return [...gone, ...fresh]
}
const GONE: Text = { id: '{0} tidak ada', en: '{0} is missing' }
const FRESH: Text = { id: '{0} ditambah', en: '{0} is added' }

/** What elements that both have say differently. */
function nodeDifferences(
  national: ProcessGraph,
  variant: ProcessGraph,
  { toVariant }: Matching,
  rename: Renaming
): readonly Difference[] {
  return Object.values(national.nodes).flatMap(node => {
    const other = variant.nodes[toVariant.get(node.id) ?? '']
    if (other === undefined) return []
    const kinds = new Map<DifferenceKind, { before: string[]; after: string[] }>()
    const add = (kind: DifferenceKind, before: unknown, after: unknown, field: string) => {
      const entry = kinds.get(kind) ?? { before: [], after: [] }
      kinds.set(kind, entry)
      const label = (value: unknown) => shown(value) ?? '-'
      entry.before.push(`${field}: ${label(before)}`)
      entry.after.push(`${field}: ${label(after)}`)
    }
    for (const [field, kind] of Object.entries(NODE_FIELDS)) {
      if (kind === null || field === 'role' || field === 'level') continue
      const [before, after] = [node, other].map(each => said(each, field))
      // a field that one of two types does not have is told by the type
      if (node.type !== other.type && !(field in node && field in other)) continue
      if (alike(before, after)) continue
      if (canonical(before, same, field) === canonical(after, rename, field)) continue
      const timer = kind === 'event' && [node, other].some(isTimer)
      add(timer ? 'timer' : kind, before, after, field)
    }
    const [who, whoNow] = [holderOf(national, node), holderOf(variant, other)]
    if (who !== whoNow) add('lane', who, whoNow, 'role')
    return [...kinds].map(([kind, { before, after }]) => ({
      kind,
      national: [node.id],
      variant: [other.id],
      text: sentence({ id: '{0}: {1}', en: '{0}: {1}' }, nameOf(national, variant, node, other), {
        id: DIFFERENCE_KINDS[kind].id.toLowerCase(),
        en: DIFFERENCE_KINDS[kind].en.toLowerCase()
      }),
      before: before.join('\n'),
      after: after.join('\n')
    }))
  })
}

/** A new name stands beside the old one. */
function nameOf(
  national: ProcessGraph,
  variant: ProcessGraph,
  node: FlowNode,
  other: FlowNode
): Text {
  const [before, after] = [called(national, node.id), called(variant, other.id)]
  if (before.id === after.id || node.name === '') return after
  return sentence({ id: '{0} → {1}', en: '{0} → {1}' }, before, after)
}

/** Worded alike; what ids in it name is the same then, since ids are matched first. */
function alike(before: unknown, after: unknown): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after)
}

/** What a node says in a field. */
function said(node: FlowNode, field: string): unknown {
  const value: unknown = Reflect.get(node, field)
  return (field === 'name' || field === 'english') && typeof value === 'string'
    ? plainName(value)
    : value
}

function isTimer(node: FlowNode): boolean {
  return 'on' in node && node.on.kind === 'timer'
}

/** Who does something: the role and the level, else the lane by its name. */
function holderOf({ lanes }: ProcessGraph, node: FlowNode): string {
  const lane = lanes[(node.lane ?? '') as ElementId]
  const role = ('role' in node ? node.role : null) ?? lane?.role ?? lane?.name ?? '-'
  const level = ('level' in node ? node.level : undefined) ?? lane?.level ?? 'office'
  return `${role} (${level})`
}
