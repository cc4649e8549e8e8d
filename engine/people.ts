import type { Actor, Context } from './context.ts'
import type { RefusalCode } from './errors.ts'
import type { ElementId, FlowNode, ProcessGraph } from './graph.ts'
import type { Named, OfficeId, ProcessInstance, UserWait } from './state.ts'
import type { Colleague } from './task-events.ts'

/** A task that waits: what it is, where it stands and why it rests. */
export interface TaskPlace {
  readonly state: Pick<ProcessInstance, 'performers' | 'operators'>
  /** The process that the element stands in. */
  readonly graph: ProcessGraph
  readonly node: FlowNode
  readonly wait: UserWait
  readonly findProcess: Context['findProcess']
}

/** As whom an actor does something: as themselves when `onBehalfOf` is null. */
export interface Standing {
  readonly onBehalfOf: Named | null
}
/** Why an actor may not. */
export interface Objection {
  readonly code: RefusalCode
  readonly message: string
}

/**
 * Whether an actor may claim or complete a task, and as whom: as themselves rather than for somebody else.
 * The potential owners or the role must fit, nobody else may have the task, and nobody who would have a
 * hand in it may have performed what must be done by others.
 */
export function standingOf(place: TaskPlace, actor: Actor): Standing | Objection {
  const { node, wait } = place
  const fitting = standings(place, actor)
  if (fitting.length === 0) return notFor(place)
  const { assignee } = wait
  const having = fitting.filter(({ onBehalfOf }) => {
    if (assignee === undefined || assignee.id === actor.id) return true
    return onBehalfOf?.id === assignee.id
  })
  if (having.length === 0 && assignee !== undefined) {
    return { code: 'claimed', message: `task <${node.id}> is held by ${assignee.name}` }
  }
  const objections = having.map(standing => samePerson(place, handsOf(place, actor, standing)))
  const free = objections.indexOf(null)
  return (having[free] ?? objections[0]) as Standing | Objection
}

/** As whom an actor speaks for one of these persons: as that person, or as a deputy; null: for none. */
export function standingFor(
  { graph, wait }: TaskPlace,
  actor: Actor,
  persons: readonly (string | undefined)[]
): Standing | null {
  if (persons.includes(actor.id)) return { onBehalfOf: null }
  const found = covering(graph, actor).find(
    each => persons.includes(each.person) && fits(wait, each.whole ? each.person : null, each.roles)
  )
  return found === undefined ? null : { onBehalfOf: { id: found.person, name: found.name } }
}

/** Whether a person may be given a task by somebody who may hand it out. */
export function objectionTo(place: TaskPlace, to: Colleague, also: readonly string[] = []) {
  const actor: Actor = { ...to, kind: 'person' }
  if (!standings(place, actor).some(({ onBehalfOf }) => onBehalfOf === null)) {
    const { code, message } = notFor(place)
    return { code, message: `${message}; <${to.id}> is not` }
  }
  return samePerson(place, [to.id, ...also])
}

/** Whether an actor may hand out the work of a unit, and as whom; null: not. */
export function supervisionOf(
  { office }: Pick<Context, 'office'>,
  unit: OfficeId,
  process: ProcessGraph,
  actor: Actor
): Standing | null {
  if (actor.kind !== 'person' || actor.unit !== unit) return null
  const supervises = ({ roles }: { readonly roles: readonly string[] }) =>
    roles.some(role => office.supervisors?.includes(role))
  if (supervises(actor)) return { onBehalfOf: null }
  const found = covering(process, actor).find(supervises)
  return found === undefined ? null : { onBehalfOf: { id: found.person, name: found.name } }
}

export function isObjection(answer: Standing | Objection): answer is Objection {
  return 'code' in answer
}

/** Whether a task is for an actor, by role, by name or as a deputy; who has it and who did what is not asked. */
export function isFor(
  wait: Asked,
  process: Pick<ProcessGraph, 'id' | 'variantOf'>,
  actor: Actor
): boolean {
  return standings({ wait, graph: process }, actor).length > 0
}

/** Everybody who may not perform a task because of what they did before. */
export function barredFrom({ state, graph, node, findProcess }: TaskPlace): readonly string[] {
  if (!('notSameAs' in node)) return []
  const persons = node.notSameAs.flatMap(id => performersOf(state, graph, id, findProcess))
  return [...new Set([...persons, ...intervenedIn(state, graph, node)])]
}

