import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import canonicalize from 'canonicalize'
import { compile } from '../engine/compile/compile.ts'
import type { Wanted } from '../engine/context.ts'
import { InvalidData, type Problem } from '../engine/errors.ts'
import type { FormSchema } from '../engine/forms.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import { DIAGRAM_LIMITS, type DiagramLimits, readDiagram } from './bpmn.ts'
import type { Clock } from './clock.ts'
import {
  type Deployment,
  type Deployments,
  momentAfter,
  versionDeployedWith
} from './deployments.ts'
import { extensionProblems } from './extensions.ts'
import { checkDiagram, warningsIn } from './gate.ts'
import type { Log } from './log.ts'
import { type MustHaveFile, mustHaveProblems, readMustHaves } from './must-have.ts'
import { type SchemaFile, schemaKey, schemaProblems, schemasOf } from './payloads.ts'
import { type FormFile, type Known, problemsOf } from './references.ts'
import { compareVariant, type VariantComparison } from './variants.ts'
import { decodeXml } from './xml/encoding.ts'

/** The processes that can run: those of the folder in their newest version, and all older versions. */
export interface Library {
  /** The newest version of every process of the folder, by id. */
  readonly processes: readonly ProcessGraph[]
  /** A version of a process, or of a global task; with null the newest one. */
  find(process: ElementId, version: Wanted): ProcessGraph | null
  /** The form of a user task or a start event, as it was when the version was deployed. */
  form(process: ElementId, version: number, element: ElementId): FormSchema | null
  /** The schema of what a message carries, as it was when the version was deployed. */
  payload(process: ElementId, version: number, message: string): FormSchema | null
  /** The diagram as it was written, and when it was deployed. */
  source(process: ElementId, version: number): Deployment | null
  /** How a variant differs from the national diagram; null when it is none. */
  differences(process: ElementId): VariantComparison | null
}

/** A process of the folder, compiled, with its forms. */
export interface ProcessSource {
  readonly graph: ProcessGraph
  readonly file: string
  readonly xml: string
  readonly forms: Readonly<Record<ElementId, FormSchema>>
}

/**
 * Reads and checks every process of a folder, deploys what has changed as the next version, and
 * compiles the older versions that instances may have pinned.
 *
 * @throws InvalidData with every problem of every file; nothing is deployed then
 */
