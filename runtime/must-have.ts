import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Problem } from '../engine/errors.ts'
import type { FormSchema } from '../engine/forms.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../engine/graph.ts'
import type { MustHave, MustHaves } from '../engine/must-have/marks.ts'
import { type Breach, breaches } from '../engine/must-have/must-have.ts'
import type { Writes } from '../engine/must-have/search.ts'
import { suggestion } from './nearest.ts'
import type { JobResults } from './reads.ts'
import { compileShape, schemaProblems } from './rules/schemas.ts'

/** A file of the nation that says what every process of a service must have. */
export interface MustHaveFile {
  readonly file: string
  readonly mustHaves: MustHaves
}

interface Source {
  readonly graph: ProcessGraph
  readonly file: string
  readonly forms: Readonly<Record<ElementId, FormSchema>>
}

/** What is known about the processes besides their diagrams. */
export interface Held {
  /** The services that a process is bound to at some office. */
  readonly serves?: ReadonlyMap<ElementId, readonly string[]> | undefined
  readonly results?: JobResults | undefined
}

const validate = compileShape(
  JSON.parse(readFileSync(new URL('../processes/schema/must-have.json', import.meta.url), 'utf8'))
)

/** Reads one file, or says everything that is wrong with it. */
export function readMustHaves(
  file: string,
  json: unknown
): { readonly read: MustHaveFile | null; readonly problems: readonly Problem[] } {
  const at = (path: string, message: string) => ({ path: `${file}#${path}`, message })
  const misfits = schemaProblems(validate, json).map(({ path, message }) => at(path, message))
  if (misfits.length > 0) return { read: null, problems: misfits }
  const given = json as MustHaves & { readonly marks: MustHaves['marks'] }
  const problems: Problem[] = []
  if (basename(file, '.must-have.json') !== given.process) {
    problems.push(at('/process', `expected a file name such as <${given.process}.must-have.json>`))
  }
  if (file.startsWith('offices/')) {
    problems.push(
      at('', 'expected must-haves of the nation only, found them in the folder of an office')
    )
  }
  const names = new Set(Object.keys(given.marks))
  const ids = new Set<string>()
  given.mustHave.forEach((demand, index) => {
    const path = `/mustHave/${index}`
    if (ids.has(demand.id)) problems.push(at(path, `the id <${demand.id}> is there twice`))
    ids.add(demand.id)
    for (const name of marksOf(demand)) {
      if (names.has(name)) continue
      problems.push(
        at(path, `expected a mark of this file, found <${name}>${suggestion(name, names)}`)
      )
    }
  })
  const marks = Object.fromEntries(
    Object.entries(given.marks).map(([name, mark]) => [name, { ...mark, by: mark.by ?? [] }])
  )
  return { read: { file, mustHaves: { ...given, marks } }, problems }
}

function marksOf(demand: MustHave): readonly string[] {
  switch (demand.kind) {
    case 'present':
    case 'role':
      return [demand.what]
    case 'before':
      return [
        demand.first,
        demand.later,
        ...(demand.given === undefined ? [] : [demand.given.after])
      ]
    case 'never':
      return [demand.later, demand.given.after]
    case 'approvalByRule':
      return [demand.rule, demand.later, ...Object.values(demand.levels)]
    case 'separationOfDuties':
      return [demand.what, demand.from]
    default:
      return demand satisfies never
  }
}

/** The must-haves that a process is held to: those of its own id, of what it varies, and of what it serves. */
export function heldTo(
  { id, variantOf }: ProcessGraph,
  files: readonly MustHaveFile[],
  { serves }: Held
): readonly MustHaveFile[] {
  const names = new Set([id, variantOf, ...(serves?.get(id) ?? [])])
  return files.filter(({ mustHaves }) => names.has(mustHaves.process))
}

/** Every must-have that some process breaks, with the process. */
export function breachesIn(
  sources: readonly Source[],
  files: readonly MustHaveFile[],
  held: Held
): readonly { readonly source: Source; readonly breach: Breach }[] {
  const national = new Map(
    sources.filter(({ file }) => !file.startsWith('offices/')).map(({ graph }) => [graph.id, graph])
  )
  const forms = new Map(sources.map(source => [source.graph.id, source.forms]))
  const writes: Writes = ({ node, graph }) => written(node, forms.get(graph.id) ?? {}, held.results)
  return sources.flatMap(source =>
    heldTo(source.graph, files, held).flatMap(({ mustHaves }) =>
      breaches(source.graph, mustHaves, id => national.get(id) ?? null, writes).map(breach => ({
        source,
        breach
      }))
    )
  )
}

/** The same as problems of the processes, each with a way on which it is broken. */
export function mustHaveProblems(
  sources: readonly Source[],
  files: readonly MustHaveFile[],
  held: Held
): readonly Problem[] {
  return breachesIn(sources, files, held).map(({ source, breach }) => ({
    path: `${source.file}#${source.graph.id}`,
    message: `must-have <${breach.mustHave}>: ${breach.text.id} / ${breach.text.en}`
  }))
}

/** The variables that an element writes; null: any. */
function written(
  node: FlowNode,
  forms: Readonly<Record<ElementId, FormSchema>>,
  results: JobResults | undefined
): readonly string[] | null {
  const mapped = 'outputs' in node ? node.outputs : []
  if (mapped.length > 0) return mapped.map(({ target }) => target.split('.')[0] as string)
  switch (node.type) {
    case 'userTask':
    case 'manualTask': {
      const form = Object.hasOwn(forms, node.id) ? (forms[node.id] as FormSchema) : null
      if (form === null) return node.type === 'manualTask' ? [] : null
      const { properties = {} } = form as { readonly properties?: Record<string, FormSchema> }
      return Object.keys(properties).filter(name => properties[name]?.readOnly !== true)
    }
    case 'serviceTask':
    case 'sendTask':
      if (node.job === null) return []
      if (results === undefined || !Object.hasOwn(results, node.job)) return null
      return results[node.job] as readonly string[]
    case 'businessRuleTask':
    case 'scriptTask':
      return node.result === null ? null : [node.result]
    default:
      return []
  }
}
