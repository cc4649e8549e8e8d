import type { VerificationView } from '../../api/schemas.ts'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { Icon } from '../parts/icon.tsx'
import { T } from '../parts/text.tsx'
import { SealedValue, VerdictBox, Words } from '../parts/verification.tsx'

/** Whether a letter is genuine, for anyone who holds it. */
export function VerifyPage(props: {
  readonly frame: Frame
  readonly verification: VerificationView
  /** The name under which this server is reached, to compare with the paper. */
  readonly host: string
}) {
  const { frame, verification, host } = props
  return (
    <Document
      frame={frame}
      title={{ id: 'Pemeriksaan surat', en: 'Letter verification' }}
      islands={['verify.js']}
    >
      <div
        class="text"
        id="verification"
        data-island="verify"
        data-id={verification.id}
        data-sha256={verification.sha256 ?? ''}
      >
        <h1>
          <T id="Pemeriksaan surat" en="Letter verification" />
        </h1>
        <VerdictBox status={verification.status} />
        {verification.sample && (
          <p class="notice notice-warning">
            <Icon name="warning" />
            <T
              id="Contoh: dibuat dalam peragaan atau dengan jam yang disetel. Bukan surat resmi."
              en="Sample: made in a demo or under a clock that was set. Not an official letter."
            />
          </p>
        )}
        {verification.facts.length > 0 && <Facts verification={verification} />}

        <section class="panel" aria-labelledby="seal">
          <h2 id="seal">
            <T id="Segel pada kode QR" en="The seal in the QR code" />
          </h2>
          <div data-part="seal">
            <p>
              <T
                id="Bila halaman dibuka dari kode QR dan peramban menjalankan JavaScript, segel diperiksa di perangkat Anda dan hasilnya tampil di sini."
                en="When this page is opened from the QR code and the browser runs JavaScript, the seal is checked on your device and the result appears here."
                block
              />
            </p>
          </div>
        </section>

        <section class="panel" aria-labelledby="file">
          <h2 id="file">
            <T id="Punya berkas PDF-nya?" en="Do you have the PDF file?" />
          </h2>
          <p>
            <T
              id="Pilih berkasnya untuk membandingkan sidiknya dengan yang terdaftar. Berkas tidak dikirim; ia dihitung di perangkat Anda."
              en="Choose the file to compare its fingerprint with the one on record. The file is not sent; it is worked out on your device."
              block
            />
          </p>
          <div class="field">
            <label for="pdf">
              <T id="Berkas PDF" en="PDF file" />
            </label>
            <input id="pdf" type="file" accept="application/pdf" aria-describedby="pdf-result" />
          </div>
          <p id="pdf-result" role="status">
            <noscript>
              <T
                id="Peramban ini tidak menjalankan JavaScript. Sidik yang terdaftar:"
                en="This browser does not run JavaScript. The fingerprint on record:"
              />{' '}
              <span class="hash">{verification.sha256 ?? '–'}</span>
            </noscript>
          </p>
        </section>

        <section aria-labelledby="beware">
          <h2 id="beware">
            <T id="Waspada situs tiruan" en="Beware of look-alike sites" />
          </h2>
          <p>
            <T id="Halaman ini berada di alamat" en="This page is at the address" />{' '}
            <strong>{host}</strong>.{' '}
            <T
              id="Bandingkan dengan alamat yang tercetak pada surat."
              en="Compare it with the address printed on the letter."
            />
          </p>
        </section>
        <Words />
      </div>
    </Document>
  )
}

function Facts({ verification }: { readonly verification: VerificationView }) {
  return (
    <section class="panel" aria-labelledby="facts">
      <h2 id="facts">
        <T id="Data yang terdaftar" en="The facts on record" />
      </h2>
      <dl class="facts">
        {verification.facts.map(({ label, value }) => (
          <div key={label.id}>
            <dt>
              <T {...label} />
            </dt>
            <dd>
              <SealedValue value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
