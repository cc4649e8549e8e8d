import { behind } from '../compile/linking.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'
import type { Difference } from './difference.ts'
import type { Matching } from './matching.ts'
import { meaningOf, type Renaming } from './meaning.ts'
import { called, sentence } from './words.ts'

/** A way out of an element: when it is taken, and to which elements that both diagrams have. */
interface Way {
  readonly condition: string | null
  /** The condition by its meaning; a default flow is one of its own. */
  readonly meaning: string
  readonly targets: readonly ElementId[]
  readonly key: string
}

/**
 * The ways out of elements that both diagrams have, where their conditions or their ends differ. A way goes to the
 * next elements that both have, past those of one diagram alone, which are told by themselves.
 *
 * @param moved elements whose order differs: an unconditional way to or from them is told by that
 */
export function wayDifferences(
  national: ProcessGraph,
  variant: ProcessGraph,
  matching: Matching,
  rename: Renaming,
  moved: ReadonlySet<ElementId>
): readonly Difference[] {
  const { toVariant, toNational } = matching
  const found: Difference[] = []
  for (const node of Object.values(national.nodes)) {
    const other = variant.nodes[toVariant.get(node.id) ?? '']
    if (other === undefined) continue
    const before = waysOf(
      national,
      node,
      id => (toVariant.has(id) ? id : null),
      id => id
    )
    const after = waysOf(variant, other, id => toNational.get(id) ?? null, rename)
    const add = (kind: 'way' | 'condition', was: Way | null, is: Way | null) => {
      const name = called(variant, other.id)
      const ends = is ?? was
      const targets = (ends?.targets ?? []).map(id => toVariant.get(id) ?? id)
      const where = targets.map(id => called(variant, id))
      const list = {
        id: where.map(({ id }) => id).join(', ') || '—',
        en: where.map(({ en }) => en).join(', ') || '—'
      }
      found.push({
        kind,
        national: [node.id],
        variant: [other.id],
        text: sentence(kind === 'condition' ? CONDITION : wordsOf(was, is), name, list),
        before: was === null ? null : kind === 'condition' ? was.condition : textOf(was),
        after: is === null ? null : kind === 'condition' ? is.condition : textOf(is)
      })
    }
    const plain = before.length <= 1 && after.length <= 1
    const pairs = paired(before, after)
    for (const [was, is] of pairs) {
      const sameEnd = was?.key === is?.key
      if (was !== null && is !== null && was.meaning !== is.meaning) add('condition', was, is)
      if (sameEnd && was !== null && is !== null) continue
      const near = [node.id, ...(was?.targets ?? []), ...(is?.targets ?? [])]
      if (plain && near.some(id => moved.has(id))) continue
      add('way', was, is)
    }
  }
  return found
}

const CONDITION = {
  id: 'syarat jalur dari {0} ke {1} berbeda',
  en: 'the condition of the way from {0} to {1} differs'
}

function wordsOf(was: Way | null, is: Way | null) {
  if (was === null) return { id: 'jalur baru dari {0} ke {1}', en: 'a new way from {0} to {1}' }
  if (is === null) {
    return { id: 'jalur dari {0} ke {1} tidak ada', en: 'no way from {0} to {1} any more' }
  }
  return { id: 'sesudah {0} kini {1}', en: 'after {0} now comes {1}' }
}

function textOf({ condition, targets }: Way): string {
  const to = targets.join(', ') || '-'
  return condition === null ? to : `[${condition}] ${to}`
}

/** Same condition first, then same end, then in order; what is left stands alone. */
function paired(before: readonly Way[], after: readonly Way[]): [Way | null, Way | null][] {
  const pairs: [Way | null, Way | null][] = []
  const [olds, news] = [[...before], [...after]]
  const take = (fits: (a: Way, b: Way) => boolean) => {
    for (const was of [...olds]) {
      const is = news.find(each => fits(was, each))
      if (is === undefined) continue
      pairs.push([was, is])
      olds.splice(olds.indexOf(was), 1)
      news.splice(news.indexOf(is), 1)
    }
  }
  take((a, b) => a.meaning === b.meaning && a.key === b.key)
  take((a, b) => a.meaning === b.meaning)
  take((a, b) => a.key === b.key)
  if (olds.length === news.length) take(() => true)
  return [
    ...pairs,
    ...olds.map(was => [was, null] as [Way, null]),
    ...news.map(is => [null, is] as [null, Way])
  ]
}

function waysOf(
  graph: ProcessGraph,
  node: FlowNode,
  known: (id: ElementId) => ElementId | null,
  rename: Renaming
): readonly Way[] {
  const byDefault = 'defaultFlow' in node ? node.defaultFlow : null
  return node.outgoing.flatMap(id => {
    const flow = graph.flows[id]
    if (flow === undefined) return []
    const usual = id === byDefault && node.outgoing.length > 1
    const targets = nextKnown(graph, flow.target, known)
    const meaning = usual
      ? 'default'
      : flow.condition === null
        ? ''
        : meaningOf(flow.condition, rename)
    return [
      { condition: usual ? 'default' : flow.condition, meaning, targets, key: targets.join() }
    ]
  })
}

/** The first elements on the way that both diagrams have. */
function nextKnown(
  graph: ProcessGraph,
  start: ElementId,
  known: (id: ElementId) => ElementId | null
): readonly ElementId[] {
  const found = new Set<ElementId>()
  const seen = new Set<ElementId>()
  const open = [start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const name = known(id)
    if (name !== null) {
      found.add(name)
      continue
    }
    const node = graph.nodes[id]
    if (node !== undefined) open.push(...behind(graph, node))
  }
  return [...found].sort()
}
