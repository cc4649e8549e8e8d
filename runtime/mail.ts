import type { Instant } from '../engine/state.ts'

/** What the demo mailbox has received. A mail that comes again is counted, not kept twice. */
export interface Mails {
  keep(mail: NewMail): Promise<void>
  /** Newest first. */
  list(limit: number): Promise<readonly Mail[]>
  byId(id: string): Promise<Mail | null>
}
export interface NewMail {
  /** Without the angle brackets: `<instance>.<number>@host`. */
  readonly messageId: string
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly at: Instant
  readonly text: string
  readonly attachments: readonly MailAttachment[]
}
export interface Mail extends NewMail {
  /** Stands in addresses; made from the Message-ID. */
  readonly id: string
  /** How many times it arrived. */
  readonly received: number
}
export interface MailAttachment {
  readonly name: string
  readonly type: string
  /** In `Files`. */
  readonly sha256: string
}
