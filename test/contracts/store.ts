import { expect } from 'chai'
import { replay } from '../../engine/apply.ts'
import type { Actor } from '../../engine/context.ts'
import type { Effect } from '../../engine/messages.ts'
import type { ProcessInstance } from '../../engine/state.ts'
import {
  type Commit,
  Conflict,
  type OpenIncident,
  type OpenTask,
  type Store,
  type Subscriber,
  type TaskFilter,
  type TaskQuery
} from '../../runtime/store.ts'

/** What every store must do. A driver passes when this suite passes. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`store: ${name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    it('gives back what was committed', async () => {
      const first = started('case-1')
      await store.commit(first)
      const second = changed(first, { name: 'Siti', nested: { list: [1, null, 'é ✓'] } })
      await store.commit(second)

      expect(await store.load('case-1')).to.deep.equal(second.state)
      expect(await store.load('case-2')).to.equal(null)
    })

    it('tells the history from the first commit on, and it replays to the state', async () => {
      const first = started('case-1')
      const second = changed(first, { step: 2 }, { by: OFFICER, command: 'completeUserTask' })
      await store.commit(first)
      await store.commit(second)
      await store.commit(started('case-2'))

      const history = await store.history('case-1')
      expect(
        history.map(({ from, to, at, by, command }) => ({ from, to, at, by, command }))
      ).to.deep.equal([
        { from: 0, to: 1, at: AT, by: SYSTEM, command: 'start' },
        { from: 1, to: 2, at: AT, by: OFFICER, command: 'completeUserTask' }
      ])
      expect(replay(history.flatMap(({ events }) => events))).to.deep.equal(second.state)
      expect(await store.history('case-3')).to.deep.equal([])
    })

    it('writes data stores with the commit, held to what was read and to their capacity', async () => {
      const place = { unit: 'kanim-tju', store: 'permits', key: 'A' }
      const write = (
        key: string,
        value: Commit['state']['variables'][string],
        version: number
      ) => ({
        reads: [{ ...place, key, version }],
        writes: [{ ...place, key, value, capacity: 1, more: Number(value !== null) - version }]
      })
      expect(await store.readData(place)).to.deep.equal({ value: null, version: 0, size: 0 })

      await store.commit({ ...started('case-1'), data: write('A', { visits: 1 }, 0) })
      expect(await store.readData(place)).to.deep.equal({
        value: { visits: 1 },
        version: 1,
        size: 1
      })
      for (const data of [write('A', 2, 0), write('B', 3, 0)]) {
        const slower = await store.commit({ ...started('case-2'), data }).catch(error => error)
        expect(slower).to.be.instanceOf(Conflict)
        expect(await store.load('case-2')).to.equal(null)
      }
      await store.commit({ ...started('case-2'), data: write('A', null, 1) })
      expect(await store.readData(place)).to.deep.equal({ value: null, version: 2, size: 0 })
    })

    it('lets one start begin a conversation', async () => {
      const talk = { message: 'urn:alur:conversation', key: 'permit {"bill":1}' }
      const row = (instance: string) => ({ instance, subscription: 'conversation', ...talk })
      const begin = (instance: string) =>
        store.commit({ ...started(instance, {}, { waits: [row(instance)] }), begins: [talk] })
      await begin('case-1')

      expect(await begin('case-2').catch(error => error)).to.be.instanceOf(Conflict)
      expect(await store.load('case-2')).to.equal(null)
    })

    it('refuses the slower of two writers and keeps nothing of it', async () => {
      const first = started('case-1')
      await store.commit(first)
      const faster = changed(first, { winner: 'a' })
      const slower = {
        ...changed(first, { winner: 'b' }),
        effects: [timer('case-1.9')],
        rows: { ...first.rows, tasks: [task('case-1', 't9')] }
      }
      const outcomes = await Promise.allSettled([store.commit(faster), store.commit(slower)])

      expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected'])
      expect((outcomes[1] as PromiseRejectedResult).reason).to.be.instanceOf(Conflict)
      expect((await store.load('case-1'))?.variables).to.deep.equal({ winner: 'a' })
      expect(await store.history('case-1')).to.have.length(2)
      expect(await store.pendingEffects()).to.deep.equal([])
      expect((await store.taskList(tasksOf('kanim-tju'))).rows).to.deep.equal([])
    })

    it('refuses to start an instance a second time', async () => {
      await store.commit(started('case-1'))
      const error = await store.commit(started('case-1', { other: true })).catch(error => error)

      expect(error).to.be.instanceOf(Conflict)
      expect((await store.load('case-1'))?.variables).to.deep.equal({})
    })

    it('gives each of many writers that come together its own answer', async () => {
      const commits = Array.from({ length: 300 }, (_, index) => started(`case-${index % 200}`))
      const outcomes = await Promise.allSettled(commits.map(commit => store.commit(commit)))

      const refused = outcomes.flatMap(({ status }, index) =>
        status === 'rejected' ? [index] : []
      )
      expect(refused).to.deep.equal(Array.from({ length: 100 }, (_, index) => 200 + index))
      expect((await store.instances({ ...ALL, limit: 1000 })).rows).to.have.length(200)
    })

    it('lists open tasks by unit and role, as the latest commit left them', async () => {
      const first = started(
        'case-1',
        {},
        {
          tasks: [
            task('case-1', 't1', { role: 'counter' }),
            task('case-1', 't2', { role: 'kakanim' }),
            task('case-1', 't3', { role: null }),
            task('case-1', 't4', { unit: 'kanwil-kepri', role: 'kadiv' })
          ]
        }
      )
      await store.commit(first)
      const tokens = async (unit: string, roles: readonly string[] | null) =>
        (await store.taskList(tasksOf(unit, roles))).rows.map(({ token }) => token)

      expect(await tokens('kanim-tju', null)).to.have.members(['t1', 't2', 't3'])
      expect(await tokens('kanim-tju', ['counter'])).to.have.members(['t1', 't3'])
      expect(await tokens('kanim-tju', ['counter', 'kakanim', 'kakanim'])).to.have.members([
        't1',
        't2',
        't3'
      ])
      expect(await tokens('kanim-tju', [])).to.deep.equal(['t3'])
      expect(await tokens('kanwil-kepri', ['kadiv'])).to.deep.equal(['t4'])
      expect((await store.taskList(tasksOf('kanwil-kepri'))).rows).to.deep.equal([
        first.rows.tasks[3]
      ])

      await store.commit({
        ...changed(first, {}),
        rows: { ...first.rows, tasks: [task('case-1', 't5')] }
      })
      expect(await tokens('kanim-tju', null)).to.deep.equal(['t5'])
      expect(await tokens('kanwil-kepri', null)).to.deep.equal([])
    })

    it('lists tasks by the names of those who may do them, each once', async () => {
      await store.commit(
        started(
          'case-1',
          {},
          {
            tasks: [
              task('case-1', 't1', { role: null, owners: ['ani', 'section-head'] }),
              task('case-1', 't2', { role: null, owners: ['budi'], barred: ['budi'] }),
              task('case-1', 't3', { role: 'counter', process: 'pite' }),
              task('case-1', 't4', { role: null, owners: ['ani'], unit: 'kanwil-kepri' })
            ]
          }
        )
      )
      const tokens = async (given: Partial<TaskQuery>) =>
        (await store.taskList({ ...tasksOf('kanim-tju', []), ...given })).rows.map(
          ({ token }) => token
        )

      expect(await tokens({ person: 'ani', roles: ['section-head'] })).to.deep.equal(['t1'])
      expect(await tokens({ person: 'budi' })).to.deep.equal(['t2'])
      expect(await tokens({ person: 'dewi', roles: ['section-head'] })).to.deep.equal(['t1'])
      expect(await tokens({ person: 'dewi' })).to.deep.equal([])
      expect(await tokens({ roles: null })).to.deep.equal(['t1', 't2', 't3'])

      const budi = {
        person: 'budi',
        name: 'Budi',
        roles: ['counter'],
        whole: true,
        processes: null
      }
      expect(await tokens({ deputyFor: [budi] })).to.deep.equal(['t2', 't3'])
      expect(await tokens({ deputyFor: [{ ...budi, whole: false }] })).to.deep.equal(['t3'])
      expect(await tokens({ deputyFor: [{ ...budi, processes: ['pite'] }] })).to.deep.equal(['t3'])
      expect(await tokens({ deputyFor: [{ ...budi, processes: ['other'] }] })).to.deep.equal([])

      await store.commit(changed(started('case-1'), {}))
      expect(await tokens({ person: 'ani', roles: ['section-head'] })).to.deep.equal([])
    })

    it('lists urgent tasks first, and narrows to who has them and when they are looked at', async () => {
      const ani = { id: 'ani', name: 'Ani' }
      const tasks = [
        task('case-1', 't1', { priority: 20, dueAt: AT }),
        task('case-1', 't2', { assignee: ani, owner: { id: 'budi', name: 'Budi' } }),
        task('case-1', 't3', { priority: 75, followUpAt: '2015-12-05T00:00:00.000Z' }),
        task('case-1', 't4', { dueAt: AT, assignee: { id: 'budi', name: 'Budi' } })
      ]
      await store.commit(started('case-1', {}, { tasks }))
      const tokens = async (only: TaskFilter) =>
        (await store.taskList({ ...tasksOf('kanim-tju', ['counter']), only })).rows.map(
          ({ token }) => token
        )

      expect(await tokens({})).to.deep.equal(['t3', 't4', 't2', 't1'])
      expect(await tokens({ assignee: 'ani' })).to.deep.equal(['t2'])
      expect(await tokens({ assignee: null })).to.deep.equal(['t3', 't1'])
      expect(await tokens({ dueBefore: '2015-12-30T00:00:00.000Z' })).to.deep.equal(['t4', 't1'])
      expect(await tokens({ followUpBy: AT })).to.deep.equal(['t4', 't2', 't1'])
      expect(await tokens({ followUpAfter: AT })).to.deep.equal(['t3'])
      const { rows } = await store.taskList({ ...tasksOf('kanim-tju'), only: { assignee: 'ani' } })
      expect(rows).to.deep.equal([tasks[1]])
    })

    it('lists the task that is due first, and tasks without a due time last', async () => {
      const dueAt = (day: string) => `2015-12-${day}T09:00:00.000Z`
      await store.commit(
        started(
          'case-1',
          {},
          {
            tasks: [
              task('case-1', 't1', { dueAt: null, since: dueAt('02') }),
              task('case-1', 't2', { dueAt: dueAt('20') }),
              task('case-1', 't3', { dueAt: null, since: dueAt('01') }),
              task('case-1', 't4', { dueAt: dueAt('05') })
            ]
          }
        )
      )
      await store.commit(
        started('case-2', {}, { tasks: [task('case-2', 't1', { dueAt: dueAt('10') })] })
      )

      const all = ['case-1 t4', 'case-2 t1', 'case-1 t2', 'case-1 t3', 'case-1 t1']
      for (const roles of [null, ['counter', 'kakanim']]) {
        const seen: string[] = []
        let cursor: string | null = null
        do {
          const page = await store.taskList({ unit: 'kanim-tju', roles, limit: 2, cursor })
          expect(page.rows.length).to.be.lessThanOrEqual(2)
          seen.push(...page.rows.map(({ instance, token }) => `${instance} ${token}`))
          cursor = page.next
        } while (cursor !== null)
        expect(seen).to.deep.equal(all)
      }
    })

    it('refuses a cursor that it never gave', async () => {
      const error = await store
        .taskList({ ...tasksOf('x'), cursor: 'nonsense' })
        .catch(error => error)
      expect(error.name).to.equal('InvalidData')
    })

    it('lists incidents by office, the oldest first', async () => {
      const early = incident('case-1', 't1', { since: '2015-12-01T00:00:00.000Z' })
      const late = incident('case-1', 't2', { since: '2015-12-02T00:00:00.000Z' })
      const elsewhere = incident('case-2', 't1', { office: 'kanim-mre' })
      const first = started('case-1', {}, { incidents: [late, early] })
      await store.commit(first)
      await store.commit(started('case-2', {}, { incidents: [elsewhere] }))

      const paged = { limit: 10, cursor: null }
      expect((await store.incidents({ office: 'kanim-tju', ...paged })).rows).to.deep.equal([
        early,
        late
      ])
      expect((await store.incidents({ office: null, ...paged })).rows).to.have.length(3)
      const one = await store.incidents({ office: 'kanim-tju', limit: 1, cursor: null })
      expect(one.rows).to.deep.equal([early])
      const two = await store.incidents({ office: 'kanim-tju', limit: 1, cursor: one.next })
      expect(two).to.deep.equal({ rows: [late], next: null })

      await store.commit({ ...changed(first, {}), rows: { ...first.rows, incidents: [] } })
      expect((await store.incidents({ office: 'kanim-tju', ...paged })).rows).to.deep.equal([])
    })

    it('finds instances by office, status and text, the latest changed first', async () => {
      const at = (day: string) => `2015-12-${day}T00:00:00.000Z`
      const make = (id: string, office: string, search: string, changedAt: string) => {
        const commit = started(id, {})
        return {
          ...commit,
          rows: { ...commit.rows, instance: { ...commit.rows.instance, office, search, changedAt } }
        }
      }
      const ali = make('case-1', 'kanim-tju', 'itk-2015-000001 ali 100%_x a1234567', at('01'))
      await store.commit(ali)
      await store.commit(make('case-2', 'kanim-tju', 'itk-2015-000002 siti b7654321', at('03')))
      await store.commit(make('case-3', 'kanim-mre', 'itk-2015-000001 ali', at('02')))
      const found = async (query: Partial<typeof ALL> & { readonly number?: string }) =>
        (await store.instances({ ...ALL, ...query })).rows.map(({ instance }) => instance)

      expect(await found({})).to.deep.equal(['case-2', 'case-3', 'case-1'])
      expect(await found({ office: 'kanim-tju' })).to.deep.equal(['case-2', 'case-1'])
      expect(await found({ text: 'ALI' })).to.deep.equal(['case-3', 'case-1'])
      expect(await found({ text: 'a123 ali' })).to.deep.equal(['case-1'])
      expect(await found({ text: '0%_X' })).to.deep.equal(['case-1'])
      expect(await found({ text: '%' })).to.deep.equal(['case-1'])
      expect(await found({ text: 'nobody' })).to.deep.equal([])
      expect(await found({ status: 'completed' })).to.deep.equal([])
      expect(await found({ number: 'case-2' })).to.deep.equal(['case-2'])
      expect(await found({ number: 'case' })).to.deep.equal([])
      const first = await store.instances({ ...ALL, limit: 2 })
      const second = await store.instances({ ...ALL, limit: 2, cursor: first.next })
      expect(second.rows.map(({ instance }) => instance)).to.deep.equal(['case-1'])
      expect(second.next).to.equal(null)

      const later = changed(ali, {})
      await store.commit({
        ...later,
        rows: {
          ...later.rows,
          instance: { ...later.rows.instance, startedAt: at('09'), status: 'completed' }
        }
      })
      const [row] = (await store.instances({ ...ALL, status: 'completed' })).rows
      expect(row?.startedAt).to.equal(AT)
    })

    it('finds the running instances whose times rest on a calendar', async () => {
      const resting = (id: string, calendar: string | null) => {
        const commit = started(id)
        const instance = { ...commit.rows.instance, calendar }
        return { ...commit, rows: { ...commit.rows, instance } }
      }
      const [first, second] = [resting('case-1', 'c1'), resting('case-2', 'c1')]
      for (const commit of [first, second, resting('case-3', 'c1 c2'), resting('case-4', null)]) {
        await store.commit(commit)
      }
      const use = { office: 'kanim-tju', calendar: 'c1' }
      expect(await store.calendarsInUse()).to.have.deep.members([
        use,
        { office: 'kanim-tju', calendar: 'c1 c2' }
      ])
      expect(await store.restingOn(use, '', 1)).to.deep.equal(['case-1'])
      expect(await store.restingOn(use, 'case-1', 9)).to.deep.equal(['case-2'])

      const { rows, ...moved } = changed(first, { step: 2 })
      await store.commit({
        ...moved,
        rows: { ...rows, instance: { ...rows.instance, calendar: 'c2' } }
      })
      expect(await store.restingOn(use, '', 9)).to.deep.equal(['case-2'])
      expect(await store.restingOn({ ...use, calendar: 'c2' }, '', 9)).to.deep.equal(['case-1'])
    })

    it('finds who waits for a message, by name and key', async () => {
      const first = started(
        'case-1',
        {},
        {
          waits: [wait('case-1', 's1', 'paid', 'A'), wait('case-1', 's2', 'paid', 'B')]
        }
      )
      await store.commit(first)
      await store.commit(started('case-2', {}, { waits: [wait('case-2', 's1', 'paid', 'A')] }))

      expect(await store.subscribers('paid', 'A', 'p1')).to.deep.equal([
        wait('case-1', 's1', 'paid', 'A'),
        wait('case-2', 's1', 'paid', 'A')
      ])
      expect(await store.subscribers('paid', 'C', 'p1')).to.deep.equal([])

      await store.commit({ ...changed(first, {}), rows: { ...first.rows, waits: [] } })
      expect(await store.subscribers('paid', 'B', 'p1')).to.deep.equal([])
    })

    it('lets an instance take a published message once', async () => {
      const waits = [wait('case-1', 's1', 'paid', 'A')]
      const first = started('case-1', {}, { waits })
      await store.commit(first)
      const second = { ...changed(first, { n: 1 }), receives: 'p1', rows: { ...first.rows, waits } }
      await store.commit(second)

      expect(await store.subscribers('paid', 'A', 'p1')).to.deep.equal([])
      expect(await store.subscribers('paid', 'A', 'p2')).to.deep.equal(waits)
      const again = { ...changed(second, { n: 2 }), receives: 'p1' }
      expect(await store.commit(again).catch(error => error)).to.be.instanceOf(Conflict)
      expect(await store.buffer(message('p1'))).to.equal(false)
      await store.commit({ ...again, receives: 'p2' })
      expect((await store.load('case-1'))?.variables).to.deep.equal({ n: 2 })
    })

    it('counts how often a condition has become true, each by itself', async () => {
      const seen: number[] = []
      for (const holds of [false, true, true, false, true]) {
        seen.push(await store.observe('closing kanim-tju', holds))
      }
      expect(seen).to.deep.equal([0, 1, 1, 1, 2])
      expect(await store.observe('closing kanim-btm', true)).to.equal(1)
      expect(await store.observe('closing kanim-mre', false)).to.equal(0)
    })

    it('keeps a message until it is taken, by one instance only', async () => {
      expect(await store.buffer(message('p1'))).to.equal(true)
      expect(await store.buffer(message('p1'))).to.equal(true)
      const waits = (instance: string) => [wait(instance, 's1', 'paid', 'A')]
      const one = started('case-1', {}, { waits: waits('case-1') })
      const two = started('case-2', {}, { waits: waits('case-2') })
      await store.commit(one)
      await store.commit(two)

      const found = await store.correlations(AT, null)
      expect(found.map(({ subscriber }) => subscriber.instance)).to.deep.equal(['case-1', 'case-2'])
      expect(found[0]?.buffered).to.deep.equal(message('p1'))
      expect(await store.correlations(AT, 'case-2')).to.have.length(1)
      expect(await store.subscribers('paid', 'A', 'p1')).to.deep.equal([])

      await store.commit({ ...changed(one, {}), receives: 'p1', rows: one.rows })
      const late = { ...changed(two, {}), receives: 'p1', rows: two.rows }
      expect(await store.commit(late).catch(error => error)).to.be.instanceOf(Conflict)
      await store.buffer(message('p1'))
      expect(await store.correlations(AT, null)).to.deep.equal([])
    })

    it('forgets a kept message when its time is over', async () => {
      await store.buffer(message('p1'))
      await store.commit(started('case-1', {}, { waits: [wait('case-1', 's1', 'paid', 'A')] }))

      expect(await store.correlations('2015-12-03T02:14:59.999Z', null)).to.have.length(1)
      expect(await store.correlations('2015-12-03T02:15:00.000Z', null)).to.have.length(0)
      expect(await store.correlations('2015-12-03T02:14:59.999Z', null)).to.have.length(0)
    })

    it('holds an effect until it is settled', async () => {
      const first = { ...started('case-1'), effects: [timer('case-1.2'), timer('case-1.1')] }
      await store.commit(first)
      await store.commit({ ...started('case-2'), effects: [timer('case-2.1')] })
      const pending = async () => (await store.pendingEffects()).map(({ effect }) => effect.id)

      expect(await pending()).to.deep.equal(['case-1.2', 'case-1.1', 'case-2.1'])
      expect((await store.pendingEffects())[0]).to.deep.equal({
        instance: 'case-1',
        effect: timer('case-1.2'),
        createdAt: AT
      })
      await store.settle('case-1.1')
      await store.settle('case-1.1')
      expect(await pending()).to.deep.equal(['case-1.2', 'case-2.1'])
      await store.commit({
        ...changed(first, {}),
        settles: ['case-1.2'],
        effects: [timer('case-1.3')]
      })
      expect(await pending()).to.deep.equal(['case-2.1', 'case-1.3'])
    })

    it('deletes an instance with all that it keeps of it, and notes that it did', async () => {
      await store.commit({ ...started('case-1'), effects: [timer('case-1.1')] })
      await store.commit(started('case-2'))
      const removal = {
        instance: 'case-1',
        number: 'P-1',
        process: 'permit',
        office: 'kanim-tju',
        startedAt: AT,
        endedAt: AT,
        removedAt: AT,
        by: 'operator.tju',
        reason: 'over',
        rule: 'case.retention = 400 days',
        letters: 0
      }
      await store.remove(removal)
      await store.remove({ ...removal, reason: 'again' })

      expect(await store.load('case-1')).to.equal(null)
      expect(await store.history('case-1')).to.deep.equal([])
      expect(await store.pendingEffects()).to.deep.equal([])
      expect(await store.load('case-2')).not.to.equal(null)
      expect(await store.removals(10)).to.deep.equal([removal])
      expect(await store.isRemoved(removal.instance)).to.equal(true)
      expect(await store.isRemoved('never')).to.equal(false)
    })

    it('answers nobody any more once it is closed', async () => {
      await store.close()
      const error = await store.load('case-1').catch(error => error)
      expect(error).to.include({ name: 'StoreUnavailable', code: 'closed' })
      const other = await store.commit(started('case-1')).catch(error => error)
      expect(other).to.include({ name: 'StoreUnavailable', code: 'closed' })
    })
  })
}

// What is stored ///////////////////////////////////////////////////////////////

const AT = '2015-12-01T02:15:00.000Z'
const SYSTEM: Actor = { id: 'system', name: 'Sistem', kind: 'system', unit: null, roles: [] }
const OFFICER: Actor = {
  id: 'loket.tju',
  name: 'Petugas Loket',
  kind: 'person',
  unit: 'kanim-tju',
  roles: ['counter']
}
const ALL = {
  office: null as string | null,
  status: null as ProcessInstance['status'] | null,
  text: null as string | null,
  limit: 100,
  cursor: null as string | null
}

function tasksOf(unit: string, roles: readonly string[] | null = null) {
  return { unit, roles, limit: 100, cursor: null }
}

function started(
  id: string,
  variables: ProcessInstance['variables'] = {},
  rows: Partial<Omit<Commit['rows'], 'instance'>> = {}
): Commit {
  const events: Commit['events'] = [
    {
      type: 'instanceStarted',
      instance: id,
      process: 'itk-extension',
      processVersion: 1,
      office: 'kanim-tju',
      release: null,
      variables
    }
  ]
  const state = replay(events)
  return {
    before: 0,
    state,
    events,
    effects: [],
    at: AT,
    by: SYSTEM,
    command: 'start',
    settles: [],
    receives: null,
    rows: {
      instance: {
        instance: id,
        process: 'itk-extension',
        processName: 'Perpanjangan ITK',
        office: 'kanim-tju',
        status: 'running',
        number: id,
        subject: '',
        search: id,
        startedAt: AT,
        changedAt: AT,
        version: state.version
      },
      tasks: [],
      incidents: [],
      waits: [],
      ...rows
    }
  }
}

function changed(
  { state, rows }: Commit,
  variables: ProcessInstance['variables'],
  how: Partial<Pick<Commit, 'by' | 'command'>> = {}
): Commit {
  const version = state.version + 1
  return {
    ...started(state.id),
    before: state.version,
    state: { ...state, variables: { ...state.variables, ...variables }, version },
    events: [{ type: 'variablesSet', scope: null, variables }],
    command: 'completeUserTask',
    rows: { ...rows, tasks: [], incidents: [], waits: [], instance: { ...rows.instance, version } },
    ...how
  }
}

function task(instance: string, token: string, given: Partial<OpenTask> = {}): OpenTask {
  return {
    instance,
    token,
    process: 'itk-extension',
    element: 'Check',
    name: 'Periksa',
    office: 'kanim-tju',
    unit: 'kanim-tju',
    role: 'counter',
    owners: null,
    since: AT,
    dueAt: null,
    followUpAt: null,
    priority: 50,
    assignee: null,
    owner: null,
    barred: [],
    suspended: false,
    number: instance,
    subject: 'Ali',
    processName: 'Perpanjangan ITK',
    ...given
  }
}

function incident(
  instance: string,
  token: string,
  given: Partial<OpenIncident> = {}
): OpenIncident {
  return {
    instance,
    token,
    element: 'Fee',
    name: 'Tarif',
    office: 'kanim-tju',
    code: 'no-rule',
    message: 'no row of <itk.extension.fee> fits',
    since: AT,
    number: instance,
    subject: 'Ali',
    ...given
  }
}

function wait(instance: string, subscription: string, message: string, key: string): Subscriber {
  return { instance, subscription, message, key }
}

function message(id: string) {
  return {
    id,
    message: 'paid',
    key: 'A',
    variables: { ntpn: '1' },
    until: '2015-12-03T02:15:00.000Z'
  }
}

function timer(id: string): Effect {
  return { type: 'scheduleTimer', id, subscription: 's1', dueAt: AT }
}
