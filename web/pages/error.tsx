import type { Text } from '../../engine/messages.ts'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { T } from '../parts/text.tsx'

export interface ErrorPageProps {
  readonly frame: Frame
  readonly status: number
  /** Says what happened, by code. */
  readonly code: string
  /** Whom the page is about, where the person may know it: who was faster. */
  readonly detail: Text | null
  /** Names the log line of a fault. */
  readonly requestId: string
}

interface Words {
  readonly title: Text
  readonly text: Text
}

/** What went wrong, in words, and where to go from here. */
export function ErrorPage({ frame, status, code, detail, requestId }: ErrorPageProps) {
  const { title, text } = words(status, code)
  return (
    <Document frame={frame} title={title}>
      <div class="text">
        <p class="caption">{status}</p>
        <h1>
          <T {...title} />
        </h1>
        <p class="lead">
          <T {...text} block />
        </p>
        {detail !== null && (
          <p>
            <strong>
              <T {...detail} block />
            </strong>
          </p>
        )}
        {status >= 500 && (
          <p class="hint">
            <T id="Nomor galat" en="Error number" />: <code>{requestId}</code>
          </p>
        )}
        <p class="actions">
          {frame.session === null ? (
            <a class="button" href="/sign-in">
              <T id="Masuk" en="Sign in" />
            </a>
          ) : (
            <>
              <a class="button" href="/tasks">
                <T id="Ke tugas saya" en="To my tasks" />
              </a>
              <a href="/cases">
                <T id="Cari berkas" en="Find a case" />
              </a>
            </>
          )}
        </p>
      </div>
    </Document>
  )
}

function words(status: number, code: string): Words {
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code] as Words
  return BY_STATUS[status] ?? (status >= 500 ? FAULT : REFUSED)
}

