import { expect } from 'chai'
import type { Effect } from '../../engine/messages.ts'
import { type Clock, settableClock } from '../../runtime/clock.ts'
import type { Dispatcher, Work } from '../../runtime/dispatcher.ts'
import type { PendingEffect } from '../../runtime/store.ts'
import { aWhile, until } from '../until.ts'

/** A dispatcher under test: three attempts, pauses of 10 and 40 milliseconds, two at a time. */
export interface DispatcherSettings {
  readonly clock: Clock
  readonly attempts: 3
  readonly concurrency: 2
  readonly pause: (attempt: number) => number
}

/** What every dispatcher must do. A driver passes when this suite passes. */
export function describeDispatcher(
  name: string,
  open: (settings: DispatcherSettings) => Promise<Dispatcher>
): void {
  describe(`dispatcher: ${name}`, () => {
    let dispatcher: Dispatcher
    let clock: Clock
    const performed: string[] = []
    const givenUp: string[] = []

    beforeEach(async () => {
      performed.length = 0
      givenUp.length = 0
      clock = settableClock('2015-12-01T02:00:00.000Z')
      dispatcher = await open({
        clock,
        attempts: 3,
        concurrency: 2,
        pause: attempt => 10 * 4 ** (attempt - 1)
      })
    })
    afterEach(() => dispatcher.stop())

    function work(perform: Work['perform'] = async () => {}): Work {
      return {
        async perform(pending, attempt) {
          performed.push(`${pending.effect.id} ${attempt}`)
          await perform(pending, attempt)
        },
        async giveUp({ effect }, error) {
          givenUp.push(`${effect.id} ${error.message}`)
        }
      }
    }

    it('performs what it is given, before and after it was started', async () => {
      await dispatcher.dispatch([job('a.1')])
      await aWhile(30)
      expect(performed).to.deep.equal([])

      await dispatcher.start(work())
      await dispatcher.dispatch([job('a.2'), message('a.3')])
      await until(() => performed.length === 3)
      expect(performed).to.have.members(['a.1 1', 'a.2 1', 'a.3 1'])
    })

    it('hands over the effect as it was dispatched', async () => {
      const seen: PendingEffect[] = []
      await dispatcher.start(work(async pending => void seen.push(pending)))
      await dispatcher.dispatch([job('a.1')])

      await until(() => seen.length === 1)
      expect(seen[0]).to.deep.equal(job('a.1'))
    })

    it('performs an effect once when it is dispatched twice', async () => {
      const gate = openGate()
      await dispatcher.start(work(() => gate.passed))
      await dispatcher.dispatch([job('a.1'), job('a.1')])
      await dispatcher.dispatch([job('a.1')])
      await until(() => performed.length === 1)
      await dispatcher.dispatch([job('a.1')])
      gate.open()

      await aWhile()
      expect(performed).to.deep.equal(['a.1 1'])
    })

    it('takes an effect again that it has performed, as the sweep asks', async () => {
      await dispatcher.start(work())
      await dispatcher.dispatch([job('a.1')])
      await until(() => performed.length === 1)
      await until(async () => {
        await dispatcher.dispatch([job('a.1')])
        return performed.length === 2
      })
      expect(performed).to.deep.equal(['a.1 1', 'a.1 1'])
    })

    it('lets a timer wait until it is due', async () => {
      await dispatcher.start(work())
      const now = Date.parse(clock.now())
      await dispatcher.dispatch([
        timer('a.2', now + 200),
        timer('a.1', now + 50),
        timer('a.3', now + 3600_000)
      ])
      await until(() => performed.length === 1)
      expect(performed).to.deep.equal(['a.1 1'])
      expect(Date.parse(clock.now())).to.be.at.least(now + 50)

      await until(() => performed.length === 2)
      await aWhile()
      expect(performed).to.deep.equal(['a.1 1', 'a.2 1'])
    })

    it('performs a timer that is overdue at once', async () => {
      await dispatcher.start(work())
      await dispatcher.dispatch([timer('a.1', Date.parse(clock.now()) - 86400_000)])
      await until(() => performed.length === 1)
    })

    it('notices a clock that is set forward', async () => {
      await dispatcher.start(work())
      const now = Date.parse(clock.now())
      await dispatcher.dispatch([timer('a.2', now + 7200_000), timer('a.1', now + 3600_000)])
      clock.settable?.set(new Date(now + 3600_000).toISOString())
      await until(() => performed.length === 1, 'the first timer rings', 1500)
      expect(performed).to.deep.equal(['a.1 1'])

      clock.settable?.set(new Date(now + 365 * 86400_000).toISOString())
      await until(() => performed.length === 2, 'the second timer rings', 1500)
    })

    it('waits longer when the clock is set back', async () => {
      await dispatcher.start(work())
      const now = Date.parse(clock.now())
      await dispatcher.dispatch([timer('a.1', now + 100)])
      clock.settable?.set(new Date(now - 3600_000).toISOString())
      await aWhile(300)
      expect(performed).to.deep.equal([])

      clock.settable?.set(new Date(now + 100).toISOString())
      await until(() => performed.length === 1, 'the timer rings', 1500)
    })

    it('tries again with growing pauses', async () => {
      const at: number[] = []
      await dispatcher.start(
        work(async (_, attempt) => {
          at.push(performance.now())
          if (attempt < 3) throw new Error('not yet')
        })
      )
      await dispatcher.dispatch([job('a.1')])
      await until(() => performed.length === 3)
      await aWhile()

      expect(performed).to.deep.equal(['a.1 1', 'a.1 2', 'a.1 3'])
      const [first, second, third] = at as [number, number, number]
      expect(second - first).to.be.at.least(9)
      expect(third - second).to.be.at.least(39)
      expect(givenUp).to.deep.equal([])
    })

    it('gives up after the last attempt, once', async () => {
      await dispatcher.start(work(() => Promise.reject(new Error('never'))))
      await dispatcher.dispatch([job('a.1')])
      await until(() => givenUp.length > 0)
      await aWhile()

      expect(performed).to.deep.equal(['a.1 1', 'a.1 2', 'a.1 3'])
      expect(givenUp).to.deep.equal(['a.1 never'])
    })

    it('runs so many of a kind at a time, and another kind beside them', async () => {
      const gate = openGate()
      await dispatcher.start(
        work(({ effect }) => (effect.type === 'runJob' ? gate.passed : Promise.resolve()))
      )
      await dispatcher.dispatch([job('a.1'), job('a.2'), job('a.3'), message('a.4')])
      await until(() => performed.length === 3)
      await aWhile()
      expect(performed).to.have.members(['a.1 1', 'a.2 1', 'a.4 1'])

      gate.open()
      await until(() => performed.length === 4)
    })

    it('waits when stopped for what is under way, and begins nothing more', async () => {
      const gate = openGate()
      await dispatcher.start(work(() => gate.passed))
      await dispatcher.dispatch([job('a.1'), job('a.2'), job('a.3')])
      await until(() => performed.length === 2)
      let stopped = false
      const stop = dispatcher.stop().then(() => {
        stopped = true
      })
      await aWhile(50)
      expect(stopped).to.equal(false)

      gate.open()
      await stop
      await dispatcher.dispatch([job('a.4')])
      await aWhile()
      expect(performed).to.deep.equal(['a.1 1', 'a.2 1'])
    })
  })
}

function job(id: string): PendingEffect {
  return held({
    type: 'runJob',
    id,
    kind: 'send-email',
    job: 'j1',
    element: 'Send',
    input: { to: 'x' }
  })
}

function message(id: string): PendingEffect {
  return held({ type: 'publish', id, message: 'paid', key: 'A', variables: {}, timeToLive: null })
}

function timer(id: string, dueAt: number): PendingEffect {
  return held({
    type: 'scheduleTimer',
    id,
    subscription: 's1',
    dueAt: new Date(dueAt).toISOString()
  })
}

function held(effect: Effect): PendingEffect {
  return { instance: 'a', effect, createdAt: '2015-12-01T02:00:00.000Z' }
}

function openGate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {}
  const passed = new Promise<void>(resolve => {
    open = resolve
  })
  return { passed, open: () => open() }
}
