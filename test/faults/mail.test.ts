import { expect } from 'chai'
import type { CaseView } from '../../api/schemas.ts'
import { openMailbox } from '../../jobs/mailbox.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { diskFiles } from '../../runtime/stores/sqlite-files.ts'
import { sqliteMails } from '../../runtime/stores/sqlite-mail.ts'
import { until } from '../until.ts'
import { audit } from './audit.ts'
import { Desk, example } from './officers.ts'
import { freePort, Server } from './server.ts'

describe('a mail server that is down', function () {
  this.timeout(60_000)
  let server: Server
  let port: number
  before(async () => {
    port = await freePort()
    server = await Server.open({
      ALUR_CLOCK: '2015-12-03T09:00:00+07:00',
      ALUR_SMTP_URL: `smtp://127.0.0.1:${port}`,
      ALUR_ATTEMPTS: '3'
    })
  })
  after(() => server?.end())

  it('is tried with growing pauses, then told to the office; when it is up the mail goes out once', async () => {
    const desk = new Desk(server.url, await example('second-extension'))
    await desk.begin('case-0')
    await desk.work('case-0', ({ letters }) => letters.some(({ kind }) => kind === 'itk-permit'))
    const rests = ({ incidents }: CaseView) => incidents.length > 0
    await until(async () => rests(await desk.view('case-0')), 'the case rests', 15_000)

    const [incident] = (await desk.view('case-0')).incidents
    expect(incident?.element).to.equal('Email_Permit')
    expect(incident?.message).to.contain(
      `the mail server at <127.0.0.1:${port}> does not answer: connect ECONNREFUSED`
    )
    const [first = 0, second = 0, third = 0] = attempts(server.said)
    expect(second - first).to.be.within(900, 3000)
    expect(third - second).to.be.within(3600, 8000)

    const mails = sqliteMails(openDatabase(':memory:'))
    const mailbox = await openMailbox({ port, mails, files: diskFiles(server.data) })
    try {
      const { status } = await desk
        .holder('operator')
        .post(`/api/instances/case-0/incidents/${incident?.token}/resolve`, {
          variables: {},
          reason: 'the mail server is up again'
        })
      expect(status).to.equal(200)
      await desk.work('case-0')
      const [mail, ...others] = await mails.list(10)
      expect(others).to.deep.equal([])
      expect(mail).to.include({ received: 1 })
      expect(mail?.attachments).to.have.length(1)
      expect(await server.stop()).to.equal(0)
      await audit(server.data, ['case-0'])
    } finally {
      await mailbox.close()
    }
  })
})

/** When attempts at a job failed, in milliseconds, as the log says it. */
function attempts(said: string): readonly number[] {
  return said
    .split('\n')
    .filter(line => line.includes('attempt failed') && line.includes('mail server'))
    .map(line => Date.parse(line.split(' ')[0] as string))
}