export async function openLibrary(given: {
  readonly folder: string
  readonly known: Known
  readonly deployments: Deployments
  readonly clock: Clock
  readonly log: Log
  readonly limits?: DiagramLimits
}): Promise<Library> {
  const { folder, known, deployments, clock, log, limits = DIAGRAM_LIMITS } = given
  const sources = await readProcesses(folder, known, limits)
  const stored = await deployments.all()
  const at = momentAfter(stored, clock.now())

  const added: Deployment[] = []
  const current = sources.map(source => {
    const { id } = source.graph
    const latest = stored.findLast(({ process }) => process === id)
    const sha256 = hashOf(source)
    if (latest?.sha256 === sha256) return latest
    const { file, xml, forms } = source
    const version = (latest?.version ?? 0) + 1
    const next = { process: id, version, file, sha256, xml, forms, deployedAt: at }
    added.push(next)
    return next
  })
  const versions = [...stored, ...added]
  const missing = sources.flatMap(source => missingVersions(source, versions))
  if (missing.length > 0) throw new InvalidData('the processes cannot run', missing)
  if (added.length > 0) await deployments.add(added)
  for (const { process, version } of added) log.info('process deployed', { process, version })
  const fresh = sources.filter(({ graph }) => added.some(({ process }) => process === graph.id))
  for (const { path, message } of warningsIn(fresh)) log.warn(message, { path })

  const entries = new Map<string, { deployment: Deployment; graph: ProcessGraph }>()
  const newest = new Map<ElementId, ProcessGraph>()
  const keep = (deployment: Deployment, graph: ProcessGraph) => {
    entries.set(keyOf(graph.id, graph.version), { deployment, graph })
    if ((newest.get(graph.id)?.version ?? 0) < graph.version) newest.set(graph.id, graph)
  }
  const processes = current.map((deployment, index) => {
    const { graph } = sources[index] as ProcessSource
    const numbered = Object.freeze({ ...graph, version: deployment.version })
    keep(deployment, numbered)
    return numbered
  })
  for (const deployment of stored) {
    const { process, version } = deployment
    if (entries.has(keyOf(process, version))) continue
    try {
      keep(deployment, await compileDeployed(deployment))
    } catch (error) {
      // Instances that pinned it rest until it can be compiled again; all others go on.
      log.error('deployed process no longer compiles', error, { process, version })
    }
  }

  const graphOf = (process: ElementId, version: number) =>
    entries.get(keyOf(process, version))?.graph ?? null
  const compared = new Map(
    processes.flatMap(graph => {
      const comparison = compareVariant(graph, { all: versions, find: graphOf })
      return comparison === null ? [] : [[graph.id, comparison] as const]
    })
  )
  const changed = new Set(added.map(({ process }) => process))
  for (const comparison of compared.values()) {
    if (!changed.has(comparison.process) && !changed.has(comparison.national)) continue
    log.info('variant compared with the national process', countsOf(comparison))
  }

  const entry = (process: ElementId, version: number) => entries.get(keyOf(process, version))
  return {
    processes,
    find: (process, version) => {
      if (version === null || version === 'latest') return newest.get(process) ?? null
      const number =
        typeof version === 'number'
          ? version
          : versionDeployedWith(versions, process, version.deployedWith)
      return number === null ? null : (entry(process, number)?.graph ?? null)
    },
    form: (process, version, element) => {
      const forms = entry(process, version)?.deployment.forms
      return forms !== undefined && Object.hasOwn(forms, element)
        ? (forms[element] as FormSchema)
        : null
    },
    payload: (process, version, message) => {
      const forms = entry(process, version)?.deployment.forms
      const key = schemaKey(message)
      return forms !== undefined && Object.hasOwn(forms, key) ? (forms[key] as FormSchema) : null
    },
    source: (process, version) => entry(process, version)?.deployment ?? null,
    differences: process => compared.get(process) ?? null
  }
}

function countsOf({ process, version, national, nationalVersion, ...rest }: VariantComparison) {
  const { differences, since } = rest
  return {
    process,
    version,
    national,
    nationalVersion,
    differences: differences.length,
    ...(since === null ? {} : { added: since.added.length, gone: since.gone.length })
  }
}

/**
 * Reads every diagram and form below a folder and checks what they refer to.
 *
 * @throws InvalidData with every problem of every file
 */
