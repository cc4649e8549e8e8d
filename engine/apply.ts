import type { Event } from './messages.ts'
import { applyOperation } from './operate/apply.ts'
import { addPerformers } from './performers.ts'
import type {
  Completion,
  ProcessInstance,
  Subscription,
  Token,
  TokenId,
  Variables
} from './state.ts'
import { waitAfter } from './task-events.ts'

/** A state on its way to the next one: private to whoever made it with `draftOf`. */
export type Draft = {
  -readonly [Key in keyof ProcessInstance]: Key extends 'tokens'
    ? Record<TokenId, Token>
    : Key extends 'subscriptions'
      ? Record<string, Subscription>
      : ProcessInstance[Key]
}

/** Makes the state that an event leads to. Total: it never refuses and knows no diagram. */
export function apply(state: ProcessInstance | null, event: Event): ProcessInstance {
  const draft = draftOf(state)
  applyTo(draft, event)
  return draft
}

/** Gives the state that a whole history leads to. */
export function replay(events: Iterable<Event>): ProcessInstance {
  const draft = draftOf(null)
  for (const event of events) applyTo(draft, event)
  return draft
}

/** What a state has that an event has not said yet; a state stored by an older version lacks some of it. */
const BLANK: ProcessInstance = {
  id: '',
  process: '',
  processVersion: 0,
  office: '',
  release: null,
  status: 'running',
  variables: {},
  tokens: {},
  subscriptions: {},
  completions: [],
  performers: {},
  operators: {},
  suspended: null,
  counter: 0,
  version: 0
}

/** Copies what a step may change; everything deeper is shared and never mutated. */
export function draftOf(state: ProcessInstance | null): Draft {
  if (state === null) return { ...BLANK, tokens: {}, subscriptions: {} }
  return {
    ...BLANK,
    ...state,
    tokens: { ...state.tokens },
    subscriptions: { ...state.subscriptions }
  }
}

/** Changes a draft by one event. */
export function applyTo(draft: Draft, event: Event): void {
  draft.version += 1
  switch (event.type) {
    case 'instanceStarted':
      draft.id = event.instance
      draft.process = event.process
      draft.processVersion = event.processVersion
      draft.office = event.office
      draft.release = event.release
      draft.variables = event.variables
      return
    case 'elementActivated':
      draft.tokens[event.token.id] = event.token
      draft.counter = numberOf(event.token.id)
      return
    case 'elementWaiting':
      change(draft, event.token, token => ({ ...token, wait: event.wait }))
      return
    case 'incidentResolved':
      change(draft, event.token, token => ({ ...token, wait: null }))
      return
    case 'elementCompleted':
      if (event.by !== null) addPerformers(draft, event, [event.by])
      delete draft.tokens[event.token]
      forgetInside(draft, event.token)
      return
    case 'elementTerminated':
      giveUp(draft, event.token)
      delete draft.tokens[event.token]
      forgetInside(draft, event.token)
      return
    case 'elementSkipped':
    case 'tokenConsumed':
      delete draft.tokens[event.token]
      return
    case 'completionKept':
      draft.completions = [...draft.completions, event.completion]
      return
    case 'compensationThrown': {
      const asked = new Set(event.completions)
      draft.completions = draft.completions.map(each =>
        asked.has(each.id) ? { ...each, by: event.token } : each
      )
      return
    }
    case 'compensationStarted':
      draft.completions = draft.completions
        .filter(({ id }) => id !== event.completion)
        .map(each => (each.scope === event.completion ? { ...each, scope: event.token } : each))
      return
    case 'subscriptionOpened':
      draft.subscriptions[event.subscription.id] = event.subscription
      draft.counter = numberOf(event.subscription.id)
      return
    case 'conditionChanged': {
      const open = draft.subscriptions[event.subscription]
      if (open?.on.kind !== 'conditional') return
      draft.subscriptions[open.id] = { ...open, on: { ...open.on, met: event.met } }
      return
    }
    case 'partArrived': {
      const part = draft.subscriptions[event.subscription]
      delete draft.subscriptions[event.subscription]
      for (const open of Object.values(draft.subscriptions)) {
        if (open.token !== part?.token || open.element !== part.element) continue
        const arrived = { ...open.arrived, ...event.variables }
        draft.subscriptions[open.id] = { ...open, arrived }
      }
      return
    }
    case 'subscriptionKeyed': {
      const open = draft.subscriptions[event.subscription]
      if (open?.on.kind !== 'message') return
      draft.subscriptions[open.id] = { ...open, on: { ...open.on, key: event.key } }
      return
    }
    case 'conversationBegun': {
      const more = { [event.key]: event.text }
      if (event.scope === null) draft.conversations = { ...draft.conversations, ...more }
      else {
        change(draft, event.scope, token => ({
          ...token,
          conversations: { ...token.conversations, ...more }
        }))
      }
      return
    }
    case 'subscriptionClosed':
      delete draft.subscriptions[event.subscription]
      return
    case 'jobRequested':
      draft.counter = numberOf(event.job)
      return
    case 'messageThrown':
    case 'signalThrown':
      draft.counter = event.number
      return
    case 'variablesSet':
      if (event.scope === null) draft.variables = merge(draft.variables, event.variables)
      else {
        change(draft, event.scope, token => ({
          ...token,
          variables: merge(token.variables ?? {}, event.variables)
        }))
      }
      return
    case 'loopStarted':
      change(draft, event.token, token => ({ ...token, loop: event.loop }))
      return
    case 'loopAdvanced':
      change(draft, event.token, token => ({ ...token, loop: advance(token, event) }))
      return
    case 'processCalled':
      change(draft, event.token, token => ({
        ...token,
        called: { process: event.process, version: event.version },
        variables: token.variables ?? {}
      }))
      return
    case 'instanceCompleted':
      draft.status = 'completed'
      draft.completions = []
      return
    case 'instanceTerminated':
      draft.status = 'terminated'
      draft.completions = []
      draft.suspended = null
      return
    case 'instanceFailed':
      draft.status = 'failed'
      return
    case 'taskClaimed':
    case 'taskUnclaimed':
    case 'taskAssigned':
    case 'taskDelegated':
    case 'taskReturned':
    case 'taskPrioritized':
      return change(draft, event.token, token => ({ ...token, wait: waitAfter(token, event) }))
    case 'dueDateMoved':
      return moveDueDate(draft, event)
    case 'calendarTaken':
      return noteCalendar(draft, event.calendar)
    case 'actedOnBehalf':
      return addPerformers(
        draft,
        event,
        event.of.map(({ id }) => id)
      )
    case 'instanceSuspended':
    case 'instanceResumed':
    case 'commandHeld':
    case 'operatorIntervened':
    case 'releaseReplaced':
    case 'instanceMigrated':
      return applyOperation(draft, event)
    case 'commandDropped':
    case 'ruleDecided':
    case 'dataStored':
    case 'releaseRebound':
    case 'errorThrown':
    case 'escalationThrown':
      return
    default:
      event satisfies never
  }
}