const BY_CODE: Readonly<Record<string, Words>> = {
  'not-waiting': {
    title: { id: 'Tugas ini sudah tidak terbuka', en: 'This task is no longer open' },
    text: {
      id: 'Rekan lain lebih cepat, atau prosedurnya sudah berjalan terus. Isian Anda tidak disimpan.',
      en: 'A colleague was faster, or the procedure has moved on. What you entered was not saved.'
    }
  },
  conflict: {
    title: { id: 'Berkas ini berubah bersamaan', en: 'This case changed at the same moment' },
    text: {
      id: 'Ada orang lain yang mengubah berkas ini. Buka lagi dan periksa sebelum mengirim ulang.',
      en: 'Somebody else changed this case. Open it again and check before sending once more.'
    }
  },
  unavailable: {
    title: { id: 'Belum dapat disimpan', en: 'It cannot be saved at the moment' },
    text: {
      id: 'Tidak ada yang tersimpan dari kiriman ini. Kembali ke halaman sebelumnya dan kirim lagi nanti; bila tetap gagal, beri tahu pengelola bahwa penyimpanan penuh atau terganggu.',
      en: 'Nothing of what you sent was saved. Go back to the page before and send it again later; if it still fails, tell the operator that the storage is full or out of order.'
    }
  },
  'already-started': {
    title: {
      id: 'Permohonan ini sudah diterima',
      en: 'This application has been registered already'
    },
    text: {
      id: 'Permohonan yang sama sudah dimulai.',
      en: 'The same application was started before.'
    }
  },
  'not-running': {
    title: { id: 'Berkas ini sudah selesai', en: 'This case has ended' },
    text: {
      id: 'Tidak ada lagi yang dapat dikerjakan di dalamnya.',
      en: 'Nothing more can be done in it.'
    }
  },
  suspended: {
    title: { id: 'Berkas ini ditangguhkan', en: 'This case is suspended' },
    text: {
      id: 'Tidak ada yang dapat dikerjakan sampai berkas dilanjutkan. Isian Anda tidak disimpan.',
      en: 'Nothing can be done until it is resumed. What you entered was not saved.'
    }
  },
  impossible: {
    title: { id: 'Ini tidak dapat dilakukan', en: 'This cannot be done' },
    text: {
      id: 'Keadaan berkas tidak mengizinkannya. Tidak ada yang diubah.',
      en: 'The state of the case does not allow it. Nothing was changed.'
    }
  },
  claimed: {
    title: { id: 'Tugas ini sudah ada pemegangnya', en: 'Somebody has this task already' },
    text: {
      id: 'Hanya pemegangnya yang dapat mengerjakannya. Isian Anda tidak disimpan.',
      en: 'Nobody else can work on it. What you entered was not saved.'
    }
  },
  'not-claimed': {
    title: { id: 'Tugas ini belum ada pemegangnya', en: 'Nobody has this task' },
    text: {
      id: 'Pemegangnya sudah melepaskan atau mengembalikannya.',
      en: 'Whoever had it has given it back.'
    }
  },
  'deputy-closed': {
    title: { id: 'Perwakilan ini sudah ditutup', en: 'This is closed already' },
    text: {
      id: 'Perwakilan ini sudah disetujui, lewat atau diakhiri. Buka lagi halaman Wakil.',
      en: 'It is accepted, over or ended already. Open the page of the deputies again.'
    }
  },
  'same-person': {
    title: { id: 'Harus orang lain', en: 'Another person must do this' },
    text: {
      id: 'Anda mengerjakan langkah sebelumnya pada berkas ini; langkah ini harus dikerjakan orang lain.',
      en: 'You did an earlier step of this case; somebody else must do this one.'
    }
  },
  'forged-request': {
    title: { id: 'Halaman sudah kedaluwarsa', en: 'The page was out of date' },
    text: {
      id: 'Sesi berubah sejak halaman dibuka, atau kiriman datang dari situs lain. Buka halaman lagi dan kirim ulang.',
      en: 'The session changed since the page was opened, or another site sent the form. Open the page again and send it once more.'
    }
  },
  'too-many': {
    title: { id: 'Terlalu banyak percobaan', en: 'Too many attempts' },
    text: { id: 'Tunggu sebentar, lalu coba lagi.', en: 'Wait a little, then try again.' }
  },
  'unknown-letter': {
    title: { id: 'Surat tidak ditemukan', en: 'Letter not found' },
    text: {
      id: 'Tidak ada surat dengan kode itu di kantor Anda.',
      en: 'Your office has no letter with that code.'
    }
  },
  'unknown-instance': {
    title: { id: 'Berkas tidak ditemukan', en: 'Case not found' },
    text: {
      id: 'Tidak ada berkas dengan alamat itu di kantor Anda.',
      en: 'Your office has no case at that address.'
    }
  },
  'only-in-demo': {
    title: { id: 'Hanya dalam peragaan', en: 'Only in a demo' },
    text: {
      id: 'Halaman ini tidak ada pada sistem yang sebenarnya.',
      en: 'A real system does not have this page.'
    }
  }
}
const BY_STATUS: { readonly [status: number]: Words } = {
  403: {
    title: { id: 'Tidak berwenang', en: 'Not allowed' },
    text: {
      id: 'Ini milik kantor lain atau peran lain. Periksa akun yang Anda pakai.',
      en: 'This belongs to another office or another role. Check which account you are using.'
    }
  },
  404: {
    title: { id: 'Halaman tidak ditemukan', en: 'Page not found' },
    text: {
      id: 'Periksa alamatnya, atau cari berkasnya.',
      en: 'Check the address, or search for the case.'
    }
  },
  409: {
    title: { id: 'Keadaannya sudah berubah', en: 'Things have changed' },
    text: {
      id: 'Orang lain lebih cepat. Buka lagi halamannya.',
      en: 'Somebody else was faster. Open the page again.'
    }
  },
  413: {
    title: { id: 'Kiriman terlalu besar', en: 'Too much was sent' },
    text: { id: 'Perkecil isian, lalu kirim lagi.', en: 'Send less, then try again.' }
  }
}
const REFUSED: Words = {
  title: { id: 'Permintaan tidak dapat diterima', en: 'The request could not be accepted' },
  text: { id: 'Kembali dan periksa isiannya.', en: 'Go back and check what was entered.' }
}
const FAULT: Words = {
  title: { id: 'Ada gangguan pada sistem', en: 'Something is wrong with the system' },
  text: {
    id: 'Bukan salah Anda. Coba lagi sebentar; bila tetap gagal, sebutkan nomor galat kepada pengelola.',
    en: 'It is not your fault. Try again in a moment; if it fails again, tell the operator the error number.'
  }
}
