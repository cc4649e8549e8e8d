import type { Draft } from '../apply.ts'
import type { Event } from '../messages.ts'
import type { Token } from '../state.ts'

type Kind =
  | 'instanceSuspended'
  | 'instanceResumed'
  | 'commandHeld'
  | 'operatorIntervened'
  | 'releaseReplaced'
  | 'instanceMigrated'
type OperatedEvent = Extract<Event, { readonly type: Kind }>

/** Changes a draft by what an operator did. */
export function applyOperation(draft: Draft, event: OperatedEvent): void {
  switch (event.type) {
    case 'instanceSuspended':
      draft.suspended = {
        since: event.at,
        reason: event.reason,
        held: [],
        ...(event.pauses === undefined ? {} : { pauses: event.pauses })
      }
      return
    case 'instanceResumed':
      draft.suspended = null
      return
    case 'commandHeld':
      if (draft.suspended === null) return
      draft.suspended = { ...draft.suspended, held: [...draft.suspended.held, event.command] }
      return
    case 'operatorIntervened':
      if (event.what === 'restart') {
        draft.status = 'running'
        draft.completions = []
      }
      if (event.by === null) return
      draft.operators = {
        ...draft.operators,
        [event.by]: union(draft.operators[event.by] ?? [], event.standsInFor)
      }
      return
    case 'releaseReplaced':
      draft.release = event.to
      return
    case 'instanceMigrated':
      return applyMigration(draft, event)
    default:
      event satisfies never
  }
}

function applyMigration(
  draft: Draft,
  { plan, parts, tokens, completions, kept }: Extract<Event, { readonly type: 'instanceMigrated' }>
): void {
  const renamed = (element: string) => plan.map[element] ?? element
  // the name of a task stands behind that of its process, which may be the one that this one varies
  const inNew = (key: string) => {
    const at = key.lastIndexOf(':') + 1
    return key.slice(0, at) + renamed(key.slice(at))
  }
  for (const id of Object.keys(tokens)) {
    const token = draft.tokens[id]
    if (token !== undefined) draft.tokens[id] = { ...token, ...tokens[id] }
  }
  for (const [id, element] of Object.entries(kept)) {
    const open = draft.subscriptions[id]
    if (open !== undefined) draft.subscriptions[id] = { ...open, element }
  }
  draft.completions = draft.completions.map(each => ({
    ...each,
    element: completions[each.id] ?? each.element
  }))
  for (const part of parts) {
    if (part === null) draft.processVersion = plan.to
    const call: Token | undefined = part === null ? undefined : draft.tokens[part]
    if (part === null || call === undefined || call.called === null) continue
    draft.tokens[part] = { ...call, called: { ...call.called, version: plan.to } }
  }
  const done = draft.performers[plan.process]
  if (done !== undefined) {
    const now: Record<string, readonly string[]> = {}
    for (const [element, persons] of Object.entries(done)) {
      now[renamed(element)] = union(now[renamed(element)] ?? [], persons)
    }
    draft.performers = { ...draft.performers, [plan.process]: now }
  }
  draft.operators = Object.fromEntries(
    Object.entries(draft.operators).map(([person, keys]) => [person, union(keys, keys.map(inNew))])
  )
}

function union(before: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...before, ...more])]
}
