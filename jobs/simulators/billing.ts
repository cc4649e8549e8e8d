import { createHash, createHmac } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../../engine/state.ts'
import type { Bill, Bills } from '../../runtime/bills.ts'
import type { BillingGateway } from '../billing.ts'

/** SIMULATOR of the treasury's billing system. No money moves. */
export interface BillingSimulator extends BillingGateway {
  /**
   * Pays a bill, as an applicant would at a bank; null when there is no such bill.
   *
   * @throws BillExpired when it is too late
   */
  pay(code: string, at: Instant): Promise<Bill | null>
}

/** A billing code that is dead. */
export class BillExpired extends Error {
  constructor(code: string, expiresAt: Instant) {
    super(`billing code <${code}> has expired on ${expiresAt}`)
    this.name = 'BillExpired'
  }
}

const DAYS = 7
/** Without O and I, which are misread. */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Codes are `8`, the date at Jakarta and six digits, and expire after seven days. */
export function billingSimulator(bills: Bills): BillingSimulator {
  return {
    simulator: true,
    async create({ reference, amount, payer, purpose, at }) {
      const created = Temporal.Instant.from(at)
      const day = created
        .toZonedDateTimeISO('Asia/Jakarta')
        .toPlainDate()
        .toString()
        .replaceAll('-', '')
      const expiresAt = created.add({ hours: 24 * DAYS }).toString({ smallestUnit: 'millisecond' })
      for (let attempt = 0; ; attempt++) {
        const code = `8${day}${sixDigits(`${reference} ${attempt}`)}`
        const other = await bills.byCode(code)
        if (other !== null && other.reference !== reference) continue
        return bills.add({
          code,
          reference,
          amount,
          payer,
          purpose,
          createdAt: at,
          expiresAt,
          paidAt: null,
          ntpn: null
        })
      }
    },
    find: code => bills.byCode(code),
    async pay(code, at) {
      const bill = await bills.byCode(code)
      if (bill === null || bill.paidAt !== null) return bill
      if (bill.expiresAt < at) throw new BillExpired(code, bill.expiresAt)
      return bills.pay(code, ntpnOf(bill), at)
    }
  }
}

function sixDigits(text: string): string {
  const number = createHash('sha256').update(text).digest().readUInt32BE() % 1_000_000
  return String(number).padStart(6, '0')
}

function ntpnOf({ code, reference }: Bill): string {
  const bytes = createHmac('sha256', 'SIMULATOR').update(`${code} ${reference}`).digest()
  return [...bytes.subarray(0, 16)].map(byte => LETTERS[byte % LETTERS.length]).join('')
}
