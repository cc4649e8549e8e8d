import { CommandRefused } from '../../engine/errors.ts'
import type { ElementId, PauseReason } from '../../engine/graph.ts'
import type { Command } from '../../engine/messages.ts'
import type { MigrationPlan, OperationEvent } from '../../engine/operate/commands.ts'
import { reversePlan } from '../../engine/operate/mapping.ts'
import type { OfficeId, ProcessInstance, Token, Variables } from '../../engine/state.ts'
import type { CommitRecord } from '../store.ts'

/** What an operator does to one instance or to many. It names elements; the tokens are found in each. */
export type BulkOperation =
  /** The service clock stands still meanwhile when a reason for it is given. */
  | { readonly type: 'suspend'; readonly pauses?: PauseReason }
  | { readonly type: 'resume' }
  | { readonly type: 'terminate' }
  /** Tries what is stuck again, everywhere or at one element. */
  | { readonly type: 'retry'; readonly element?: ElementId; readonly variables?: Variables }
  | { readonly type: 'skip'; readonly element: ElementId; readonly variables?: Variables }
  | {
      readonly type: 'moveToken'
      readonly element: ElementId
      readonly to: ElementId
      readonly via?: ElementId
      readonly variables?: Variables
    }
  | {
      readonly type: 'addToken'
      readonly element: ElementId
      readonly via?: ElementId
      readonly variables?: Variables
    }
  | { readonly type: 'removeToken'; readonly element: ElementId }
  | { readonly type: 'setVariables'; readonly variables: Variables }
  | { readonly type: 'restart'; readonly element: ElementId; readonly variables?: Variables }
  | { readonly type: 'migrate'; readonly plan: MigrationPlan }
  /** Gives each the release that is named for its office. */
  | { readonly type: 'rebind'; readonly releases: Readonly<Record<OfficeId, string>> }
  /** Takes the last migration back. */
  | { readonly type: 'revert' }
  /** Deletes what is over since longer than the office must keep it. */
  | { readonly type: 'remove' }

type Migrated = Extract<OperationEvent, { readonly type: 'instanceMigrated' }>

/** What one instance gets to do, or why there is nothing to do in it. */
export type Orders = { readonly commands: readonly Command[] } | { readonly nothing: string }

/**
 * The commands of an operation for one instance. The operation of a batch that comes again, as after a
 * crash, finds nothing left to do: its reason is its own.
 *
 * @throws CommandRefused when it can never be done
 */
export function ordersFor(
  operation: Exclude<BulkOperation, { type: 'remove' }>,
  state: ProcessInstance,
  history: readonly CommitRecord[],
  { reason, batch }: { readonly reason: string; readonly batch: boolean }
): Orders {
  const suspended = state.suspended != null
  switch (operation.type) {
    case 'suspend':
      return suspended ? nothing('it is suspended already') : only({ ...operation, reason })
    case 'resume':
      return suspended ? only({ type: 'resume', reason }) : nothing('it is not suspended')
    case 'terminate':
      if (state.status !== 'running') return nothing(`it is ${state.status}`)
      return only({ type: 'terminate', reason })
    case 'setVariables': {
      const { variables } = operation
      if (isStated(state, variables)) return nothing('they are stated already')
      return only({ type: 'setVariables', scope: null, variables, reason })
    }
    case 'restart': {
      const { element, variables = {} } = operation
      if (batch && wasDone(history, reason)) return nothing('it was done already')
      return only({ type: 'restart', element, variables, reason })
    }
    case 'addToken': {
      const { element, via = null, variables = {} } = operation
      if (batch && wasDone(history, reason)) return nothing('it was done already')
      return only({ type: 'addToken', element, scope: null, via, variables, reason })
    }
    case 'migrate':
      return migration(state, operation.plan, reason)
    case 'rebind': {
      const release = operation.releases[state.office]
      if (release === undefined) return nothing(`no release is named for <${state.office}>`)
      if (release === state.release) return nothing('it goes by that release already')
      return only({ type: 'rebind', release, reason })
    }
    case 'revert':
      return reversion(history, reason, batch)
    default:
      return tokenOrders(operation, state, reason)
  }
}

function tokenOrders(
  operation: Extract<BulkOperation, { type: 'retry' | 'skip' | 'moveToken' | 'removeToken' }>,
  state: ProcessInstance,
  reason: string
): Orders {
  const { type, element } = operation
  const stuck = type === 'retry'
  const tokens = Object.values(state.tokens).filter(
    ({ at, index, wait }) =>
      (element === undefined || at === element) &&
      (stuck ? wait?.for === 'incident' : index === null)
  )
  if (tokens.length === 0) {
    return nothing(stuck ? 'nothing is stuck there' : `no token rests on <${element}>`)
  }
  return { commands: tokens.map(({ id: token }) => commandFor(operation, token, reason)) }
}

function commandFor(
  operation: Extract<BulkOperation, { type: 'retry' | 'skip' | 'moveToken' | 'removeToken' }>,
  token: Token['id'],
  reason: string
): Command {
  switch (operation.type) {
    case 'retry':
      return { type: 'resolveIncident', token, variables: operation.variables ?? {}, reason }
    case 'skip':
      return { type: 'skip', token, variables: operation.variables ?? {}, reason }
    case 'removeToken':
      return { type: 'removeToken', token, reason }
    case 'moveToken': {
      const { to, via = null, variables = {} } = operation
      return { type: 'moveToken', token, to, via, variables, reason }
    }
    default:
      return operation satisfies never
  }
}

function migration(state: ProcessInstance, plan: MigrationPlan, reason: string): Orders {
  const { process, from, to } = plan
  const versions = [
    ...(state.process === process ? [state.processVersion] : []),
    ...Object.values(state.tokens).flatMap(({ called }) =>
      called?.process === process ? [called.version] : []
    )
  ]
  if (versions.includes(from)) return only({ type: 'migrate', plan, restore: [], reason })
  if (versions.includes(to)) return nothing(`it is at version ${to} already`)
  return nothing(`it does not run <${process}> version ${from}`)
}

function reversion(history: readonly CommitRecord[], reason: string, batch: boolean): Orders {
  const all = history.flatMap(({ events }) => events)
  const last = all.findLast((event): event is Migrated => event.type === 'instanceMigrated')
  if (last === undefined) return nothing('it was never migrated')
  if (batch && last.reason === reason) return nothing('it was taken back already')
  const plan = reversePlan(last.plan)
  if (plan === null) {
    throw new CommandRefused(
      'impossible',
      'two elements went to the same one: state a plan for the way back'
    )
  }
  return only({ type: 'migrate', plan, restore: last.closed, reason })
}

function wasDone(history: readonly CommitRecord[], reason: string): boolean {
  return history.some(({ events }) =>
    events.some(event => event.type === 'operatorIntervened' && event.reason === reason)
  )
}

function isStated({ variables }: ProcessInstance, wanted: Variables): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(variables[name]) === JSON.stringify(value)
  )
}

function only(command: Command): Orders {
  return { commands: [command] }
}

function nothing(why: string): Orders {
  return { nothing: why }
}
