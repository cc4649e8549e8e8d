import { renderToString } from 'preact-render-to-string'
import { spacedNip } from './formats.ts'
import type { Letter, LetterBlock, Letterhead } from './letter.ts'
import { qrImage } from './qr.ts'
import type { Sheet } from './sheet.ts'

/** How a letter can be verified. */
export interface Verification {
  /** The address behind the QR code, with the seal in its fragment. */
  readonly link: string
  /** The address as a person types it. */
  readonly address: string
  readonly id: string
  /** Made under a clock that was set, or with sample data. */
  readonly sample: boolean
}

const SAMPLE = 'SAMPEL / SAMPLE – bukan dokumen resmi / not an official document'
const NOT_CERTIFIED = 'Segel elektronik Alur, bukan tanda tangan elektronik tersertifikasi'
const NOT_CERTIFIED_ENGLISH = 'Alur electronic seal, not a certified electronic signature'

/** Lays a letter out on paper, in the form of an Indonesian official letter. */
export function paper(letter: Letter, verification: Verification): Sheet {
  return {
    title: `${letter.title} ${letter.number}`,
    foot: `${letter.number} · ${verification.address}`,
    banner: verification.sample ? SAMPLE : '',
    html: renderToString(<Paper letter={letter} verification={verification} />)
  }
}

function Paper({ letter, verification }: { letter: Letter; verification: Verification }) {
  return (
    <main class={letter.layout}>
      <Head office={letter.office} />
      {letter.layout === 'letter' ? (
        <LetterOpening letter={letter} />
      ) : (
        <DocumentTitle letter={letter} />
      )}
      <div class="body">
        {letter.body.map((block, index) => (
          <Block key={index} block={block} />
        ))}
      </div>
      <Closing letter={letter} verification={verification} />
      {letter.copies.length > 0 && <Copies copies={letter.copies} />}
    </main>
  )
}

/** *Kop surat*: who writes, above a thick rule. */
function Head({ office }: { office: Letterhead }) {
  const contact = [
    office.phone && `Telepon ${office.phone}`,
    office.fax && `Faksimile ${office.fax}`,
    office.site && `Laman ${office.site}`,
    office.email && `Pos-el ${office.email}`
  ].filter(Boolean)
  return (
    <header>
      {office.ministryLines.map(line => (
        <p class="ministry" key={line}>
          {line}
        </p>
      ))}
      <p class="unit">{office.name.toLocaleUpperCase('id')}</p>
      {office.address && <p class="contact">{office.address}</p>}
      {contact.length > 0 && <p class="contact">{contact.join(' · ')}</p>}
    </header>
  )
}

/** Nomor, Sifat, Lampiran and Hal at the left, place and date at the right of the first line. */
function LetterOpening({ letter }: { letter: Letter }) {
  const { to } = letter
  return (
    <>
      <div class="opening">
        <table class="particulars">
          <tbody>
            <Particular label="Nomor" value={letter.number} />
            <Particular label="Sifat" value={letter.nature} />
            <Particular label="Lampiran" value={letter.attachments} />
            <tr>
              <th scope="row">Hal</th>
              <td>:</td>
              <td>
                <h1>{letter.subject}</h1>
              </td>
            </tr>
          </tbody>
        </table>
        <p class="dated">
          {letter.office.place}, {letter.dateText}
        </p>
      </div>
      {to && (
        <div class="addressee">
          <p>Yth. {to.name}</p>
          {to.place && <p>di {to.place}</p>}
        </div>
      )}
    </>
  )
}

function Particular({ label, value }: { label: string; value: string }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>:</td>
      <td>{value}</td>
    </tr>
  )
}

function DocumentTitle({ letter }: { letter: Letter }) {
  return (
    <div class="title">
      <h1>{letter.title.toLocaleUpperCase('id')}</h1>
      {letter.english && (
        <p class="english" lang="en">
          {letter.english}
        </p>
      )}
      <p>Nomor: {letter.number}</p>
    </div>
  )
}

function Block({ block }: { block: LetterBlock }) {
  switch (block.type) {
    case 'heading':
      return (
        <h2>
          {block.text}
          <English text={block.english} before=" / " />
        </h2>
      )
    case 'paragraph':
      return (
        <p>
          {block.text}
          {block.english && <br />}
          <English text={block.english} before="" />
        </p>
      )
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{item}</li>)
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'fields':
      return (
        <table class="fields">
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                <th scope="row">
                  {row.label}
                  <English text={row.english} before=" / " />
                </th>
                <td>:</td>
                <td>{row.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

function English({ text, before }: { text: string; before: string }) {
  if (text === '') return null
  return (
    <span class="english" lang="en">
      {before}
      {text}
    </span>
  )
}

/** The seal at the left, the signatory at the right. */
function Closing({ letter, verification }: { letter: Letter; verification: Verification }) {
  const { signatory } = letter
  return (
    <div class="closing">
      <div class="seal">
        <img
          alt={`Kode QR untuk memeriksa surat nomor ${letter.number} di ${verification.address}`}
          src={qrImage(verification.link)}
        />
        <div>
          <p>
            Periksa keaslian / <span lang="en">Verify</span>:
          </p>
          <p class="address">{verification.address}</p>
          <p>{NOT_CERTIFIED}</p>
          <p class="english" lang="en">
            {NOT_CERTIFIED_ENGLISH}
          </p>
          {verification.sample && <p class="sample">SAMPEL – bukan dokumen resmi</p>}
        </div>
      </div>
      <div class="signature">
        {letter.layout === 'document' && (
          <p>
            {letter.office.place}, {letter.dateText}
          </p>
        )}
        {signatory === null ? (
          <p>
            Dibuat otomatis oleh sistem
            <br />
            <span class="english" lang="en">
              Issued by the system
            </span>
          </p>
        ) : (
          <>
            {signatory.onBehalfOf && <p>a.n. {signatory.onBehalfOf}</p>}
            <p>{signatory.position},</p>
            <p class="signed">Disegel secara elektronik</p>
            <p class="name">{signatory.name}</p>
            {signatory.nip && <p>NIP. {spacedNip(signatory.nip) ?? signatory.nip}</p>}
          </>
        )}
      </div>
    </div>
  )
}

/** *Tembusan*: who gets a copy. */
function Copies({ copies }: { copies: readonly string[] }) {
  return (
    <div class="copies">
      <p>Tembusan:</p>
      <ol>
        {copies.map(copy => (
          <li key={copy}>{copy}</li>
        ))}
      </ol>
    </div>
  )
}
