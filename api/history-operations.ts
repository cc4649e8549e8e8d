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
    case 'releaseReplaced': {
      const from = event.from?.slice(0, 8) ?? '–'
      const to = event.to.slice(0, 8)
      return {
        id: `Berlaku menurut rilis ${to} sebagai ganti ${from}`,
        en: `Goes by release ${to} instead of ${from}`
      }
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
  const at = namesOf(graph, element)
  const target = namesOf(graph, to)
  const stated = names.length === 0 ? '' : ` (${names.join(', ')})`
  switch (what) {
    case 'skip':
      return { id: `${at.id} dilewati${stated}`, en: `${at.en} skipped${stated}` }
    case 'moveToken':
      return {
        id: `Dipindahkan dari ${at.id} ke ${target.id}${stated}`,
        en: `Moved from ${at.en} to ${target.en}${stated}`
      }
    case 'addToken':
      return { id: `${target.id} ditambahkan${stated}`, en: `${target.en} added${stated}` }
    case 'removeToken':
      return { id: `${at.id} dihapus`, en: `${at.en} removed` }
    case 'setVariables':
      return { id: `Data diubah${stated}`, en: `Data stated${stated}` }
    case 'restart':
      return {
        id: `Dimulai ulang pada ${target.id}${stated}`,
        en: `Restarted at ${target.en}${stated}`
      }
    case 'resolveIncident':
      return { id: `Data diubah pada ${at.id}${stated}`, en: `Data stated at ${at.en}${stated}` }
    default:
      return what satisfies never
  }
}

function namesOf(graph: ProcessGraph | null, element: string | null): Text {
  const node = element === null ? undefined : graph?.nodes[element]
  const id = node?.name || element || ''
  return { id, en: node?.english || id }
}
