import type { Instant } from '../engine/state.ts'
import type { Bill } from '../runtime/bills.ts'
import { Input } from './input.ts'
import type { Handler } from './job.ts'
import { JobError, JobFault } from './job.ts'
import type { JobServices } from './services.ts'

/** The treasury's billing system (SIMPONI), as far as jobs need it. */
export interface BillingGateway {
  /** Asks for a billing code; the same code when this reference has one already. */
  create(order: BillingOrder): Promise<Bill>
  find(code: string): Promise<Bill | null>
  /** True when no money moves; results say so. */
  readonly simulator: boolean
}
export interface BillingOrder {
  /** The id of the job: one bill for each. */
  readonly reference: string
  readonly amount: number
  readonly payer: string
  readonly purpose: string
  readonly at: Instant
}

/** Makes the bill for a fee. */
export function createBilling({ billing }: Pick<JobServices, 'billing'>): Handler {
  return async job => {
    const input = new Input(job)
    const order = {
      reference: job.id,
      amount: input.amount('amount'),
      payer: input.text('payer'),
      purpose: input.text('purpose'),
      at: job.at
    }
    input.done()
    const { code, amount, expiresAt } = await billing.create(order)
    return { billing: { code, amount, expiresAt, ...(billing.simulator && SIMULATED) } }
  }
}

/**
 * Confirms that a bill was paid: the NTPN and the amount together name a payment.
 *
 * Raises PNBP_UNPAID, BILLING_EXPIRED, NTPN_INVALID or AMOUNT_MISMATCH, which a diagram may catch.
 */
export function confirmPayment({ billing }: Pick<JobServices, 'billing'>): Handler {
  return async job => {
    const input = new Input(job)
    const given = job.input.billing
    const code = typeof given === 'string' ? given : String(input.object('billing').code ?? '')
    const ntpn = input.optionalText('ntpn')
    const amount = input.amount('amount')
    input.done()

    const bill = await billing.find(code)
    if (bill === null) throw new JobFault(`there is no bill with the code <${code}>`)
    if (bill.paidAt === null || bill.ntpn === null) {
      const expired = bill.expiresAt < job.at
      throw expired
        ? new JobError(
            'BILLING_EXPIRED',
            `billing code <${code}> has expired on ${bill.expiresAt} and was not paid`
          )
        : new JobError('PNBP_UNPAID', `billing code <${code}> has not been paid`)
    }
    if (ntpn === null || readNtpn(ntpn) !== readNtpn(bill.ntpn)) {
      throw new JobError(
        'NTPN_INVALID',
        `the treasury does not know NTPN <${ntpn ?? ''}> for billing code <${code}>`
      )
    }
    if (bill.amount !== amount) {
      throw new JobError(
        'AMOUNT_MISMATCH',
        `expected a payment of ${amount}, found ${bill.amount}`,
        { paid: bill.amount }
      )
    }
    const payment = { confirmed: true, paidAt: bill.paidAt, ntpn: bill.ntpn, amount: bill.amount }
    return { payment: { ...payment, ...(billing.simulator && SIMULATED) } }
  }
}

const SIMULATED = { simulator: 'SIMULATOR' } as const

/** An NTPN as it is meant: O and I are misread for 0 and 1, and people write blanks between. */
export function readNtpn(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/O/g, '0')
    .replace(/I/g, '1')
}
