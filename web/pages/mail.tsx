import type { MailView } from '../../api/schemas.ts'
import { When } from '../parts/dates.tsx'
import { Fact } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { both, T } from '../parts/text.tsx'

/** The mails that the demo has sent to nobody. */
export function MailboxPage({
  frame,
  mails
}: {
  readonly frame: Frame
  readonly mails: readonly MailView[]
}) {
  return (
    <Document frame={frame} title={{ id: 'Kotak surat peragaan', en: 'Demo mailbox' }}>
      <h1>
        <T id="Kotak surat peragaan" en="Demo mailbox" />
      </h1>
      <p class="simulator">
        <T
          id="SIMULATOR: surel ini tidak dikirim keluar, hanya disimpan di sini."
          en="SIMULATOR: these e-mails were not sent anywhere, only kept here."
        />
      </p>
      {mails.length === 0 ? (
        <div class="empty">
          <p>
            <strong>
              <T id="Belum ada surel." en="No e-mail yet." />
            </strong>
          </p>
        </div>
      ) : (
        <table class="table cards">
          <caption>
            <T
              id={`${mails.length} surel, terbaru lebih dahulu`}
              en={`${mails.length} ${mails.length === 1 ? 'e-mail' : 'e-mails'}, newest first`}
            />
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <T id="Perihal" en="Subject" />
              </th>
              <th scope="col">
                <T id="Kepada" en="To" />
              </th>
              <th scope="col">
                <T id="Waktu" en="Time" />
              </th>
              <th scope="col">
                <T id="Lampiran" en="Attachments" />
              </th>
            </tr>
          </thead>
          <tbody>
            {mails.map(mail => (
              <tr key={mail.id}>
                <th scope="row">
                  <a href={`/mail/${encodeURIComponent(mail.id)}`}>
                    <bdi>{mail.subject}</bdi>
                  </a>
                </th>
                <td data-label={both('Kepada', 'To')}>{mail.to.join(', ')}</td>
                <td data-label={both('Waktu', 'Time')}>
                  <When at={mail.at} zone={zoneOf(frame)} />
                </td>
                <td data-label={both('Lampiran', 'Attachments')}>{mail.attachments.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Document>
  )
}

/** One mail of the demo. */
export function MailPage({ frame, mail }: { readonly frame: Frame; readonly mail: MailView }) {
  return (
    <Document frame={frame} title={{ id: `Surel: ${mail.subject}`, en: 'E-mail' }}>
      <a class="back" href="/mail">
        <T id="Kotak surat" en="Mailbox" />
      </a>
      <p class="simulator">
        <T
          id="SIMULATOR: surel ini tidak dikirim keluar."
          en="SIMULATOR: this e-mail was not sent anywhere."
        />
      </p>
      <h1>
        <bdi>{mail.subject}</bdi>
      </h1>
      <section class="panel" aria-label={both('Surel', 'E-mail')}>
        <dl class="facts">
          <Fact id="Dari" en="From">
            <bdi>{mail.from}</bdi>
          </Fact>
          <Fact id="Kepada" en="To">
            {mail.to.join(', ')}
          </Fact>
          <Fact id="Waktu" en="Time">
            <When at={mail.at} zone={zoneOf(frame)} />
          </Fact>
          {mail.attachments.length > 0 && (
            <Fact id="Lampiran" en="Attachments">
              <ul class="values">
                {mail.attachments.map(({ name, url }) => (
                  <li key={url}>
                    <a href={url}>
                      <bdi>{name}</bdi>
                    </a>
                  </li>
                ))}
              </ul>
            </Fact>
          )}
        </dl>
        <div class="mail-text">{mail.text}</div>
      </section>
    </Document>
  )
}
