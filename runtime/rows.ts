import type { Context } from '../engine/context.ts'
import { Stuck } from '../engine/errors.ts'
import { compileExpression } from '../engine/expression.ts'
import type { ProcessGraph } from '../engine/graph.ts'
import type { Event } from '../engine/messages.ts'
import { barredFrom } from '../engine/people.ts'
import { calendarsOf } from '../engine/reckoning.ts'
import type {
  Instant,
  ProcessInstance,
  Token,
  UserWait,
  Value,
  Variables,
  Wait
} from '../engine/state.ts'
import { PRIORITY } from '../engine/task-events.ts'
import { placeOf } from '../engine/views.ts'
import { CONVERSATION, conversationKey } from './correlating.ts'
import type { CaseStatus, DecisionRow, OpenIncident, OpenTask, Rows, Subscriber } from './store.ts'

type Find = Context['findProcess']
type Waiting<Kind extends Wait['for']> = Token & { readonly wait: Extract<Wait, { for: Kind }> }

/** Stands in the place of a message's name in the rows of those who wait for a signal. */
export const SIGNAL = 'urn:alur:signal'

/** Everything that a query finds an instance by, as its state says it. */
export function rowsOf(
  graph: ProcessGraph,
  state: ProcessInstance,
  at: Instant,
  findProcess: Find
): Rows {
  const number = numberOf(state)
  const subject = subjectOf(graph, state)
  const { id: instance, office } = state
  const known = { instance, office, number, subject }
  const suspended = statusOf(state) === 'suspended'

  const rowOf = (
    token: Waiting<'user'> | Waiting<'selection'>,
    place: ReturnType<typeof placeOf>,
    held: Pick<OpenTask, 'dueAt' | 'barred'> & ReturnType<typeof heldAs>
  ): OpenTask => {
    const { unit, role, since } = token.wait
    // Spread first, an object of this size takes V8 a hundred times as long.
    return {
      token: token.id,
      process: place.graph.id,
      processName: place.graph.name,
      element: place.node.id,
      name: place.node.name,
      unit,
      role,
      since,
      suspended,
      ...held,
      ...known
    }
  }
  const tasks = waitingFor(state, 'user').map(token => {
    const place = placeOf(graph, state, token, findProcess)
    const { wait } = token
    const barred = barredFrom({ state, wait, findProcess, ...place })
    return rowOf(token, place, { dueAt: wait.dueAt, barred, ...heldAs(wait) })
  })
  const selections = waitingFor(state, 'selection').map(token =>
    rowOf(token, placeOf(graph, state, token, findProcess), UNHELD)
  )
  const incidents = waitingFor(state, 'incident').map((token): OpenIncident => {
    const { node } = placeOf(graph, state, token, findProcess)
    const { code, message, since } = token.wait
    return { token: token.id, element: node.id, name: node.name, code, message, since, ...known }
  })
  const waits = Object.values(state.subscriptions).flatMap(({ id, on }): Subscriber[] =>
    on.kind === 'message'
      ? [{ instance, subscription: id, message: on.message, key: on.key }]
      : on.kind === 'signal'
        ? [{ instance, subscription: id, message: SIGNAL, key: on.signal }]
        : []
  )
  for (const text of Object.values(state.status === 'running' ? (state.conversations ?? {}) : {})) {
    const key = conversationKey(graph.id, text)
    waits.push({ instance, subscription: `conversation ${text}`, message: CONVERSATION, key })
  }
  return {
    instance: {
      process: graph.id,
      processName: graph.name,
      status: statusOf(state),
      search: searchText(graph, state, number, subject),
      startedAt: at,
      changedAt: at,
      version: state.version,
      calendar: calendarOf(state),
      ...known
    },
    tasks: [...tasks, ...selections],
    incidents,
    waits
  }
}

/** The decisions among the events of a step. */
export function decisionsIn(events: readonly Event[]): readonly DecisionRow[] {
  return events.flatMap((each, event): DecisionRow[] => {
    if (each.type !== 'ruleDecided') return []
    const { office, rule, release, date } = each.decision
    return [{ event, office, rule, release, date }]
  })
}

/** An ad-hoc sub-process stands in the task list of those who choose in it, and nobody has it. */
const UNHELD = {
  dueAt: null,
  barred: [],
  owners: null,
  followUpAt: null,
  priority: PRIORITY,
  assignee: null,
  owner: null
}

/** What a wait leaves out because it was not stated. */
export function heldAs({ owners, followUpAt, priority, assignee, owner }: UserWait) {
  return {
    owners: owners ?? null,
    followUpAt: followUpAt ?? null,
    priority: priority ?? PRIORITY,
    assignee: assignee ?? null,
    owner: owner ?? null
  }
}

/** The calendars that times of a case that still runs rest on; null: none. */
function calendarOf(state: ProcessInstance): string | null {
  const found = state.status === 'running' ? calendarsOf(state) : []
  return found.length === 0 ? null : found.join(' ')
}

/** How a case stands, as lists show it. */
export function statusOf({ status, suspended }: ProcessInstance): CaseStatus {
  return status === 'running' && suspended != null ? 'suspended' : status
}

/** Whom a case is about, by the FEEL of its diagram; an empty text while that cannot be said. */
export function subjectOf({ subject }: ProcessGraph, { variables }: ProcessInstance): string {
  if (subject === null) return ''
  try {
    return plain(compileExpression(subject).evaluate(name => ownValue(variables, name)))
  } catch (error) {
    // Early in a case the applicant is not known yet.
    if (error instanceof Stuck) return ''
    throw error
  }
}

/** The variables that are seen from a token: its own first, then outwards to the process around it. */
export function variablesAt(state: ProcessInstance, token: Token): Variables {
  const seen: Variables[] = []
  for (let here: Token | undefined = token; here; ) {
    if (here.variables !== null) seen.push(here.variables)
    if (here.called !== null) return merged(seen)
    if (here.scope === null) break
    here = state.tokens[here.scope]
  }
  return merged([...seen, state.variables])
}

function merged(nearestFirst: readonly Variables[]): Variables {
  return Object.assign({}, ...nearestFirst.toReversed())
}

function waitingFor<Kind extends Wait['for']>(
  { tokens }: ProcessInstance,
  kind: Kind
): readonly Waiting<Kind>[] {
  return Object.values(tokens).filter((token): token is Waiting<Kind> => token.wait?.for === kind)
}

function numberOf({ id, variables }: ProcessInstance): string {
  const number = ownValue(variables, 'caseNumber')
  return typeof number === 'string' ? number : id
}

function searchText(
  { searchable }: ProcessGraph,
  { variables }: ProcessInstance,
  number: string,
  subject: string
): string {
  const found = searchable.map(path => plain(valueAt(variables, path)))
  const parts = new Set([number, subject, ...found].filter(text => text !== ''))
  return [...parts].join(' ').toLowerCase()
}

function valueAt(variables: Variables, path: string): Value | undefined {
  let value: Value | undefined = variables
  for (const name of path.split('.')) {
    const inside: boolean = value !== null && typeof value === 'object' && !Array.isArray(value)
    value = inside ? ownValue(value as Variables, name) : undefined
  }
  return value
}

function ownValue(variables: Variables, name: string): Value | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined
}

function plain(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
