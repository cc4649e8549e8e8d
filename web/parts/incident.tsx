import type { IncidentView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import type { IncidentCode } from '../../engine/state.ts'
import { When } from './dates.tsx'
import { Fact } from './decisions.tsx'
import { controlId } from './form-schema.ts'
import { type Frame, zoneOf } from './frame.ts'
import { T } from './text.tsx'

/** What each kind of incident means, and who can mend it. */
const MEANING: { readonly [Code in IncidentCode]: { readonly what: Text; readonly mend: Text } } = {
  expression: {
    what: {
      id: 'Sebuah rumus pada diagram tidak dapat dihitung.',
      en: 'An expression on the diagram could not be evaluated.'
    },
    mend: {
      id: 'Operator melengkapi data yang disebut dalam rincian, lalu mencoba lagi.',
      en: 'The operator supplies the data that the details name, then tries again.'
    }
  },
  data: {
    what: {
      id: 'Data yang diperlukan untuk memulai atau mengakhiri langkah ini belum ada, atau tidak cocok.',
      en: 'Data that this step needs to begin or to end is missing, or does not fit.'
    },
    mend: {
      id: 'Operator melengkapi data yang disebut dalam rincian, lalu mencoba lagi.',
      en: 'The operator supplies the data that the details name, then tries again.'
    }
  },
  'no-flow': {
    what: { id: 'Tidak ada cabang yang cocok.', en: 'No branch fits.' },
    mend: {
      id: 'Operator memperbaiki data keputusan, lalu mencoba lagi.',
      en: 'The operator corrects the data of the decision, then tries again.'
    }
  },
  'no-rule': {
    what: {
      id: 'Tidak ada baris aturan yang cocok dengan berkas ini.',
      en: 'No row of the rule fits this case.'
    },
    mend: {
      id: 'Pemilik nasional menyatakan baris yang kurang dengan dasar hukumnya; sesudah itu operator mencoba lagi.',
      en: 'The national owner states the missing row with its legal basis; then the operator tries again.'
    }
  },
  'no-value': {
    what: {
      id: 'Tidak ada nilai yang berlaku pada tanggal itu.',
      en: 'No value holds on that date.'
    },
    mend: {
      id: 'Pemilik nasional menyatakan nilainya dengan dasar hukum; sesudah itu operator mencoba lagi.',
      en: 'The national owner states the value with its legal basis; then the operator tries again.'
    }
  },
  'no-calendar': {
    what: {
      id: 'Kalender tahun itu belum ada; hari kerja tidak dapat dihitung.',
      en: 'There is no calendar for that year; working days cannot be counted.'
    },
    mend: {
      id: 'Pengelola aturan nasional memuat kalender tahun itu; sesudah itu operator mencoba lagi.',
      en: 'The keeper of the national rules loads the calendar of that year; then the operator tries again.'
    }
  },
  'no-unit': {
    what: {
      id: 'Satuan kerja untuk tugas ini tidak ditemukan.',
      en: 'The unit for this task was not found.'
    },
    mend: {
      id: 'Perbaiki data kantor, lalu coba lagi.',
      en: 'Correct the office data, then try again.'
    }
  },
  'no-process': {
    what: {
      id: 'Prosedur yang dipanggil tidak ada.',
      en: 'The procedure that is called does not exist.'
    },
    mend: {
      id: 'Pengelola sistem memasang prosedurnya; sesudah itu operator mencoba lagi.',
      en: 'Whoever runs the system deploys the procedure; then the operator tries again.'
    }
  },
  'uncaught-error': {
    what: {
      id: 'Hasil yang tidak ditangani oleh diagram.',
      en: 'An outcome that the diagram does not handle.'
    },
    mend: {
      id: 'Operator memperbaiki data yang menyebabkannya, lalu mencoba lagi; bila berulang, diagramnya perlu diubah.',
      en: 'The operator corrects the data behind it, then tries again; if it comes back, the diagram must be changed.'
    }
  },
  'job-failed': {
    what: {
      id: 'Pekerjaan sistem gagal sesudah beberapa kali dicoba.',
      en: 'A job of the system failed after several attempts.'
    },
    mend: {
      id: 'Operator mencoba lagi sesudah layanan yang dipakai (surat, surel, tagihan) pulih, atau sesudah datanya diperbaiki.',
      en: 'The operator tries again once the service it uses (letters, e-mail, bills) is back, or its data is corrected.'
    }
  },
  loop: {
    what: {
      id: 'Prosedur berputar tanpa henti.',
      en: 'The procedure goes in circles without end.'
    },
    mend: {
      id: 'Perbaiki data yang mengatur putaran, lalu coba lagi.',
      en: 'Correct the data that governs the loop, then try again.'
    }
  },
  timer: {
    what: {
      id: 'Waktu tunggu tidak dapat dihitung.',
      en: 'A waiting time could not be worked out.'
    },
    mend: {
      id: 'Perbaiki data waktunya, lalu coba lagi.',
      en: 'Correct the time data, then try again.'
    }
  },
  'multi-instance': {
    what: {
      id: 'Daftar untuk langkah berulang tidak dapat dibaca.',
      en: 'The list for a repeated step could not be read.'
    },
    mend: { id: 'Perbaiki daftarnya, lalu coba lagi.', en: 'Correct the list, then try again.' }
  },
  'not-running': {
    what: { id: 'Prosedur sudah tidak berjalan.', en: 'The procedure is no longer running.' },
    mend: { id: 'Hubungi pengelola sistem.', en: 'Contact the operator.' }
  }
}
const OTHER: { readonly what: Text; readonly mend: Text } = {
  what: { id: 'Langkah ini tidak dapat dilanjutkan.', en: 'This step cannot go on.' },
  mend: { id: 'Perbaiki penyebabnya, lalu coba lagi.', en: 'Mend the cause, then try again.' }
}

/** One stuck step: what is missing, and the form that tries again. */
export function IncidentPart(props: {
  readonly incident: IncidentView
  readonly frame: Frame
  /** The page to come back to. */
  readonly back: 'case' | 'incidents'
  readonly level: 2 | 3
  /** What was typed, when the form came back. */
  readonly typed?: TypedResolution
}) {
  const { incident, frame, back, level, typed = NOTHING_TYPED } = props
  const { what, mend } = Object.hasOwn(MEANING, incident.code)
    ? MEANING[incident.code as IncidentCode]
    : OTHER
  const Heading = level === 2 ? 'h2' : 'h3'
  const path = `/cases/${encodeURIComponent(incident.instance)}`
  const id = `${incident.instance}-${incident.token}`
  return (
    <article class="incident-part" aria-labelledby={`i-${id}`}>
      <Heading id={`i-${id}`}>
        <T id={incident.name} en={incident.nameEnglish} />
      </Heading>
      <div class="notice notice-stop">
        <div>
          <p>
            <strong>
              <T {...what} block />
            </strong>
          </p>
          <p>
            <T {...mend} block />
          </p>
          {(incident.code === 'no-rule' || incident.code === 'no-value') && (
            <p>
              <a href={draftPath(incident.message)}>
                <T
                  id="Halaman pernyataan pemilik nasional"
                  en="The page where the national owner states it"
                />
              </a>
            </p>
          )}
          <Message text={incident.message} />
        </div>
      </div>
      <dl class="facts">
        <Fact id="Berkas" en="Case">
          <a href={path} class="number">
            {incident.number}
          </a>{' '}
          <bdi>{incident.subject}</bdi>
        </Fact>
        <Fact id="Kantor" en="Office">
          {incident.officeName}
        </Fact>
        <Fact id="Sejak" en="Since">
          <When at={incident.since} zone={zoneOf(frame)} />
        </Fact>
        <Fact id="Kode" en="Code">
          <code>{incident.code}</code>
        </Fact>
      </dl>
      {incident.mayResolve ? (
        <Resolve
          frame={frame}
          back={back}
          action={`${path}/incidents/${encodeURIComponent(incident.token)}`}
          id={id}
          typed={typed}
        />
      ) : (
        <p class="hint">
          <T
            id="Peran Anda tidak menyelesaikan insiden."
            en="Your role does not resolve incidents."
          />
        </p>
      )}
    </article>
  )
}

/** What is missing, one thing a line. */
function Message({ text }: { readonly text: string }) {
  const [first, ...rest] = text.split('; ')
  return (
    <details>
      <summary>
        <T id="Rincian teknis" en="Technical details" />
      </summary>
      <p>
        <code>{first}</code>
      </p>
      {rest.length > 0 && (
        <ul class="values">
          {rest.map(line => (
            <li key={line}>
              <code>{line}</code>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

/** With the rule that the message names, so that the form starts with it. */
function draftPath(message: string): string {
  const key = /<([a-z][\w.-]*)>/i.exec(message)?.[1]
  return key === undefined ? '/changes/new' : `/changes/new?${new URLSearchParams({ key })}`
}

/** What a person typed to resolve an incident. */
export interface TypedResolution {
  readonly reason: string
  readonly variables: string
  /** At `/reason` and `/variables`. */
  readonly problems: readonly Problem[]
}
const NOTHING_TYPED: TypedResolution = { reason: '', variables: '', problems: [] }

function Resolve(props: {
  readonly frame: Frame
  readonly back: string
  readonly action: string
  readonly id: string
  readonly typed: TypedResolution
}) {
  const { frame, back, action, id, typed } = props
  const again = typed !== NOTHING_TYPED
  const reasonId = again ? controlId('/reason') : `r-${id}`
  const variablesId = again ? controlId('/variables') : `v-${id}`
  const wrong = (path: string) => typed.problems.some(problem => problem.path === path)
  return (
    <form class="form" method="post" action={action} noValidate data-island="form">
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <input type="hidden" name="_back" value={back} />
      <div class={`field${wrong('/reason') ? ' invalid' : ''}`}>
        <label for={reasonId}>
          <T id="Alasan mencoba lagi" en="Reason for trying again" />
        </label>
        <p class="hint" id={`rh-${id}`}>
          <T id="Dicatat dalam riwayat berkas." en="Kept in the history of the case." />
        </p>
        <textarea
          id={reasonId}
          name="reason"
          rows={2}
          required
          aria-describedby={`rh-${id}`}
          aria-invalid={wrong('/reason')}
          value={typed.reason}
        />
      </div>
      <details open={typed.variables !== ''}>
        <summary>
          <T id="Ubah data sebelum mencoba lagi" en="Change data before trying again" />
        </summary>
        <div class={`field${wrong('/variables') ? ' invalid' : ''}`}>
          <label for={variablesId}>
            <T id="Data yang diperbaiki (JSON)" en="Corrected data (JSON)" />
          </label>
          <p class="hint" id={`vh-${id}`}>
            <T id="Contoh" en="Example" />: <code>{'{ "channel": "counter" }'}</code>
          </p>
          <textarea
            id={variablesId}
            name="variables"
            rows={3}
            spellcheck={false}
            aria-describedby={`vh-${id}`}
            aria-invalid={wrong('/variables')}
            value={typed.variables}
          />
        </div>
      </details>
      <div class="actions">
        <button class="button" type="submit">
          <T id="Coba lagi" en="Try again" />
        </button>
      </div>
    </form>
  )
}
