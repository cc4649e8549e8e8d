import { unfinishedIn } from '../engine/compile/unfinished.ts'
import type { Problem } from '../engine/errors.ts'
import { checkForm, type FormSchema } from '../engine/forms.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../engine/graph.ts'
import { plainStarts } from '../engine/instantiating.ts'
import { APPLICANT } from '../engine/starting.ts'
import type { Held } from './must-have.ts'
import { suggestion } from './nearest.ts'
import type { Extension, Rulebook } from './rulebook.ts'

/** What a diagram may refer to outside the processes; null where it is not checked. */
export interface Known {
  readonly jobs: ReadonlySet<string> | null
  readonly rules: ReadonlySet<string> | null
  readonly templates: ReadonlySet<string> | null
  /** The roles of officers; the applicant is known besides. */
  readonly roles: ReadonlySet<string> | null
  /** The services that a process is bound to at some office, and what jobs give: for the must-haves. */
  readonly serves?: Held['serves']
  readonly results?: Held['results']
  /** What units supply for extension points, and the parameters that may switch optional steps. */
  readonly extensions?: readonly Extension[]
  readonly switches?: ReadonlySet<string> | null
}

export interface FormFile {
  readonly file: string
  readonly process: ElementId
  readonly element: ElementId
  readonly form: FormSchema
}

interface Diagram {
  readonly graph: ProcessGraph
  readonly file: string
}

/** Every reference of diagrams and forms that leads nowhere. */
export function problemsOf(
  diagrams: readonly Diagram[],
  forms: readonly FormFile[],
  known: Known,
  complete: boolean
): readonly Problem[] {
  const byProcess = new Map(diagrams.map(diagram => [diagram.graph.id, diagram]))
  // While a diagram cannot be read, what it defines is not known: no further problems from that.
  const processes = complete ? new Set(byProcess.keys()) : null
  return [
    ...diagrams.flatMap(diagram => doubles(diagram, byProcess)),
    ...diagrams.flatMap(diagram => misnamed(diagram, diagrams)),
    ...diagrams.flatMap(({ graph, file }) =>
      unfinishedIn(graph).map(({ path, message }) => ({ path: `${file}#${path}`, message }))
    ),
    ...diagrams.flatMap(diagram => dangling(diagram, byProcess, processes, known)),
    ...diagrams.flatMap(diagram => uncallable(diagram, byProcess)),
    ...forms.flatMap(form => formProblems(form, byProcess, processes))
  ]
}

function doubles(diagram: Diagram, byProcess: ReadonlyMap<ElementId, Diagram>): readonly Problem[] {
  const { graph, file } = diagram
  const other = byProcess.get(graph.id) as Diagram
  if (other === diagram) return []
  return [
    { path: `${file}#${graph.id}`, message: `process <${graph.id}> is in ${other.file} as well` }
  ]
}

/** A file is named by a process that is in it, so that the process can be found. */
function misnamed({ file, graph }: Diagram, diagrams: readonly Diagram[]): readonly Problem[] {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  const inFile = diagrams.filter(each => each.file === file).map(each => each.graph.id)
  if (inFile[0] !== graph.id || inFile.some(id => name === `${id}.bpmn`)) return []
  return [{ path: file, message: `expected a file name such as <${graph.id}.bpmn>` }]
}

function dangling(
  { graph, file }: Diagram,
  byProcess: ReadonlyMap<ElementId, Diagram>,
  processes: ReadonlySet<string> | null,
  { jobs, rules, templates, roles, switches = null }: Known
): readonly Problem[] {
  const problems: Problem[] = []
  const expect = (
    element: ElementId,
    kind: string,
    name: string,
    set: ReadonlySet<string> | null
  ) => {
    if (set === null || set.has(name)) return
    problems.push({
      path: `${file}#${element}`,
      message: `expected a known ${kind}, found <${name}>${suggestion(name, set)}`
    })
  }
  const expectRole = (element: ElementId, role: string | null) => {
    if (role === null || roles === null || roles.has(role) || role === APPLICANT) return
    const near = suggestion(role, [...roles, APPLICANT])
    const known = near === '' ? `; expected one of ${[...roles].join(', ')}` : near
    problems.push({ path: `${file}#${element}`, message: `role <${role}> is not known${known}` })
  }
  for (const { id, role, onBehalf } of Object.values(graph.lanes)) {
    expectRole(id, role)
    expectRole(id, onBehalf)
  }
  if (graph.variantOf !== null) expect(graph.id, 'process', graph.variantOf, processes)
  if (graph.service !== null) expect(graph.id, 'rule', graph.service, rules)
  for (const node of Object.values(graph.nodes)) {
    const { id } = node
    // a task without a role of its own has that of its lane, where it is said already
    const lane = node.lane === null ? null : graph.lanes[node.lane]
    if ('role' in node && node.role !== lane?.role) expectRole(id, node.role)
    const job = jobOf(node)
    if (job !== null) expect(id, 'kind of job', job, jobs)
    // a version of its own may be of a process that is no longer in the folder: the library knows
    if (node.type === 'callActivity' && typeof node.binding !== 'number') {
      expect(id, 'process', node.calls, processes)
    }
    if (node.type === 'businessRuleTask') expect(id, 'rule', node.rule, rules)
    if ('optional' in node && node.optional !== null) expect(id, SWITCH, node.optional, switches)
    for (const name of ownerNames(node)) expectRole(id, name)
    for (const name of foreignTasks(graph, node)) {
      const at = name.lastIndexOf(':')
      const other = byProcess.get(name.slice(0, at))
      if (other !== undefined) expect(id, 'task', name.slice(at + 1), tasksOf(other.graph))
      else expect(id, 'process', name.slice(0, at), processes)
    }
    for (const template of templatesOf(node)) expect(id, 'template', template, templates)
  }
  return problems
}

