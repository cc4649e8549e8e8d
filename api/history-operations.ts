import type { ProcessGraph } from '../engine/graph.ts'
import type { Event, Text } from '../engine/messages.ts'
import type { OperationEvent } from '../engine/operate/commands.ts'
import type { HistoryLine } from './schemas.ts'

type Held = Extract<Event, { readonly type: 'commandHeld' | 'commandDropped' }>
type Intervention = Extract<OperationEvent, { readonly type: 'operatorIntervened' }>

/** What an operator did to a case, in words, with the reason. */
export function operationLine(
  event: OperationEvent | Held,
  graph: ProcessGraph | null
): Pick<HistoryLine, 'kind' | 'text'> | null {
  const text = wordsOf(event, graph)
  if (text === null) return null
  if (!('reason' in event)) return { kind: 'operation', text }
  const reason = `\u2068${event.reason}\u2069`
  return {
    kind: 'operation',
    text: { id: `${text.id}. Alasan: ${reason}`, en: `${text.en}. Reason: ${reason}` }
  }
}

function wordsOf(event: OperationEvent | Held, graph: ProcessGraph | null): Text | null {
  switch (event.type) {
    case 'instanceSuspended':
      return { id: 'Berkas ditangguhkan', en: 'Case suspended' }
    case 'instanceResumed':
      return { id: 'Berkas dilanjutkan', en: 'Case resumed' }
    case 'commandHeld':
      return { id: 'Yang datang disimpan untuk nanti', en: 'What came was kept for later' }
    case 'commandDropped':
      return {
        id: `Yang disimpan tidak berlaku lagi: ${event.why}`,
        en: `What was kept no longer fits: ${event.why}`
      }
    case 'instanceMigrated': {
      const { from, to } = event.plan
      return {
        id: `Pindah dari versi ${from} ke versi ${to} prosedur`,
        en: `Moved from version ${from} to version ${to} of the procedure`
      }
    }
    case 'operatorIntervened':
      return interventionOf(event, graph)
    default:
      return event satisfies never
  }
}

function interventionOf(
  { what, element, to, names }: Intervention,
  graph: ProcessGraph | null
): Text | null {
  const at = nameOf(graph, element)
  const target = nameOf(graph, to)
  const stated = names.length === 0 ? '' : ` (${names.join(', ')})`
  switch (what) {
    case 'skip':
      return { id: `${at} dilewati${stated}`, en: `${at} skipped${stated}` }
    case 'moveToken':
      return {
        id: `Dipindahkan dari ${at} ke ${target}${stated}`,
        en: `Moved from ${at} to ${target}${stated}`
      }
    case 'addToken':
      return { id: `${target} ditambahkan${stated}`, en: `${target} added${stated}` }
    case 'removeToken':
      return { id: `${at} dihapus`, en: `${at} removed` }
    case 'setVariables':
      return { id: `Data diubah${stated}`, en: `Data stated${stated}` }
    case 'restart':
      return {
        id: `Dimulai ulang pada ${target}${stated}`,
        en: `Restarted at ${target}${stated}`
      }
    case 'resolveIncident':
      return { id: `Data diubah pada ${at}${stated}`, en: `Data stated at ${at}${stated}` }
    default:
      return what satisfies never
  }
}

function nameOf(graph: ProcessGraph | null, element: string | null): string {
  if (element === null) return ''
  return graph?.nodes[element]?.name || element
}
