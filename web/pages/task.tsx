import type { TaskView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import { Due, UrgencyBadge } from '../parts/badges.tsx'
import { CaseFacts } from '../parts/case-facts.tsx'
import { When } from '../parts/dates.tsx'
import { Decisions, Fact } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import { Fields } from '../parts/fields.tsx'
import { formOf } from '../parts/form-schema.ts'
import type { Posted } from '../parts/form-values.ts'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { History } from '../parts/history.tsx'
import { Icon } from '../parts/icon.tsx'
import { Notices } from '../parts/notices.tsx'
import { Paragraphs } from '../parts/paragraphs.tsx'
import { Positions } from '../parts/position.tsx'
import { ErrorSummary } from '../parts/problems.tsx'
import { SimulatorLink } from '../parts/simulator-link.tsx'
import { HOLDER_LABELS, Objection, TaskHolder } from '../parts/task-holder.tsx'
import { taskPath } from '../parts/task-table.tsx'
import { T } from '../parts/text.tsx'

export interface TaskPageProps {
  readonly frame: Frame
  readonly task: TaskView
  /** What was typed, when the form came back. */
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
  /** What is wrong with what was wanted of the task besides completing it. */
  readonly handling?: readonly Problem[]
}

/** One task: what to do, the form, why it is here, where it is, what happened before. */
export function TaskPage({ frame, task, posted, problems, handling = [] }: TaskPageProps) {
  const zone = zoneOf(frame)
  const form = formOf(task.schema)
  // what was typed belongs to one form of the page
  const filled = handling.length > 0 ? null : posted
  const grave = task.notices.filter(({ level }) => level !== 'info')
  const mild = task.notices.filter(({ level }) => level === 'info')
  return (
    <Document
      frame={frame}
      title={{ id: `${task.name} – ${task.number}`, en: task.nameEnglish }}
      invalid={problems.length + handling.length > 0}
      islands={['forms.js', ...(task.case.diagrams.length > 0 ? ['diagram.js'] : [])]}
      styles={task.case.diagrams.length > 0 ? ['diagram.css'] : []}
    >
      <a class="back" href="/tasks">
        <T id="Tugas saya" en="My tasks" />
      </a>
      <ErrorSummary form={form} problems={problems} />
      <ErrorSummary form={null} problems={handling} labels={HOLDER_LABELS} />
      <p class="caption">
        <a href={`/cases/${encodeURIComponent(task.instance)}`} class="number">
          {task.number}
        </a>
        {task.subject !== '' && (
          <>
            {' – '}
            <bdi>{task.subject}</bdi>
          </>
        )}
        {' – '}
        <T id={task.processName} en={task.processEnglish} />
      </p>
      <h1>
        <T id={task.name} en={task.nameEnglish} />
      </h1>

      <div class="columns columns-side">
        <div>
          <section class="panel" aria-labelledby="what">
            <h2 id="what">
              <T id="Yang harus dikerjakan" en="What to do" />
            </h2>
            {task.documentation !== '' && <Paragraphs text={task.documentation} />}
            <Notices notices={grave} />
            <About task={task} frame={frame} />
          </section>

          {!task.suspended && (
            <TaskHolder frame={frame} task={task} problems={handling} posted={posted} />
          )}

          <section class="panel" aria-labelledby="form">
            <h2 id="form">
              {task.kind === 'form' ? (
                <T id="Isian" en="Form" />
              ) : (
                <T id="Penyelesaian" en="Completion" />
              )}
            </h2>
            {task.suspended ? <Suspended /> : <Objection task={task} />}
            {task.rights.complete && !task.suspended && (
              <form
                class="form"
                method="post"
                action={taskPath(task)}
                noValidate
                data-island="form"
              >
                <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
                <Fields
                  form={form}
                  filling={{ values: task.values, posted: filled, problems, zone }}
                />
                <div class="actions">
                  <button class="button" type="submit">
                    {task.kind === 'form' ? (
                      <T id="Simpan dan selesaikan tugas" en="Save and complete the task" />
                    ) : (
                      <T id="Tandai selesai" en="Mark as done" />
                    )}
                  </button>
                </div>
              </form>
            )}
          </section>
        </div>
        <aside class="panel" aria-labelledby="facts">
          <h2 id="facts">
            <T id="Data berkas" en="Case data" />
          </h2>
          <CaseFacts
            variables={task.case.variables}
            labels={task.case.labels}
            choices={task.case.choices}
            zone={zone}
          />
          <SimulatorLink frame={frame} variables={task.case.variables} />
        </aside>
      </div>

      <section class="panel" aria-labelledby="why">
        <h2 id="why">
          <T id="Mengapa ada di sini" en="Why it is here" />
        </h2>
        <Notices notices={mild} />
        <h3>
          <T id="Aturan yang dipakai" en="Rules used" />
        </h3>
        <Decisions decisions={task.case.decisions} zone={zone} />
      </section>

      <section class="panel" aria-labelledby="where">
        <h2 id="where">
          <T id="Posisi berkas" en="Where it is" />
        </h2>
        <Positions diagrams={task.case.diagrams} />
      </section>

      <section class="panel" aria-labelledby="history">
        <h2 id="history">
          <T id="Riwayat" en="History" />
        </h2>
        <History lines={task.case.history} zone={zone} />
      </section>
    </Document>
  )
}

/** Why there is nothing to fill in while the case stands still. */
function Suspended() {
  return (
    <div class="notice notice-warning">
      <Icon name="warning" />
      <div>
        <p class="word">
          <T id="Berkas ini ditangguhkan" en="This case is suspended" />
        </p>
        <p>
          <T
            id="Tugas dapat dikerjakan setelah operator melanjutkan berkas. Alasannya ada dalam riwayat."
            en="The task can be done once an operator has resumed the case. The reason stands in the history."
            block
          />
        </p>
      </div>
    </div>
  )
}

function About({ task, frame }: { readonly task: TaskView; readonly frame: Frame }) {
  const zone = zoneOf(frame)
  return (
    <dl class="facts">
      <Fact id="Tenggat" en="Due">
        <Due task={task} now={frame.clock.now} zone={zone} />
      </Fact>
      {task.followUpAt !== null && (
        <Fact id="Tindak lanjut" en="Follow up">
          <When at={task.followUpAt} zone={zone} />
        </Fact>
      )}
      {task.urgency !== 'normal' && (
        <Fact id="Prioritas" en="Priority">
          <UrgencyBadge urgency={task.urgency} /> {task.priority}
        </Fact>
      )}
      <Fact id="Peran" en="Role">
        {task.roleLabel}
        {task.roleLabel !== '' && ' – '}
        {task.officeName}
      </Fact>
      {task.standard !== null && task.standard.minutes !== null && (
        <Fact id="Waktu baku" en="Standard time">
          <T id={`${task.standard.minutes} menit`} en={`${task.standard.minutes} minutes`} />
        </Fact>
      )}
      {task.standard !== null && task.standard.requirements !== '' && (
        <Fact id="Kelengkapan" en="Requirements">
          {task.standard.requirements}
        </Fact>
      )}
      {task.standard !== null && task.standard.output !== '' && (
        <Fact id="Keluaran" en="Output">
          {task.standard.output}
        </Fact>
      )}
      {task.standard !== null && task.standard.remark !== '' && (
        <Fact id="Keterangan" en="Remark">
          {task.standard.remark}
        </Fact>
      )}
    </dl>
  )
}
