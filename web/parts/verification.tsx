import type { VerificationView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { dateText } from './dates.tsx'
import { Icon, type IconName } from './icon.tsx'
import { T } from './text.tsx'

type Status = VerificationView['status']
interface Verdict {
  readonly icon: IconName
  readonly title: Text
  readonly text: Text
}

/** What each answer means, in words that someone without an account understands. */
const VERDICTS: { readonly [State in Status]: Verdict } = {
  valid: {
    icon: 'tick',
    title: { id: 'Surat ini terdaftar dan berlaku', en: 'This letter is on record and valid' },
    text: {
      id: 'Bandingkan data di bawah dengan yang tercetak. Bila berbeda, kertasnya palsu.',
      en: 'Compare the facts below with the paper. If they differ, the paper is forged.'
    }
  },
  replaced: {
    icon: 'warning',
    title: { id: 'Surat ini telah diganti', en: 'This letter has been replaced' },
    text: {
      id: 'Surat ini asli, tetapi ada surat yang lebih baru. Mintalah yang baru.',
      en: 'It is genuine, but a newer letter exists. Ask for the newer one.'
    }
  },
  revoked: {
    icon: 'stop',
    title: { id: 'Surat ini telah dicabut', en: 'This letter has been revoked' },
    text: {
      id: 'Surat ini pernah terbit tetapi tidak berlaku lagi.',
      en: 'It was issued, but is no longer valid.'
    }
  },
  unknown: {
    icon: 'warning',
    title: { id: 'Surat ini tidak dikenal', en: 'This letter is not known' },
    text: {
      id: 'Tidak ada surat dengan kode ini. Periksa alamatnya, atau hubungi kantor yang namanya tercetak.',
      en: 'No letter has this code. Check the address, or contact the office named on the paper.'
    }
  },
  forged: {
    icon: 'stop',
    title: {
      id: 'Tanda tangan elektronik pada kode QR salah',
      en: 'The signature in the QR code is wrong'
    },
    text: {
      id: 'Data dalam kode ini tidak ditandatangani oleh kantor imigrasi. Jangan percayai surat ini.',
      en: 'The data in this code was not signed by an immigration office. Do not trust this letter.'
    }
  }
}

/** What is said when the chosen file has another fingerprint than the one on record. */
const CHANGED: Verdict = {
  icon: 'stop',
  title: {
    id: 'Berkas PDF ini bukan yang diterbitkan',
    en: 'This PDF file is not the one that was issued'
  },
  text: {
    id: 'Isinya diubah sesudah diterbitkan, atau ini berkas lain. Jangan percayai berkas ini; mintalah yang asli dari kantor penerbit.',
    en: 'It was changed after it was issued, or it is another file. Do not trust it; ask the issuing office for the original.'
  }
}

/** The answer, by sign, word and colour. */
export function VerdictBox({ status }: { readonly status: Status | 'changed' }) {
  const { icon, title, text } = status === 'changed' ? CHANGED : VERDICTS[status]
  return (
    <div
      class={`verdict verdict-${status}`}
      role={status === 'changed' || status === 'forged' ? 'alert' : 'status'}
      data-part="verdict"
    >
      <Icon name={icon} />
      <div>
        <h2>
          <T {...title} block />
        </h2>
        <p>
          <T {...text} block />
        </p>
      </div>
    </div>
  )
}

/** A sealed fact in words: dates in full, and the kind of letter by its name. */
export function SealedValue({ value }: { readonly value: string }) {
  const kind = KINDS[value]
  return kind === undefined ? dateText(value) : <T {...kind} />
}

/** The names of the kinds of letters, by which a seal keeps them short. */
const KINDS: Readonly<Record<string, Text>> = {
  'itk-permit': { id: 'Izin Tinggal Kunjungan', en: 'Visit stay permit' },
  'itk-approval': {
    id: 'Persetujuan perpanjangan izin tinggal',
    en: 'Approval of an extension of stay'
  },
  'itk-refusal': { id: 'Penolakan permohonan', en: 'Refusal of an application' },
  'itk-recommendation': { id: 'Surat rekomendasi', en: 'Letter of recommendation' },
  'pite-approval': {
    id: 'Persetujuan izin tinggal elektronik',
    en: 'Electronic stay permit approval'
  },
  'pite-refusal': { id: 'Penolakan izin tinggal elektronik', en: 'Electronic stay permit refusal' },
  'itas-report-confirmation': {
    id: 'Konfirmasi laporan ITAS',
    en: 'Confirmation of an ITAS report'
  },
  'e-itas': { id: 'Izin Tinggal Terbatas elektronik', en: 'Electronic limited stay permit' },
  receipt: { id: 'Tanda bukti penerimaan permohonan', en: 'Receipt of an application' }
}

/** The sentences that the script shows, kept with the page so that both languages stand in one place. */
export function Words() {
  return (
    <>
      {SENTENCES.map(([name, icon, text]) => (
        <template key={name} data-words={name}>
          <p
            class={`notice notice-${icon === 'tick' || icon === 'info' ? 'info' : icon === 'stop' ? 'stop' : 'warning'}`}
          >
            <Icon name={icon} />
            <T {...text} />
          </p>
        </template>
      ))}
      <template data-words="forged-verdict">
        <VerdictBox status="forged" />
      </template>
      <template data-words="changed-verdict">
        <VerdictBox status="changed" />
      </template>
      <template data-words="facts-caption">
        <p>
          <T
            id="Data yang ditandatangani, untuk dibandingkan dengan kertas:"
            en="The signed facts, to compare with the paper:"
          />
        </p>
      </template>
      {Object.entries(KINDS).map(([kind, text]) => (
        <template key={kind} data-kind={kind}>
          <T {...text} />
        </template>
      ))}
      {Object.entries(SEALED).map(([name, text]) => (
        <template key={name} data-label={name}>
          <T {...text} />
        </template>
      ))}
    </>
  )
}

const SENTENCES: readonly (readonly [string, IconName, Text])[] = [
  [
    'genuine',
    'tick',
    {
      id: 'Segel asli: data ini ditandatangani oleh sistem penerbit.',
      en: 'The seal is genuine: the issuing system signed these facts.'
    }
  ],
  [
    'genuine-unknown',
    'warning',
    {
      id: 'Segel asli, tetapi server ini tidak mengenal suratnya. Hubungi kantor penerbit.',
      en: 'The seal is genuine, but this server does not know the letter. Contact the issuing office.'
    }
  ],
  [
    'wrong',
    'stop',
    {
      id: 'Segel salah: data dalam kode QR diubah atau tidak ditandatangani oleh kami.',
      en: 'The seal is wrong: the data in the QR code was changed or not signed by us.'
    }
  ],
  [
    'other',
    'stop',
    { id: 'Segel ini milik surat lain.', en: 'This seal belongs to another letter.' }
  ],
  [
    'no-key',
    'warning',
    {
      id: 'Kunci penandatangan tidak dikenal; segel tidak dapat diperiksa.',
      en: 'The signing key is not known; the seal could not be checked.'
    }
  ],
  [
    'no-seal',
    'info',
    {
      id: 'Halaman dibuka tanpa segel. Pindai kode QR untuk memeriksanya.',
      en: 'The page was opened without a seal. Scan the QR code to check it.'
    }
  ],
  [
    'cannot',
    'warning',
    {
      id: 'Peramban ini tidak dapat memeriksa tanda tangan Ed25519. Jawaban server di atas tetap berlaku.',
      en: 'This browser cannot check Ed25519 signatures. The answer of the server above still holds.'
    }
  ],
  [
    'same-file',
    'tick',
    {
      id: 'Berkas ini sama persis dengan yang diterbitkan.',
      en: 'This file is exactly the one that was issued.'
    }
  ],
  [
    'other-file',
    'stop',
    {
      id: 'Berkas ini bukan berkas yang diterbitkan, atau telah diubah.',
      en: 'This file is not the one that was issued, or it was changed.'
    }
  ],
  [
    'no-record',
    'warning',
    {
      id: 'Tidak ada berkas terdaftar untuk dibandingkan.',
      en: 'There is no file on record to compare with.'
    }
  ]
]

/** The words for the facts that a seal holds, by their numbers in it. */
export const SEALED: { readonly [number: number]: Text } = {
  1: { id: 'Diterbitkan oleh', en: 'Issued by' },
  4: { id: 'Jenis surat', en: 'Kind of letter' },
  5: { id: 'Nomor', en: 'Number' },
  6: { id: 'Tanggal', en: 'Date' },
  7: { id: 'Nama', en: 'Name' },
  8: {
    id: 'Empat karakter terakhir nomor paspor',
    en: 'Last four characters of the passport number'
  },
  9: { id: 'Kewarganegaraan', en: 'Nationality' },
  10: { id: 'Berlaku sejak', en: 'Valid from' },
  11: { id: 'Berlaku sampai dengan', en: 'Valid until' }
}
