import type { AddressInfo } from 'node:net'
import type { Email } from 'postal-mime'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { Files } from '../runtime/files.ts'
import type { Mails } from '../runtime/mail.ts'

/** A mail server on this machine that keeps what it is sent, for the demo. Nothing leaves it. */
export interface Mailbox {
  /** What to send mails to: `smtp://127.0.0.1:2525`. */
  readonly url: string
  close(): Promise<void>
}
export interface MailboxOptions {
  /** 0: any free port. */
  readonly port: number
  readonly mails: Mails
  readonly files: Files
}

const LARGEST = 20_000_000

/** Opens the mailbox on the loopback address. A mail is answered for when it is kept. */
export async function openMailbox({ port, mails, files }: MailboxOptions): Promise<Mailbox> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(new Error('the mail is too large'))
        const to = session.envelope.rcptTo.map(({ address }) => address)
        keep(Buffer.concat(chunks), to).then(() => done(), done)
      })
    }
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const { port: found } = server.server.address() as AddressInfo

  async function keep(bytes: Buffer, to: readonly string[]): Promise<void> {
    const email = await PostalMime.parse(bytes)
    await mails.keep({
      messageId: (email.messageId ?? '').replace(/^<|>$/g, ''),
      from: sender(email),
      to,
      subject: email.subject ?? '',
      at: new Date(email.date ?? Date.now()).toISOString(),
      text: (email.text ?? '').trimEnd(),
      attachments: await Promise.all(
        email.attachments.map(async ({ filename, mimeType, content }) => ({
          name: filename ?? 'lampiran',
          type: mimeType,
          sha256: await files.put(
            typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
          )
        }))
      )
    })
  }

  return {
    url: `smtp://127.0.0.1:${found}`,
    close: () => new Promise(resolve => server.close(() => resolve()))
  }
}

function sender({ from }: Email): string {
  if (from === undefined) return ''
  return from.name ? `${from.name} <${from.address}>` : (from.address ?? '')
}