/** The timer itself is opened anew behind the event. */
function moveDueDate(
  draft: Draft,
  { token, of, to }: Extract<Event, { readonly type: 'dueDateMoved' }>
): void {
  if (token === null || of === 'timer') return
  change(draft, token, each => {
    if (each.wait?.for !== 'user') return each
    return { ...each, wait: { ...each.wait, [of === 'due' ? 'dueAt' : 'followUpAt']: to } }
  })
}

function noteCalendar(draft: Draft, calendar: string): void {
  for (const { id, wait } of Object.values(draft.tokens)) {
    if (wait?.for !== 'user' || !(wait.dueBy || wait.followUpBy)) continue
    const dueBy = wait.dueBy && { dueBy: { ...wait.dueBy, calendar } }
    const followUpBy = wait.followUpBy && { followUpBy: { ...wait.followUpBy, calendar } }
    change(draft, id, each => ({ ...each, wait: { ...wait, ...dueBy, ...followUpBy } }))
  }
  for (const open of Object.values(draft.subscriptions)) {
    if (open.on.kind !== 'timer' || open.on.by === undefined) continue
    const by = { ...open.on.by, calendar }
    draft.subscriptions[open.id] = { ...open, on: { ...open.on, by } }
  }
}

/** Nobody can undo any more what was completed in a scope that is over, unless the whole of it is kept. */
function forgetInside(draft: Draft, scope: TokenId): void {
  if (draft.completions.length === 0) return
  if (draft.completions.some(({ id }) => id === scope)) return
  const gone = new Set([scope])
  for (let size = 0; size < gone.size; ) {
    size = gone.size
    for (const each of draft.completions) {
      if (each.scope !== null && gone.has(each.scope)) gone.add(each.id)
    }
  }
  const isKept = ({ scope }: Completion) => scope === null || !gone.has(scope)
  draft.completions = draft.completions.filter(isKept)
}

/** What a token that is terminated has asked to undo, or was part of undoing, is no longer asked for. */
function giveUp(draft: Draft, token: TokenId): void {
  if (draft.completions.length === 0) return
  const asked = [token, draft.tokens[token]?.undoneFor]
  draft.completions = draft.completions.map(each =>
    each.by !== null && asked.includes(each.by) ? { ...each, by: null } : each
  )
}

function change(draft: Draft, id: TokenId, how: (token: Token) => Token): void {
  const token = draft.tokens[id]
  if (token !== undefined) draft.tokens[id] = how(token)
}

function merge(before: Variables, more: Variables): Variables {
  return { ...before, ...more }
}

function advance(
  token: Token,
  event: Extract<Event, { readonly type: 'loopAdvanced' }>
): Token['loop'] {
  if (token.loop === null) return null
  if (!event.completed) return { ...token.loop, started: token.loop.started + 1 }
  const { outputs: before } = token.loop
  const outputs = before.length === 0 ? before : before.with(event.index, event.output)
  return { ...token.loop, completed: token.loop.completed + 1, outputs }
}

/** `t12`, `j12`, `s12` were given the number 12. */
function numberOf(id: string): number {
  return Number(id.slice(1))
}
