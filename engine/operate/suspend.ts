import { CommandRefused } from '../errors.ts'
import { PAUSE_REASONS, type StartEvent } from '../graph.ts'
import type { Command, HeldCommand } from '../messages.ts'
import type { Run } from '../run.ts'
import type { Instant, Subscription, Suspension, Token } from '../state.ts'
import { shifted } from '../time.ts'
import type { Operation } from './commands.ts'
import { mustOperate } from './duties.ts'

/** Lets nothing go on from here. */
export function suspend(
  run: Run,
  { reason, pauses }: Extract<Operation, { type: 'suspend' }>
): void {
  mustOperate(run, 'suspend this instance')
  if (run.state.suspended !== null) throw isSuspended(run)
  if (pauses !== undefined && !PAUSE_REASONS.includes(pauses)) {
    const problem = {
      path: '/pauses',
      message: `expected one of ${PAUSE_REASONS.join(', ')}, found ${JSON.stringify(pauses)}`
    }
    throw new CommandRefused('invalid-variables', 'the reason cannot be accepted', [problem])
  }
  const at = run.context.now
  run.emit({ type: 'instanceSuspended', at, reason, ...(pauses === undefined ? {} : { pauses }) })
}

/**
 * Lets everything go on: timers with the time that they had left, then what was held, in the order in
 * which it came.
 */
export function resume(run: Run, reason: string, carryOut: (command: HeldCommand) => void): void {
  mustOperate(run, 'resume this instance')
  const { suspended } = run.state
  if (suspended === null) {
    throw new CommandRefused('not-waiting', `instance <${run.state.id}> is not suspended`)
  }
  run.emit({ type: 'instanceResumed', reason })
  goOnWithTimers(run, suspended)
  for (const command of suspended.held) {
    try {
      carryOut(command)
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error
      run.emit({ type: 'commandDropped', command, why: error.message })
    }
    run.settle()
    if (run.state.status !== 'running') return
  }
}

/** The timers are opened anew, so that what was scheduled for the old ones comes to nothing. */
function goOnWithTimers(run: Run, { since }: Suspension): void {
  const { now } = run.context
  for (const open of Object.values(run.state.subscriptions)) {
    const { on } = open
    if (on.kind !== 'timer') continue
    run.emit({ type: 'subscriptionClosed', subscription: open.id })
    const from = on.dueAt > since ? on.dueAt : since
    // what was left of it is a length of time, no longer a number of working days
    const { by: _, ...timer } = on
    run.reopen({ ...open, on: { ...timer, dueAt: shifted(from, since, now) } })
  }
}

const MEANWHILE: ReadonlySet<Command['type']> = new Set([
  'suspend',
  'resume',
  'setVariables',
  'takeCalendar',
  'migrate',
  'rebind',
  'terminate'
])

/**
 * What becomes of a command while an instance is suspended: true when it was held for later, false when
 * it is carried out all the same.
 *
 * @throws CommandRefused for what people do, and for what comes too late
 */
export function holdWhileSuspended(
  run: Run,
  command: Exclude<Command, { type: 'start' }>
): boolean {
  if (run.state.suspended === null || MEANWHILE.has(command.type)) return false
  switch (command.type) {
    case 'completeJob':
    case 'failJob':
    case 'throwJobError':
      mustWaitForJob(run, command.job)
      break
    case 'trigger':
      mustWaitForEvent(run, command.subscription)
      break
    case 'signal':
      break
    default:
      throw isSuspended(run)
  }
  run.emit({ type: 'commandHeld', command: command as HeldCommand })
  return true
}

function mustWaitForJob(run: Run, job: string): void {
  const { tokens } = run.state
  const waits = Object.values(tokens).some(({ wait }) => wait?.for === 'job' && wait.job === job)
  const answered = heldIn(run).some(held => 'job' in held && held.job === job)
  if (waits && !answered) return
  throw new CommandRefused('not-waiting', `no token of <${run.state.id}> waits for job <${job}>`)
}

/** A timer does nothing now; what interrupts happens once, and keeps a second message for whoever comes. */
function mustWaitForEvent(run: Run, id: string): void {
  const open = run.state.subscriptions[id]
  const taken = heldIn(run).some(held => held.type === 'trigger' && held.subscription === id)
  const waits = open !== undefined && open.on.kind !== 'timer' && !(taken && happensOnce(run, open))
  if (waits) return
  throw new CommandRefused(
    'not-waiting',
    `instance <${run.state.id}> is suspended and does not wait for <${id}>`
  )
}

function happensOnce(run: Run, { token, element }: Subscription): boolean {
  const host: Token | null = token === null ? null : run.token(token)
  const around = host === null ? null : run.graphIn(host.scope).nodes[element]
  const node = around ?? run.graphIn(token).nodes[element]
  return !(node !== undefined && 'interrupting' in node && !(node as StartEvent).interrupting)
}

function heldIn(run: Run): readonly HeldCommand[] {
  return run.state.suspended?.held ?? []
}

function isSuspended(run: Run): CommandRefused {
  const since: Instant = run.state.suspended?.since ?? ''
  return new CommandRefused(
    'suspended',
    `instance <${run.state.id}> is suspended since ${since}: ${run.state.suspended?.reason ?? ''}`
  )
}
