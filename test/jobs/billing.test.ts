import { expect } from 'chai'
import { readNtpn } from '../../jobs/billing.ts'
import { createHandlers } from '../../jobs/index.ts'
import { JobError, JobFault } from '../../jobs/job.ts'
import { BillExpired } from '../../jobs/simulators/billing.ts'
import { job, noRenderer, world } from '../letters/kanim.ts'

const DAY = 24 * 3600 * 1000
const at = '2022-06-14T18:00:00.000Z'
const later = (days: number): string => new Date(Date.parse(at) + days * DAY).toISOString()
const order = { amount: 2_000_000, payer: 'ANNA MARIA ERIKSSON', purpose: 'Perpanjangan ITK' }

async function billed() {
  const { services, billing } = await world(noRenderer)
  const handlers = createHandlers(services)
  const create = (id = 'case-1.3') =>
    handlers['create-billing']!(job('create-billing', order, { id, at }))
  const { billing: bill } = (await create()) as {
    billing: { code: string; amount: number; expiresAt: string }
  }
  const confirm = (input: object, days = 1) =>
    handlers['confirm-payment']!(
      job(
        'confirm-payment',
        { billing: bill, amount: 2_000_000, ntpn: null, ...input },
        { at: later(days) }
      )
    ).catch((error: Error) => error)
  return { billing, bill, create, confirm }
}

describe('billing simulator', () => {
  it('gives a code of 15 digits with the date at Jakarta, dead after seven days, and says what it is', async () => {
    const { bill } = await billed()

    expect(bill.code).to.match(/^820220615\d{6}$/)
    expect(bill).to.deep.include({ amount: 2_000_000, expiresAt: later(7), simulator: 'SIMULATOR' })
  })

  it('gives one code to a job that is tried twice, and another to another job', async () => {
    const { bill, create } = await billed()

    expect(await create()).to.deep.equal({ billing: bill })
    expect(await create('case-1.4')).not.to.deep.equal({ billing: bill })
  })

  it('confirms a payment by its NTPN, misread letters and blanks forgiven', async () => {
    const { billing, bill, confirm } = await billed()
    const paid = (await billing.pay(bill.code, later(1)))!
    const ntpn = paid.ntpn!

    expect(ntpn).to.match(/^[A-Z0-9]{16}$/)
    const written = `${ntpn.slice(0, 8)} ${ntpn.slice(8)}`
      .toLowerCase()
      .replace(/0/g, 'O')
      .replace(/1/g, 'I')
    expect(await confirm({ ntpn: written })).to.deep.equal({
      payment: {
        confirmed: true,
        paidAt: later(1),
        ntpn,
        amount: 2_000_000,
        simulator: 'SIMULATOR'
      }
    })
    expect(await confirm({ ntpn, billing: bill.code })).to.have.property('payment')
  })

  it('tells apart why a payment is not confirmed', async () => {
    const { billing, bill, confirm } = await billed()
    const codeOf = (error: unknown): string =>
      error instanceof JobError ? error.code : `no business error: ${error}`

    expect(codeOf(await confirm({ ntpn: 'A'.repeat(16) }))).to.equal('PNBP_UNPAID')
    expect(codeOf(await confirm({ ntpn: 'A'.repeat(16) }, 8))).to.equal('BILLING_EXPIRED')
    const paid = (await billing.pay(bill.code, later(2)))!
    expect(codeOf(await confirm({ ntpn: 'A'.repeat(16) }))).to.equal('NTPN_INVALID')
    expect(codeOf(await confirm({ ntpn: paid.ntpn, amount: 500_000 }))).to.equal('AMOUNT_MISMATCH')
    expect(await confirm({ ntpn: paid.ntpn }, 30)).to.have.property('payment')
    expect(await confirm({ billing: '812345678901234', ntpn: null })).to.be.instanceOf(JobFault)
  })

  it('takes no money for a dead code, and none twice', async () => {
    const { billing, bill } = await billed()
    const error = await billing.pay(bill.code, later(8)).catch((thrown: Error) => thrown)
    const paid = await billing.pay(bill.code, later(7))

    expect(error).to.be.instanceOf(BillExpired)
    expect(await billing.pay(bill.code, later(9))).to.deep.equal(paid)
    expect(await billing.pay('812345678901234', at)).to.equal(null)
  })

  it('is a fault without an amount', async () => {
    const { services } = await world(noRenderer)
    const error = await createHandlers(services)['create-billing']!(
      job('create-billing', { amount: 0.5, payer: '' })
    ).catch((thrown: Error) => thrown)

    expect(error).to.be.instanceOf(JobFault)
    expect((error as Error).message)
      .to.include('<amount>')
      .and.to.include('<payer>')
      .and.to.include('<purpose>')
  })
})

describe('NTPN', () => {
  it('is read as it is meant', () => {
    expect(readNtpn(' oi2-3ab ')).to.equal('0123AB')
  })
})
