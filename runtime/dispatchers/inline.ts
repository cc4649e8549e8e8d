import type { Effect } from '../../engine/messages.ts'
import type { Clock } from '../clock.ts'
import type { Dispatcher, Work } from '../dispatcher.ts'
import type { Log } from '../log.ts'
import type { PendingEffect } from '../store.ts'

export interface InlineSettings {
  readonly clock: Clock
  readonly log: Log
  /** How many effects of one lane run at a time: each kind of job is a lane, so are timers and messages. */
  readonly concurrency?: number
  /** How often an effect is tried before it is given up. */
  readonly attempts?: number
  /** Milliseconds between an attempt that failed, counted from 1, and the next. */
  readonly pause?: (attempt: number) => number
  /** Milliseconds after which a clock that was set is noticed at the latest. */
  readonly tick?: number
}

/** 1, 4, 16, 64, at most 256 seconds, for which the machine's clock does not matter. */
export function growingPause(attempt: number): number {
  return 1000 * 4 ** Math.min(attempt - 1, 4)
}

/** An effect that is held: waiting for its time, for its turn or for another attempt, or under way. */
interface Held {
  readonly pending: PendingEffect
  attempt: number
}
interface Lane {
  readonly queue: Held[]
  running: number
}

/**
 * Carries effects to the same process. What it holds lives in memory only: after a crash the sweep
 * dispatches it again from the store.
 */
export function inlineDispatcher(settings: InlineSettings): Dispatcher {
  const { clock, log, concurrency = 4, attempts = 5, pause = growingPause, tick = 100 } = settings
  const held = new Map<string, Held>()
  const lanes = new Map<string, Lane>()
  /** Timers not yet due, the next one last. */
  const timers: { readonly dueAt: string; readonly timer: Held }[] = []
  const pauses = new Set<NodeJS.Timeout>()
  const underWay = new Set<Promise<void>>()
  let work: Work | null = null
  let alarm: NodeJS.Timeout | null = null

  // waiting ///////////////////////////////////////////////////////////////////

  function place(dueAt: string, timer: Held): void {
    let [low, high] = [0, timers.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((timers[middle] as { dueAt: string }).dueAt > dueAt) low = middle + 1
      else high = middle
    }
    timers.splice(low, 0, { dueAt, timer })
  }

  /** Starts what is due by the clock. The clock may be set at any time, so it is asked every tick. */
  function ring(): void {
    alarm = null
    if (work === null) return
    const now = clock.now()
    for (let next = timers.at(-1); next && next.dueAt <= now; next = timers.at(-1)) {
      timers.pop()
      enqueue(next.timer)
    }
    const next = timers.at(-1)
    if (!next) return
    const left = Date.parse(next.dueAt) - Date.parse(now)
    alarm = setTimeout(ring, Math.min(left, tick))
    alarm.unref()
  }

  // working ///////////////////////////////////////////////////////////////////

  function enqueue(one: Held): void {
    const name = laneOf(one.pending.effect)
    const lane = lanes.get(name) ?? { queue: [], running: 0 }
    lanes.set(name, lane)
    lane.queue.push(one)
    advance(lane)
  }

  function advance(lane: Lane): void {
    while (work !== null && lane.running < concurrency) {
      const one = lane.queue.shift()
      if (!one) return
      lane.running += 1
      const done = attempt(one, work).finally(() => {
        lane.running -= 1
        underWay.delete(done)
        advance(lane)
      })
      underWay.add(done)
    }
  }

  async function attempt(one: Held, worker: Work): Promise<void> {
    const { pending } = one
    const { id } = pending.effect
    one.attempt += 1
    try {
      await worker.perform(pending, one.attempt)
      held.delete(id)
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      log.warn(`attempt failed: ${error.message}`, { effect: id, attempt: one.attempt })
      if (one.attempt < attempts) return again(one)
      // Should this fail as well, the effect is still in the store and comes back with a sweep.
      await worker
        .giveUp(pending, error)
        .catch(error => log.error('giving up failed', error, { effect: id }))
      held.delete(id)
    }
  }

  function again(one: Held): void {
    if (work === null) return
    const timeout = setTimeout(() => {
      pauses.delete(timeout)
      enqueue(one)
    }, pause(one.attempt))
    pauses.add(timeout)
  }

  return {
    async dispatch(effects) {
      for (const pending of effects) {
        const { effect } = pending
        if (held.has(effect.id)) continue
        const one = { pending, attempt: 0 }
        held.set(effect.id, one)
        if (effect.type === 'scheduleTimer') place(effect.dueAt, one)
        else enqueue(one)
      }
      if (alarm !== null) clearTimeout(alarm)
      ring()
    },

    async start(given) {
      work = given
      for (const lane of lanes.values()) advance(lane)
      ring()
    },

    async stop() {
      work = null
      if (alarm !== null) clearTimeout(alarm)
      for (const timeout of pauses) clearTimeout(timeout)
      pauses.clear()
      timers.length = 0
      lanes.clear()
      await Promise.all(underWay)
      held.clear()
    }
  }
}

function laneOf(effect: Effect): string {
  return effect.type === 'runJob' ? `job ${effect.kind}` : effect.type
}
