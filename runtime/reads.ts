import { typesOf } from '../engine/data-types.ts'
import type { Problem } from '../engine/errors.ts'
import { compileExpression } from '../engine/expression.ts'
import type { FormSchema } from '../engine/forms.ts'
import {
  definitionsOf,
  type EventDefinition,
  type FlowNode,
  type Mapping,
  type ProcessGraph
} from '../engine/graph.ts'
import { collectedBy } from '../engine/loop.ts'
import type { ProcessSource } from './library.ts'
import { suggestion } from './nearest.ts'
import { schemaKey } from './payloads.ts'

/** What every expression sees, and what each case is given when it starts. */
const GIVEN: readonly string[] = [
  'office',
  'today',
  'now',
  'instanceId',
  'performers',
  'caseNumber',
  'submitted',
  'channel',
  'errorCode',
  'loopCounter',
  'numberOfInstances',
  'numberOfActiveInstances',
  'numberOfCompletedInstances',
  'numberOfTerminatedInstances'
]

/** The names of the variables that a kind of job gives. */
export type JobResults = Readonly<Record<string, readonly string[]>>

/**
 * Every variable that an expression of a process reads although nothing there can set it. A process in which
 * something sets variables whose names show only when it runs is passed over.
 */
export function readProblems(
  sources: readonly ProcessSource[],
  results: JobResults
): readonly Problem[] {
  return sources.flatMap(source => {
    const known = namesSet(source, sources, results)
    return known === null ? [] : readsOf(source, known)
  })
}

// what is set /////////////////////////////////////////////////////////////////

/** The variables that may be there somewhere in a process; null when they cannot be listed. */
function namesSet(
  { graph, forms }: ProcessSource,
  sources: readonly ProcessSource[],
  results: JobResults
): ReadonlySet<string> | null {
  const known = new Set(GIVEN)
  const add = (names: readonly string[] | null) => {
    for (const name of names ?? []) known.add(name)
    return names !== null
  }
  add(typesOf(graph).map(({ name }) => name))
  const nodes = Object.values(graph.nodes)
  add(nodes.flatMap(storesOf))
  const complete = nodes.map(node => {
    if ('inputs' in node) add(targetsOf(node.inputs))
    if ('multiInstance' in node && node.multiInstance !== null) {
      const { element, output, fills } = node.multiInstance
      add([element, output].filter(name => name !== null))
      add([...targetsOf(fills), ...collectedBy(node)])
    }
    return add(namesFrom(node, graph, forms, sources, results))
  })
  // without a start event, what a call hands over is all that it begins with
  const begun = graph.starts.some(id => graph.nodes[id]?.type === 'startEvent')
  if (!begun) complete.push(add(handedTo(graph, sources)))
  return complete.every(Boolean) ? known : null
}

/** What one element sets; null when that shows only when it runs. */
function namesFrom(
  node: FlowNode,
  graph: ProcessGraph,
  forms: ProcessSource['forms'],
  sources: readonly ProcessSource[],
  results: JobResults
): readonly string[] | null {
  const form = Object.hasOwn(forms, node.id) ? (forms[node.id] as FormSchema) : null
  const mapped = 'outputs' in node ? targetsOf(node.outputs) : []
  if (mapped.length > 0) return mapped
  switch (node.type) {
    case 'userTask':
    case 'manualTask':
      return form === null ? (node.type === 'manualTask' ? [] : null) : propertiesOf(form)
    case 'serviceTask':
    case 'sendTask':
      if (node.job === null) return []
      return Object.hasOwn(results, node.job) ? (results[node.job] as readonly string[]) : null
    case 'businessRuleTask':
    case 'scriptTask':
      return node.result === null ? null : [node.result]
    case 'receiveTask':
      return carriedBy(node.message.message, forms)
    case 'startEvent':
      if (node.parent !== null || node.on.kind !== 'none') return broughtBy(node.on, forms, sources)
      if (form !== null) return [...propertiesOf(form), ...(handedTo(graph, sources) ?? [])]
      return handedTo(graph, sources)
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
      return broughtBy(node.on, forms, sources)
    default:
      return []
  }
}

/** What the calls of a process hand over; null when nobody calls it. */
function handedTo(
  { id, variantOf }: ProcessGraph,
  sources: readonly ProcessSource[]
): readonly string[] | null {
  const calls = sources
    .flatMap(({ graph }) => Object.values(graph.nodes))
    .filter(node => node.type === 'callActivity' && [id, variantOf].includes(node.calls))
  if (calls.length === 0) return null
  return calls.flatMap(node => ('inputs' in node ? targetsOf(node.inputs) : []))
}

/** The data stores that an element reads, by the names that its expressions call them. */
function storesOf(node: FlowNode): readonly string[] {
  if (!('inputs' in node)) return []
  const mappings = [...node.inputs, ...node.outputs]
  return mappings.flatMap(({ reads }) => reads?.map(({ name }) => name) ?? [])
}

/** What the events bring that a catching event is about. */
function broughtBy(
  on: EventDefinition,
  forms: ProcessSource['forms'],
  sources: readonly ProcessSource[]
): readonly string[] | null {
  const brought = definitionsOf(on).map(each => {
    if (each.kind === 'message') return carriedBy(each.message, forms)
    if (each.kind === 'signal' || each.kind === 'escalation') return thrownWith(each, sources)
    return []
  })
  return brought.every(names => names !== null) ? brought.flat() : null
}

