import type { Text } from '../engine/messages.ts'
import type { TaskEvent } from '../engine/task-events.ts'

/** What somebody did with a task besides completing it, in words; `said` sets off what people typed. */
export function handlingText(
  event: TaskEvent,
  id: string,
  en: string,
  said: (text: string) => string
): Text {
  const onBehalf =
    event.type === 'actedOnBehalf' || event.onBehalfOf === null
      ? { id: '', en: '' }
      : {
          id: `, atas nama ${said(event.onBehalfOf.name)}`,
          en: `, on behalf of ${said(event.onBehalfOf.name)}`
        }
  const because =
    'reason' in event && event.reason.trim() !== '' ? ` (${said(event.reason.trim())})` : ''
  const both = (ind: string, english: string): Text => ({
    id: `${ind}${onBehalf.id}${because}`,
    en: `${english}${onBehalf.en}${because}`
  })
  switch (event.type) {
    case 'taskClaimed':
      return both(`Diambil: ${id}`, `Claimed: ${en}`)
    case 'taskUnclaimed':
      return both(`Dilepas: ${id}`, `Released: ${en}`)
    case 'taskAssigned': {
      const to = said(event.to.name)
      return both(`Ditugaskan kepada ${to}: ${id}`, `Assigned to ${to}: ${en}`)
    }
    case 'taskDelegated': {
      const to = said(event.to.name)
      return both(`Didelegasikan kepada ${to}: ${id}`, `Delegated to ${to}: ${en}`)
    }
    case 'taskReturned': {
      const to = said(event.to.name)
      return both(`Dikembalikan kepada ${to}: ${id}`, `Returned to ${to}: ${en}`)
    }
    case 'taskPrioritized':
      return both(`Prioritas ${event.priority}: ${id}`, `Priority ${event.priority}: ${en}`)
    case 'actedOnBehalf': {
      const names = event.of.map(({ name }) => said(name)).join(', ')
      return both(`Atas nama ${names}: ${id}`, `On behalf of ${names}: ${en}`)
    }
    default:
      return event satisfies never
  }
}
