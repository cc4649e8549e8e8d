import { ANCHORS, type Anchor, type ClockMark, PAUSE_REASONS, type PauseReason } from '../graph.ts'
import { type Element, extensions, type Problems } from './elements.ts'

/** What an element does to the service clock with `alur:clock`, or null. */
export function clockOf(element: Element, problems: Problems): ClockMark | null {
  const [mark, ...more] = extensions(element, 'clock')
  if (mark === undefined) return null
  if (more.length > 0) problems.add(element, 'expected one alur:clock, found several')
  const oneOf = <Name extends string>(name: string, known: readonly Name[]): Name | null => {
    const text = mark[name] as string | undefined
    const found = known.find(each => each === text) ?? null
    if (text !== undefined && found === null) {
      problems.add(
        element,
        `alur:clock: expected ${name} to be one of ${known.join(', ')}, found <${text}>`
      )
    }
    return found
  }
  const pauses = oneOf<PauseReason>('pauses', PAUSE_REASONS)
  const starts = oneOf<Anchor>('starts', ANCHORS)
  const stops = oneOf('stops', ['true', 'false'] as const) === 'true'
  const stated = ['pauses', 'starts', 'stops'].some(name => mark[name] !== undefined)
  if (!stated) problems.add(element, 'alur:clock: expected pauses, starts or stops')
  if (pauses !== null && !RESTS.has(element.$type)) {
    problems.add(element, 'alur:clock: expected pauses where a token rests')
  }
  return pauses === null && starts === null && !stops ? null : { pauses, starts, stops }
}

/** Where a token may rest for long. */
const RESTS: ReadonlySet<string> = new Set(
  [
    'UserTask',
    'ManualTask',
    'ServiceTask',
    'SendTask',
    'ReceiveTask',
    'BusinessRuleTask',
    'CallActivity',
    'SubProcess',
    'Transaction',
    'AdHocSubProcess',
    'IntermediateCatchEvent',
    'EventBasedGateway'
  ].map(name => `bpmn:${name}`)
)