/** What a signal or an escalation is thrown with; null for a signal that nobody here throws. */
function thrownWith(
  caught: EventDefinition,
  sources: readonly ProcessSource[]
): readonly string[] | null {
  const same = (on: EventDefinition) =>
    caught.kind === 'signal'
      ? on.kind === 'signal' && on.signal === caught.signal
      : on.kind === 'escalation' &&
        caught.kind === 'escalation' &&
        (caught.code === null || on.code === caught.code)
  const thrown = sources
    .flatMap(({ graph }) => Object.values(graph.nodes))
    .flatMap(node => {
      const loops = 'multiInstance' in node ? (node.multiInstance?.events ?? []) : []
      const throws = node.type === 'endEvent' || node.type === 'intermediateThrowEvent'
      const own = throws && definitionsOf(node.on).some(same) ? [node.inputs] : []
      return [...own, ...loops.filter(({ on }) => same(on)).map(({ inputs }) => inputs)]
    })
  return caught.kind === 'signal' && thrown.length === 0 ? null : thrown.flatMap(targetsOf)
}

/** What a message brings, where its schema names all of it. */
function carriedBy(message: string, forms: ProcessSource['forms']): readonly string[] | null {
  const schema = forms[schemaKey(message)]
  return schema?.additionalProperties === false ? propertiesOf(schema) : null
}

function targetsOf(mappings: readonly Mapping[]): readonly string[] {
  return mappings.map(({ target }) => target.split('.')[0] as string)
}

function propertiesOf(form: FormSchema): readonly string[] {
  const { properties } = form
  return properties !== null && typeof properties === 'object' ? Object.keys(properties) : []
}

// what is read ////////////////////////////////////////////////////////////////

function readsOf(
  { graph, forms, file }: ProcessSource,
  known: ReadonlySet<string>
): readonly Problem[] {
  const problems: Problem[] = []
  const check = (path: string, text: string | null, beside: readonly string[] = []) => {
    for (const name of text === null ? [] : namesIn(text)) {
      if (known.has(name) || beside.includes(name)) continue
      const message = `reads <${name}>, which nothing sets${suggestion(name, known)}`
      if (!problems.some(each => each.path === path && each.message === message))
        problems.push({ path, message })
    }
  }
  for (const { id, condition, source } of Object.values(graph.flows)) {
    check(`${file}#${id}`, condition, countedAt(graph.nodes[source]))
  }
  check(`${file}#${graph.id}`, graph.subject)
  for (const path of graph.searchable) check(`${file}#${graph.id}`, path)
  for (const node of Object.values(graph.nodes)) {
    for (const text of expressionsOf(node)) check(`${file}#${node.id}`, text, countedAt(node))
  }
  for (const [element, form] of Object.entries(forms)) {
    const path = `${file}#${element}`
    for (const text of conditionsOf(form)) check(path, text, propertiesOf(form))
  }
  return problems
}

/** The FEEL that a node reads variables with. Out-mappings read results as well, and are left out. */
function expressionsOf(node: FlowNode): readonly (string | null)[] {
  const texts: (string | null)[] = [node.stage?.by ?? null]
  if ('inputs' in node) texts.push(...node.inputs.map(({ source }) => source))
  if ('multiInstance' in node && node.multiInstance !== null) {
    const { cardinality, collection, completion, events, fills } = node.multiInstance
    texts.push(cardinality, collection, completion, ...fills.map(({ source }) => source))
    for (const { condition, inputs } of events)
      texts.push(condition, ...inputs.map(({ source }) => source))
  }
  if ('standardLoop' in node && node.standardLoop !== null) texts.push(node.standardLoop.condition)
  if ('due' in node) {
    if (node.due?.feel) texts.push(node.due.expression)
    if (node.followUp?.feel) texts.push(node.followUp.expression)
    texts.push(node.priority, ...node.owners)
  }
  for (const on of 'on' in node ? definitionsOf(node.on) : []) {
    if (on.kind === 'timer' && on.feel) texts.push(on.expression)
    if (on.kind === 'message') texts.push(on.key)
    if (on.kind === 'conditional') texts.push(on.condition)
  }
  if (node.type === 'complexGateway') texts.push(node.activation)
  if (node.type === 'adHocSubProcess') texts.push(node.completion, node.activate)
  if ('message' in node && node.message !== null) texts.push(node.message.key)
  if (node.type === 'callActivity') texts.push(...node.owners)
  if (node.type === 'scriptTask') texts.push(node.script)
  if (node.type === 'businessRuleTask') texts.push(node.date)
  return texts
}

/** The tokens that a complex gateway counts, by the names of its flows. BPMN 2.0.2, 13.4.5. */
function countedAt(node: FlowNode | undefined): readonly string[] {
  if (node?.type !== 'complexGateway') return []
  return [...node.incoming, 'activationCount', 'waitingForStart']
}

/** The FEEL of a form: rules, and what its checklists are listed in and asked for by. */
function conditionsOf(schema: FormSchema): readonly string[] {
  const { 'x-rules': rules, 'x-require-all': all, properties } = schema
  const own = Array.isArray(rules) ? rules.map(({ if: condition }) => condition) : []
  const inner = properties !== null && typeof properties === 'object' ? properties : {}
  return [
    ...own,
    ...[all, schema['x-items']].filter(text => typeof text === 'string'),
    ...Object.values(inner as Readonly<Record<string, FormSchema>>).flatMap(conditionsOf)
  ]
}

/** The variables that an expression reads; a name inside a filter may be one of the items. */
function namesIn(text: string): readonly string[] {
  const outside = text.replace(/\[[^[\]]*\]/g, ' ')
  return compileExpression(text).names.filter(name =>
    new RegExp(`(?<![\\w.])${name}(?!\\w)`).test(outside)
  )
}
