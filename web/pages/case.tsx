import type { CaseView } from '../../api/schemas.ts'
import { CaseStatus, Due, LetterStatus } from '../parts/badges.tsx'
import { CaseFacts } from '../parts/case-facts.tsx'
import { Day, When } from '../parts/dates.tsx'
import { Decisions, Fact } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { History } from '../parts/history.tsx'
import { IncidentPart } from '../parts/incident.tsx'
import { Notices } from '../parts/notices.tsx'
import { type Asked, OPERATION_LABELS, Operations } from '../parts/operations.tsx'
import { Positions } from '../parts/position.tsx'
import { ErrorSummary } from '../parts/problems.tsx'
import { Selection } from '../parts/selection.tsx'
import { ServiceClock } from '../parts/service-clock.tsx'
import { SimulatorLink } from '../parts/simulator-link.tsx'
import { taskPath } from '../parts/task-table.tsx'
import { both, T } from '../parts/text.tsx'

/** Everything about one case. */
export function CasePage(props: {
  readonly frame: Frame
  readonly view: CaseView
  /** What could not be done, when the operator's form came back. */
  readonly asked?: Asked | null
}) {
  const { frame, view, asked = null } = props
  const zone = zoneOf(frame)
  const drawn = view.diagrams.length > 0
  return (
    <Document
      frame={frame}
      title={{ id: `Berkas ${view.number}`, en: `Case ${view.number}` }}
      invalid={asked !== null}
      islands={drawn ? ['diagram.js'] : []}
      styles={drawn ? ['diagram.css'] : []}
    >
      <a class="back" href="/cases">
        <T id="Cari berkas" en="Find a case" />
      </a>
      <ErrorSummary form={null} problems={asked?.problems ?? []} labels={OPERATION_LABELS} />
      <p class="caption">
        <T id={view.processName} en={view.processEnglish} />
      </p>
      <h1>
        <span class="number">{view.number}</span> <bdi>{view.subject}</bdi>
      </h1>
      <section class="panel" aria-label={both('Ringkasan', 'Summary')}>
        <dl class="facts">
          <Fact id="Keadaan" en="State">
            <CaseStatus status={view.status} />
          </Fact>
          <Fact id="Kantor" en="Office">
            {view.officeName}
          </Fact>
          <Fact id="Mulai" en="Started">
            <When at={view.startedAt} zone={zone} />
          </Fact>
          <Fact id="Berubah" en="Last change">
            <When at={view.changedAt} zone={zone} />
          </Fact>
        </dl>
      </section>
      {view.serviceClock !== null && <ServiceClock clock={view.serviceClock} zone={zone} />}
      <Notices notices={view.notices} />
      {view.incidents.length > 0 && (
        <section class="panel" aria-labelledby="incidents">
          <h2 id="incidents">
            <T id="Insiden" en="Incidents" />
          </h2>
          {view.incidents.map(incident => (
            <IncidentPart
              key={incident.token}
              incident={incident}
              frame={frame}
              back="case"
              level={3}
            />
          ))}
        </section>
      )}
      <div class="columns columns-side">
        <div>
          <section class="panel" aria-labelledby="tasks">
            <h2 id="tasks">
              <T id="Tugas terbuka" en="Open tasks" />
            </h2>
            <OpenTasks view={view} frame={frame} />
          </section>
          {view.selections.map(selection => (
            <Selection key={selection.token} selection={selection} frame={frame} view={view} />
          ))}
          <section class="panel" aria-labelledby="letters">
            <h2 id="letters">
              <T id="Surat" en="Letters" />
            </h2>
            <Letters view={view} />
          </section>
          <section class="panel" aria-labelledby="rules">
            <h2 id="rules">
              <T id="Aturan yang dipakai" en="Rules used" />
            </h2>
            <Decisions decisions={view.decisions} zone={zone} />
          </section>
        </div>
        <aside class="panel" aria-labelledby="facts">
          <h2 id="facts">
            <T id="Data berkas" en="Case data" />
          </h2>
          <CaseFacts
            variables={view.variables}
            labels={view.labels}
            choices={view.choices}
            zone={zone}
          />
          <SimulatorLink frame={frame} variables={view.variables} />
        </aside>
      </div>
      <section class="panel" aria-labelledby="where">
        <h2 id="where">
          <T id="Posisi berkas" en="Where it is" />
        </h2>
        <Positions diagrams={view.diagrams} />
      </section>
      {view.mayOperate && (
        <section class="panel no-print" aria-labelledby="operations">
          <h2 id="operations">
            <T id="Tindakan operator" en="Operator" />
          </h2>
          <Operations view={view} frame={frame} asked={asked} />
        </section>
      )}
      <section class="panel" aria-labelledby="history">
        <h2 id="history">
          <T id="Riwayat" en="History" />
        </h2>
        <History lines={view.history} zone={zone} />
      </section>
    </Document>
  )
}

function OpenTasks({ view, frame }: { readonly view: CaseView; readonly frame: Frame }) {
  if (view.tasks.length === 0) {
    return (
      <p class="empty-inline">
        <T id="Tidak ada tugas terbuka." en="No open task." />
      </p>
    )
  }
  return (
    <ul class="values">
      {view.tasks.map(task => (
        <li key={task.token}>
          <p>
            <TaskName task={task} frame={frame} />
            <br />
            <span class="hint">
              {[task.roleLabel, task.officeName].filter(text => text !== '').join(' – ')}
            </span>
            {task.assignee !== null && (
              <>
                <br />
                <span class="hint">
                  <T id="Pemegang" en="Held by" />: <bdi>{task.assignee.name}</bdi>
                </span>
              </>
            )}
          </p>
          <p>
            <Due task={task} now={frame.clock.now} zone={zoneOf(frame)} />
          </p>
        </li>
      ))}
    </ul>
  )
}

/** A link for those whose task it is or who hand it out, a name for all others. */
function TaskName({
  task,
  frame
}: {
  readonly task: CaseView['tasks'][number]
  readonly frame: Frame
}) {
  const supervises = frame.session?.supervises === true && frame.session.unit === task.office
  return task.yours || supervises ? (
    <a class="task-link" href={taskPath(task)}>
      <T id={task.name} en={task.nameEnglish} />
    </a>
  ) : (
    <strong>
      <T id={task.name} en={task.nameEnglish} />
    </strong>
  )
}

function Letters({ view }: { readonly view: CaseView }) {
  if (view.letters.length === 0) {
    return (
      <p class="empty-inline">
        <T id="Belum ada surat." en="No letter yet." />
      </p>
    )
  }
  return (
    <ul class="values">
      {view.letters.map(letter => (
        <li key={letter.id}>
          <a href={`/letters/${encodeURIComponent(letter.id)}`}>{letter.title}</a>{' '}
          <LetterStatus status={letter.status} />
          <br />
          <span class="number">{letter.number}</span>, <Day date={letter.date} />
        </li>
      ))}
    </ul>
  )
}
