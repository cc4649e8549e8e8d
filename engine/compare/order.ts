import { behind } from '../compile/linking.ts'
import { type ElementId, type FlowNode, isActivity, type ProcessGraph } from '../graph.ts'
import type { Text } from '../messages.ts'
import type { Difference } from './difference.ts'
import type { Matching } from './matching.ts'
import { called, sentence } from './words.ts'

/**
 * What comes before what, where that differs: of the steps that both diagrams have, the pairs that follow
 * each other directly in one of them and stand the other way round, or in no order, in the other one.
 */
export function orderDifferences(
  national: ProcessGraph,
  variant: ProcessGraph,
  { toVariant }: Matching
): readonly Difference[] {
  const steps = Object.values(national.nodes).filter(
    node =>
      isStep(node) && toVariant.has(node.id) && isStep(variant.nodes[toVariant.get(node.id) ?? ''])
  )
  const here = steps.map(({ id }) => id)
  const there = here.map(id => toVariant.get(id) as ElementId)
  const was = precedence(national, here)
  const is = precedence(variant, there)
  /** Of the same change, what now stands before the same step is told together. */
  const told = new Map<string, { firsts: number[]; second: number; change: Change }>()
  const add = (first: number, second: number, change: Change) => {
    const key = `${change} ${second}`
    const entry = told.get(key) ?? { firsts: [], second, change }
    told.set(key, entry)
    entry.firsts.push(first)
  }
  for (const [a, b] of is.covers) {
    if (was.holds(b, a)) add(a, b, 'turned')
    else if (!was.holds(a, b)) add(a, b, 'ordered')
  }
  for (const [a, b] of was.covers) {
    if (!is.holds(a, b) && !is.holds(b, a)) add(a, b, 'loose')
  }
  return [...told.values()].map(({ firsts, second, change }) => {
    const names = firsts.map(n => called(variant, there[n] as ElementId))
    const together = {
      id: names.map(({ id }) => id).join(', '),
      en: names.map(({ en }) => en).join(', ')
    }
    const [left, right] = [firsts.map(n => there[n]).join(', '), there[second]]
    const [kept, turned] = [`${left} < ${right}`, `${right} < ${left}`]
    return {
      kind: 'order' as const,
      national: [...firsts, second].map(n => here[n] as ElementId),
      variant: [...firsts, second].map(n => there[n] as ElementId),
      text: sentence(TEXTS[change], together, called(variant, there[second] as ElementId)),
      before: change === 'turned' ? turned : change === 'ordered' ? null : kept,
      after: change === 'loose' ? null : kept
    }
  })
}

type Change = 'turned' | 'ordered' | 'loose'
const TEXTS: Readonly<Record<Change, Text>> = {
  turned: { id: '{0} kini sebelum {1}', en: '{0} now before {1}' },
  ordered: {
    id: '{0} kini sebelum {1}; secara nasional tanpa urutan',
    en: '{0} now before {1}; nationally in no order'
  },
  loose: { id: '{0} tidak lagi pasti sebelum {1}', en: '{0} no longer always before {1}' }
}

/** Work, and what is waited for or thrown on the way. */
function isStep(node: FlowNode | undefined): boolean {
  if (node === undefined) return false
  if (isActivity(node)) return true
  return node.type === 'intermediateCatchEvent' || node.type === 'intermediateThrowEvent'
}

interface Precedence {
  holds(first: number, second: number): boolean
  /** The pairs with nothing between them, in order. */
  readonly covers: readonly (readonly [number, number])[]
}

/** Which steps lead to which, and not back: what goes round in a loop has no order. */
function precedence(graph: ProcessGraph, steps: readonly ElementId[]): Precedence {
  const numbers = new Map(steps.map((id, n) => [id, n]))
  const next = nextIn(graph)
  const reach = steps.map(id => {
    let reached = 0n
    const seen = new Set<ElementId>()
    const open = [...next(id)]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      const n = numbers.get(at)
      if (n !== undefined) reached |= 1n << BigInt(n)
      open.push(...next(at))
    }
    return reached
  })
  const has = (set: bigint, n: number) => ((set >> BigInt(n)) & 1n) === 1n
  const after = reach.map((set, a) =>
    steps.reduce(
      (sum, _, b) => (has(set, b) && !has(reach[b] as bigint, a) ? sum | (1n << BigInt(b)) : sum),
      0n
    )
  )
  const before = steps.map((_, b) =>
    after.reduce((sum, set, a) => (has(set, b) ? sum | (1n << BigInt(a)) : sum), 0n)
  )
  const covers: [number, number][] = []
  steps.forEach((_, a) => {
    steps.forEach((_, b) => {
      const [behindA = 0n, aheadOfB = 0n] = [after[a], before[b]]
      if (has(behindA, b) && (behindA & aheadOfB) === 0n) covers.push([a, b])
    })
  })
  return { holds: (a, b) => has(after[a] ?? 0n, b), covers }
}

/** What is behind an element, into sub-processes and out of them. */
function nextIn(graph: ProcessGraph): (id: ElementId) => readonly ElementId[] {
  const left = (node: FlowNode): readonly ElementId[] => {
    const on = behind(graph, node).filter(id => !node.boundary.includes(id))
    if (on.length > 0 || node.parent === null) return on
    const around = graph.nodes[node.parent]
    return around === undefined ? [] : left(around)
  }
  return id => {
    const node = graph.nodes[id]
    if (node === undefined) return []
    const inside = 'starts' in node ? [...node.starts, ...node.eventSubProcesses] : []
    return [...left(node), ...node.boundary, ...inside]
  }
}
