import type { Mail } from '../../runtime/mail.ts'
import { RequestRefused } from '../refusals.ts'
import type { MailView } from '../schemas.ts'
import type { Demo, Deps, Services } from '../services.ts'

type DemoServices = Pick<
  Services,
  'clock' | 'setClock' | 'mailbox' | 'mailView' | 'mailAttachment' | 'billView' | 'payBill'
>

const MOST_MAILS = 200

export function demoServices({ clock, demo, files }: Deps): DemoServices {
  const inDemo = (): Demo => {
    if (demo === null) throw new RequestRefused('only-in-demo', 'this is there in demo mode only')
    return demo
  }
  const clockView = () => ({
    now: clock.now(),
    isSet: clock.settable?.isSet() ?? false,
    settable: clock.settable !== null
  })
  const findMail = async (id: string): Promise<Mail> => {
    const mail = await inDemo().mails.byId(id)
    if (mail === null) throw new RequestRefused('unknown-mail', `no mail <${id}> has arrived`)
    return mail
  }
  const findBill = async (code: string) => {
    const bill = await inDemo().bills.byCode(code)
    if (bill === null) throw new RequestRefused('unknown-bill', `no bill <${code}> was made`)
    return bill
  }

  return {
    clock: clockView,

    setClock(_actor, at) {
      if (clock.settable === null)
        throw new RequestRefused('only-in-demo', 'this clock cannot be set')
      if (at === null) clock.settable.reset()
      else if (Number.isNaN(Date.parse(at))) {
        throw new RequestRefused('bad-request', `expected a moment, found <${at}>`)
      } else clock.settable.set(new Date(at).toISOString())
      return clockView()
    },

    async mailbox() {
      return (await inDemo().mails.list(MOST_MAILS)).map(mailView)
    },

    async mailView(_actor, id) {
      return mailView(await findMail(id))
    },

    async mailAttachment(_actor, id, name) {
      const { attachments } = await findMail(id)
      const file = attachments.find(each => each.name === name)
      const bytes = file === undefined ? null : await files.get(file.sha256)
      if (bytes === null)
        throw new RequestRefused('unknown-mail', `mail <${id}> has no file <${name}>`)
      return bytes
    },

    async billView(_actor, code) {
      const { amount, payer, purpose, expiresAt, paidAt, ntpn } = await findBill(code)
      const paid =
        paidAt === null || ntpn === null
          ? null
          : { code, ntpn, amount, paidAt, simulated: true as const }
      return { code, amount, payer, purpose, expiresAt, paid }
    },

    async payBill(_actor, code) {
      await findBill(code)
      const payment = await inDemo().pay(code)
      if (payment === null) throw new RequestRefused('unknown-bill', `no bill <${code}> was made`)
      return payment
    }
  }
}

function mailView({ id, from, to, subject, at, text, attachments }: Mail): MailView {
  const base = `/api/mail/${encodeURIComponent(id)}/attachments`
  return {
    id,
    from,
    to,
    subject,
    at,
    text,
    attachments: attachments.map(({ name }) => ({
      name,
      url: `${base}/${encodeURIComponent(name)}`
    }))
  }
}
