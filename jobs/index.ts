import { assignRegisterNumber } from './assign-register-number.ts'
import { confirmPayment, createBilling } from './billing.ts'
import { issueLetter } from './issue-letter.ts'
import type { Handler, Handlers } from './job.ts'
import { sendEmail } from './send-email.ts'
import type { JobServices } from './services.ts'
import { checkCekal } from './watch-list.ts'

/** Every kind of job that a diagram may ask for. */
export const JOB_KINDS = [
  'issue-letter',
  'send-email',
  'create-billing',
  'confirm-payment',
  'check-cekal',
  'assign-register-number'
] as const

/** The names of the variables that each kind of job gives. */
export const JOB_RESULTS = {
  'issue-letter': ['letter'],
  'send-email': ['sent'],
  'create-billing': ['billing'],
  'confirm-payment': ['payment'],
  'check-cekal': ['cekal'],
  'assign-register-number': ['registration']
} as const satisfies Record<(typeof JOB_KINDS)[number], readonly string[]>

/** The handler of every kind of job. */
export function createHandlers(services: JobServices): Handlers {
  return {
    'issue-letter': issueLetter(services),
    'send-email': sendEmail(services),
    'create-billing': createBilling(services),
    'confirm-payment': confirmPayment(services),
    'check-cekal': checkCekal(services),
    'assign-register-number': assignRegisterNumber(services)
  } satisfies Record<(typeof JOB_KINDS)[number], Handler>
}
