import type { TaskSummary } from '../../api/schemas.ts'
import type { Instant } from '../../engine/state.ts'
import { CaseStatus, Due } from './badges.tsx'
import { When } from './dates.tsx'
import { both, T } from './text.tsx'

/** Open tasks, nearest due first. */
export function TaskTable(props: {
  readonly tasks: readonly TaskSummary[]
  readonly now: Instant
  readonly zone: string
  /** Said to screen readers and printed above the table. */
  readonly caption: preact.ComponentChildren
}) {
  const { tasks, now, zone, caption } = props
  return (
    <table class="table cards">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <T id="Tenggat" en="Due" />
          </th>
          <th scope="col">
            <T id="Tugas" en="Task" />
          </th>
          <th scope="col">
            <T id="Berkas" en="Case" />
          </th>
          <th scope="col">
            <T id="Peran" en="Role" />
          </th>
          <th scope="col">
            <T id="Sejak" en="Since" />
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map(task => (
          <tr key={`${task.instance}/${task.token}`}>
            <td data-label={both('Tenggat', 'Due')}>
              <Due task={task} now={now} zone={zone} />
            </td>
            <th scope="row">
              <a class="task-link" href={taskPath(task)}>
                <T id={task.name} en={task.nameEnglish} />
                <span class="visually-hidden">, {task.number}</span>
              </a>
              <span class="sub">
                <T id={task.processName} en={task.processEnglish} />
              </span>
            </th>
            <td data-label={both('Berkas', 'Case')}>
              <span class="number">{task.number}</span>
              <span class="sub">{task.subject}</span>
              <span class="sub">{task.officeName}</span>
              {task.suspended && <CaseStatus status="suspended" />}
            </td>
            <td data-label={both('Peran', 'Role')}>{task.roleLabel}</td>
            <td data-label={both('Sejak', 'Since')}>
              <When at={task.since} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The address of a task's page. */
export function taskPath(task: { readonly instance: string; readonly token: string }): string {
  return `/tasks/${encodeURIComponent(task.instance)}/${encodeURIComponent(task.token)}`
}
