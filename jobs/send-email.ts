import { createTransport } from 'nodemailer'
import { Input } from './input.ts'
import type { Handler } from './job.ts'
import { JobFault } from './job.ts'
import type { JobServices } from './services.ts'

const ADDRESS = /^[^\s@<>",;:]+@[^\s@<>",;:]+$/
const PATIENCE_MS = 20_000

/**
 * Sends an e-mail with issued letters attached. A second attempt carries the same Message-ID, so that
 * mail servers and programs can tell that it is the same mail.
 */
export function sendEmail({ mail, letters, files, rulebook, publicUrl }: JobServices): Handler {
  const transport = createTransport({
    url: mail.url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  const host = mail.from.split('@')[1] ?? 'localhost'
  const server = new URL(mail.url).host

  return async job => {
    const input = new Input(job)
    const to = input.text('to').trim()
    const subject = input.text('subject')
    const text = input.text('text')
    const attach = input.texts('attach')
    const track = input.optionalText('track')
    input.done()
    if (!ADDRESS.test(to))
      throw new JobFault(`expected <to> to be an e-mail address, found <${to}>`)

    const attachments = await Promise.all(attach.map(id => attachment(id)))
    const messageId = `${job.id}@${host}`
    try {
      await transport.sendMail({
        messageId: `<${messageId}>`,
        from: { name: rulebook.office(job.office, job.at).name, address: mail.from },
        to: { name: '', address: to },
        subject,
        text: track === null ? text : `${text}\n\n${trackingLine(track)}`,
        date: new Date(job.at),
        attachments
      })
    } catch (error) {
      // a mail server that says no for good (5xx) will say so again
      const code = (error as { responseCode?: number }).responseCode ?? 0
      if (code >= 500)
        throw new JobFault(
          `the mail server refuses the mail to <${to}>: ${(error as Error).message}`,
          { cause: error }
        )
      throw new Error(
        `the mail server at <${server}> does not answer: ${(error as Error).message}`,
        {
          cause: error
        }
      )
    }
    return { sent: { messageId } }
  }

  /** Where the applicant sees how the case stands. The number of the passport is left to the applicant. */
  function trackingLine(number: string): string {
    return [
      `Lacak permohonan ${number} dengan nomor paspor Anda: ${publicUrl}/lacak`,
      `Track application ${number} with your passport number: ${publicUrl}/lacak`
    ].join('\n')
  }

  async function attachment(id: string) {
    const letter = await letters.byId(id)
    if (letter === null) throw new JobFault(`there is no letter <${id}> to attach`)
    const content = await files.get(letter.sha256)
    if (content === null) throw new JobFault(`the file of letter <${id}> is lost`)
    return {
      filename: fileName(letter.title, letter.number),
      content: Buffer.from(content),
      contentType: 'application/pdf'
    }
  }
}

function fileName(title: string, number: string): string {
  return `${title} ${number}`.replace(/[^A-Za-z0-9.-]+/g, '-').concat('.pdf')
}
