import { CommandRefused, Stuck } from './errors.ts'
import type { Correlation, ElementId, ProcessGraph } from './graph.ts'
import type { Run } from './run.ts'
import type { Subscription, TokenId, Value, Variables } from './state.ts'

/** The correlation keys that a message has: every property says where its value is in it. BPMN 2.0.2, 8.4.2. */
export function keysFor(graph: ProcessGraph, message: string): readonly Correlation[] {
  return graph.correlations.filter(({ properties }) =>
    properties.every(({ paths }) => Object.hasOwn(paths, message))
  )
}

/** What the subscription of a conversation that has not begun waits for: any message of its key. */
export function anyOf({ properties }: Correlation): string {
  return `*${namesOf(properties)}`
}

/** The same for a key that a message has, or null when it is none that is read from what it carries. */
export function anyLike(text: string): string | null {
  if (!text.startsWith('{')) return null
  try {
    return `*${Object.keys(JSON.parse(text)).join()}`
  } catch {
    return null
  }
}

/** A subscription whose data is not there yet: no message has this key. */
function noneOf({ properties }: Correlation): string {
  return `?${namesOf(properties)}`
}

function namesOf(properties: Correlation['properties']): string {
  return properties.map(({ name }) => name).join()
}

/** The keys of a message as text, read from what it carries: `{"permit":"P-1"}`; none that has a gap. */
export function textsOf(
  graph: ProcessGraph,
  message: string,
  payload: Variables,
  evaluate: (text: string, lookup: (name: string) => unknown) => Value
): readonly { readonly key: Correlation; readonly text: string }[] {
  const lookup = (name: string) => (Object.hasOwn(payload, name) ? payload[name] : undefined)
  return keysFor(graph, message).flatMap(key => {
    const text = textOf(key, ({ paths }) => {
      try {
        return evaluate(paths[message] as string, lookup)
      } catch (error) {
        if (error instanceof Stuck) return null
        throw error
      }
    })
    return text === null ? [] : [{ key, text }]
  })
}

function textOf(
  { properties }: Correlation,
  read: (property: Correlation['properties'][number]) => Value
): string | null {
  const values = properties.map(property => [property.name, read(property)] as const)
  if (values.some(([, value]) => value === null)) return null
  return JSON.stringify(Object.fromEntries(values))
}

// waiting /////////////////////////////////////////////////////////////////////

/**
 * The key that a subscription waits for when its diagram has correlation keys for the message, else null: the
 * data of the process where it binds them (context-based), else that of the conversation, which the first
 * message begins (key-based). BPMN 2.0.2, 8.4.2.
 */
export function awaited(run: Run, message: string, scope: TokenId | null): string | null {
  const keys = keysFor(run.graphIn(scope), message)
  const holder = holderOf(run, scope)
  for (const key of keys) {
    if (isBound(key)) return fromData(run, key, scope)
    const begun = conversationsOf(run, holder)[key.id]
    if (begun !== undefined) return begun
  }
  return keys[0] === undefined ? null : anyOf(keys[0])
}

function isBound({ properties }: Correlation): boolean {
  return properties.every(({ data }) => data !== null)
}

function fromData(run: Run, key: Correlation, scope: TokenId | null): string {
  const lookup = run.lookup(scope)
  const text = textOf(key, ({ name, data }) => {
    try {
      return run.evaluate(data as string, lookup, `correlation property <${name}>`)
    } catch (error) {
      if (error instanceof Stuck) return null
      throw error
    }
  })
  return text ?? noneOf(key)
}

/** The process, or the call, whose conversation it is. */
function holderOf(run: Run, scope: TokenId | null): TokenId | null {
  for (let id = scope; id !== null; ) {
    const token = run.token(id)
    if (token === null || token.called !== null) return id
    id = token.scope
  }
  return null
}

function conversationsOf(run: Run, holder: TokenId | null): Readonly<Record<ElementId, string>> {
  const owner = holder === null ? run.state : run.token(holder)
  return owner?.conversations ?? {}
}

