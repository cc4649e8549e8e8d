import { join } from 'node:path'
import { expect } from 'chai'
import type { CaseView } from '../../api/schemas.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { naming, Server } from './server.ts'

/** Callers who send as fast as they are answered. */
const CALLERS = 12

describe('the whole server, told to stop under load', function () {
  this.timeout(60_000)
  let server: Server
  before(async () => {
    server = await Server.open({ ALUR_CLOCK: '2015-12-03T09:00:00+07:00' })
  })
  after(() => server?.end())

  it('answers what it has taken, ends with 0, and goes on where it was', async () => {
    const desk = new Desk(server.url, await example('second-extension'))
    const counter = desk.holder('counter')
    await counter.signIn()
    const answered: string[] = []
    const unanswered: string[] = []
    const incomplete: string[] = []
    let stopping = false
    let sent = 0

    async function call(): Promise<void> {
      for (;;) {
        sent += 1
        const instance = `case-${sent}`
        try {
          const body = { office: 'kanim-tju', instance, variables: desk.start }
          const answer = await counter.once('POST', '/api/processes/itk-extension/instances', body)
          expect(answer.status, instance).to.equal(201)
          answered.push(instance)
          // Something for the jobs to do as well.
          if (answered.length % 5 === 0) await completeFirst(answer.body)
        } catch (error) {
          if (!stopping || !(error instanceof TypeError)) throw error
          if (!answered.includes(instance)) unanswered.push(instance)
          else incomplete.push(instance)
          return
        }
      }
    }
    async function completeFirst({ instance, tasks }: CaseView): Promise<void> {
      const path = `/api/instances/${instance}/tasks/${tasks[0]?.token}/complete`
      const body = { variables: desk.filledIn('Check_Documents') }
      const { status } = await counter.once('POST', path, body)
      expect(status).to.equal(200)
    }

    const calling = Promise.all(Array.from({ length: CALLERS }, call))
    await until(() => answered.length > 30, 'there is load', 15_000)
    stopping = true
    const began = performance.now()
    const stopped = server.stop()
    await calling
    expect(await stopped, server.said.slice(-2000)).to.equal(0)
    const seconds = (performance.now() - began) / 1000
    expect(seconds, 'seconds until it has stopped').to.be.lessThan(15)
    expect(naming(server.data)).to.deep.equal([])

    const there = stored(server.data)
    expect(
      answered.filter(id => !there.has(id)),
      'answered, but lost'
    ).to.deep.equal([])
    expect(
      unanswered.filter(id => there.has(id)),
      'done, but not answered'
    ).to.deep.equal([])
    expect(
      incomplete.filter(id => there.get(id) !== 1),
      'completed, but not answered'
    ).to.deep.equal([])
    if (process.env.ALUR_FAULTS_TELL)
      console.log(
        `      ${answered.length} answered, ${unanswered.length} not taken, ${seconds.toFixed(1)} s`
      )

    await server.start()
    const some = answered.slice(-3)
    await Promise.all(some.map(id => desk.work(id)))
    expect(await server.stop()).to.equal(0)
    await audit(server.data, some, { all: false })
  })
})

/** How many commits each case has. */
function stored(data: string): ReadonlyMap<string, number> {
  const database = openDatabase(join(data, 'alur.db'))
  const rows = database
    .prepare('select instance, count(*) as commits from commits group by instance')
    .all() as { readonly instance: string; readonly commits: number }[]
  database.close()
  return new Map(rows.map(({ instance, commits }) => [instance, commits]))
}
