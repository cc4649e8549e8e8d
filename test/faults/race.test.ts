import { request } from 'node:http'
import { join } from 'node:path'
import { expect } from 'chai'
import type { CaseView, ErrorAnswer } from '../../api/schemas.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqlitePeople } from '../../runtime/stores/sqlite-people.ts'
import { until } from '../until.ts'
import { Desk, example, type Officer } from './officers.ts'
import { Server } from './server.ts'

const RACES = Number(process.env.ALUR_FAULTS_RACES ?? 200)

describe('two officers at the same task', function () {
  this.timeout(60_000 + RACES * 200)
  let server: Server
  let desk: Desk
  before(async () => {
    server = await Server.open({ ALUR_CLOCK: '2015-12-03T09:00:00+07:00' })
    await hire(server.data, 'loket-dua.tju', 'Petugas Loket Dua')
    desk = new Desk(server.url, await example('second-extension'))
  })
  after(() => server?.end())

  it(`are told apart ${RACES} times: one does it, the other hears who was faster`, async () => {
    const officers = [desk.officer('loket.tju'), desk.officer('loket-dua.tju')] as const
    const names = ['Ratna Melati Sari', 'Petugas Loket Dua'] as const
    const wins = [0, 0]
    await Promise.all(officers.map(officer => officer.signIn()))
    for (let race = 0; race < RACES; race++) {
      const { instance, tasks } = await desk.begin(`race-${race}`)
      const path = `/api/instances/${instance}/tasks/${tasks[0]?.token}/complete`
      const order = race % 2 === 0 ? [0, 1] : [1, 0]
      const answers = await Promise.all(
        order.map(async which => ({
          which,
          answer: await (officers[which] as Officer).once<CaseView & ErrorAnswer>('POST', path, {
            variables: RETURNED
          })
        }))
      )
      const [winner, ...others] = answers.filter(({ answer }) => answer.status === 200)
      expect(others, instance).to.deep.equal([])
      const loser = answers.find(each => each !== winner)
      if (winner === undefined || loser === undefined) throw new Error(`nobody won ${instance}`)
      wins[winner.which] = (wins[winner.which] as number) + 1
      expect(loser.answer.status).to.equal(409)
      expect(loser.answer.body.message).to.contain(
        `<Check_Documents> was completed by ${names[winner.which as 0 | 1]}`
      )
      const { status, history } = winner.answer.body
      expect(status).to.equal('completed')
      expect(history.filter(({ kind }) => kind === 'task')).to.have.length(1)
    }
    if (process.env.ALUR_FAULTS_TELL) console.log(`      ${wins.join(' against ')}`)
  })

  it('are one officer whose answer was lost: who asks again hears that it is done', async () => {
    const officer = desk.officer('loket.tju')
    const { instance, tasks } = await desk.begin('lost-answer')
    const path = `/api/instances/${instance}/tasks/${tasks[0]?.token}/complete`
    const hangUp = send(server.url + path, officer, { variables: RETURNED })
    await until(async () => (await desk.view(instance)).status === 'completed')
    hangUp()

    const again = await officer.post<ErrorAnswer>(path, { variables: RETURNED })
    expect(again.status).to.equal(409)
    expect(again.body.message).to.contain(
      '<Check_Documents> was completed by Ratna Melati Sari at 2015-12-03T'
    )
    const start = { office: 'kanim-tju', instance, variables: desk.start }
    const started = await officer.post('/api/processes/itk-extension/instances', start)
    expect(started.status).to.equal(200)
    expect(started.body.number).to.equal((await desk.view(instance)).number)
  })
})

/** Sends the application back, which ends the case without a letter. */
const RETURNED = {
  documents: {},
  formalCheck: { outcome: 'return', fileChecked: true, reason: 'Tiket belum ada.' }
}

async function hire(data: string, id: string, name: string): Promise<void> {
  const database = openDatabase(join(data, 'alur.db'))
  const person = { id, name, unit: 'kanim-tju', roles: ['counter'], nip: null, demo: true }
  await sqlitePeople(database).add({ ...person, password: 'peragaan-alur' })
  database.close()
}

/** Sends a request and never reads its answer; gives how to hang up. */
function send(url: string, { cookie, csrf }: Officer, body: unknown): () => void {
  const headers = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' }
  const sent = request(url, { method: 'POST', headers, agent: false })
  sent.on('error', () => {})
  sent.end(JSON.stringify(body))
  return () => void sent.destroy()
}
