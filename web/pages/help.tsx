import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { T } from '../parts/text.tsx'

/** How to work with these pages. */
export function HelpPage({ frame }: { readonly frame: Frame }) {
  return (
    <Document frame={frame} title={{ id: 'Bantuan', en: 'Help' }}>
      <div class="text">
        <h1>
          <T id="Bantuan" en="Help" />
        </h1>
        {TOPICS.map(({ id, en, text }) => (
          <section key={id}>
            <h2>
              <T id={id} en={en} />
            </h2>
            {text.map(each => (
              <p key={each.id}>
                <T {...each} block />
              </p>
            ))}
          </section>
        ))}
      </div>
    </Document>
  )
}

const TOPICS = [
  {
    id: 'Tugas',
    en: 'Tasks',
    text: [
      {
        id: 'Daftar tugas memuat pekerjaan kantor dan peran Anda, yang mendesak dan tenggat terdekat lebih dahulu. Alamat halaman menyimpan saringan, sehingga dapat ditandai dan dibagikan.',
        en: 'The task list holds the work of your office and roles, urgent ones and the nearest due first. The address keeps the filter, so it can be bookmarked and shared.'
      },
      {
        id: 'Halaman tugas berurutan: yang harus dikerjakan, isian, mengapa ada di sini, posisi berkas, riwayat.',
        en: 'A task page goes in this order: what to do, the form, why it is here, where it is, the history.'
      },
      {
        id: 'Bila rekan lain menyelesaikan tugas yang sama lebih dahulu, halaman memberi tahu dan isian Anda tidak disimpan.',
        en: 'When a colleague completes the same task first, the page says so and what you entered is not saved.'
      }
    ]
  },
  {
    id: 'Mengambil dan menyerahkan tugas',
    en: 'Claiming tasks and handing them over',
    text: [
      {
        id: 'Ambil tugas supaya rekan tidak mengerjakannya juga. Pemegang dapat melepaskannya, atau meminta rekan mengerjakannya dan tetap bertanggung jawab. Atasan membagi tugas dan mengubah prioritas, dengan alasan yang dicatat.',
        en: 'Claim a task so that no colleague works on it too. Whoever has it can give it back, or ask a colleague and go on answering for it. Supervisors assign tasks and change priorities, with a reason that is kept.'
      },
      {
        id: 'Bila berhalangan, tunjuk wakil untuk hari-hari tertentu pada halaman Wakil. Wakil bertindak atas nama Anda sesudah menyetujui; kedua nama tercatat.',
        en: 'When you are away, name a deputy for those days on the page of deputies. The deputy acts on your behalf once they accept; both names are recorded.'
      }
    ]
  },
  {
    id: 'Tenggat',
    en: 'Deadlines',
    text: [
      {
        id: 'Tenggat dihitung dalam hari kerja menurut kalender kantor bila prosedurnya berkata demikian. Keadaannya selalu disebut dengan kata dan tanda, tidak hanya warna.',
        en: 'Deadlines count working days of the office calendar where the procedure says so. Their state is always told by a word and a sign, not by colour alone.'
      }
    ]
  },
  {
    id: 'Insiden',
    en: 'Incidents',
    text: [
      {
        id: 'Langkah yang tidak dapat dilanjutkan menjadi insiden. Halamannya menyebut apa yang kurang. Sesudah dilengkapi, langkah dicoba lagi dengan alasan yang dicatat.',
        en: 'A step that cannot go on becomes an incident. Its page says what is missing. Once that is supplied, the step is tried again with a reason that is kept.'
      }
    ]
  },
  {
    id: 'Memeriksa surat',
    en: 'Checking letters',
    text: [
      {
        id: 'Setiap surat memuat kode QR. Kode itu membuka halaman pemeriksaan, yang dapat dibaca siapa pun tanpa masuk.',
        en: 'Every letter carries a QR code. It opens the verification page, which anyone can read without signing in.'
      }
    ]
  },
  {
    id: 'Papan ketik dan pembaca layar',
    en: 'Keyboard and screen readers',
    text: [
      {
        id: 'Semua dapat dicapai dengan Tab, Enter dan Spasi. Diagram selalu disertai daftar langkah dengan isi yang sama. Tanpa JavaScript pun tugas dapat dibaca dan diputuskan.',
        en: 'Everything can be reached with Tab, Enter and Space. A diagram always comes with a list of steps that says the same. Tasks can be read and decided without JavaScript too.'
      }
    ]
  }
]
