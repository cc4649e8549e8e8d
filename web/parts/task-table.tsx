import type { TaskSummary } from '../../api/schemas.ts'
import type { Instant } from '../../engine/state.ts'
import { CaseStatus, Due, UrgencyBadge } from './badges.tsx'
import { When } from './dates.tsx'
import { both, T } from './text.tsx'

/** Open tasks, urgent ones and nearest due first. */
export function TaskTable(props: {
  readonly tasks: readonly TaskSummary[]
  readonly now: Instant
  readonly zone: string
  /** Said to screen readers and printed above the table. */
  readonly caption: preact.ComponentChildren
  /** The token of the session, with which a free task is claimed. */
  readonly csrf: string
}) {
  const { tasks, now, zone, caption, csrf } = props
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
            <T id="Pemegang" en="Held by" />
          </th>
          <th scope="col">
            <T id="Sejak" en="Since" />
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map(task => (
          <tr key={`${task.instance}/${task.token}`} class={task.later ? 'later' : ''}>
            <td data-label={both('Tenggat', 'Due')}>
              <Due task={task} now={now} zone={zone} />
              {task.later && task.followUpAt !== null && (
                <span class="sub">
                  <T id="Tindak lanjut" en="Follow up" /> <When at={task.followUpAt} zone={zone} />
                </span>
              )}
            </td>
            <th scope="row">
              <a class="task-link" href={taskPath(task)}>
                <T id={task.name} en={task.nameEnglish} />
                <span class="visually-hidden">, {task.number}</span>
              </a>{' '}
              <UrgencyBadge urgency={task.urgency} />
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
            <td data-label={task.sort === 'selection' ? undefined : both('Pemegang', 'Held by')}>
              <Held task={task} csrf={csrf} />
            </td>
            <td data-label={both('Sejak', 'Since')}>
              <When at={task.since} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Who has a task; a free one may be claimed here. */
function Held({ task, csrf }: { readonly task: TaskSummary; readonly csrf: string }) {
  const { assignee, owner, held, barred, sort, yours, suspended } = task
  if (sort === 'selection') return null
  if (assignee !== null) {
    return (
      <>
        {held === 'mine' ? (
          <strong>
            <T id="Anda" en="You" />
          </strong>
        ) : (
          <bdi>{assignee.name}</bdi>
        )}
        {owner !== null && (
          <span class="sub">
            <T id="untuk" en="for" /> <bdi>{owner.name}</bdi>
          </span>
        )}
      </>
    )
  }
  if (barred) {
    return (
      <span class="sub">
        <T id="Harus orang lain" en="Somebody else must" />
      </span>
    )
  }
  if (suspended || !yours) {
    return (
      <span class="sub">
        <T id="Belum diambil" en="Unclaimed" />
      </span>
    )
  }
  return (
    <form method="post" action={`${taskPath(task)}/claim`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <button
        class="button button-second button-small"
        type="submit"
        id={`claim-${task.instance}-${task.token}`}
      >
        <T id="Ambil" en="Claim" />
        <span class="visually-hidden">
          {' '}
          {task.name}, {task.number}
        </span>
      </button>
    </form>
  )
}

/** The address of a task's page; activities to choose from stand on the page of their case. */
export function taskPath(task: {
  readonly instance: string
  readonly token: string
  readonly sort?: TaskSummary['sort']
}): string {
  if (task.sort === 'selection') {
    return `/cases/${encodeURIComponent(task.instance)}#selection-${encodeURIComponent(task.token)}`
  }
  return `/tasks/${encodeURIComponent(task.instance)}/${encodeURIComponent(task.token)}`
}