const SWITCH = 'parameter that is true or false and that offices may state'

/** The calls of processes that begin with events alone, or are not what their resource roles are for. */
function uncallable(
  { graph, file }: Diagram,
  byProcess: ReadonlyMap<ElementId, Diagram>
): readonly Problem[] {
  return Object.values(graph.nodes).flatMap(node => {
    const owners = node.type === 'callActivity' ? node.owners.length : 0
    const called = node.type === 'callActivity' ? byProcess.get(node.calls)?.graph : undefined
    if (called === undefined || called.starts.length === 0) return []
    const task = called.nodes[called.id]?.type
    if (owners > 0 && task !== 'userTask' && task !== 'manualTask') {
      const message = `expected resource roles on the call of a global user task or manual task only, found <${called.id}>`
      return [{ path: `${file}#${node.id}`, message }]
    }
    if (plainStarts(called).length > 0) return []
    const message = `expected process <${called.id}> to have a start event without a trigger, to be called by`
    return [{ path: `${file}#${node.id}`, message }]
  })
}

function jobOf(node: FlowNode): string | null {
  return node.type === 'serviceTask' || node.type === 'sendTask' ? node.job : null
}

/** The roles among the potential owners; a name that is worked out shows when it runs, and a person's has a dot. */
function ownerNames(node: FlowNode): readonly string[] {
  if (!('owners' in node)) return []
  const names = node.owners.flatMap(text => /^"([^"\\]*)"$/.exec(text)?.[1] ?? [])
  return names.filter(name => !/[.@]/.test(name))
}

/** The tasks of other processes, `process:Element`, whose performers may not do this one. */
function foreignTasks({ id }: ProcessGraph, node: FlowNode): readonly string[] {
  if (!('notSameAs' in node)) return []
  return node.notSameAs.filter(name => name.includes(':') && !name.startsWith(`${id}:`))
}

function tasksOf({ nodes }: ProcessGraph): ReadonlySet<string> {
  return new Set(Object.keys(nodes).filter(id => 'notSameAs' in (nodes[id] as FlowNode)))
}

/** The templates that a job is given by name; one that is worked out shows when the job runs. */
function templatesOf(node: FlowNode): readonly string[] {
  if (jobOf(node) === null || !('inputs' in node)) return []
  const sources = node.inputs.filter(({ target }) => target === 'template').map(each => each.source)
  return sources.flatMap(source => /^=?\s*"([^"\\]*)"\s*$/.exec(source)?.[1] ?? [])
}

function formProblems(
  { file, process, element, form }: FormFile,
  byProcess: ReadonlyMap<ElementId, Diagram>,
  processes: ReadonlySet<string> | null
): readonly Problem[] {
  const problem = (message: string): readonly Problem[] => [{ path: file, message }]
  const graph = byProcess.get(process)?.graph
  if (graph === undefined) {
    return processes === null ? [] : problem(`expected the id of a process, found <${process}>`)
  }
  const node = graph.nodes[element]
  if (node === undefined) return problem(`process <${process}> has no element <${element}>`)
  if (!['userTask', 'manualTask', 'startEvent'].includes(node.type)) {
    return problem(
      `expected a user task, a manual task or a start event, found ${node.type} <${element}>`
    )
  }
  if (form === null || typeof form !== 'object' || Array.isArray(form)) {
    return problem('expected a JSON Schema')
  }
  return checkForm(form).map(({ path, message }) => ({ path: `${file}#${path}`, message }))
}

/** What local law says of processes. */
export function processLaw(
  rulebook: Rulebook
): Required<Pick<Known, 'serves' | 'extensions' | 'switches'>> {
  return {
    serves: servesIn(rulebook),
    extensions: rulebook.extensions(),
    switches: new Set(rulebook.switches())
  }
}

/** The services that each process serves at some office. */
function servesIn(rulebook: Rulebook): ReadonlyMap<ElementId, readonly string[]> {
  const serves = new Map<ElementId, string[]>()
  for (const { id: office } of rulebook.offices()) {
    for (const service of rulebook.services(office)) {
      const process = rulebook.bound(office, service)
      const known = process === null ? [] : (serves.get(process) ?? [])
      if (process !== null && !known.includes(service)) serves.set(process, [...known, service])
    }
  }
  return serves
}

/** Every service of an office that no process serves. */
export function serviceProblems(
  rulebook: Rulebook,
  processes: readonly ProcessGraph[]
): readonly Problem[] {
  const deployed = new Set(processes.map(({ id }) => id))
  return rulebook.offices().flatMap(({ id: office }) =>
    rulebook.services(office).flatMap(service => {
      const process = rulebook.bound(office, service)
      if (process !== null && deployed.has(process)) return []
      const found = process === null ? 'none' : `<${process}>`
      return [
        { path: office, message: `expected a process for service <${service}>, found ${found}` }
      ]
    })
  )
}

/** The user tasks that take anything, in processes whose other tasks have forms. */
export function formless(
  sources: readonly {
    readonly graph: ProcessGraph
    readonly forms: object
    readonly file: string
  }[]
): readonly Problem[] {
  return sources.flatMap(({ graph, forms, file }) => {
    const tasks = Object.values(graph.nodes).filter(({ type }) => type === 'userTask')
    const without = tasks.filter(({ id }) => !Object.hasOwn(forms, id))
    if (without.length === tasks.length) return []
    return without.map(({ id }) => ({
      path: `${file}#${id}`,
      message: `user task <${id}> has no form file <${graph.id}.${id}.json>`
    }))
  })
}
