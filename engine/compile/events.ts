import { looksLikeCron, parseCron } from '../cron.ts'
import type {
  ElementId,
  EventDefinition,
  MessageDefinition,
  MultipleDefinition,
  TimerDefinition
} from '../graph.ts'
import { parseCycle, parseDateTime, parseDuration } from '../time.ts'
import { mappingsOf } from './associations.ts'
import { attribute, type Element, feel, feelOf, flag, listOf, type Problems } from './elements.ts'
import { declaredBy } from './item-aware.ts'
import { unknownAlur } from './supported.ts'
import { UNSPECIFIED } from './unfinished.ts'

/** Every definition of an event: its own, and those that it refers to. */
function definitionsIn(element: Element): readonly Element[] {
  return [
    ...listOf(element, 'eventDefinitions'),
    ...listOf(element, 'eventDefinitionRefs'),
    ...listOf(element, 'eventDefinitionRef')
  ]
}

/** Whether an event is the catching end of a link: its way in is not drawn. */
export function isLinkTarget(element: Element): boolean {
  return (
    element.$type === 'bpmn:IntermediateCatchEvent' &&
    definitionsIn(element).some(({ $type }) => $type === 'bpmn:LinkEventDefinition')
  )
}

/** What an event is about, and its data. */
export function eventParts(element: Element, handler: ElementId | null, problems: Problems) {
  const all = definitionsIn(element).map(each => definitionFrom(element, each, handler, problems))
  return {
    on: together(all, element.parallelMultiple === true),
    declares: declaredBy(element),
    ...mappingsOf(element, problems)
  }
}

function together(of: MultipleDefinition['of'], parallel: boolean): EventDefinition {
  const [first] = of
  if (first === undefined) return { kind: 'none' }
  return of.length === 1 ? first : { kind: 'multiple', parallel, of }
}

/** What one event definition says; `handler` undoes the activity that a compensation event stands on. */
export function definitionFrom(
  owner: Element,
  definition: Element,
  handler: ElementId | null,
  problems: Problems
): MultipleDefinition['of'][number] {
  unknownAlur(definition, problems, owner)
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition':
      return timerFrom(owner, definition, problems)
    case 'bpmn:MessageEventDefinition':
      return messageFrom(owner, definition, problems)
    case 'bpmn:ErrorEventDefinition': {
      const error = definition.errorRef as Element | undefined
      return { kind: 'error', code: error?.errorCode ?? error?.name ?? error?.id ?? null }
    }
    case 'bpmn:EscalationEventDefinition': {
      const escalation = definition.escalationRef as Element | undefined
      const code = escalation?.escalationCode ?? escalation?.name ?? escalation?.id ?? null
      return { kind: 'escalation', code }
    }
    case 'bpmn:SignalEventDefinition': {
      const named = definition.signalRef as Element | undefined
      const name = named?.name ?? named?.id ?? ''
      if (name === '') problems.add(owner, 'expected a signal (signalRef) with a name')
      return { kind: 'signal', signal: name }
    }
    case 'bpmn:ConditionalEventDefinition': {
      const condition = feelOf(owner, definition.condition, 'condition', problems)
      if (definition.condition === undefined) problems.add(owner, 'expected a condition')
      return { kind: 'conditional', condition: condition ?? 'false' }
    }
    case 'bpmn:LinkEventDefinition': {
      const link = (definition.name as string | undefined) ?? ''
      if (link === '') problems.add(owner, 'expected a link with a name')
      return { kind: 'link', link }
    }
    case 'bpmn:CompensateEventDefinition':
      return {
        kind: 'compensation',
        activity: (definition.activityRef as Element | undefined)?.id ?? null,
        wait: definition.waitForCompletion !== false,
        handler
      }
    case 'bpmn:CancelEventDefinition':
      return { kind: 'cancel' }
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' }
    default:
      problems.add(owner, `${definition.$type} is not executed`)
      return { kind: 'none' }
  }
}

/** The message that an event or a task is about. */
export function messageFrom(
  owner: Element,
  definition: Element,
  problems: Problems
): MessageDefinition {
  const message = definition.messageRef as Element | undefined
  const name = message?.name ?? message?.id ?? UNSPECIFIED
  const key = attribute(definition, 'key') ?? (message ? attribute(message, 'key') : null)
  const own = attribute(definition, 'timeToLive')
  const timeToLive = own ?? (message ? attribute(message, 'timeToLive') : null)
  if (timeToLive !== null) isTime(owner, 'alur:timeToLive', timeToLive, parseDuration, problems)
  return {
    kind: 'message',
    message: name,
    key: key === null ? null : feel(owner, key, 'alur:key', problems),
    timeToLive
  }
}

const TIMERS = [
  ['date', 'timeDate', (text: string) => parseDateTime(text, 'UTC')],
  ['duration', 'timeDuration', parseDuration],
  ['cycle', 'timeCycle', (text: string) => (looksLikeCron(text) ? parseCron : parseCycle)(text)]
] as const

function timerFrom(owner: Element, definition: Element, problems: Problems): TimerDefinition {
  const given = TIMERS.filter(([, property]) => definition[property] !== undefined)
  const [first] = given
  const none: TimerDefinition = {
    kind: 'timer',
    timer: 'duration',
    expression: 'PT0S',
    feel: false,
    workingDays: false
  }
  if (first === undefined || given.length > 1) {
    problems.add(
      owner,
      `expected one of timeDate, timeDuration and timeCycle, found ${given.length}`
    )
    return none
  }
  const [timer, property, parse] = first
  const text = String(definition[property].body ?? '').trim()
  const literal = !text.startsWith('=') && holds(() => parse(text))
  const workingDays = flag(definition, 'workingDays', problems)
  if (literal) return { kind: 'timer', timer, expression: text, feel: false, workingDays }
  if (!text.startsWith('=') && (/^[+-]?[PR\d]/.test(text) || looksLikeCron(text))) {
    isTime(owner, property, text, parse, problems)
    return none
  }
  const expression = feelOf(owner, definition[property], property, problems)
  return { kind: 'timer', timer, expression: expression ?? '', feel: true, workingDays }
}

function holds(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch {
    return false
  }
}

/** Holds a text to a parser of times. */
export function isTime(
  owner: Element,
  what: string,
  text: string,
  parse: (text: string) => unknown,
  problems: Problems
): void {
  try {
    parse(text)
  } catch (error) {
    problems.add(owner, `${what}: ${(error as Error).message}`)
  }
}
