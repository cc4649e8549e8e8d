import type { TrackView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { Day } from '../parts/dates.tsx'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { CurrentStage, PublicFacts, StageList } from '../parts/stages.tsx'
import { both, T } from '../parts/text.tsx'

const TITLE = { id: 'Lacak permohonan', en: 'Track an application' }

/** The two numbers that show how a case stands. */
export function TrackPage(props: {
  readonly frame: Frame
  /** The number as it was typed; the one of the passport is typed anew each time. */
  readonly number: string
  readonly problem: Text | null
}) {
  const { frame, number, problem } = props
  const invalid = problem === null ? '' : ' invalid'
  return (
    <Document frame={frame} title={TITLE} invalid={problem !== null} islands={['forms.js']}>
      <h1>
        <T {...TITLE} />
      </h1>
      {problem !== null && (
        <div
          class="error-summary"
          role="alert"
          aria-labelledby="error-summary-title"
          id="error-summary"
          tabIndex={-1}
        >
          <h2 id="error-summary-title">
            <T id="Tidak dapat ditampilkan" en="It cannot be shown" />
          </h2>
          <p>
            <a href="#number">
              <T {...problem} />
            </a>
          </p>
        </div>
      )}
      <form class="form panel" method="post" action="/lacak" autoComplete="off">
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        <div class={`field${invalid}`}>
          <label for="number">
            <T id="Nomor permohonan" en="Application number" />
          </label>
          <p class="hint" id="number-hint">
            <T
              id="Tercetak pada tanda bukti, misalnya ITAS-BGL-2022-000001"
              en="Printed on the confirmation, for example ITAS-BGL-2022-000001"
            />
          </p>
          <input
            id="number"
            name="number"
            class="w-wide"
            required
            maxLength={60}
            autoComplete="off"
            autoCapitalize="characters"
            spellcheck={false}
            aria-describedby="number-hint"
            value={number}
          />
        </div>
        <div class={`field${invalid}`}>
          <label for="passport">
            <T id="Nomor paspor" en="Passport number" />
          </label>
          <input
            id="passport"
            name="passport"
            class="w-wide"
            required
            maxLength={30}
            autoComplete="off"
            autoCapitalize="characters"
            spellcheck={false}
          />
        </div>
        <div class="actions">
          <button class="button" type="submit">
            <T id="Lacak" en="Track" />
          </button>
        </div>
      </form>
      <p>
        <a href="/lapor">
          <T id="Belum melapor? Lapor daring" en="Not reported yet? Report online" />
        </a>
      </p>
    </Document>
  )
}

/** How a case stands: stages and dates, and the letters that are addressed to the applicant. */
export function TrackedPage(props: {
  readonly frame: Frame
  readonly view: TrackView
  /** As it was typed, so that a letter can be asked for with it. */
  readonly passport: string
}) {
  const { frame, view, passport } = props
  return (
    <Document
      frame={frame}
      title={{ id: `Permohonan ${view.number}`, en: `Application ${view.number}` }}
    >
      <a class="back" href="/lacak">
        <T id="Lacak permohonan lain" en="Track another application" />
      </a>
      <p class="caption">
        <T {...TITLE} />
      </p>
      <h1 class="number number-large">{view.number}</h1>
      <section class="panel" aria-labelledby="now">
        <h2 id="now">
          <T id="Keadaan sekarang" en="How it stands" />
        </h2>
        <CurrentStage view={view} now={frame.clock.now} />
      </section>
      {view.letters.length > 0 && (
        <section class="panel" aria-labelledby="letters">
          <h2 id="letters">
            <T id="Surat untuk Anda" en="Letters to you" />
          </h2>
          <Letters frame={frame} view={view} passport={passport} />
        </section>
      )}
      <section class="panel" aria-labelledby="stages">
        <h2 id="stages">
          <T id="Perjalanan permohonan" en="The way so far" />
        </h2>
        <StageList view={view} />
      </section>
      <section class="panel" aria-labelledby="facts">
        <h2 id="facts">
          <T id="Permohonan" en="The application" />
        </h2>
        <PublicFacts view={view} />
      </section>
    </Document>
  )
}

function Letters({
  frame,
  view,
  passport
}: {
  readonly frame: Frame
  readonly view: TrackView
  readonly passport: string
}) {
  return (
    <table class="table cards">
      <caption class="visually-hidden">
        <T id="Surat yang dapat diunduh" en="Letters that can be fetched" />
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <T id="Surat" en="Letter" />
          </th>
          <th scope="col">
            <T id="Nomor" en="Number" />
          </th>
          <th scope="col">
            <T id="Tanggal" en="Date" />
          </th>
          <th scope="col">
            <T id="Unduh" en="Download" />
          </th>
        </tr>
      </thead>
      <tbody>
        {view.letters.map(({ id, title, number, date }) => (
          <tr key={id}>
            <th scope="row">
              <T {...title} />
            </th>
            <td data-label={both('Nomor', 'Number')}>{number}</td>
            <td data-label={both('Tanggal', 'Date')}>
              <Day date={date} />
            </td>
            <td>
              <form method="post" action={`/lacak/surat/${encodeURIComponent(id)}`}>
                <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
                <input type="hidden" name="number" value={view.number} />
                <input type="hidden" name="passport" value={passport} />
                <button class="button button-second" type="submit">
                  <T id="Unduh PDF" en="Download the PDF" />
                  <span class="visually-hidden">: {title.id}</span>
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
