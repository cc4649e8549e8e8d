import type { Event } from '../../engine/messages.ts'
import type { Instant, Token, Value, Wait } from '../../engine/state.ts'

/** An event as it stands in the database: the most frequent ones as short lists, all others whole. */
export type Packed = Event | readonly [word: string, ...parts: readonly unknown[]]

/** What a token seldom has; it is written only where it is not null. */
const SELDOM = [
  'scope',
  'via',
  'wait',
  'variables',
  'index',
  'loop',
  'called'
] as const satisfies readonly (keyof Token)[]

/**
 * Events with nothing left out that `unpacked` does not put back. `at` is the moment of their commit:
 * a wait that began then does not say so again.
 */
export function packed(events: readonly Event[], at: Instant): readonly Packed[] {
  return events.map(event => pack(event, at))
}

/** Events as they were; those that were stored whole stay as they are. */
export function unpacked(stored: readonly Packed[], at: Instant): readonly Event[] {
  return stored.map(each => (isList(each) ? unpack(each, at) : each))
}

function pack(event: Event, at: Instant): Packed {
  const size = Object.keys(event).length
  switch (event.type) {
    case 'elementActivated': {
      const { id, at: element, via, scope, ...rest } = event.token
      const said = Object.entries(rest).filter(([, value]) => value !== null)
      const known = SELDOM.every(name => event.token[name] !== undefined)
      if (size !== 2 || !known || Object.keys(rest).length !== SELDOM.length - 2) return event
      const more = said.length === 0 ? null : Object.fromEntries(said)
      return trimmed('activated', id, element, via, scope, more)
    }
    case 'elementCompleted':
      return size === 4 ? trimmed('completed', event.token, event.element, event.by) : event
    case 'elementWaiting': {
      if (size !== 4) return event
      const { wait } = event
      const began = 'since' in wait && wait.since === at
      return trimmed('waiting', event.token, event.element, began ? without(wait) : wait)
    }
    case 'variablesSet':
      return size === 3 ? ['set', event.scope, event.variables] : event
    default:
      return event
  }
}

function unpack([word, ...parts]: Exclude<Packed, Event>, at: Instant): Event {
  const [one, other, third, fourth, fifth] = parts as readonly (Value | undefined)[]
  const token = one as string
  const element = other as string
  switch (word) {
    case 'activated': {
      const nothing = Object.fromEntries(SELDOM.map(name => [name, null]))
      const via = third ?? null
      const more = { id: token, at: element, via, scope: fourth ?? null }
      return {
        type: 'elementActivated',
        token: { ...nothing, ...more, ...(fifth as object | undefined) } as unknown as Token
      }
    }
    case 'completed':
      return { type: 'elementCompleted', token, element, by: (third ?? null) as string | null }
    case 'waiting': {
      const wait = third as unknown as Wait
      const began = wait.for === 'user' || wait.for === 'incident'
      return {
        type: 'elementWaiting',
        token,
        element,
        wait: began && !Object.hasOwn(wait, 'since') ? { ...wait, since: at } : wait
      }
    }
    case 'set':
      return {
        type: 'variablesSet',
        scope: one as string | null,
        variables: other as Extract<Event, { type: 'variablesSet' }>['variables']
      }
    default:
      throw new Error(`expected an event of the history, found <${word}>`)
  }
}

function without(wait: Wait): object {
  const { since: _, ...rest } = wait as Extract<Wait, { for: 'user' }>
  return rest
}

/** A list without the nulls at its end. */
function trimmed(word: string, ...parts: readonly unknown[]): Packed {
  return [word, ...parts.slice(0, parts.findLastIndex(part => part !== null) + 1)]
}

function isList(stored: Packed): stored is Exclude<Packed, Event> {
  return Array.isArray(stored)
}
