import type { Stage, StageName } from '../graph.ts'
import { APPLICANT } from '../starting.ts'
import { attribute, type Element, extensions, feel, type Problems } from './elements.ts'

const NAMES: readonly StageName[] = [
  'received',
  'examination',
  'waiting',
  'approved',
  'refused',
  'ready',
  'closed'
]

/** What an element tells the applicant with `alur:stage`, or null. */
export function stageOf(element: Element, problems: Problems): Stage | null {
  const [stage, ...more] = extensions(element, 'stage')
  if (stage === undefined) return null
  if (more.length > 0) problems.add(element, 'expected one alur:stage, found several')
  const name = NAMES.find(each => each === stage.name)
  if (name === undefined) {
    problems.add(
      element,
      `alur:stage: expected name to be one of ${NAMES.join(', ')}, found <${stage.name ?? ''}>`
    )
    return null
  }
  const text = String(stage.text ?? '').trim()
  const english = String(stage.en ?? '').trim()
  if ((text === '') !== (english === '')) {
    problems.add(element, 'alur:stage: expected text and en together')
  }
  if (name === 'waiting' && text === '') {
    problems.add(element, 'alur:stage: expected a text that says what the applicant must do')
  }
  const by =
    stage.by === undefined ? null : feel(element, String(stage.by), 'alur:stage by', problems)
  return { name, text, english, by }
}

/** The role that may start in the applicant's lane for the applicant, or null. */
export function onBehalfOf(lane: Element, problems: Problems): string | null {
  const role = attribute(lane, 'onBehalf')
  if (role !== null && attribute(lane, 'role') !== APPLICANT) {
    problems.add(lane, `expected alur:onBehalf in a lane of the role ${APPLICANT} only`)
  }
  return role
}
