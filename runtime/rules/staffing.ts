import type { ElementId, FlowNode, Level, ProcessGraph } from '../../engine/graph.ts'
import type { Text } from '../../engine/messages.ts'
import type { OfficeId } from '../../engine/state.ts'

/** Somebody of a unit, and for whom they act as a deputy. */
export interface Staff {
  readonly id: string
  readonly roles: readonly string[]
  readonly deputyFor: readonly {
    readonly person: string
    readonly roles: readonly string[]
    /** Null: every process. */
    readonly processes: readonly ElementId[] | null
  }[]
}

/** A step that nobody can do, or that two different people cannot. */
export interface Gap {
  readonly process: ElementId
  readonly element: ElementId
  readonly name: string
  readonly unit: OfficeId
  readonly role: string
  readonly problem: 'nobody' | 'one-person'
  readonly text: Text
}

/** What is asked of the people of an office: the diagrams of a service and of all that it calls. */
export interface Asked {
  readonly graphs: readonly ProcessGraph[]
  /** The unit of each level, from the office up. */
  readonly unitAt: Readonly<Partial<Record<Level, OfficeId>>>
  readonly staffOf: (unit: OfficeId) => readonly Staff[]
}

type Step = Extract<FlowNode, { type: 'userTask' | 'manualTask' }>
interface Task {
  readonly graph: ProcessGraph
  readonly node: Step
  readonly unit: OfficeId
  readonly role: string
  /** Who would have a hand in it: the person, or the deputy together with the one acted for. */
  readonly hands: readonly (readonly string[])[]
}

/**
 * The steps without a holder, and those under separation of duties that the people who there are cannot do as
 * different people. A step whose owners an expression names is left out: they are known in a case only.
 */
export function staffingGaps({ graphs, unitAt, staffOf }: Asked): readonly Gap[] {
  const tasks = graphs.flatMap(graph =>
    Object.values(graph.nodes).flatMap((node): readonly Task[] => {
      if (node.type !== 'userTask' && node.type !== 'manualTask') return []
      const unit = unitAt[node.level]
      if (node.owners.length > 0 || node.role === null || unit === undefined) return []
      const hands = handsFor(node.role, graph, staffOf(unit))
      return [{ graph, node, unit, role: node.role, hands }]
    })
  )
  const empty = tasks.filter(({ hands }) => hands.length === 0)
  const held = tasks.filter(({ hands }) => hands.length > 0)
  return [
    ...empty.map(task =>
      gapOf(task, 'nobody', {
        id: `Tidak ada yang memegang peran <${task.role}> di <${task.unit}> untuk langkah "${task.node.name}"`,
        en: `Nobody of <${task.unit}> holds the role <${task.role}> for the step <${task.node.id}>`
      })
    ),
    ...apartProblems(held)
  ]
}

/** Who of a unit may do what a role does, deputies that hold among them. */
export function handsFor(
  role: string,
  { id, variantOf }: Pick<ProcessGraph, 'id' | 'variantOf'>,
  staff: readonly Staff[]
): readonly (readonly string[])[] {
  return staff.flatMap(person => [
    ...(person.roles.includes(role) ? [[person.id]] : []),
    ...person.deputyFor
      .filter(
        ({ roles, processes }) =>
          roles.includes(role) &&
          (processes === null ||
            processes.includes(id) ||
            (variantOf !== null && processes.includes(variantOf)))
      )
      .map(({ person: principal }) => [person.id, principal])
  ])
}

function apartProblems(tasks: readonly Task[]): readonly Gap[] {
  const pairs = tasks.flatMap(task =>
    task.node.notSameAs.flatMap(name => {
      const other = tasks.find(one => isNamed(one, name, task.graph))
      return other ? [[task, other] as const] : []
    })
  )
  const told: Gap[] = []
  for (const group of groupsOf(pairs)) {
    if (canPart(group, pairs)) continue
    const names = group.map(({ node }) => `<${node.id}>`).join(', ')
    for (const task of group.filter(({ node }) => node.notSameAs.length > 0)) {
      told.push(
        gapOf(task, 'one-person', {
          id: `Langkah ${names} harus dikerjakan orang yang berbeda, tetapi pemegang peran <${task.role}> di <${task.unit}> tidak cukup`,
          en: `The steps ${names} need different people, and those of <${task.unit}> who hold <${task.role}> are not enough`
        })
      )
    }
  }
  return told
}

/** `Element` of the same process, or `process:Element` of another one or of its variant. */
function isNamed({ graph, node }: Task, name: string, from: ProcessGraph): boolean {
  const at = name.lastIndexOf(':')
  if (node.id !== name.slice(at + 1)) return false
  const process = at < 0 ? from.id : name.slice(0, at)
  return graph.id === process || (at >= 0 && graph.variantOf === process)
}

/** Tasks that are bound to each other, directly or by way of others. */
function groupsOf(pairs: readonly (readonly [Task, Task])[]): readonly (readonly Task[])[] {
  const groups: Set<Task>[] = []
  for (const [a, b] of pairs) {
    const joined = groups.filter(group => group.has(a) || group.has(b))
    for (const group of joined) groups.splice(groups.indexOf(group), 1)
    groups.push(new Set([a, b, ...joined.flatMap(group => [...group])]))
  }
  return groups.map(group => [...group])
}

/** Where so many may do a step, different ones are found among them. */
const MOST_HANDS = 16

/** Whether people can be found for all of a group so that no pair shares a hand. */
function canPart(group: readonly Task[], pairs: readonly (readonly [Task, Task])[]): boolean {
  const chosen = new Map<Task, readonly string[]>()
  const fits = (task: Task, hands: readonly string[]) =>
    pairs.every(([a, b]) => {
      const other = a === task ? chosen.get(b) : b === task ? chosen.get(a) : undefined
      return other === undefined || !other.some(person => hands.includes(person))
    })
  const place = (index: number): boolean => {
    const task = group[index]
    if (!task) return true
    return task.hands.slice(0, MOST_HANDS).some(hands => {
      if (!fits(task, hands)) return false
      chosen.set(task, hands)
      if (place(index + 1)) return true
      chosen.delete(task)
      return false
    })
  }
  return place(0)
}

function gapOf({ graph, node, unit, role }: Task, problem: Gap['problem'], text: Text): Gap {
  return { process: graph.id, element: node.id, name: node.name, unit, role, problem, text }
}
