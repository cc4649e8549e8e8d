import type { FlowNode } from '../engine/graph.ts'
import type { Decision, Event, Text } from '../engine/messages.ts'
import type { Value } from '../engine/state.ts'
import type { IssuedLetter } from '../runtime/letters.ts'
import type { CommitRecord } from '../runtime/store.ts'
import { isRecord, isText, type RuleWords } from './decisions.ts'
import { operationLine } from './history-operations.ts'
import { handlingText } from './history-tasks.ts'
import type { HistoryLine } from './schemas.ts'
import { type FindProcess, type Happening, walk } from './walk.ts'

/** The history of a case in words, oldest first. */
export function historyLines(
  history: readonly CommitRecord[],
  letters: readonly IssuedLetter[],
  findProcess: FindProcess,
  words: RuleWords,
  zone: string
): readonly HistoryLine[] {
  const lines: HistoryLine[] = []
  for (const happening of walk(history, findProcess)) {
    const line = lineOf(happening, findProcess, words, zone)
    if (line === null) continue
    const { record, event } = happening
    const element = 'element' in event ? event.element : null
    const by = isByHand(event) || line.kind === 'task' ? record.by.name : SYSTEM
    lines.push({ at: record.at, by, element, ...line })
  }
  for (const letter of letters) {
    const text = letter.number === '' ? letter.title : `${letter.title} No. ${letter.number}`
    lines.push({
      at: letter.issuedAt,
      by: SYSTEM,
      kind: 'letter',
      element: null,
      text: { id: `Surat terbit: ${text}`, en: `Letter issued: ${text}` }
    })
  }
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** What nobody did by hand. */
const SYSTEM = 'Sistem'

/** Whether a person did it, rather than that it followed from what a person did. */
function isByHand(event: Event): boolean {
  switch (event.type) {
    case 'elementCompleted':
      return event.by !== null
    case 'instanceStarted':
    case 'incidentResolved':
    case 'instanceTerminated':
    case 'taskClaimed':
    case 'taskUnclaimed':
    case 'taskAssigned':
    case 'taskDelegated':
    case 'taskReturned':
    case 'taskPrioritized':
    case 'actedOnBehalf':
    case 'instanceSuspended':
    case 'instanceResumed':
    case 'operatorIntervened':
    case 'releaseReplaced':
    case 'instanceMigrated':
      return true
    default:
      return false
  }
}

type Line = Pick<HistoryLine, 'kind' | 'text'>

/** The words for one event; null for what only the engine cares about. */
function lineOf(
  { record, event, place, root }: Happening,
  findProcess: FindProcess,
  words: RuleWords,
  zone: string
): Line | null {
  const node = place?.node ?? null
  const [id, en] = namesOf(node, 'element' in event ? (event.element ?? '') : '')

  switch (event.type) {
    case 'instanceStarted': {
      const graph = findProcess(event.process, event.processVersion)
      const name = graph?.name ?? event.process
      return {
        kind: 'started',
        text: { id: `Permohonan dimulai: ${name}`, en: `Case started: ${graph?.english || name}` }
      }
    }
    case 'elementCompleted':
      if (isSkipped(event.token, record)) return null
      return completedLine(event, node, record, id, en)
    case 'elementActivated':
      if (record.command !== 'startActivity' || event !== record.events.find(isActivation))
        return null
      return {
        kind: 'task',
        text: { id: `Kegiatan dimulai: ${id}`, en: `Activity started: ${en}` }
      }
    case 'elementWaiting':
      if (record.command === 'endSelection' && event.wait.for === 'children')
        return { kind: 'task', text: { id: `Bagian diakhiri: ${id}`, en: `Part ended: ${en}` } }
      if (event.wait.for !== 'incident') return null
      return {
        kind: 'incident',
        text: {
          id: `Kendala pada ${id}: ${event.wait.message}`,
          en: `Incident at ${en}: ${event.wait.message}`
        }
      }
    case 'elementSkipped':
      return {
        kind: 'decision',
        text: { id: `Tidak dilakukan di kantor ini: ${id}`, en: `Not done at this office: ${en}` }
      }
    case 'incidentResolved':
      return {
        kind: 'incident',
        text: {
          id: `Kendala pada ${id} ditangani: ${isolated(event.reason)}`,
          en: `Incident at ${en} resolved: ${isolated(event.reason)}`
        }
      }
    case 'ruleDecided':
      return decisionLine(event.decision, words)
    case 'releaseRebound': {
      const label = words.label(event.rule)
      return {
        kind: 'decision',
        text: {
          id: `Aturan diperbarui untuk ${label.id}: rilis ${short(event.from)} → ${short(event.to)}`,
          en: `Rules renewed for ${label.en}: release ${short(event.from)} → ${short(event.to)}`
        }
      }
    }
    case 'processCalled': {
      const graph = findProcess(event.process, event.version)
      const name = graph?.name ?? event.process
      return {
        kind: 'event',
        text: { id: `Masuk ke ${name}`, en: `Entered ${graph?.english || name}` }
      }
    }
    case 'dueDateMoved':
      return { kind: 'event', text: movedText(event, id, en, zone) }
    case 'taskClaimed':
    case 'taskUnclaimed':
    case 'taskAssigned':
    case 'taskDelegated':
    case 'taskReturned':
    case 'taskPrioritized':
    case 'actedOnBehalf':
      return { kind: 'task', text: handlingText(event, id, en, isolated) }
    case 'compensationStarted':
      return { kind: 'event', text: { id: `Dibatalkan kembali: ${id}`, en: `Being undone: ${en}` } }
    case 'errorThrown':
      return { kind: 'event', text: { id: `${id}: ${event.code}`, en: `${en}: ${event.code}` } }
    case 'messageThrown':
      return {
        kind: 'event',
        text: { id: `Pesan dikirim: ${event.message}`, en: `Message sent: ${event.message}` }
      }
    case 'dataStored': {
      const key = event.key === '' ? '' : ` «${event.key}»`
      return {
        kind: 'event',
        text: {
          id: `Disimpan ke ${event.store}${key}`,
          en: `Kept in ${event.store}${key}`
        }
      }
    }
    case 'instanceSuspended':
    case 'instanceResumed':
    case 'commandHeld':
    case 'commandDropped':
    case 'operatorIntervened':
    case 'releaseReplaced':
    case 'instanceMigrated':
      return operationLine(event, place?.graph ?? root)
    case 'instanceCompleted':
      return { kind: 'ended', text: { id: 'Permohonan selesai', en: 'Case completed' } }
    case 'instanceTerminated':
      return {
        kind: 'ended',
        text: {
          id: `Permohonan dihentikan: ${isolated(event.reason)}`,
          en: `Case terminated: ${isolated(event.reason)}`
        }
      }
    case 'instanceFailed':
      return {
        kind: 'ended',
        text: { id: `Permohonan gagal: ${event.code}`, en: `Case failed: ${event.code}` }
      }
    default:
      return null
  }
}

const isActivation = ({ type }: Event): boolean => type === 'elementActivated'

function completedLine(
  event: Extract<Event, { readonly type: 'elementCompleted' }>,
  node: FlowNode | null,
  record: CommitRecord,
  id: string,
  en: string
): Line | null {
  if (event.by !== null) {
    const chosen = decisionIn(record)
    return {
      kind: 'task',
      text: {
        id: `Selesai: ${id}${chosen === null ? '' : ` – ${chosen.id}`}`,
        en: `Done: ${en}${chosen === null ? '' : ` – ${chosen.en}`}`
      }
    }
  }
  switch (node?.type) {
    case 'serviceTask':
    case 'sendTask':
      return { kind: 'job', text: { id: `Otomatis: ${id}`, en: `Automatic: ${en}` } }
    case 'receiveTask':
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
      return { kind: 'event', text: { id: `Peristiwa: ${id}`, en: `Event: ${en}` } }
    case 'endEvent':
      if (node.name === '') return null
      return { kind: 'event', text: { id: `Sampai pada: ${id}`, en: `Reached: ${en}` } }
    default:
      return null
  }
}

/** That another calendar gave another time, in the office's own time. */
function movedText(
  { of, from, to }: Extract<Event, { readonly type: 'dueDateMoved' }>,
  id: string,
  en: string,
  timeZone: string
): Text {
  const time = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
  const [ind, english] = ['id-ID', 'en-GB'].map(language => {
    const format = new Intl.DateTimeFormat(language, time)
    return `${format.format(new Date(from))} → ${format.format(new Date(to))}`
  })
  const [what, named] = MOVED[of]
  return {
    id: `Kalender kantor berubah; ${what} ${id}: ${ind}`,
    en: `Calendar of the office changed; ${named} ${en}: ${english}`
  }
}
const MOVED = {
  due: ['tenggat', 'due date of'],
  followUp: ['waktu tindak lanjut', 'follow-up time of'],
  timer: ['waktu', 'time of']
} as const

/** Whether an operator went on behind the element, which nobody has done then. */
function isSkipped(token: string, { events }: CommitRecord): boolean {
  return events.some(
    event => event.type === 'operatorIntervened' && event.what === 'skip' && event.token === token
  )
}

const OUTCOMES: { readonly [outcome: string]: Text } = {
  approve: { id: 'disetujui', en: 'approved' },
  refuse: { id: 'ditolak', en: 'refused' },
  doubtful: { id: 'diragukan', en: 'doubtful' },
  return: { id: 'dikembalikan', en: 'returned' },
  refer: { id: 'diteruskan', en: 'referred' }
}

/** The action that a person chose with the task, when it is one that the data dictionary knows. */
function decisionIn({ events }: CommitRecord): Text | null {
  for (const event of events) {
    if (event.type !== 'variablesSet') continue
    const { decision } = event.variables
    if (!isRecord(decision) || typeof decision.outcome !== 'string') continue
    const word = OUTCOMES[decision.outcome] ?? { id: decision.outcome, en: decision.outcome }
    const reason =
      typeof decision.reason === 'string' && decision.reason !== '' ? decision.reason : null
    if (reason === null) return word
    const said = isolated(reason)
    return { id: `${word.id} (${said})`, en: `${word.en} (${said})` }
  }
  return null
}

function decisionLine(decision: Decision, { label, citation }: RuleWords): Line {
  const name = label(decision.rule)
  const outcome = outcomeText(decision.outcome)
  const cites = decision.cites.map(citation).join('; ')
  const because = cites === '' ? '' : ` [${cites}]`
  return {
    kind: 'decision',
    text: {
      id: `Aturan: ${name.id} = ${outcome.id}${because}`,
      en: `Rule: ${name.en} = ${outcome.en}${because}`
    }
  }
}

/** An outcome in one line: `approver: kakanim, fee: 300000`. */
function outcomeText(outcome: Value): Text {
  if (Array.isArray(outcome)) {
    const items = outcome.map(each => outcomeText(each as Value))
    if (items.length === 0) return { id: 'tidak ada', en: 'none' }
    return { id: items.map(({ id }) => id).join('; '), en: items.map(({ en }) => en).join('; ') }
  }
  if (isText(outcome)) return { id: outcome.id, en: outcome.en }
  if (isRecord(outcome) && isText(outcome.label)) return outcome.label
  if (isRecord(outcome)) {
    const parts = Object.entries(outcome)
      .filter(([name]) => name !== 'notice')
      .map(([name, value]) => ({ name, ...outcomeText(value) }))
    return {
      id: parts.map(({ name, id }) => `${name}: ${id}`).join(', '),
      en: parts.map(({ name, en }) => `${name}: ${en}`).join(', ')
    }
  }
  if (outcome === null) return { id: 'tidak ada', en: 'none' }
  if (typeof outcome === 'boolean') {
    return outcome ? { id: 'ya', en: 'yes' } : { id: 'tidak', en: 'no' }
  }
  const said = isolated(String(outcome))
  return { id: said, en: said }
}

function namesOf(node: FlowNode | null, element: string): readonly [string, string] {
  const id = node === null || node.name === '' ? element : node.name
  return [id, node === null || node.english === '' ? id : node.english]
}

/** A text that turns the direction of words turns no words but its own (U+2068 … U+2069). */
export function isolated(text: string): string {
  return /[\u202a-\u202e\u2066-\u2069]/.test(text) ? `\u2068${text}\u2069` : text
}

const short = (release: string | null): string => (release ?? '–').slice(0, 8)
