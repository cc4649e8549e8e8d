import { behind } from '../compile/linking.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'

/** Which element of a variant stands for which of the national diagram. */
export interface Matching {
  /** From the national diagram to the variant, and back. */
  readonly toVariant: ReadonlyMap<ElementId, ElementId>
  readonly toNational: ReadonlyMap<ElementId, ElementId>
}

/**
 * Finds for each element of a diagram the one that stands for it in another: by its id, else by what
 * tells it apart (name, job, rule, called process), else by the elements around it that are known already.
 */
export function match(national: ProcessGraph, variant: ProcessGraph): Matching {
  const toVariant = new Map<ElementId, ElementId>()
  const toNational = new Map<ElementId, ElementId>()
  const pair = (a: ElementId, b: ElementId) => {
    toVariant.set(a, b)
    toNational.set(b, a)
  }
  for (const id of Object.keys(national.nodes)) if (variant.nodes[id] !== undefined) pair(id, id)
  for (const keyOf of [
    (node: FlowNode) => named(node, `${node.type} ${node.parent ?? ''}`),
    (node: FlowNode) => named(node, node.type),
    anchorOf,
    (node: FlowNode) => named(node, '')
  ]) {
    pairUnique(leftIn(national, toVariant), leftIn(variant, toNational), keyOf, keyOf, pair)
  }
  const places = [aroundOf(national), aroundOf(variant)] as const
  for (let before = -1; before < toVariant.size; ) {
    before = toVariant.size
    const known = (id: ElementId) => (toVariant.has(id) ? id : null)
    const renamed = (id: ElementId) => toNational.get(id) ?? null
    for (const sides of ['both', 'before', 'behind'] as const) {
      pairUnique(
        leftIn(national, toVariant),
        leftIn(variant, toNational),
        node => places[0](node, known, sides),
        node => places[1](node, renamed, sides),
        pair
      )
    }
  }
  return { toVariant, toNational }
}

function leftIn(
  { nodes }: ProcessGraph,
  known: ReadonlyMap<ElementId, ElementId>
): readonly FlowNode[] {
  return Object.values(nodes).filter(({ id }) => !known.has(id))
}

type KeyOf = (node: FlowNode) => string | null

/** Pairs what has the same key, where it is the only one on both sides. */
function pairUnique(
  national: readonly FlowNode[],
  variant: readonly FlowNode[],
  nationalKey: KeyOf,
  variantKey: KeyOf,
  pair: (a: ElementId, b: ElementId) => void
): void {
  const there = uniqueBy(variant, variantKey)
  for (const [key, a] of uniqueBy(national, nationalKey)) {
    const b = there.get(key)
    if (a !== null && b !== undefined && b !== null) pair(a, b)
  }
}

function uniqueBy(nodes: readonly FlowNode[], keyOf: KeyOf): ReadonlyMap<string, ElementId | null> {
  const found = new Map<string, ElementId | null>()
  for (const node of nodes) {
    const key = keyOf(node)
    if (key !== null) found.set(key, found.has(key) ? null : node.id)
  }
  return found
}

/** A name on one line; the number of a step is no part of it. */
export function plainName(name: string): string {
  return name
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\d+[.)]\s*/, '')
}

function named({ name }: FlowNode, more: string): string | null {
  const plain = plainName(name).toLowerCase()
  return plain === '' ? null : `${more} ${plain}`
}

/** What an element does, where that tells it apart. */
function anchorOf(node: FlowNode): string | null {
  if (node.type === 'businessRuleTask') return `rule ${node.rule}`
  if (node.type === 'callActivity') return `calls ${node.calls}`
  if (node.type === 'serviceTask' || node.type === 'sendTask') {
    const template = node.inputs.find(({ target }) => target === 'template')?.source ?? ''
    return node.job === null ? null : `job ${node.job} ${template}`
  }
  return null
}

/** The known elements before and behind one, as a key; null when none is known. */
function aroundOf(graph: ProcessGraph) {
  const before = new Map<ElementId, ElementId[]>()
  for (const node of Object.values(graph.nodes)) {
    for (const id of behind(graph, node)) before.set(id, [...(before.get(id) ?? []), node.id])
  }
  return (
    node: FlowNode,
    known: (id: ElementId) => ElementId | null,
    sides: 'both' | 'before' | 'behind'
  ): string | null => {
    const namesOf = (ids: readonly ElementId[]) =>
      ids
        .flatMap(id => known(id) ?? [])
        .sort()
        .join()
    const ahead = sides === 'behind' ? '' : namesOf(before.get(node.id) ?? [])
    const next = sides === 'before' ? '' : namesOf(behind(graph, node))
    if (ahead === '' && next === '') return null
    if (sides === 'both' && (ahead === '' || next === '')) return null
    return `${node.type} ${ahead} > ${next}`
  }
}
