import type { Decision, Event } from '../../engine/messages.ts'
import type { Instant, Token, Value, Wait } from '../../engine/state.ts'
import type { Recorded } from '../rules/decision-log.ts'

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

/** What making a decision again needs, beside what its row is found by. */
type PackedDecision = readonly [
  element: string,
  facts: Decision['facts'],
  outcome: Decision['outcome'],
  rows: Decision['rows'],
  calendar?: readonly [string | null] | null,
  derived?: Decision['derived'] | null,
  dates?: Decision['dates'] | null,
  releases?: Decision['releases'] | null
]

/** A decision as its row in the log has it. */
export function packedDecision({ element, decision }: Deciding): string {
  const { facts, outcome, rows, calendar, derived, dates, releases } = decision
  // a calendar that is not there is not the same as none
  const named = calendar === undefined ? null : [calendar]
  const seldom = withoutNulls([named, derived ?? null, dates ?? null, releases ?? null])
  return JSON.stringify([element, facts, outcome, rows, ...seldom])
}
type Deciding = Extract<Event, { type: 'ruleDecided' }>

/** The same, read; `found` is what its row is found by. */
export function unpackedDecision(
  text: string,
  { rule, office, release, date }: Pick<Decision, 'rule' | 'office' | 'release' | 'date'>
): { readonly element: string; readonly decision: Recorded } {
  const packed = JSON.parse(text) as PackedDecision
  const [element, facts, outcome, rows, named, derived, dates, releases] = packed
  // many thousands are read at once: a spread would take longer than the rest
  const decision: Writable<Recorded> = { rule, office, release, date, facts, outcome, rows }
  if (named) decision.calendar = named[0]
  if (derived) decision.derived = derived
  if (dates) decision.dates = dates
  if (releases) decision.releases = releases
  return { element, decision }
}
type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

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

function trimmed(word: string, ...parts: readonly unknown[]): Packed {
  return [word, ...withoutNulls(parts)]
}

/** A list without the nulls at its end. */
function withoutNulls(parts: readonly unknown[]): readonly unknown[] {
  return parts.slice(0, parts.findLastIndex(part => part !== null) + 1)
}

function isList(stored: Packed): stored is Exclude<Packed, Event> {
  return Array.isArray(stored)
}
