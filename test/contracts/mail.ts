import { expect } from 'chai'
import type { Bills } from '../../runtime/bills.ts'
import type { Mails, NewMail } from '../../runtime/mail.ts'

const mail: NewMail = {
  messageId: 'case-1.4@alur.example',
  from: 'kanim@alur.example',
  to: ['anna@example.org'],
  subject: 'Laporan diterima',
  at: '2016-05-02T02:00:00.000Z',
  text: 'Silakan datang',
  attachments: [{ name: 'surat.pdf', type: 'application/pdf', sha256: 'a'.repeat(64) }]
}

/** What every keeper of received mails must do. */
export function describeMails(name: string, open: () => Promise<Mails>): void {
  describe(`mails: ${name}`, () => {
    it('gives back what it kept, newest first', async () => {
      const mails = await open()
      await mails.keep(mail)
      await mails.keep({ ...mail, messageId: 'case-1.5@alur.example', subject: 'second' })

      const [newest, oldest] = await mails.list(10)
      expect(newest?.subject).to.equal('second')
      expect(oldest).to.deep.include(mail)
      expect(await mails.byId(oldest?.id ?? '')).to.deep.equal(oldest)
      expect(await mails.byId('nothing')).to.equal(null)
    })

    it('keeps a mail that arrives twice once, and counts it', async () => {
      const mails = await open()
      await mails.keep(mail)
      await mails.keep(mail)

      expect((await mails.list(10)).map(({ received }) => received)).to.deep.equal([2])
    })
  })
}

const bill = {
  code: '820151203000001',
  reference: 'case-1.7',
  amount: 300_000,
  payer: 'ANNA',
  purpose: 'ITK',
  createdAt: '2015-12-03T02:00:00.000Z',
  expiresAt: '2015-12-10T02:00:00.000Z',
  paidAt: null,
  ntpn: null
}

/** What every keeper of simulated bills must do. */
export function describeBills(name: string, open: () => Promise<Bills>): void {
  describe(`bills: ${name}`, () => {
    it('gives the first bill to the one who asks twice for the same', async () => {
      const bills = await open()
      await bills.add(bill)

      expect(await bills.add({ ...bill, code: '820151203999999' })).to.deep.equal(bill)
      expect(await bills.byCode('820151203999999')).to.equal(null)
    })

    it('is paid once', async () => {
      const bills = await open()
      await bills.add(bill)
      await bills.pay(bill.code, 'AAAABBBBCCCCDDDD', '2015-12-04T02:00:00.000Z')
      const paid = await bills.pay(bill.code, 'OTHER', '2015-12-05T02:00:00.000Z')

      expect(paid).to.deep.include({ ntpn: 'AAAABBBBCCCCDDDD', paidAt: '2015-12-04T02:00:00.000Z' })
      expect(await bills.list(10)).to.deep.equal([paid])
      expect(await bills.pay('nothing', 'X', bill.createdAt)).to.equal(null)
    })
  })
}