/** Everything rests: subscriptions follow the data that their key is bound to. */
export function followKeys(run: Run): void {
  for (const open of Object.values(run.state.subscriptions)) {
    if (open.on.kind !== 'message') continue
    const scope = scopeOf(run, open)
    const bound = keysFor(run.graphIn(scope), open.on.message).find(isBound)
    if (bound === undefined || !isKeyOf(bound, open.on.key)) continue
    rekey(run, open, fromData(run, bound, scope))
  }
}

/** Whether a text is a key of this kind, and not one that `alur:key` gave. */
function isKeyOf(key: Correlation, text: string): boolean {
  if (text === noneOf(key)) return true
  const begins = `{${JSON.stringify(key.properties[0]?.name ?? '')}:`
  return text.startsWith(begins)
}

function rekey(run: Run, { id, on }: Subscription, key: string): void {
  if (on.kind !== 'message' || on.key === key) return
  run.emit({ type: 'subscriptionKeyed', subscription: id, key })
}

/** The scope that the element of a subscription stands in. */
function scopeOf(run: Run, { token, element }: Subscription): TokenId | null {
  const host = token === null ? null : run.token(token)
  if (host === null) return null
  const place = run.nodeOf(host)
  const around =
    host.at === element || place.boundary.includes(element) || place.type === 'eventBasedGateway'
  return around ? host.scope : host.id
}

// conversing //////////////////////////////////////////////////////////////////

/**
 * A message is taken: the first of a conversation gives it its keys. BPMN 2.0.2, 8.4.2.
 *
 * @throws CommandRefused when it belongs to another conversation than the one that is waited for by now
 */
export function taken(run: Run, subscription: Subscription, payload: Variables): void {
  const { id, on } = subscription
  if (on.kind !== 'message') return
  const scope = scopeOf(run, subscription)
  for (const { key, text } of readBy(run, on.message, scope, payload)) {
    if (!isKeyOf(key, on.key) || on.key === text) continue
    throw new CommandRefused(
      'not-waiting',
      `<${id}> waits for message <${on.message}> of ${on.key}, not of ${text}`
    )
  }
  converse(run, on.message, scope, payload)
}

function readBy(run: Run, message: string, scope: TokenId | null, payload: Variables) {
  const graph = run.graphIn(scope)
  if (graph.correlations.length === 0) return []
  return textsOf(graph, message, payload, (text, lookup) =>
    run.evaluate(text, lookup, `correlation key of message <${message}>`)
  )
}

/** Begins the conversations of a message that has not begun any yet, with the keys that it carries. */
export function converse(
  run: Run,
  message: string,
  scope: TokenId | null,
  payload: Variables
): void {
  const holder = holderOf(run, scope)
  for (const { key, text } of readBy(run, message, scope, payload)) {
    if (isBound(key) || conversationsOf(run, holder)[key.id] !== undefined) continue
    run.emit({ type: 'conversationBegun', scope: holder, key: key.id, text })
    for (const open of Object.values(run.state.subscriptions)) {
      if (open.on.kind !== 'message' || open.on.key !== anyOf(key)) continue
      if (holderOf(run, scopeOf(run, open)) === holder) rekey(run, open, text)
    }
  }
}

/**
 * The key that a message is sent with, read from what it carries, or null when the diagram has none for it.
 *
 * @throws Stuck when a value is missing, or belongs to another conversation
 */
export function sent(
  run: Run,
  message: string,
  element: ElementId,
  scope: TokenId | null,
  payload: Variables
): string | null {
  const keys = keysFor(run.graphIn(scope), message)
  const [first] = keys
  if (first === undefined) return null
  const lookup = (name: string) => (Object.hasOwn(payload, name) ? payload[name] : undefined)
  const holder = holderOf(run, scope)
  const texts = keys.map(key => {
    const text = textOf(key, ({ name, paths }) => {
      const where = `<${element}> sends <${message}> with the correlation property <${name}>`
      const value = run.evaluate(paths[message] as string, lookup, where)
      if (value !== null) return value
      throw new Stuck('data', `${where}: ${paths[message]}: expected a value, found none`)
    })
    const begun = conversationsOf(run, holder)[key.id]
    if (begun !== undefined && begun !== text) {
      throw new Stuck(
        'data',
        `<${element}> sends <${message}> of the conversation ${text}, but this case is in ${begun}`
      )
    }
    return text as string
  })
  converse(run, message, scope, payload)
  return texts[0] as string
}
