import { expect } from 'chai'
import { CommandRefused } from '../../engine/errors.ts'
import type { ProcessInstance, Variables } from '../../engine/state.ts'
import { type Job, JobError, JobFault } from '../../jobs/job.ts'
import { aWhile, until } from '../until.ts'
import {
  COLLEAGUE,
  COUNTER,
  HEAD,
  type House,
  OPERATOR,
  openHouse,
  replays,
  tokenAt
} from './house.ts'

const APPLICATION = { applicant: { name: 'Siti Aminah', passportNumber: 'A1234567' }, extension: 2 }
const TASKS = { unit: 'kanim-tju', roles: null, limit: 100, cursor: null }

describe('runtime', () => {
  let house: House
  const jobs: Job[] = []
  let answer: (job: Job) => Promise<Variables>
  const handle = (job: Job) => {
    jobs.push(job)
    return answer(job)
  }
  beforeEach(async () => {
    jobs.length = 0
    answer = async () => ({})
    house = await openHouse({
      handlers: { notify: handle, fetch: handle, each: handle },
      jobDeadline: 0.1,
      dispatcher: { attempts: 3 }
    })
  })
  afterEach(() => house.close())

  const start = (process: string, variables: Variables = {}, instance = 'case-1') =>
    house.runtime.start({ process, office: 'kanim-tju', variables, by: COUNTER, instance })
  const complete = (state: ProcessInstance, element: string, variables: Variables, by = COUNTER) =>
    house.runtime.execute({
      instance: state.id,
      by,
      command: { type: 'completeUserTask', token: tokenAt(state, element), variables }
    })
  const stateOf = async (instance = 'case-1') =>
    (await house.store.load(instance)) as ProcessInstance
  const ended = (instance = 'case-1') =>
    until(
      async () => (await stateOf(instance)).status === 'completed',
      `<${instance}> has completed`
    )
  const refusalOf = (promise: Promise<unknown>): Promise<CommandRefused> =>
    promise.then(
      () => expect.fail('expected a refusal'),
      error => error
    )
  const trace = async (instance = 'case-1') =>
    (await house.runtime.historyOf(instance)).map(({ command, by }) => `${command} by ${by.id}`)

  async function approved(): Promise<ProcessInstance> {
    const checked = await complete(await start('permit', APPLICATION), 'Check', { complete: true })
    return complete(checked, 'Approve', { outcome: 'approve' }, HEAD)
  }

  describe('a case', () => {
    it('goes from the counter to the last job, and its history leads to its state', async () => {
      await approved()
      await ended()

      expect(await trace()).to.deep.equal([
        'start by loket.tju',
        'completeUserTask by loket.tju',
        'completeUserTask by kakanim.tju',
        'completeJob by system'
      ])
      expect(await replays(house.store, 'case-1')).to.equal(true)
      expect(await house.store.pendingEffects()).to.deep.equal([])
      expect(house.errors).to.deep.equal([])
    })

    it('has a number of its office and year, the day of its start and a release', async () => {
      await start('permit', APPLICATION)
      await start('waiter', { bill: '1' }, 'case-2')
      const elsewhere = { ...COUNTER, unit: 'kanim-btm' }
      await house.runtime.start({
        process: 'permit',
        office: 'kanim-btm',
        variables: APPLICATION,
        by: elsewhere,
        instance: 'case-3'
      })
      const numbers = ['case-1', 'case-2', 'case-3'].map(
        async id => (await stateOf(id)).variables.caseNumber
      )

      expect(await Promise.all(numbers)).to.deep.equal([
        'PERMIT-TJU-2015-000001',
        'WAITER-TJU-2015-000002',
        'PERMIT-BTM-2015-000001'
      ])
      const { variables, release } = await stateOf()
      expect(variables).to.deep.include({ ...APPLICATION, submitted: '2015-12-01' })
      expect(release).to.equal(house.rulebook.release('kanim-tju'))
    })

    it('is dated by the calendar of its office, not by that of Greenwich', async () => {
      house.clock.settable?.set('2015-12-31T17:30:00.000Z')
      const { variables } = await start('permit', APPLICATION)
      expect(variables).to.deep.include({
        caseNumber: 'PERMIT-TJU-2016-000001',
        submitted: '2016-01-01'
      })
    })

    it('is found by task, number, name and passport number', async () => {
      await start('permit', APPLICATION)
      const found = async (text: string) =>
        (await house.store.instances({ office: null, status: null, text, limit: 9, cursor: null }))
          .rows

      const [task] = (await house.store.taskList(TASKS)).rows
      expect(task).to.include({
        element: 'Check',
        name: 'Periksa',
        role: 'counter',
        unit: 'kanim-tju',
        number: 'PERMIT-TJU-2015-000001',
        subject: 'Siti Aminah',
        processName: 'Izin',
        dueAt: task && new Date(Date.parse(task.since) + 3 * 86400_000).toISOString()
      })
      for (const text of ['permit-tju-2015-000001', 'aminah', 'A1234567']) {
        expect(await found(text), text).to.have.length(1)
      }
      expect(await found('nobody')).to.have.length(0)
    })

    it('rests with the decision in the same commit as the task before it', async () => {
      await complete(await start('permit', APPLICATION), 'Check', { complete: true })
      const [, second] = await house.runtime.historyOf('case-1')
      const decided = second?.events.find(event => event.type === 'ruleDecided')

      expect(decided?.decision).to.deep.include({
        rule: 'test.approver',
        outcome: { approver: 'kakanim' }
      })
      expect((await stateOf()).variables.approval).to.deep.equal({ approver: 'kakanim' })
    })

    it('rests with an incident when no row fits, until an operator mends it', async () => {
      const checked = await complete(
        await start('permit', { ...APPLICATION, extension: 9 }),
        'Check',
        { complete: true }
      )
      const [incident] = (
        await house.store.incidents({ office: 'kanim-tju', limit: 9, cursor: null })
      ).rows
      expect(incident).to.include({ element: 'Decide', code: 'no-rule', subject: 'Siti Aminah' })

      const mended = await house.runtime.execute({
        instance: 'case-1',
        by: OPERATOR,
        command: {
          type: 'resolveIncident',
          token: tokenAt(checked, 'Decide'),
          variables: { extension: 4 },
          reason: 'perpanjangan keempat'
        }
      })
      expect(tokenAt(mended, 'Approve')).to.be.a('string')
      expect(
        (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows
      ).to.deep.equal([])
    })
  })

  it('finds out a process that decides in a circle', async () => {
    const state = await start('circle')
    expect(Object.values(state.tokens)[0]?.wait).to.deep.include({
      for: 'incident',
      message: '<Decide> goes round in a circle: 1000 decisions in one command'
    })
  })

  describe('refuses', () => {
    it('to start what the office does not offer', async () => {
      const refusals = await Promise.all(
        [
          { process: 'unknown', office: 'kanim-tju' },
          { process: 'daily', office: 'kanim-btm' },
          { process: 'permit', office: 'kanim-xxx' }
        ].map(given =>
          refusalOf(house.runtime.start({ ...given, variables: APPLICATION, by: COUNTER }))
        )
      )
      expect(refusals.map(({ code }) => code)).to.deep.equal([
        'unknown-process',
        'unknown-process',
        'unknown-office'
      ])
    })

    it('to start with a form that does not hold, and takes no number for it', async () => {
      const refused = await refusalOf(start('permit', { applicant: { name: '' }, extension: 0 }))
      expect(refused.code).to.equal('invalid-variables')
      expect(refused.problems.map(({ path }) => path)).to.have.members([
        '/applicant/name',
        '/extension'
      ])

      expect((await refusalOf(start('deadline', { fee: 1 }))).code).to.equal('invalid-variables')
      expect((await start('permit', APPLICATION)).variables.caseNumber).to.equal(
        'PERMIT-TJU-2015-000001'
      )
    })

    it('to start an instance twice, and keeps its number', async () => {
      await start('permit', APPLICATION)
      expect((await refusalOf(start('permit', APPLICATION))).code).to.equal('already-started')
      expect((await start('permit', APPLICATION, 'case-2')).variables.caseNumber).to.equal(
        'PERMIT-TJU-2015-000002'
      )
    })

    it('an instance id that would not do as the id of a job', async () => {
      expect((await refusalOf(start('permit', APPLICATION, 'a:b'))).problems[0]?.path).to.equal(
        '/instance'
      )
    })

    it('a form with a value that does not hold, and leaves the task open', async () => {
      const state = await start('permit', APPLICATION)
      const refused = await refusalOf(complete(state, 'Check', { complete: 'yes', fee: 0 }))

      expect(refused.code).to.equal('invalid-variables')
      expect(refused.problems.length).to.be.greaterThan(0)
      expect((await stateOf()).version).to.equal(state.version)
    })

    it('the wrong role before it looks at the form', async () => {
      const state = await start('permit', APPLICATION)
      expect((await refusalOf(complete(state, 'Check', { complete: 'yes' }, HEAD))).code).to.equal(
        'not-allowed'
      )
    })

    it('a command to an instance that does not exist', async () => {
      const command = { type: 'completeUserTask', token: 't1', variables: {} } as const
      const refused = await refusalOf(
        house.runtime.execute({ instance: 'case-9', by: COUNTER, command })
      )
      expect(refused.code).to.equal('unknown-instance')
    })
  })

  describe('two at once', () => {
    it('complete the same task: one succeeds, the other is told who was faster', async () => {
      const state = await start('permit', APPLICATION)
      const outcomes = await Promise.allSettled([
        complete(state, 'Check', { complete: true }, COLLEAGUE),
        complete(state, 'Check', { complete: true }, COUNTER)
      ])

      expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected'])
      const { reason } = outcomes[1] as PromiseRejectedResult
      expect(reason).to.be.instanceOf(CommandRefused)
      expect(reason.code).to.equal('not-waiting')
      expect(reason.message).to.match(
        /^task <Check> was completed by Petugas Loket Dua at 2015-12-01T/
      )
    })

    it('never surface a conflict when parallel branches finish together', async () => {
      answer = async ({ input }) => ({ doubled: Number(input.item) * 2 })
      const items = Array.from({ length: 40 }, (_, index) => index)
      await start('parallel', { items })
      await ended()

      expect((await stateOf()).variables.results).to.deep.equal(items.map(item => item * 2))
      expect(jobs).to.have.length(40)
      expect(house.errors).to.deep.equal([])
    })

    it('race from two processes on one file, and the slower one repeats its step', async () => {
      const items = [1, 2, 3]
      answer = async ({ input }) => {
        // Another writer, who has not waited for a turn here.
        const state = await stateOf()
        const event = {
          type: 'variablesSet',
          scope: null,
          variables: { [`seen${input.item}`]: true }
        } as const
        const { rows } = await house.store.instances({
          office: null,
          status: null,
          text: null,
          limit: 1,
          cursor: null
        })
        await house.store
          .commit({
            before: state.version,
            state: {
              ...state,
              version: state.version + 1,
              variables: { ...state.variables, ...event.variables }
            },
            events: [event],
            effects: [],
            at: house.clock.now(),
            by: OPERATOR,
            command: 'resolveIncident',
            settles: [],
            receives: null,
            rows: { instance: rows[0] as (typeof rows)[0], tasks: [], incidents: [], waits: [] }
          })
          .catch(() => {})
        return { doubled: input.item ?? null }
      }
      await start('parallel', { items })
      await ended()
      expect((await stateOf()).variables.results).to.deep.equal(items)
      expect(await replays(house.store, 'case-1')).to.equal(true)
    })
  })

  describe('a job', () => {
    it('is told what it is for, with the same id and time on every attempt', async () => {
      answer = async ({ attempt }) => {
        if (attempt < 3) throw new Error('not yet')
        return {}
      }
      await approved()
      await ended()

      const [first] = jobs as [Job]
      expect(jobs.map(({ attempt }) => attempt)).to.deep.equal([1, 2, 3])
      expect(first).to.deep.include({
        kind: 'notify',
        instance: 'case-1',
        office: 'kanim-tju',
        input: { to: 'Siti Aminah' }
      })
      for (const job of jobs) expect(job).to.deep.equal({ ...first, attempt: job.attempt })
      expect(first.id).to.match(/^case-1\.\d+$/)
      expect(first.at).to.equal((await house.runtime.historyOf('case-1'))[2]?.at)
    })

    it('that always fails becomes an incident, and another one when it is tried again', async () => {
      answer = () => Promise.reject(new Error('the mail server is down'))
      await approved()
      const incidents = async () =>
        (await house.store.incidents({ office: 'kanim-tju', limit: 9, cursor: null })).rows
      await until(async () => (await incidents()).length === 1, 'the job is an incident')

      const [incident] = await incidents()
      expect(incident).to.include({ element: 'Notify', code: 'job-failed' })
      expect(incident?.message).to.contain('the mail server is down')
      expect(jobs).to.have.length(3)
      expect(await house.store.pendingEffects()).to.deep.equal([])

      answer = async () => ({})
      await house.runtime.execute({
        instance: 'case-1',
        by: OPERATOR,
        command: {
          type: 'resolveIncident',
          token: tokenAt(await stateOf(), 'Notify'),
          variables: {},
          reason: 'server diperbaiki'
        }
      })
      await ended()
      expect(jobs[3]?.id).not.to.equal(jobs[0]?.id)
      expect(await replays(house.store, 'case-1')).to.equal(true)
    })

    it('that trying again cannot mend is an incident at once', async () => {
      answer = () => Promise.reject(new JobFault('no template <x>'))
      await approved()
      await until(async () => tokenAt(await stateOf(), 'Notify') !== '' && jobs.length === 1)
      await until(
        async () =>
          (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows.length === 1
      )
      await aWhile(60)
      expect(jobs).to.have.length(1)
    })

    it('may have an outcome that the diagram catches, and is not tried again', async () => {
      answer = () =>
        Promise.reject(new JobError('REJECTED', 'no such mailbox', { mailbox: 'none' }))
      await approved()
      await ended()

      const events = (await house.runtime.historyOf('case-1')).flatMap(({ events }) => events)
      expect(
        events.some(event => event.type === 'elementCompleted' && event.element === 'Undeliverable')
      ).to.equal(true)
      expect(jobs).to.have.length(1)
    })

    it('that hangs runs into its deadline', async () => {
      answer = () => new Promise(() => {})
      await approved()
      await until(
        async () =>
          (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows.length === 1
      )
      const [incident] = (await house.store.incidents({ office: null, limit: 9, cursor: null }))
        .rows
      expect(incident?.message).to.match(/did not answer within 0.1 s/)
    })

    it('that comes after its task was cancelled is refused, settled and forgotten', async () => {
      let release = () => {}
      answer = () =>
        new Promise(resolve => {
          release = () => resolve({ fetched: true })
        })
      await house.close()
      house = await openHouse({
        handlers: { fetch: handle },
        dispatcher: { attempts: 3 }
      })
      await start('deadline')
      await until(() => jobs.length === 1)
      house.clock.settable?.set('2015-12-01T01:30:00.000Z')
      await until(
        async () => 'Rest' === Object.values((await stateOf()).tokens)[0]?.at,
        'the deadline has passed'
      )
      release()
      await until(async () =>
        (await house.store.pendingEffects()).every(({ effect }) => effect.type !== 'runJob')
      )

      const state = await stateOf()
      expect(state.variables).not.to.have.property('fetched')
      expect(jobs).to.have.length(1)
      expect(house.errors).to.deep.equal([])
    })

    it('without a handler is an incident that names its kind', async () => {
      await house.close()
      house = await openHouse()
      await start('deadline')
      await until(
        async () =>
          (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows.length === 1
      )
      const [incident] = (await house.store.incidents({ office: null, limit: 9, cursor: null }))
        .rows
      expect(incident?.message).to.contain('no handler for jobs of kind <fetch>')
    })

    it('that answers nothing that can be stored is an incident', async () => {
      answer = async () => 'done' as unknown as Variables
      await approved()
      await until(
        async () =>
          (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows.length === 1
      )
      expect(jobs).to.have.length(1)
    })
  })

  describe('a timer', () => {
    it('fires when the clock is set beyond it, and the next one as well', async () => {
      answer = () => Promise.reject(new Error('never'))
      await start('deadline')
      await until(
        async () =>
          (await house.store.incidents({ office: null, limit: 9, cursor: null })).rows.length === 1
      )
      house.clock.settable?.set('2015-12-01T01:00:01.000Z')
      await until(async () => Object.values((await stateOf()).tokens)[0]?.at === 'Rest')
      house.clock.settable?.set('2016-01-05T00:00:00.000Z')
      await ended()
      expect(await replays(house.store, 'case-1')).to.equal(true)
    })

    it('waits when the clock is set back', async () => {
      answer = () => new Promise(() => {})
      await start('deadline')
      house.clock.settable?.set('2015-11-30T00:00:00.000Z')
      await aWhile(100)
      expect(
        (await house.runtime.historyOf('case-1')).map(({ command }) => command)
      ).not.to.include('trigger')
    })

    it('starts a process in every office that offers it, once for each time', async () => {
      const started = async () =>
        (
          await house.store.instances({
            office: null,
            status: null,
            text: null,
            limit: 99,
            cursor: null
          })
        ).rows
      await house.runtime.sweep()
      expect(await started()).to.have.length(0)
      house.clock.settable?.set('2015-12-01T01:00:00.000Z')
      await house.runtime.sweep()
      expect(
        (await started()).map(({ process, office, number }) => `${process} ${office} ${number}`)
      ).to.deep.equal(['daily kanim-tju DAILY-TJU-2015-000001'])
      await house.runtime.sweep()
      expect(await started()).to.have.length(1)

      house.clock.settable?.set('2015-12-01T23:00:00.000Z')
      await house.runtime.sweep()
      expect(await started()).to.have.length(1)
      house.clock.settable?.set('2015-12-02T01:00:00.000Z')
      await house.runtime.sweep()
      await house.runtime.sweep()
      expect(await started()).to.have.length(2)
    })
  })

  describe('a signal', () => {
    it('reaches every instance that waits for it, and starts the processes that it starts', async () => {
      await start('hearer', {}, 'case-1')
      await start('hearer', {}, 'case-2')
      await start('closer', {}, 'case-3')
      await until(async () => (await house.store.pendingEffects()).length === 0)

      for (const each of ['case-1', 'case-2', 'case-3']) {
        expect((await stateOf(each)).status).to.equal('completed')
      }
      expect((await stateOf('case-2')).variables.why).to.equal('holiday')
      const page = { status: null, text: null, limit: 20, cursor: null }
      const { rows } = await house.store.instances({ ...page, office: null })
      expect(rows.filter(({ process }) => process === 'opener')).to.have.length(1)
    })
  })

  describe('a message', () => {
    const paid = (key: string, more: object = {}) =>
      house.runtime.publish({
        message: 'paid',
        key,
        variables: { ntpn: '77' },
        office: null,
        timeToLive: null,
        ...more
      })

    it('wakes whoever waits for its key, and says how many took it', async () => {
      await start('waiter', { bill: 'A' }, 'case-1')
      await start('waiter', { bill: 'A' }, 'case-2')
      await start('waiter', { bill: 'B' }, 'case-3')

      expect(await paid('A')).to.deep.equal({ taken: 2, kept: false })
      expect(await paid('A')).to.deep.equal({ taken: 0, kept: false })
      expect((await stateOf('case-1')).status).to.equal('completed')
      expect((await stateOf('case-2')).variables.ntpn).to.equal('77')
      expect((await stateOf('case-3')).status).to.equal('running')
    })

    it('that nobody waits for is kept for its time, and taken once', async () => {
      expect(await paid('A', { timeToLive: 'PT1H' })).to.deep.equal({ taken: 0, kept: true })
      await start('waiter', { bill: 'A' }, 'case-1')
      await ended('case-1')
      await start('waiter', { bill: 'A' }, 'case-2')
      await aWhile(50)
      expect((await stateOf('case-2')).status).to.equal('running')
    })

    it('is forgotten when its time is over', async () => {
      await paid('A', { timeToLive: 'PT1H' })
      house.clock.settable?.set('2015-12-01T01:01:00.000Z')
      await start('waiter', { bill: 'A' }, 'case-1')
      await aWhile(50)
      expect((await stateOf('case-1')).status).to.equal('running')
    })

    it('is taken by an instance that goes on listening', async () => {
      await start('listener', { bill: 'A', payments: 0 })
      expect((await paid('A')).taken).to.equal(1)
      expect((await paid('A')).taken).to.equal(1)
      expect((await stateOf()).variables.payments).to.equal(2)
    })

    it('is taken once, also when it is brought again after a crash', async () => {
      await house.close()
      let crashes = 1
      house = await openHouse({
        through: store => ({
          ...store,
          settle: effect =>
            crashes-- > 0 ? Promise.reject(new Error('crash')) : store.settle(effect)
        })
      })
      await start('listener', { bill: 'A', payments: 0 }, 'case-1')
      await start('listener', { bill: 'A', payments: 0 }, 'case-2')
      await start('payer', { bill: 'A', ntpn: '12' }, 'case-3')
      await until(async () => crashes < 0 && (await house.store.pendingEffects()).length === 0)

      expect((await stateOf('case-1')).variables.payments).to.equal(1)
      expect((await stateOf('case-2')).variables.payments).to.equal(1)
    })

    it('that was kept before a crash is taken with the next sweep', async () => {
      await start('waiter', { bill: 'A' })
      await house.store.buffer({
        id: 'm1',
        message: 'paid',
        key: 'A',
        variables: { ntpn: '5' },
        until: '2015-12-02T00:00:00.000Z'
      })
      await house.runtime.sweep()
      expect((await stateOf()).variables.ntpn).to.equal('5')
    })

    it('goes from one case to another and starts a third, each once', async () => {
      await start('waiter', { bill: 'A' }, 'case-1')
      await start('payer', { bill: 'A', ntpn: '12' }, 'case-2')
      await ended('case-1')
      await until(async () => (await house.store.pendingEffects()).length === 0)
      await house.runtime.sweep()

      expect((await stateOf('case-1')).variables.ntpn).to.equal('12')
      const { rows } = await house.store.instances({
        office: null,
        status: null,
        text: 'archive',
        limit: 9,
        cursor: null
      })
      expect(rows.map(({ process, office }) => `${process} ${office}`)).to.deep.equal([
        'archive kanim-tju'
      ])
      expect((await stateOf(rows[0]?.instance)).variables.bill).to.equal('A')
    })
  })
})