/** The operators who intervened in a case, when a task is one of two that the same person may not do. */
function intervenedIn(
  { operators }: Pick<ProcessInstance, 'operators'>,
  { nodes }: ProcessGraph,
  node: FlowNode
): readonly string[] {
  const persons = Object.keys(operators ?? {})
  if (persons.length === 0) return []
  const paired = Object.values(nodes).some(
    each =>
      'notSameAs' in each &&
      each.notSameAs.length > 0 &&
      (each.id === node.id || each.notSameAs.includes(node.id))
  )
  return paired ? persons : []
}

/** Who counts as a performer besides the actor: whom a deputy stands in for, and who owns the task. */
export function behind({ wait }: TaskPlace, { onBehalfOf }: Standing): readonly Named[] {
  const owner = wait.owner === undefined || wait.owner.id === onBehalfOf?.id ? null : wait.owner
  return [onBehalfOf, owner].filter(each => each !== null)
}

/** Whom a task asks for. */
type Asked = Pick<UserWait, 'unit' | 'role'> & { readonly owners?: readonly string[] | null }

// who fits //////////////////////////////////////////////////////////////////////

function standings(
  { graph, wait }: { readonly graph: Pick<ProcessGraph, 'id' | 'variantOf'>; readonly wait: Asked },
  actor: Actor
): readonly Standing[] {
  if (actor.kind !== 'person' || actor.unit !== wait.unit) return []
  const own = fits(wait, actor.id, actor.roles) ? [{ onBehalfOf: null }] : []
  const others = covering(graph, actor)
    .filter(each => fits(wait, each.whole ? each.person : null, each.roles))
    .map(({ person: id, name }) => ({ onBehalfOf: { id, name } }))
  return [...own, ...others]
}

/** The deputyships of an actor that cover a process. */
function covering(
  { id, variantOf }: Pick<ProcessGraph, 'id' | 'variantOf'>,
  { deputyFor = [] }: Actor
) {
  return deputyFor.filter(
    ({ processes }) =>
      processes === null ||
      processes.includes(id) ||
      (variantOf !== null && processes.includes(variantOf))
  )
}

function fits({ role, owners }: Asked, person: string | null, roles: readonly string[]): boolean {
  if (owners === undefined || owners === null) return role === null || roles.includes(role)
  return owners.some(name => name === person || roles.includes(name))
}

function notFor({ node, wait }: TaskPlace): Objection {
  const who =
    wait.owners === undefined
      ? `with the role <${wait.role ?? 'any'}>`
      : `among ${wait.owners.map(name => `<${name}>`).join(', ')}`
  const message = `expected someone of <${wait.unit}> ${who} to complete <${node.id}>`
  return { code: 'not-allowed', message }
}

// four eyes ///////////////////////////////////////////////////////////////////

function handsOf(place: TaskPlace, actor: Actor, standing: Standing): readonly string[] {
  return [actor.id, ...behind(place, standing).map(({ id }) => id)]
}

function samePerson(
  { state, graph, node, findProcess }: TaskPlace,
  hands: readonly string[]
): Objection | null {
  if (!('notSameAs' in node)) return null
  const same = node.notSameAs.find(id =>
    performersOf(state, graph, id, findProcess).some(person => hands.includes(person))
  )
  if (same === undefined) return null
  const message = `expected another person to complete <${node.id}> than the one who completed <${same}>`
  return { code: 'same-person', message }
}

/** Everybody who had a hand in `Element` of this process, or in `process:Element` of another one or of its variant. */
function performersOf(
  { performers }: Pick<ProcessInstance, 'performers'>,
  graph: ProcessGraph,
  name: string,
  findProcess: Context['findProcess']
): readonly string[] {
  const at = name.lastIndexOf(':')
  const element: ElementId = name.slice(at + 1)
  const process = at < 0 ? graph.id : name.slice(0, at)
  return Object.keys(performers)
    .filter(id => id === process || (at >= 0 && findProcess(id, null)?.variantOf === process))
    .flatMap(id => performers[id]?.[element] ?? [])
}
