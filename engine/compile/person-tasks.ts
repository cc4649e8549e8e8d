import type { ElementId, Lane, Level, TaskTime, UserTask } from '../graph.ts'
import { APPLICANT } from '../starting.ts'
import { parseDuration } from '../time.ts'
import { attribute, type Element, feel, feelOf, flag, listOf, type Problems } from './elements.ts'
import { isTime } from './events.ts'

/** Where resource roles are executed: on what people do, and on the call of a global task of that kind. */
export const WITH_OWNERS: readonly string[] = [
  'bpmn:UserTask',
  'bpmn:ManualTask',
  'bpmn:GlobalUserTask',
  'bpmn:GlobalManualTask',
  'bpmn:CallActivity'
]

type PersonParts = Pick<
  UserTask,
  'role' | 'level' | 'owners' | 'priority' | 'due' | 'followUp' | 'notSameAs'
>

interface Standing {
  readonly lane: ElementId | null
  readonly lanes: Readonly<Record<ElementId, Lane>>
}

/** What a task of a person says about who does it, and when. */
export function personParts(element: Element, place: Standing, problems: Problems): PersonParts {
  const owners = ownersOf(element, problems)
  if (attribute(element, 'role') !== null && listOf(element, 'resources').length > 0) {
    problems.add(element, 'expected either alur:role or resource roles, found both')
  }
  return {
    ...holderOf(element, place, problems),
    owners,
    priority: priorityOf(element, problems),
    ...timesOf(element, problems),
    notSameAs: (attribute(element, 'notSameAs') ?? '').split(/\s+/).filter(id => id !== '')
  }
}

/** Who does the work: the role and the level that an element states, else those of its lane. */
export function holderOf(
  element: Element,
  { lane, lanes }: Standing,
  problems: Problems
): Pick<UserTask, 'role' | 'level'> {
  const around = lane === null ? null : (lanes[lane] ?? null)
  const level = attribute(element, 'level') ?? around?.level ?? 'office'
  if (!['office', 'region', 'national'].includes(level)) {
    problems.add(element, `expected alur:level to be office, region or national, found <${level}>`)
  }
  const role = attribute(element, 'role') ?? around?.role ?? null
  if (role === APPLICANT) {
    problems.add(element, 'an applicant has no task list, so that nobody could do this')
  }
  return { role, level: level as Level }
}

// when ////////////////////////////////////////////////////////////////////////

function timesOf(element: Element, problems: Problems): Pick<UserTask, 'due' | 'followUp'> {
  const workingDays = flag(element, 'workingDays', problems)
  const timeOf = (name: 'due' | 'followUp'): TaskTime | null => {
    const text = attribute(element, name)
    if (text === null) return null
    if (!text.startsWith('=')) {
      isTime(element, `alur:${name}`, text, parseDuration, problems)
      return { expression: text, feel: false, workingDays }
    }
    const expression = feel(element, text, `alur:${name}`, problems)
    return expression === null ? null : { expression, feel: true, workingDays }
  }
  return { due: timeOf('due'), followUp: timeOf('followUp') }
}

/** A number is FEEL as well; one that is out of bounds shows now. */
function priorityOf(element: Element, problems: Problems): string | null {
  const text = attribute(element, 'priority')
  if (text === null) return null
  const expression = feel(element, text, 'alur:priority', problems)
  const number = Number(expression ?? 0)
  if (number < 0 || number > 100)
    problems.add(element, `expected alur:priority to be from 0 to 100, found <${text}>`)
  return expression
}

// who /////////////////////////////////////////////////////////////////////////

/** FEEL for everyone whom an element names by its resource roles. */
export function ownersOf(element: Element, problems: Problems): readonly string[] {
  return listOf(element, 'resources').flatMap(each => namesFrom(element, each, problems))
}

/**
 * FEEL for the names that a potential owner, a human performer or a performer gives: by an expression, or
 * by a resource, which is a role by itself and a query when its parameters are bound. BPMN 2.0.2, 10.3.4.1.
 */
function namesFrom(task: Element, role: Element, problems: Problems): readonly string[] {
  const what = words(role.$type)
  const assignment = role.resourceAssignmentExpression as Element | undefined
  const resource = role.resourceRef as Element | undefined
  if (assignment !== undefined) {
    if (resource !== undefined)
      problems.add(task, `${what}: expected either an expression or a resource, found both`)
    const text = feelOf(task, assignment.expression as Element | undefined, what, problems)
    if (text === null && assignment.expression === undefined)
      problems.add(task, `${what}: expected an expression that names persons or roles, found none`)
    return text === null ? [] : [text]
  }
  if (resource === undefined) {
    problems.add(task, `${what}: expected resourceAssignmentExpression or resourceRef, found none`)
    return []
  }
  const bindings = listOf(role, 'resourceParameterBindings')
  if (bindings.length === 0) return [JSON.stringify(roleOf(resource))]
  return bindings.flatMap(binding => {
    const parameter = binding.parameterRef as Element | undefined
    const name = parameter?.name ?? parameter?.id ?? ''
    if (name !== 'person' && name !== 'role') {
      problems.add(task, `${what}: expected a parameter <person> or <role>, found <${name}>`)
      return []
    }
    const text = feelOf(task, binding.expression as Element, `${what} ${name}`, problems)
    return text === null ? [] : [text]
  })
}

/** The role that a resource stands for: `alur:role`, else its name. */
function roleOf(resource: Element): string {
  return attribute(resource, 'role') ?? resource.name ?? String(resource.id)
}

function words($type: string): string {
  return $type.replace(/^bpmn:/, '').replace(/(?!^)[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
