import type { Problem } from '../engine/errors.ts'
import type { FormSchema } from '../engine/forms.ts'
import {
  type CallActivity,
  type ElementId,
  type FlowNode,
  type FlowNodeType,
  isActivity,
  type ProcessGraph
} from '../engine/graph.ts'
import { suggestion } from './nearest.ts'
import type { Extension } from './rulebook.ts'

interface Source {
  readonly graph: ProcessGraph
  readonly file: string
  readonly forms: Readonly<Record<ElementId, FormSchema>>
}

/** What a process of an office may consist of: work of people and systems, and the ways between. */
const ALLOWED: ReadonlySet<FlowNodeType> = new Set([
  'startEvent',
  'endEvent',
  'userTask',
  'manualTask',
  'task',
  'serviceTask',
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway'
] as const)
/** What such a process may tell the applicant: how a case ends is said by the nation alone. */
const TELLABLE: ReadonlySet<string> = new Set(['examination', 'waiting'])

/** Everything that keeps units from supplying what they name, and calls from being supplied. */
export function extensionProblems(
  sources: readonly Source[],
  extensions: readonly Extension[]
): readonly Problem[] {
  const calls = sources.flatMap(({ graph, file }) =>
    Object.values(graph.nodes).flatMap(node =>
      node.type === 'callActivity' && node.extensionPoint !== null ? [{ node, file }] : []
    )
  )
  const points = new Set(calls.map(({ node }) => node.extensionPoint as string))
  const byId = new Map(sources.map(source => [source.graph.id, source]))
  return [
    ...calls.flatMap(({ node, file }) => callProblems(node, file)),
    ...extensions.flatMap(({ unit, point, process }) => {
      const at = (message: string): readonly Problem[] => [{ path: unit, message }]
      if (!points.has(point)) {
        return at(`expected an extension point, found <${point}>${suggestion(point, points)}`)
      }
      const source = byId.get(process)
      if (source === undefined) {
        const near = suggestion(process, new Set(byId.keys()))
        return at(`expected a process for extension point <${point}>, found <${process}>${near}`)
      }
      const own = source.file.replaceAll('\\', '/')
      if (own.startsWith('offices/') && !own.startsWith(`offices/${unit}/`)) {
        return at(`expected a process of <${unit}> for <${point}>, found <${process}> in <${own}>`)
      }
      return limitProblems(source, point)
    })
  ]
}

/** `localCheck` for the extension point `local-check`. */
export function variableOf(point: string): string {
  return point.replace(/[-.]+(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** A call that offices may supply hands back one variable, named like the point. */
function callProblems(node: CallActivity, file: string): readonly Problem[] {
  const name = variableOf(node.extensionPoint as string)
  const path = `${file}#${node.id}`
  const problems: Problem[] = []
  if (node.binding !== 'office') {
    const message = `expected the extension point <${node.extensionPoint}> to be bound by the office, found alur:binding <${node.binding}>`
    problems.push({ path, message })
  }
  for (const { target } of node.outputs) {
    if (rootOf(target) === name) continue
    problems.push({
      path,
      message: `expected an extension point to set <${name}> alone, found <${target}>`
    })
  }
  return problems
}

/** What a process of an office does beyond what an extension may do. */
function limitProblems({ graph, file, forms }: Source, point: string): readonly Problem[] {
  const name = variableOf(point)
  return Object.values(graph.nodes).flatMap(node => {
    const problem = (message: string): readonly Problem[] => [
      { path: `${file}#${node.id}`, message: `extension point <${point}>: ${message}` }
    ]
    if (!ALLOWED.has(node.type)) {
      return problem(`expected tasks of people and systems and gateways, found ${node.type}`)
    }
    if ('on' in node && node.on.kind !== 'none') {
      return problem(`expected an event that neither waits nor throws, found ${node.on.kind}`)
    }
    if ('level' in node && node.level !== 'office') {
      return problem(`expected work of the office itself, found level <${node.level}>`)
    }
    if (node.stage !== null && !TELLABLE.has(node.stage.name)) {
      return problem(
        `expected no stage but ${[...TELLABLE].join(', ')}, found <${node.stage.name}>`
      )
    }
    return written(node, forms).flatMap(target => {
      if (target === null) return problem('expected it to say what it sets, found nothing said')
      if (rootOf(target) === name) return []
      return problem(`expected it to set <${name}> alone, found <${target}>`)
    })
  })
}

/** What an element sets; null where that is not said. */
function written(
  node: FlowNode,
  forms: Readonly<Record<ElementId, FormSchema>>
): readonly (string | null)[] {
  if (!isActivity(node)) return []
  const kept = node.outputs.map(({ target, writes }) =>
    writes === undefined ? target : `data store ${writes.store}`
  )
  if (kept.length > 0) return kept
  if (node.type === 'serviceTask') return [null]
  if (node.type !== 'userTask' && node.type !== 'manualTask') return []
  const form = Object.hasOwn(forms, node.id) ? (forms[node.id] as FormSchema) : null
  if (form === null) return node.type === 'manualTask' ? [] : [null]
  const { properties = {} } = form as { readonly properties?: Record<string, FormSchema> }
  return Object.keys(properties).filter(name => properties[name]?.readOnly !== true)
}

function rootOf(target: string): string {
  return target.split('.')[0] as string
}
