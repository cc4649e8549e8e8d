import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { createHandlers } from '../../jobs/index.ts'
import type { Job } from '../../jobs/job.ts'
import { JobFault } from '../../jobs/job.ts'
import type { Mailbox } from '../../jobs/mailbox.ts'
import { openMailbox } from '../../jobs/mailbox.ts'
import type { IssuedLetter } from '../../runtime/letters.ts'
import { job, noRenderer, world } from '../letters/kanim.ts'

const mail = (more: Job['input'] = {}) =>
  job('send-email', {
    to: 'anna@contoh.example',
    subject: 'Laporan diterima – déjà',
    text: 'Silakan datang.\nTerima kasih.',
    attach: [],
    ...more
  })

async function post() {
  const { services, mails } = await world(noRenderer)
  const mailbox = await openMailbox({ port: 0, mails, files: services.files })
  const send = (what: Job) =>
    createHandlers({ ...services, mail: { ...services.mail, url: mailbox.url } })['send-email']!(
      what
    )
  return { services, mails, mailbox, send }
}

describe('send-email', () => {
  let open: Mailbox | null = null
  afterEach(async () => {
    await open?.close()
    open = null
  })

  it('reaches the mailbox over SMTP with its text and the letters attached', async () => {
    const { services, mails, mailbox, send } = await post()
    open = mailbox
    const bytes = Buffer.from('%PDF-1.4 surat')
    const letter: IssuedLetter = {
      id: 'K7QZ',
      job: 'case-1.5',
      instance: 'case-1',
      office: 'kanim-mre',
      kind: 'itk-permit',
      title: 'Izin Tinggal Kunjungan',
      number: 'W.6/1',
      date: '2022-06-14',
      issuedAt: '2022-06-14T02:15:00.000Z',
      sha256: await services.files.put(bytes),
      seal: '',
      facts: {},
      status: 'valid',
      sample: true
    }
    await services.letters.file(letter)

    expect(await send(mail({ attach: ['K7QZ'] }))).to.deep.equal({
      sent: { messageId: 'case-1.7@kanim.example' }
    })

    const [kept] = await mails.list(10)
    expect(kept).to.deep.include({
      messageId: 'case-1.7@kanim.example',
      from: 'Kantor Imigrasi Kelas II Non TPI Muara Enim <alur@kanim.example>',
      to: ['anna@contoh.example'],
      subject: 'Laporan diterima – déjà',
      at: '2022-06-14T02:15:00.000Z',
      text: 'Silakan datang.\nTerima kasih.',
      attachments: [
        { name: 'Izin-Tinggal-Kunjungan-W.6-1.pdf', type: 'application/pdf', sha256: letter.sha256 }
      ],
      received: 1
    })
  })

  it('says where a case can be tracked when it is given the number, and never the passport', async () => {
    const { services, mails, mailbox, send } = await post()
    open = mailbox
    await send(mail({ track: 'ITAS-BGL-2022-000001' }))

    const [kept] = await mails.list(1)
    expect(kept?.text.split('\n')).to.deep.equal([
      'Silakan datang.',
      'Terima kasih.',
      '',
      `Lacak permohonan ITAS-BGL-2022-000001 dengan nomor paspor Anda: ${services.publicUrl}/lacak`,
      `Track application ITAS-BGL-2022-000001 with your passport number: ${services.publicUrl}/lacak`
    ])
  })

  it('keeps a mail that went out twice once, and counts it', async () => {
    const { mails, mailbox, send } = await post()
    open = mailbox
    await send(mail())
    await send({ ...mail(), attempt: 2 })
    await send({ ...mail(), id: 'case-1.8' })

    expect(
      (await mails.list(10)).map(({ messageId, received }) => [messageId, received])
    ).to.deep.equal([
      ['case-1.8@kanim.example', 1],
      ['case-1.7@kanim.example', 2]
    ])
  })

  it('puts nothing of a subject or an address into another line of the mail', async () => {
    const { mails, mailbox, send } = await post()
    open = mailbox
    await send(mail({ subject: 'Satu\r\nBcc: evil@example.org' }))
    const error = await send(
      mail({ to: 'anna@contoh.example\r\nRCPT TO:<evil@example.org>' })
    ).catch((thrown: Error) => thrown)

    const all = await mails.list(10)
    expect(all.map(({ to }) => to)).to.deep.equal([['anna@contoh.example']])
    expect(error).to.be.instanceOf(JobFault)
  })

  it('is a fault when the address is none or a letter is not there', async () => {
    const { mailbox, send } = await post()
    open = mailbox
    for (const [input, message] of [
      [{ to: 'anna' }, '<to>'],
      [{ to: null }, '<to>'],
      [{ attach: ['nothing'] }, 'there is no letter <nothing>'],
      [{ attach: 'K7QZ' }, '<attach>']
    ] as const) {
      const error = await send(mail(input)).catch((thrown: Error) => thrown)
      expect(error).to.be.instanceOf(JobFault)
      expect((error as Error).message).to.include(message)
    }
  })

  it('may be tried again when nobody answers, but not when the server says no for good', async () => {
    const { services } = await world(noRenderer)
    const send = (url: string) =>
      createHandlers({ ...services, mail: { ...services.mail, url } })['send-email']!(mail()).catch(
        (thrown: Error) => thrown
      )
    const refusing = createServer(socket => {
      socket.write('220 ready\r\n')
      socket.on('data', data => {
        const line = data.toString()
        socket.write(
          line.startsWith('RCPT')
            ? '550 no such person\r\n'
            : line.startsWith('QUIT')
              ? '221 bye\r\n'
              : '250 ok\r\n'
        )
      })
      socket.on('error', () => {})
    })
    await new Promise<void>(resolve => refusing.listen(0, '127.0.0.1', resolve))
    const refused = await send(`smtp://127.0.0.1:${(refusing.address() as AddressInfo).port}`)
    await new Promise(resolve => refusing.close(resolve))
    const unanswered = await send('smtp://127.0.0.1:1')

    expect(refused).to.be.instanceOf(JobFault)
    expect(unanswered).to.be.instanceOf(Error).and.not.to.be.instanceOf(JobFault)
  })
})
