import type { Actor, Office } from '../engine/context.ts'
import type { ElementId } from '../engine/graph.ts'
import type { Command } from '../engine/messages.ts'
import type { Token, UserWait, Variables } from '../engine/state.ts'

/** What people and operators do beside completing tasks, while a diagram is played. */
export type PeopleMove =
  | { readonly claim: ElementId; readonly by?: string }
  | { readonly unclaim: ElementId; readonly by?: string; readonly reason?: string }
  | {
      readonly assign: ElementId
      readonly to: string
      readonly by?: string
      readonly reason?: string
    }
  | {
      readonly delegate: ElementId
      readonly to: string
      readonly by?: string
      readonly reason?: string
    }
  | { readonly skip: ElementId; readonly variables?: Variables; readonly reason?: string }
  | {
      readonly moveToken: ElementId
      readonly to: ElementId
      readonly variables?: Variables
      readonly reason?: string
    }
  | { readonly set: Variables; readonly reason?: string }
  | { readonly suspend: string }
  | { readonly resume: string }
  | { readonly signal: string; readonly variables?: Variables }

/** The words that name these moves. */
export const PEOPLE_MOVES = [
  'claim',
  'unclaim',
  'assign',
  'delegate',
  'skip',
  'moveToken',
  'set',
  'suspend',
  'resume',
  'signal'
] as const

/** Where the tokens of a played instance are found. */
export interface Finder {
  /** @throws CommandRefused when no task waits there */
  task(element: ElementId): { readonly token: Token; readonly wait: UserWait }
  /** @throws CommandRefused when no token rests there */
  resting(element: ElementId): Token
  readonly office: Office
}

/** Who does what, for a move; null when the move is another kind. */
export function commandOf(
  move: object,
  finder: Finder
): { readonly command: Command; readonly actor: Actor | null } | null {
  const kind = PEOPLE_MOVES.find(each => Object.hasOwn(move, each))
  return kind === undefined ? null : commandFor(move as PeopleMove, finder)
}

function commandFor(
  move: PeopleMove,
  finder: Finder
): { readonly command: Command; readonly actor: Actor | null } {
  if ('signal' in move)
    return system({ type: 'signal', signal: move.signal, variables: move.variables ?? {} })
  if ('suspend' in move) return system({ type: 'suspend', reason: move.suspend })
  if ('resume' in move) return system({ type: 'resume', reason: move.resume })
  const reason = ('reason' in move ? move.reason : undefined) ?? 'played'
  if ('set' in move)
    return system({ type: 'setVariables', scope: null, variables: move.set, reason })
  if ('skip' in move) {
    const token = finder.resting(move.skip).id
    return system({ type: 'skip', token, variables: move.variables ?? {}, reason })
  }
  if ('moveToken' in move) {
    const token = finder.resting(move.moveToken).id
    const { to, variables = {} } = move
    return system({ type: 'moveToken', token, to, via: null, variables, reason })
  }
  if ('claim' in move) {
    const { token, wait } = finder.task(move.claim)
    return { command: { type: 'claimTask', token: token.id }, actor: owner(move.by, wait) }
  }
  if ('unclaim' in move) {
    const { token, wait } = finder.task(move.unclaim)
    return {
      command: { type: 'unclaimTask', token: token.id, reason },
      actor: owner(move.by, wait)
    }
  }
  if ('delegate' in move) {
    const { token, wait } = finder.task(move.delegate)
    const to = owner(move.to, wait)
    return {
      command: { type: 'delegateTask', token: token.id, to, reason },
      actor: owner(move.by, wait)
    }
  }
  const { token, wait } = finder.task(move.assign)
  const id = move.by ?? 'supervisor'
  const roles = finder.office.supervisors ?? []
  return {
    command: { type: 'assignTask', token: token.id, to: owner(move.to, wait), reason },
    actor: { id, name: id, kind: 'person', unit: wait.unit, roles }
  }
}

function system(command: Command) {
  return { command, actor: null }
}

/** A person who may do a task: the named one, else who holds it, else one called as its role. */
export function owner(by: string | undefined, { role, unit, assignee, owners }: UserWait): Actor {
  const id = by ?? assignee?.id ?? role ?? owners?.[0] ?? 'player'
  const roles = [...(role === null ? [] : [role]), ...(owners ?? [])]
  return { id, name: id, kind: 'person', unit, roles }
}
