import type { Problem } from '../../engine/errors.ts'
import { instantText } from '../parts/dates.tsx'
import { Document } from '../parts/document.tsx'
import { controlId } from '../parts/form-schema.ts'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { ErrorSummary } from '../parts/problems.tsx'
import { T } from '../parts/text.tsx'

/** Sets the clock of a demo. */
export function ClockPage(props: {
  readonly frame: Frame
  /** What was typed: a date and a time of day in the zone of whoever is signed in. */
  readonly date: string
  readonly time: string
  readonly problems: readonly Problem[]
}) {
  const { frame, date, time, problems } = props
  const { clock, session } = frame
  const csrf = session?.csrf ?? ''
  return (
    <Document
      frame={frame}
      title={{ id: 'Jam peragaan', en: 'Demo clock' }}
      invalid={problems.length > 0}
      islands={['forms.js']}
    >
      <ErrorSummary form={null} problems={problems} />
      <h1>
        <T id="Jam peragaan" en="Demo clock" />
      </h1>
      <div class="text">
        <p class="lead">
          <T id="Sekarang" en="Now" />: <strong>{instantText(clock.now, zoneOf(frame))}</strong>{' '}
          {clock.isSet ? (
            <T id="(disetel)" en="(set)" />
          ) : (
            <T id="(jam mesin)" en="(the machine's)" />
          )}
        </p>
        <p>
          <T
            id="Jam yang disetel dipakai untuk tenggat, hukum yang berlaku dan tanggal surat. Setiap halaman dan surat memberi tahu."
            en="A clock that is set governs deadlines, the law in force and the dates of letters. Every page and letter says so."
            block
          />
        </p>
        <form class="form panel" method="post" action="/clock" noValidate data-island="form">
          <input type="hidden" name="_csrf" value={csrf} />
          <Line
            path="/date"
            type="date"
            name="date"
            value={date}
            id="Tanggal"
            en="Date"
            problems={problems}
          />
          <Line
            path="/time"
            type="time"
            name="time"
            value={time}
            id="Jam (waktu setempat)"
            en="Time (local)"
            problems={problems}
          />
          <div class="actions">
            <button class="button" type="submit">
              <T id="Setel jam" en="Set the clock" />
            </button>
          </div>
        </form>
        {clock.isSet && (
          <form method="post" action="/clock">
            <input type="hidden" name="_csrf" value={csrf} />
            <input type="hidden" name="reset" value="true" />
            <button class="button button-second" type="submit">
              <T id="Kembali ke jam mesin" en="Back to the machine's clock" />
            </button>
          </form>
        )}
      </div>
    </Document>
  )
}

function Line(props: {
  readonly path: string
  readonly type: 'date' | 'time'
  readonly name: string
  readonly value: string
  readonly id: string
  readonly en: string
  readonly problems: readonly Problem[]
}) {
  const { path, type, name, value, id, en, problems } = props
  const invalid = problems.some(problem => problem.path === path)
  return (
    <div class={`field${invalid ? ' invalid' : ''}`}>
      <label for={controlId(path)}>
        <T id={id} en={en} />
      </label>
      <input
        id={controlId(path)}
        type={type}
        name={name}
        value={value}
        class="w-date"
        aria-invalid={invalid}
        required
      />
    </div>
  )
}
