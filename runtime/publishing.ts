import { createHash, randomUUID } from 'node:crypto'
import { CommandRefused } from '../engine/errors.ts'
import type { EventDefinition } from '../engine/graph.ts'
import { beginningsOf, conversationOf } from '../engine/instantiating.ts'
import type { InstanceId, Instant, OfficeId, Variables } from '../engine/state.ts'
import { beginOrJoin, conversing } from './conversations.ts'
import { isConversing, type Keys, keptUntil, keysOf, waitingFor } from './correlating.ts'
import { type Door, type Parts, type Start, SYSTEM } from './door.ts'
import { SIGNAL } from './rows.ts'
import { type BufferedMessage, Conflict } from './store.ts'

/** A message to whoever waits for it. */
export interface Publication {
  readonly message: string
  readonly key: string
  readonly variables: Variables
  /** The office in which the message may start processes; null: in none. */
  readonly office: OfficeId | null
  /** How long it is kept when nobody takes it, ISO 8601; null: not at all. */
  readonly timeToLive: string | null
  /** Names the message, so that nobody takes it twice; by default a new one. */
  readonly id?: string
  /** When it was thrown; by default now. */
  readonly at?: Instant
}

/** How many took a message, and whether it is kept for somebody to come. */
export interface Delivery {
  readonly taken: number
  readonly kept: boolean
}

/**
 * Brings a message to every instance that waits for it, and to the processes that it starts. When
 * nobody takes it, it is kept for its time to live and given to the first who asks for it.
 */
export async function publish(
  parts: Parts,
  door: Door,
  publication: Publication
): Promise<Delivery> {
  const { store, clock } = parts
  const { message, variables, timeToLive, id = randomUUID(), at = clock.now() } = publication
  const keys = keysOf(parts, publication)
  await olderFirst(parts, door, message, keys, id)
  // An instance takes a message once, where it has waited longest.
  const each = await waitingFor(parts, message, keys.exact, id)
  const begun = each.length === 0 && (await beginWaiting(parts, door, publication, keys, id))
  const starts = begun ? [] : await startsOf(parts, id, publication, keys)
  const settles = each.length + starts.length === 1 ? [id] : []
  const taken = await Promise.all([
    ...each.map(({ instance, subscription }) => {
      const command = { type: 'trigger', subscription, variables } as const
      return isTaken(door.execute({ instance, command, by: SYSTEM, receives: id, settles }))
    }),
    ...starts.map(({ joins, ...start }) =>
      joins
        ? beginOrJoin(parts, door, start, { id, message, keys: keys.exact, variables })
        : isTaken(door.start(start))
    )
  ])
  const count = taken.filter(Boolean).length + Number(begun)
  const until = keptUntil(parts, message, timeToLive, at)
  const wanted = count === 0 && until > clock.now()
  const kept = wanted && (await store.buffer(keptAs({ id, message, variables, until }, keys)))
  await store.settle(id)
  // Someone may have begun to wait while nobody was found.
  if (kept) await correlate(parts, door, null)
  return { taken: count, kept }
}

function keptAs(
  message: Omit<BufferedMessage, 'key' | 'otherKeys'>,
  { exact, open }: Keys
): BufferedMessage {
  const [key = '', ...others] = exact
  return { ...message, key, otherKeys: [...others, ...open] }
}

/** Kept messages that came before are given first to those who wait for this one. */
async function olderFirst(
  parts: Parts,
  door: Door,
  message: string,
  { exact, open }: Keys,
  id: string
): Promise<void> {
  for (const { instance } of await waitingFor(parts, message, [...exact, ...open], id)) {
    await correlate(parts, door, instance)
  }
}

/** Gives a message to one instance whose conversation has not begun, and which begins with it. */
async function beginWaiting(
  parts: Parts,
  door: Door,
  { message, variables }: Publication,
  { open }: Keys,
  id: string
): Promise<boolean> {
  for (const { instance, subscription } of await waitingFor(parts, message, open, id)) {
    const command = { type: 'trigger', subscription, variables } as const
    if (await isTaken(door.execute({ instance, command, by: SYSTEM, receives: id }))) return true
  }
  return false
}

/** A signal, and the instance that threw it. */
export interface Broadcast {
  readonly id: string
  readonly signal: string
  readonly variables: Variables
  readonly from: InstanceId
  readonly office: OfficeId
}

