import { Stuck } from './errors.ts'
import type { ElementId, FlowNode } from './graph.ts'
import { Ledger } from './ledger.ts'
import type { Event } from './messages.ts'
import type { Resume, Subscription, Token, TokenId, Trigger, Variables, Wait } from './state.ts'

/** What joins go by: the places of the tokens in their scope, and a complex gateway the data as well. */
export interface Changes {
  scopes: Set<TokenId | null> | null
  data: boolean
}

/** A message that is ready to be sent. */
export interface Outgoing {
  readonly message: string
  readonly key: string
  readonly timeToLive: string | null
  readonly variables: Variables
}

/** How tokens come to rest, what would wake them, and what is asked for outside meanwhile. */
export class Waits extends Ledger {
  /** The tokens at gateways that are asked again after every change. */
  protected readonly joins = new Set<TokenId>()
  /** What has changed since they were asked: where tokens have moved, null when that may be anywhere, and data. */
  readonly since: Changes = { scopes: null, data: false }

  override emit(event: Event): void {
    super.emit(event)
    if (event.type === 'variablesSet') this.since.data = true
  }

  /** Notes that something has moved in a scope. */
  protected moved(scope: TokenId | null): void {
    this.since.scopes?.add(scope)
  }

  wait(token: Token, wait: Wait): void {
    this.emit({ type: 'elementWaiting', token: token.id, element: token.at, wait })
    this.moved(token.scope)
    if (joins(wait)) this.joins.add(token.id)
    else this.joins.delete(token.id)
  }

  /** Rests with an incident that a person sees, mends and resolves. */
  stuck(token: Token, { code, message }: Stuck, resume: Resume, by: string | null = null): void {
    const { now } = this.context
    this.wait(token, { for: 'incident', code, message, since: now, resume, by })
  }

  subscribe(token: TokenId | null, element: ElementId, on: Trigger, part: number | null): void {
    this.reopen({ token, element, on, ...(part === null ? {} : { part }) })
  }

  /** Opens a subscription anew, with what has arrived for it. */
  reopen({ on, ...more }: Omit<Subscription, 'id'>): void {
    const number = this.state.counter + 1
    const subscription = { ...more, id: `s${number}`, on }
    this.emit({ type: 'subscriptionOpened', subscription })
    if (on.kind === 'timer') {
      const id = `${this.state.id}.${number}`
      this.effects.push({ type: 'scheduleTimer', id, subscription: `s${number}`, dueAt: on.dueAt })
    }
  }

  /** Closes what a token, or with null the whole process, waits for. */
  unsubscribe(token: TokenId | null, which: (open: Subscription) => boolean = () => true): void {
    for (const id in this.state.subscriptions) {
      const open = this.state.subscriptions[id] as Subscription
      if (open.token !== token || !which(open)) continue
      this.emit({ type: 'subscriptionClosed', subscription: id })
    }
  }

  /** Closes all that a token waits for but its boundary events. */
  unsubscribeInside(node: FlowNode, token: Token): void {
    this.unsubscribe(token.id, ({ element }) => !node.boundary.includes(element))
  }

  // asking outside //////////////////////////////////////////////////////////

  /** Waits for a job, and asks for it. */
  runJob(token: Token, kind: string, input: Variables): void {
    const number = this.state.counter + 1
    const job = `j${number}`
    this.emit({ type: 'jobRequested', token: token.id, job, kind })
    this.wait(token, { for: 'job', job, kind })
    const id = `${this.state.id}.${number}`
    this.effects.push({ type: 'runJob', id, kind, job, element: token.at, input })
  }

  /** Asks for a signal to be carried to other instances. */
  broadcast(token: Token, signal: string, variables: Variables): void {
    const number = this.state.counter + 1
    this.emit({ type: 'signalThrown', element: token.at, signal, number })
    this.effects.push({ type: 'broadcast', id: `${this.state.id}.${number}`, signal, variables })
  }

  /** Carries a message to whoever waits for it. */
  publish(token: Token, { message, key, timeToLive, variables }: Outgoing): void {
    const number = this.state.counter + 1
    this.emit({ type: 'messageThrown', element: token.at, message, key, number })
    const id = `${this.state.id}.${number}`
    this.effects.push({ type: 'publish', id, message, key, variables, timeToLive })
  }

  /** @throws Stuck when what a message carries does not fit its schema */
  checkPayload(token: Token, message: string, variables: Variables): void {
    const { checkPayload } = this.context
    if (checkPayload === undefined) return
    const problems = checkPayload(this.graphIn(token.scope), message, variables)
    if (problems.length === 0) return
    const all = problems.map(({ path, message }) => `${path || '/'}: ${message}`).join('; ')
    throw new Stuck(
      'data',
      `<${token.at}> sends <${message}>, which does not fit its schema: ${all}`
    )
  }
}

/** Whether a token waits for others at a gateway that is asked again after every change. */
export function joins(wait: Wait | null): boolean {
  return wait?.for === 'join' || wait?.for === 'reset'
}
