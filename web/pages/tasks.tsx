import type { TaskSummary } from '../../api/schemas.ts'
import { DUE } from '../parts/badges.tsx'
import { Document } from '../parts/document.tsx'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { QUEUES, type Queue, type QueueCounts, Queues } from '../parts/task-queues.tsx'
import { TaskTable } from '../parts/task-table.tsx'
import { both, T } from '../parts/text.tsx'

/** What the address narrows the list to; empty texts narrow nothing. */
export interface TaskFilter {
  readonly role: string
  readonly due: string
  readonly process: string
  readonly text: string
  readonly queue: Queue
}

export interface TaskListProps {
  readonly frame: Frame
  readonly counts: QueueCounts
  readonly tasks: readonly TaskSummary[]
  readonly filter: TaskFilter
  /** There are more than the page can hold. */
  readonly more: boolean
}

/** The tasks of the own unit and roles. */
export function TasksPage(
  props: TaskListProps & {
    /** The processes that have open tasks, for the filter. */
    readonly processes: readonly { readonly id: string; readonly name: string }[]
  }
) {
  const { frame, filter, processes } = props
  return (
    <Document frame={frame} title={{ id: 'Tugas saya', en: 'My tasks' }} islands={['tasks.js']}>
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Tugas saya" en="My tasks" />
      </h1>
      <Filters frame={frame} filter={filter} processes={processes} />
      <Chips filter={filter} frame={frame} processes={processes} />
      <p class="visually-hidden" role="status" id="task-status"></p>
      <div id="task-list" data-island="tasks" data-url={address(filter, {})}>
        <TaskList {...props} />
      </div>
    </Document>
  )
}

/** The list alone, which the page refreshes. */
export function TaskList(props: TaskListProps) {
  const { frame, filter, counts } = props
  return (
    <>
      <Queues
        chosen={filter.queue}
        counts={counts}
        supervises={frame.session?.supervises === true}
        address={queue => address(filter, { queue })}
      />
      <Tasks {...props} />
    </>
  )
}

function Tasks({ frame, tasks, filter, more }: TaskListProps) {
  if (tasks.length === 0) return <Empty filtered={isFiltered(filter)} />
  const late = tasks.filter(({ dueState }) => dueState === 'overdue').length
  const today = tasks.filter(({ dueState }) => dueState === 'today').length
  return (
    <TaskTable
      tasks={tasks}
      now={frame.clock.now}
      zone={zoneOf(frame)}
      csrf={frame.session?.csrf ?? ''}
      caption={
        <>
          <strong>
            <T
              id={`${tasks.length}${more ? '+' : ''} tugas`}
              en={tasks.length === 1 ? '1 task' : `${tasks.length}${more ? '+' : ''} tasks`}
            />
          </strong>
          {late > 0 && (
            <>
              {' – '}
              <T id={`${late} terlambat`} en={`${late} overdue`} />
            </>
          )}
          {today > 0 && (
            <>
              {' – '}
              <T id={`${today} jatuh tempo hari ini`} en={`${today} due today`} />
            </>
          )}
          {'. '}
          <T
            id="Yang mendesak, lalu tenggat terdekat, lebih dahulu."
            en="Urgent ones first, then the nearest due."
          />
        </>
      }
    />
  )
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  return (
    <div class="empty">
      {filtered ? (
        <>
          <p>
            <strong>
              <T id="Tidak ada tugas dengan saringan ini." en="No task matches these filters." />
            </strong>
          </p>
          <p>
            <a href="/tasks">
              <T id="Hapus semua saringan" en="Clear all filters" />
            </a>
          </p>
        </>
      ) : (
        <>
          <p>
            <strong>
              <T id="Tidak ada tugas yang menunggu Anda." en="No task is waiting for you." />
            </strong>
          </p>
          <p>
            <T
              id="Tugas baru muncul di sini begitu berkas sampai pada peran Anda."
              en="New tasks appear here as soon as a case reaches your role."
            />
          </p>
          <p>
            <a href="/start">
              <T id="Permohonan baru" en="New application" />
            </a>
          </p>
        </>
      )}
    </div>
  )
}

