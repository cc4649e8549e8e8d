import type { LetterView } from '../../api/schemas.ts'
import { LetterStatus } from '../parts/badges.tsx'
import { Day } from '../parts/dates.tsx'
import { Fact } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { both, T } from '../parts/text.tsx'
import { casePath } from './cases.tsx'

/** An issued letter, with its PDF. */
export function LetterPage({
  frame,
  letter
}: {
  readonly frame: Frame
  readonly letter: LetterView
}) {
  const file = `/letters/${encodeURIComponent(letter.id)}/letter.pdf`
  return (
    <Document frame={frame} title={{ id: `${letter.title} ${letter.number}`, en: 'Letter' }}>
      <a class="back" href={casePath(letter.instance)}>
        <T id="Berkas" en="Case" />
      </a>
      <p class="caption number">{letter.number}</p>
      <h1>{letter.title}</h1>
      <section class="panel" aria-label={both('Tentang surat ini', 'About this letter')}>
        <dl class="facts">
          <Fact id="Keadaan" en="State">
            <LetterStatus status={letter.status} />
          </Fact>
          <Fact id="Nomor" en="Number">
            <span class="number">{letter.number}</span>
          </Fact>
          <Fact id="Tanggal" en="Date">
            <Day date={letter.date} />
          </Fact>
          <Fact id="Sidik berkas (SHA-256)" en="Fingerprint of the file">
            <span class="hash">{letter.sha256}</span>
          </Fact>
        </dl>
        <p class="actions">
          <a class="button" href={file} download={fileName(letter)}>
            <T id="Unduh PDF" en="Download the PDF" />
          </a>
          <a href={path(letter.verifyUrl)}>
            <T id="Halaman pemeriksaan" en="Verification page" />
          </a>
        </p>
      </section>
      <section class="no-print" aria-labelledby="preview">
        <h2 id="preview">
          <T id="Tampilan" en="Preview" />
        </h2>
        <iframe
          class="letter-frame"
          src={file}
          title={both(`Surat ${letter.number}`, 'The letter')}
        ></iframe>
      </section>
    </Document>
  )
}

function fileName(letter: LetterView): string {
  return `${letter.kind}-${letter.number.replace(/[^\w.-]+/g, '-')}.pdf`
}

/** The address on this server, wherever letters point to. */
function path(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, hash } = new URL(url)
  return `${pathname}${hash}`
}