export async function readProcesses(
  folder: string,
  known: Known,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<readonly ProcessSource[]> {
  const { sources, broken } = await readSources(folder, known, limits)
  if (broken.length > 0) throw new InvalidData('the processes cannot run', broken)
  return sources
}

/**
 * The same, with what could run but is not let in: what breaks a must-have of the nation, and what an office may
 * not supply.
 *
 * @throws InvalidData with every problem of what cannot run at all
 */
export async function readSources(
  folder: string,
  known: Known,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<{ readonly sources: readonly ProcessSource[]; readonly broken: readonly Problem[] }> {
  const problems: Problem[] = []
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
  const filesOf = (ending: string) =>
    Promise.all(
      files
        .filter(file => file.endsWith(ending))
        .map(async file => ({ file, bytes: await readFile(join(folder, file)) }))
    )

  const graphs: { readonly graph: ProcessGraph; readonly file: string; readonly xml: string }[] = []
  for (const { file, bytes } of await filesOf('.bpmn')) {
    try {
      const xml = decodeXml(bytes, file)
      const { graphs: compiled } = await checkDiagram(xml, file, limits)
      graphs.push(...compiled.map(graph => ({ graph, file, xml })))
    } catch (error) {
      if (!(error instanceof InvalidData)) throw error
      problems.push(...error.problems.map(problem => inside(file, problem)))
    }
  }
  const forms: FormFile[] = []
  const schemas: SchemaFile[] = []
  const mustHaves: MustHaveFile[] = []
  for (const { file, bytes } of await filesOf('.json')) {
    const { process, element } = formName(file)
    if (element === 'cases' || element === 'simulation' || isSchema(file)) continue
    try {
      if (element === 'must-have') {
        const { read, problems: wrong } = readMustHaves(file, JSON.parse(bytes.toString('utf8')))
        problems.push(...wrong)
        if (read !== null) mustHaves.push(read)
      } else if (element === 'schema')
        schemas.push({ file, schema: JSON.parse(bytes.toString('utf8')) })
      else forms.push({ file, process, element, form: JSON.parse(bytes.toString('utf8')) })
    } catch (error) {
      problems.push({ path: file, message: `expected JSON: ${(error as Error).message}` })
    }
  }
  problems.push(...schemaProblems(problems.length === 0 ? graphs : [], schemas))
  problems.push(...problemsOf(graphs, forms, known, problems.length === 0))
  if (problems.length > 0) throw new InvalidData('the processes cannot run', problems)
  const sources = graphs.map(({ graph, file, xml }) => {
    const own = forms.filter(({ process }) => process === graph.id)
    const byElement = own.map(({ element, form }) => [element, form])
    const payloads = schemasOf({ graph, file }, schemas)
    return { graph, file, xml, forms: { ...Object.fromEntries(byElement), ...payloads } }
  })
  const broken = [
    ...extensionProblems(sources, known.extensions ?? []),
    ...mustHaveProblems(sources, mustHaves, known)
  ]
  return { sources, broken }
}

/** `schema/must-have.json` and the like help editors; what a message carries lies beside the diagrams. */
function isSchema(file: string): boolean {
  return file.startsWith('schema/')
}

/** The calls of a version that was never deployed. */
function missingVersions(
  { graph, file }: ProcessSource,
  all: readonly Deployment[]
): readonly Problem[] {
  return Object.values(graph.nodes).flatMap(node => {
    if (node.type !== 'callActivity' || typeof node.binding !== 'number') return []
    const { id, calls, binding } = node
    const own = all.filter(({ process }) => process === calls).map(({ version }) => version)
    if (own.includes(binding)) return []
    const found = own.length === 0 ? 'none' : `versions ${own.join(', ')}`
    const message = `expected version ${binding} of process <${calls}> to be deployed, found ${found}`
    return [{ path: `${file}#${id}`, message }]
  })
}

/**
 * `itk-extension.kanim-mre.Check.json`: the element stands last, and no element id has a dot. The form of a
 * global task is named by the task alone.
 */
function formName(file: string): { readonly process: ElementId; readonly element: ElementId } {
  const name = basename(file, '.json')
  const dot = name.lastIndexOf('.')
  return {
    process: dot < 0 ? name : name.slice(0, dot),
    element: dot < 0 ? name : name.slice(dot + 1)
  }
}

function inside(file: string, { path, message }: Problem): Problem {
  return { path: path.startsWith(file) ? path : `${file}#${path}`, message }
}

/** What was deployed once is not held to limits that have been lowered since. */
const ANY_SIZE: DiagramLimits = {
  bytes: Infinity,
  elements: Infinity,
  depth: Infinity,
  attribute: Infinity,
  attributes: Infinity,
  expression: Infinity
}

async function compileDeployed(deployment: Deployment): Promise<ProcessGraph> {
  const { process, version, xml, file } = deployment
  const compiled = compile(await readDiagram(xml, file, ANY_SIZE), version, ANY_SIZE)
  const graph = compiled.find(({ id }) => id === process)
  if (graph) return graph
  throw new InvalidData(file, [{ path: file, message: `expected a process <${process}>` }])
}

function hashOf({ xml, forms }: ProcessSource): string {
  return createHash('sha256')
    .update(canonicalize({ xml, forms }) as string)
    .digest('hex')
}

function keyOf(process: ElementId, version: number): string {
  return `${process}@${version}`
}