interface FilterProps {
  readonly frame: Frame
  readonly filter: TaskFilter
  readonly processes: readonly { readonly id: string; readonly name: string }[]
}

function Filters({ frame, filter, processes }: FilterProps) {
  const roles = frame.session?.roles ?? []
  return (
    <search>
      <form class="filters" method="get" action="/tasks">
        {filter.queue !== '' && <input type="hidden" name="queue" value={filter.queue} />}
        <div>
          <label for="filter-text">
            <T id="Cari dalam daftar" en="Search the list" />
          </label>
          <input id="filter-text" name="q" type="search" value={filter.text} />
        </div>
        <div>
          <label for="filter-role">
            <T id="Peran" en="Role" />
          </label>
          <select id="filter-role" name="role">
            <Choice value="" chosen={filter.role} text="Semua · All" />
            {roles.map(({ id, label }) => (
              <Choice key={id} value={id} chosen={filter.role} text={label} />
            ))}
          </select>
        </div>
        <div>
          <label for="filter-due">
            <T id="Tenggat" en="Due" />
          </label>
          <select id="filter-due" name="due">
            <Choice value="" chosen={filter.due} text="Semua · All" />
            {Object.entries(DUE).map(([state, { id, en }]) => (
              <Choice key={state} value={state} chosen={filter.due} text={both(id, en)} />
            ))}
          </select>
        </div>
        <div>
          <label for="filter-process">
            <T id="Layanan" en="Service" />
          </label>
          <select id="filter-process" name="process">
            <Choice value="" chosen={filter.process} text="Semua · All" />
            {processes.map(({ id, name }) => (
              <Choice key={id} value={id} chosen={filter.process} text={name} />
            ))}
          </select>
        </div>
        <button class="button button-second" type="submit">
          <T id="Saring" en="Filter" />
        </button>
      </form>
    </search>
  )
}

function Choice({
  value,
  chosen,
  text
}: {
  readonly value: string
  readonly chosen: string
  readonly text: string
}) {
  return (
    <option value={value} selected={value === chosen}>
      {text}
    </option>
  )
}

function Chips({ frame, filter, processes }: FilterProps) {
  if (!isFiltered(filter)) return null
  const role = frame.session?.roles.find(({ id }) => id === filter.role)?.label ?? filter.role
  const due = Object.entries(DUE).find(([state]) => state === filter.due)?.[1].id ?? filter.due
  const process = processes.find(({ id }) => id === filter.process)?.name ?? filter.process
  const chips: readonly { readonly text: string; readonly without: Partial<TaskFilter> }[] = [
    { text: filter.text, without: { text: '' } },
    { text: role, without: { role: '' } },
    { text: due, without: { due: '' } },
    { text: process, without: { process: '' } },
    { text: filter.queue === '' ? '' : QUEUES[filter.queue].id, without: { queue: '' } }
  ]
  const shown = chips.filter(({ text }) => text !== '')
  return (
    <ul class="chips" aria-label={both('Saringan aktif', 'Active filters')}>
      {shown.map(({ text, without }) => (
        <li key={text}>
          <a href={address(filter, without)}>
            <span class="visually-hidden">
              <T id="Hapus saringan" en="Remove filter" />{' '}
            </span>
            {text} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function isFiltered(filter: TaskFilter): boolean {
  return Object.values(filter).some(text => text !== '')
}

function address(filter: TaskFilter, change: Partial<TaskFilter>): string {
  const { text, role, due, process, queue } = { ...filter, ...change }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ q: text, role, due, process, queue })) {
    if (value !== '') query.set(name, value)
  }
  return query.size === 0 ? '/tasks' : `/tasks?${query}`
}
