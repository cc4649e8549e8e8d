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
      id: 'Lengkapi data yang disebut, lalu coba lagi.',
      en: 'Supply the data that is named, then try again.'
    }
  },
  'no-flow': {
    what: { id: 'Tidak ada cabang yang cocok.', en: 'No branch fits.' },
    mend: {
      id: 'Perbaiki data keputusan, lalu coba lagi.',
      en: 'Correct the data of the decision, then try again.'
    }
  },
  'no-rule': {
    what: {
      id: 'Tidak ada baris aturan yang cocok dengan berkas ini.',
      en: 'No row of the rule fits this case.'
    },
    mend: {
      id: 'Pemilik aturan menyatakan baris yang hilang dengan dasar hukumnya, lalu coba lagi.',
      en: 'The owner of the rule states the missing row with its legal basis; then try again.'
    }
  },
  'no-value': {
    what: {
      id: 'Tidak ada nilai yang berlaku pada tanggal itu.',
      en: 'No value holds on that date.'
    },
    mend: {
      id: 'Pemilik aturan menyatakan nilainya dengan dasar hukum, lalu coba lagi.',
      en: 'The owner of the rule states the value with its legal basis; then try again.'
    }
  },
  'no-calendar': {
    what: {
      id: 'Kalender tahun itu belum ada; hari kerja tidak dapat dihitung.',
      en: 'There is no calendar for that year; working days cannot be counted.'
    },
    mend: {
      id: 'Muat kalender tahun itu, lalu coba lagi.',
      en: 'Load the calendar of that year, then try again.'
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
    mend: { id: 'Pasang prosedurnya, lalu coba lagi.', en: 'Deploy the procedure, then try again.' }
  },
  'uncaught-error': {
    what: {
      id: 'Hasil yang tidak ditangani oleh diagram.',
      en: 'An outcome that the diagram does not handle.'
    },
    mend: { id: 'Perbaiki penyebabnya, lalu coba lagi.', en: 'Mend the cause, then try again.' }
  },
  'job-failed': {
    what: {
      id: 'Pekerjaan sistem gagal sesudah beberapa kali dicoba.',
      en: 'A job of the system failed after several attempts.'
    },
    mend: { id: 'Sesudah penyebabnya hilang, coba lagi.', en: 'Once the cause is gone, try again.' }
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
          <Message text={incident.message} />
          <p>
            <T {...mend} block />
          </p>
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
    <>
      <p>
        <span class="visually-hidden">
          <T id="Pesan:" en="Message:" />{' '}
        </span>
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
    </>
  )
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
            <T id="Variabel" en="Variables" /> (JSON)
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
