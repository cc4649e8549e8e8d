import type { Text } from '../../engine/messages.ts'
import { both, T } from './text.tsx'

/** What of the list is looked at; an empty text is what there is to do now. */
export const QUEUES = {
  '': { id: 'Untuk dikerjakan', en: 'To do' },
  mine: { id: 'Milik saya', en: 'Mine' },
  free: { id: 'Belum diambil', en: 'Unclaimed' },
  overdue: { id: 'Terlambat', en: 'Overdue' },
  later: { id: 'Ditunda', en: 'Follow up later' },
  unit: { id: 'Seluruh kantor', en: 'Whole office' }
} as const satisfies Readonly<Record<string, Text>>
export type Queue = keyof typeof QUEUES

export function isQueue(text: string): text is Queue {
  return Object.hasOwn(QUEUES, text)
}

/** How many tasks each queue holds; null: it is not offered, or not counted. */
export type QueueCounts = Readonly<Record<Queue, number | null>>

/** The queues of the task list, each with its count. */
export function Queues(props: {
  readonly chosen: Queue
  readonly counts: QueueCounts
  /** Whether the queue of the whole office is offered. */
  readonly supervises: boolean
  readonly address: (queue: Queue) => string
}) {
  const { chosen, counts, supervises, address } = props
  const queues = (Object.keys(QUEUES) as Queue[]).filter(each => each !== 'unit' || supervises)
  return (
    <nav aria-label={both('Antrean tugas', 'Task queues')}>
      <ul class="queues">
        {queues.map(queue => (
          <li key={queue}>
            <a href={address(queue)} {...(queue === chosen ? { 'aria-current': 'true' } : {})}>
              <T {...QUEUES[queue]} />
              {counts[queue] !== null && <span class="queue-count"> {counts[queue]}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
