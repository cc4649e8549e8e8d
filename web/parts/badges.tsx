import type { CaseSummary, LetterView, TaskSummary } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import type { Instant } from '../../engine/state.ts'
import { daysUntil, localDate, When } from './dates.tsx'
import { Icon, type IconName } from './icon.tsx'
import { T } from './text.tsx'

type DueState = TaskSummary['dueState']

/** The words for each state of a deadline. */
export const DUE: { readonly [State in DueState]: Text & { readonly icon: IconName } } = {
  none: { id: 'Tanpa tenggat', en: 'No due date', icon: 'dash' },
  'on-time': { id: 'Tepat waktu', en: 'On time', icon: 'tick' },
  near: { id: 'Mendekati tenggat', en: 'Due soon', icon: 'clock' },
  today: { id: 'Hari ini', en: 'Due today', icon: 'warning' },
  overdue: { id: 'Terlambat', en: 'Overdue', icon: 'stop' }
}

/** How a deadline stands: sign, word and colour. */
export function DueBadge({ state }: { readonly state: DueState }) {
  const { id, en, icon } = DUE[state]
  return (
    <span class={`badge due-${state}`}>
      <Icon name={icon} />
      <T id={id} en={en} />
    </span>
  )
}

/** The deadline with its distance in calendar days. */
export function Due(props: {
  readonly task: TaskSummary
  readonly now: Instant
  readonly zone: string
}) {
  const { task, now, zone } = props
  return (
    <span class="due">
      <DueBadge state={task.dueState} />
      {task.dueAt !== null && (
        <span class="due-at">
          <When at={task.dueAt} zone={zone} />
          <Distance days={daysUntil(localDate(now, zone), localDate(task.dueAt, zone))} />
        </span>
      )}
    </span>
  )
}

function Distance({ days }: { readonly days: number }) {
  if (days === 0) return null
  const count = Math.abs(days)
  const plural = count === 1 ? 'day' : 'days'
  return (
    <span class="distance">
      {days > 0 ? (
        <T id={`${count} hari lagi`} en={`in ${count} ${plural}`} />
      ) : (
        <T id={`lewat ${count} hari`} en={`${count} ${plural} late`} />
      )}
    </span>
  )
}

const STATUS: { readonly [Status in CaseSummary['status']]: Text & { readonly icon: IconName } } = {
  running: { id: 'Berjalan', en: 'Running', icon: 'here' },
  suspended: { id: 'Ditangguhkan', en: 'Suspended', icon: 'warning' },
  completed: { id: 'Selesai', en: 'Completed', icon: 'tick' },
  terminated: { id: 'Dihentikan', en: 'Terminated', icon: 'dash' },
  failed: { id: 'Gagal', en: 'Failed', icon: 'stop' }
}

/** How a case stands. */
export function CaseStatus({ status }: { readonly status: CaseSummary['status'] }) {
  const { id, en, icon } = STATUS[status]
  return (
    <span class={`badge status-${status}`}>
      <Icon name={icon} />
      <T id={id} en={en} />
    </span>
  )
}

const LETTER: { readonly [Status in LetterView['status']]: Text & { readonly icon: IconName } } = {
  valid: { id: 'Berlaku', en: 'Valid', icon: 'tick' },
  replaced: { id: 'Diganti', en: 'Replaced', icon: 'warning' },
  revoked: { id: 'Dicabut', en: 'Revoked', icon: 'stop' }
}

/** How a letter stands. */
export function LetterStatus({ status }: { readonly status: LetterView['status'] }) {
  const { id, en, icon } = LETTER[status]
  return (
    <span class={`badge letter-${status}`}>
      <Icon name={icon} />
      <T id={id} en={en} />
    </span>
  )
}

const URGENCY: { readonly [Class in TaskSummary['urgency']]: Text & { readonly icon: IconName } } =
  {
    urgent: { id: 'Mendesak', en: 'Urgent', icon: 'warning' },
    normal: { id: 'Biasa', en: 'Normal', icon: 'dash' },
    low: { id: 'Prioritas rendah', en: 'Low priority', icon: 'dash' }
  }

/** The class of a priority; nothing is said of the usual one. */
export function UrgencyBadge({ urgency }: { readonly urgency: TaskSummary['urgency'] }) {
  if (urgency === 'normal') return null
  const { id, en, icon } = URGENCY[urgency]
  return (
    <span class={`badge urgency-${urgency}`}>
      <Icon name={icon} />
      <T id={id} en={en} />
    </span>
  )
}
