import type { CommandRefused, Problem, RefusalCode } from '../../../engine/errors.ts'
import type { BulkOperation } from '../../../runtime/operations/operation.ts'
import { type Posted, typed } from '../../../web/parts/form-values.ts'
import type { CaseView } from '../../schemas.ts'

interface Wanted {
  readonly operation: BulkOperation
  readonly reason: string
}

/** What an operator asked for on the page of a case, or what is missing in the form. */
export function wantedOf(posted: Posted): Wanted | { readonly problems: readonly Problem[] } {
  const reason = (typed(posted, 'reason') ?? '').trim()
  const element = typed(posted, 'element') ?? ''
  const to = typed(posted, 'to') ?? ''
  const type = typed(posted, 'type') ?? ''
  const operation = operationOf(type, element, to)
  if (operation !== null && reason !== '') return { operation, reason }
  const needed = NEEDED[type] ?? ['type']
  const given: Readonly<Record<string, string>> = { element, to }
  return {
    problems: [
      ...needed.filter(name => (given[name] ?? '') === ''),
      ...(reason ? [] : ['reason'])
    ].map(name => ({ path: `/operation/${name}`, message: MISSING[name] ?? '' }))
  }
}

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  suspend: [],
  outage: [],
  resume: [],
  terminate: [],
  skip: ['element'],
  moveToken: ['element', 'to'],
  restart: ['to']
}
const MISSING: Readonly<Record<string, string>> = {
  type: 'Pilih tindakannya / Choose the action',
  element: 'Pilih langkahnya / Choose the step',
  to: 'Pilih langkah tujuannya / Choose the target step',
  reason: 'Isi alasannya / Give the reason'
}

function operationOf(type: string, element: string, to: string): BulkOperation | null {
  switch (type) {
    case 'outage':
      return { type: 'suspend', pauses: 'outage' }
    case 'suspend':
    case 'resume':
    case 'terminate':
      return { type }
    case 'skip':
      return element === '' ? null : { type, element }
    case 'moveToken':
      return element === '' || to === '' ? null : { type, element, to }
    case 'restart':
      return to === '' ? null : { type, element: to }
    default:
      return null
  }
}

const REFUSED: Partial<Readonly<Record<RefusalCode, readonly [string, string]>>> = {
  impossible: ['Tidak dapat dilakukan pada berkas ini', 'It cannot be done to this case'],
  'same-person': [
    'Pemisahan tugas: harus orang lain',
    'Separation of duties: somebody else must do it'
  ],
  'not-waiting': ['Berkas sudah tidak di langkah itu', 'The case is not at that step any more'],
  'not-running': ['Berkas sudah berakhir', 'The case has ended'],
  suspended: ['Berkas ditangguhkan', 'The case is suspended'],
  'unknown-element': ['Langkah itu bukan bagian prosesnya', 'The step is not of that process'],
  'invalid-variables': ['Data berkas tidak memadai', 'The data of the case do not suffice']
}

/** Why the operation does not fit the case, in words for the form; null when it is about who asks. */
export function refusalOf(error: CommandRefused): ((view: CaseView) => Problem) | null {
  const words = REFUSED[error.code]
  if (words === undefined) return null
  return view => {
    const detail = named(error.message, view).replaceAll(' / ', '/')
    return { path: '', message: `${words[0]}: ${detail} / ${words[1]}: ${detail}` }
  }
}

/** A message with the names of the elements in place of their ids. */
function named(message: string, { diagrams }: CaseView): string {
  const steps = diagrams.flatMap(({ outline }) => outline)
  return message.replace(/<([^<>]+)>/g, (_all, id: string) => {
    const name = steps.find(({ element }) => element === id)?.name
    return name ? `«${name}»` : id
  })
}