/** Brings a signal to every other instance that waits for it, and to the processes that it starts. */
export async function broadcast(parts: Parts, door: Door, given: Broadcast): Promise<void> {
  const { id, signal, variables, from, office } = given
  const waiting = await parts.store.subscribers(SIGNAL, signal, id)
  const others = new Set(waiting.map(({ instance }) => instance).filter(each => each !== from))
  const command = { type: 'signal', signal, variables } as const
  const starts = startsBy(parts, { id, office, variables, kind: 'signal', name: signal })
  await Promise.all([
    ...[...others].map(instance =>
      isTaken(door.execute({ instance, command, by: SYSTEM, receives: id }))
    ),
    ...starts.map(({ joins: _, ...start }) => isTaken(door.start(start)))
  ])
  await parts.store.settle(id)
}

/** Gives kept messages to those who wait for them now, each to one; with null of all instances. */
export async function correlate(
  { store, clock }: Parts,
  door: Door,
  instance: InstanceId | null
): Promise<void> {
  const given = new Set<string>()
  for (const { subscriber, buffered } of await store.correlations(clock.now(), instance)) {
    if (given.has(buffered.id)) continue
    const { instance, subscription } = subscriber
    const command = { type: 'trigger', subscription, variables: buffered.variables } as const
    const request = { instance, command, by: SYSTEM, receives: buffered.id }
    if (await isTaken(door.execute(request))) given.add(buffered.id)
  }
}

/** A start, and whether it is one of several beginnings of a conversation. */
type Begun = Start & { readonly joins: boolean }

/**
 * The starts of processes that begin with a message, in the office that it comes from; not of those that
 * have an instance in its conversation.
 */
async function startsOf(
  { library, rulebook, store }: Parts,
  id: string,
  { message, office, variables }: Publication,
  keys: Keys
): Promise<readonly Begun[]> {
  if (office === null) return []
  const given = { id, office, variables, kind: 'message', name: message } as const
  const starts = startsBy({ library, rulebook }, given)
  const texts = ({ process }: Begun) => keys.conversations.get(process) ?? []
  if (!starts.some(each => each.joins || texts(each).length > 0)) return starts
  const others = await conversing({ store }, { message, keys: keys.exact })
  const busy = await Promise.all(
    starts.map(each => isConversing({ store }, each.process, texts(each)))
  )
  return starts
    .filter((each, n) => !busy[n] && !(joinsOne(each, texts) && others.has(each.process)))
    .map(each => ({ ...each, joins: joinsOne(each, texts) }))
}

/** Whether a start begins a conversation, of which there is one instance at a time. */
function joinsOne(start: Begun, texts: (start: Begun) => readonly string[]): boolean {
  return start.joins || texts(start).length > 0
}

/** The starts of the processes of an office that begin with a message or a signal. */
function startsBy(
  { library, rulebook }: Pick<Parts, 'library' | 'rulebook'>,
  given: {
    readonly id: string
    readonly office: OfficeId
    readonly variables: Variables
    readonly kind: 'message' | 'signal'
    readonly name: string
  }
): readonly Begun[] {
  const { id, office, variables, kind, name } = given
  const isIt = (on: EventDefinition) =>
    (on.kind === 'message' && kind === 'message' && on.message === name) ||
    (on.kind === 'signal' && kind === 'signal' && on.signal === name)
  return library.processes
    .filter(graph => rulebook.bound(office, graph.variantOf ?? graph.id) === graph.id)
    .flatMap(graph => {
      const found = beginningsOf(graph).filter(({ on }) => isIt(on))
      const once = found.filter(
        ({ element }, at) => found.findIndex(each => each.element === element) === at
      )
      return once.map(({ element, part }, index): Begun => {
        // each start event begins an instance of its own
        const more = index === 0 ? [] : [element]
        const instance = idFrom(kind, id, graph.id, office, ...more)
        const joins = conversationOf(graph, element).length > 0
        const which = part === null ? {} : { part }
        return {
          process: graph.id,
          office,
          element,
          ...which,
          variables,
          by: SYSTEM,
          instance,
          joins
        }
      })
    })
}

/** Whether a command was taken; another may have been faster, and a start may have been made before. */
export async function isTaken(execution: Promise<unknown>): Promise<boolean> {
  try {
    await execution
    return true
  } catch (error) {
    if (error instanceof Conflict) return false
    if (error instanceof CommandRefused) return error.code === 'already-started'
    throw error
  }
}

/** An id that is the same whenever it is made from the same parts. */
export function idFrom(...parts: readonly string[]): InstanceId {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${parts[0]}-${hash.slice(0, 32)}`
}
