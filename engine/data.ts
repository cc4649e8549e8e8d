import { Stuck } from './errors.ts'
import type { Activity, DataSet, Declared, FlowNode, Mapping, ProcessGraph } from './graph.ts'
import { NOTHING, rootOf } from './ledger.ts'
import type { Run } from './run.ts'
import type { Token, Value, Variables } from './state.ts'

/** The variables that an owner brings along: there, but without a value. BPMN 2.0.2, 10.4.1. */
export function unset(declares: readonly Declared[]): Variables {
  if (declares.length === 0) return NOTHING
  return Object.fromEntries(declares.map(({ name }) => [name, null]))
}

/** What a task gives that stays with it: a property of its own is seen from nowhere else. */
export function outward(node: FlowNode, results: Variables): Variables {
  const own = 'declares' in node ? node.declares.filter(({ kind }) => kind === 'property') : []
  if (own.length === 0) return results
  const names = new Set(own.map(({ name }) => name))
  return Object.fromEntries(Object.entries(results).filter(([name]) => !names.has(name)))
}

/** The data outputs among what an element gives. */
export function madeBy(node: FlowNode, results: Variables): Variables {
  const made = 'declares' in node ? node.declares.filter(({ kind }) => kind === 'dataOutput') : []
  const given = made.filter(({ name }) => Object.hasOwn(results, name))
  return Object.fromEntries(given.map(({ name }) => [name, results[name] as Value]))
}

/** What an event brought: its one data output is the whole of it unless a part has that name. BPMN 2.0.2, 10.5.1. */
export function brought(node: FlowNode, payload: Variables): Variables {
  if (!('on' in node)) return payload
  const [output, ...more] = node.declares.filter(({ kind }) => kind === 'dataOutput')
  if (output === undefined || more.length > 0 || Object.hasOwn(payload, output.name)) return payload
  return Object.keys(payload).length === 0 ? payload : { ...payload, [output.name]: payload }
}

// sets ////////////////////////////////////////////////////////////////////////

/**
 * The data that an activity still waits for, or null when one of its input sets is whole: data
 * associations are tried in the order of the sets. BPMN 2.0.2, 13.3.2.
 */
export function missingInputs(run: Run, node: Activity, token: Token): readonly string[] | null {
  if (node.io === null || node.io.feeds.length === 0) return null
  return missingOf(node.io.inputs, run.mapped(node.io.feeds, run.lookup(token.scope), token))
}

/** @throws Stuck when an activity ends and none of its output sets is whole. BPMN 2.0.2, 13.3.2 */
export function checkOutputs(run: Run, node: FlowNode, token: Token, results: Variables): void {
  if (!('io' in node) || node.io === null || node.multiInstance !== null) return
  const { inputs, outputs } = node.io
  const local = run.token(token.id)?.variables ?? NOTHING
  const made = { ...local, ...results }
  // the input set that it began with is the first that is whole
  const begun = inputs.find(set => missingOf([set], local) === null)
  const asked = outputs.filter(
    set => begun === undefined || set.goesWith.length === 0 || set.goesWith.includes(begun.id)
  )
  const missing = missingOf(asked, made)
  if (missing === null) return
  throw new Stuck(
    'data',
    `<${node.id}> ends without its data: expected a value of ${missing.map(name => `<${name}>`).join(', ')}`
  )
}

/** What is missing of the first set, or null when a set is whole or there is none. */
export function missingOf(sets: readonly DataSet[], values: Variables): readonly string[] | null {
  const missing = sets.map(({ required }) =>
    required.filter(name => (Object.hasOwn(values, name) ? values[name] : null) === null)
  )
  return missing.every(names => names.length > 0) ? (missing[0] ?? null) : null
}

/** @throws Stuck when a called process is not given the data that it asks for. BPMN 2.0.2, 10.4.1 */
export function checkCalled({ id, io }: ProcessGraph, given: Variables): void {
  const missing = io === null ? null : missingOf(io.inputs, given)
  if (missing === null) return
  const names = missing.map(name => `<${name}>`).join(', ')
  throw new Stuck(
    'data',
    `process <${id}> is called without its data: expected a value of ${names}`
  )
}

/** Whether a process has inputs that follow their sources. */
export function followsInputs(graph: ProcessGraph): boolean {
  const known = following.get(graph)
  if (known !== undefined) return known
  const found = Object.values(graph.nodes).some(
    node => 'io' in node && node.io !== null && node.io.whileExecuting.length > 0
  )
  following.set(graph, found)
  return found
}
const following = new WeakMap<ProcessGraph, boolean>()

/** The inputs of an activity at work that follow their sources, where they have changed and can be read. */
export function followed(run: Run, node: Activity, token: Token): Variables | null {
  const names = new Set(node.io?.whileExecuting ?? [])
  if (names.size === 0) return null
  const mappings: readonly Mapping[] = node.inputs.filter(each => names.has(rootOf(each.target)))
  const before = token.variables ?? NOTHING
  try {
    const changed = Object.entries(run.mapped(mappings, run.outside(node, token), token)).filter(
      ([name, value]) => !same(value, before[name])
    )
    return changed.length === 0 ? null : Object.fromEntries(changed)
  } catch (error) {
    if (error instanceof Stuck) return null
    throw error
  }
}

function same(one: Value, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
