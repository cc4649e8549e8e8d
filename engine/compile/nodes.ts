import type {
  ElementId,
  EventDefinition,
  FlowNode,
  Lane,
  Level,
  Mapping,
  MessageDefinition,
  MultiInstance,
  QualityStandard,
  TimerDefinition,
  UserTask
} from '../graph.ts'
import { parseCycle, parseDateTime, parseDuration } from '../time.ts'
import {
  attribute,
  documentationOf,
  type Element,
  extensions,
  feel,
  feelOf,
  flag,
  listOf,
  type Problems
} from './elements.ts'
import { unknownAlur } from './supported.ts'

/** What an element's surroundings say about it. */
export interface Place {
  readonly parent: ElementId | null
  readonly lane: ElementId | null
  readonly lanes: Readonly<Record<ElementId, Lane>>
  readonly incoming: readonly ElementId[]
  readonly outgoing: readonly ElementId[]
  readonly boundary: readonly ElementId[]
  readonly starts: readonly ElementId[]
  readonly eventSubProcesses: readonly ElementId[]
}

/** Compiles one flow node; null, with its reasons among the problems, when it cannot run. */
export function nodeFrom(element: Element, place: Place, problems: Problems): FlowNode | null {
  const base = {
    id: element.id as ElementId,
    name: element.name ?? '',
    english: attribute(element, 'en') ?? '',
    documentation: documentationOf(element),
    parent: place.parent,
    lane: place.lane,
    incoming: place.incoming,
    outgoing: place.outgoing,
    boundary: place.boundary
  }
  switch (element.$type) {
    case 'bpmn:StartEvent':
      return {
        ...base,
        ...eventParts(element, problems),
        type: 'startEvent',
        interrupting: element.isInterrupting !== false
      }
    case 'bpmn:IntermediateCatchEvent':
      return { ...base, ...eventParts(element, problems), type: 'intermediateCatchEvent' }
    case 'bpmn:IntermediateThrowEvent':
      return { ...base, ...eventParts(element, problems), type: 'intermediateThrowEvent' }
    case 'bpmn:EndEvent':
      return { ...base, ...eventParts(element, problems), type: 'endEvent' }
    case 'bpmn:BoundaryEvent':
      return {
        ...base,
        ...eventParts(element, problems),
        type: 'boundaryEvent',
        attachedTo: String(element.attachedToRef?.id ?? ''),
        interrupting: element.cancelActivity !== false
      }
    case 'bpmn:ExclusiveGateway':
    case 'bpmn:InclusiveGateway':
    case 'bpmn:ParallelGateway':
    case 'bpmn:EventBasedGateway':
      return { ...base, ...gatewayParts(element, problems) }
    default:
      return activityFrom(element, base, place, problems)
  }
}

type Base = Omit<Extract<FlowNode, { type: 'parallelGateway' }>, 'type' | 'defaultFlow'>

function activityFrom(
  element: Element,
  base: Base,
  place: Place,
  problems: Problems
): FlowNode | null {
  const activity = { ...base, ...activityParts(element, problems) }
  switch (element.$type) {
    case 'bpmn:UserTask':
      return { ...activity, ...personParts(element, place, problems), type: 'userTask' }
    case 'bpmn:ManualTask':
      return { ...activity, ...personParts(element, place, problems), type: 'manualTask' }
    case 'bpmn:Task':
      return { ...activity, type: 'task' }
    case 'bpmn:ServiceTask':
      return { ...activity, type: 'serviceTask', job: jobOf(element) ?? UNSPECIFIED }
    case 'bpmn:SendTask': {
      const message = element.messageRef ? messageFrom(element, element, problems) : null
      const job = jobOf(element)
      if (job !== null && attribute(element, 'job') !== null && message !== null) {
        problems.add(element, 'expected either alur:job or a message, found both')
      }
      return { ...activity, type: 'sendTask', job: message === null ? (job ?? UNSPECIFIED) : null, message }
    }
    case 'bpmn:ReceiveTask':
      if (element.instantiate === true)
        problems.add(element, 'an instantiating receive task is not executed yet')
      return { ...activity, type: 'receiveTask', message: messageFrom(element, element, problems) }
    case 'bpmn:ScriptTask': {
      const format = String(element.scriptFormat ?? 'feel')
      if (!/feel/i.test(format)) {
        problems.add(element, `expected a script in FEEL, found the format <${format}>`)
        return null
      }
      const script = feel(element, String(element.script ?? ''), 'script', problems) ?? ''
      return {
        ...activity,
        type: 'scriptTask',
        script,
        result: variable(element, element, 'result', problems)
      }
    }
    case 'bpmn:BusinessRuleTask': {
      const date = attribute(element, 'date')
      return {
        ...activity,
        type: 'businessRuleTask',
        rule: attribute(element, 'rule') ?? UNSPECIFIED,
        result: variable(element, element, 'result', problems),
        date: date === null ? null : feel(element, date, 'alur:date', problems)
      }
    }
    case 'bpmn:SubProcess':
      return {
        ...activity,
        type: 'subProcess',
        triggeredByEvent: element.triggeredByEvent === true,
        starts: place.starts,
        eventSubProcesses: place.eventSubProcesses
      }
    case 'bpmn:CallActivity': {
      const calls = calledElement(element)
      if (calls === '') problems.add(element, 'expected calledElement, the id of a process')
      return { ...activity, type: 'callActivity', calls }
    }
    default:
      problems.add(element, `${element.$type} is not executed`)
      return null
  }
}

/** `calledElement` is a QName: its prefix names the namespace, not the process. */
function calledElement(element: Element): string {
  const called = element.calledElement as string | Element | undefined
  if (called === undefined) return ''
  if (typeof called !== 'string') return called.id ?? ''
  return called.includes(':') ? called.slice(called.indexOf(':') + 1) : called
}

/**
 * The standard's word for work of which a diagram does not say who does it. Such a diagram can be played;
 * the library refuses to deploy it, as no handler and no rule has this name.
 */
const UNSPECIFIED = '##unspecified'

/** `alur:job`, else the operation's name, else an implementation that is named; null when none is. */
function jobOf(element: Element): string | null {
  const operation = element.operationRef as Element | undefined
  const implementation = element.implementation as string | undefined
  const named = implementation?.startsWith('##') ? undefined : implementation
  return attribute(element, 'job') ?? operation?.name ?? named ?? null
}

// parts ///////////////////////////////////////////////////////////////////////

function eventParts(element: Element, problems: Problems) {
  const definitions = [
    ...listOf(element, 'eventDefinitions'),
    ...listOf(element, 'eventDefinitionRefs'),
    ...listOf(element, 'eventDefinitionRef')
  ]
  if (definitions.length > 1)
    problems.add(element, 'an event with several definitions is not executed yet')
  if (element.parallelMultiple === true)
    problems.add(element, 'a parallel multiple event is not executed yet')
  const [definition] = definitions
  return {
    on:
      definition === undefined
        ? ({ kind: 'none' } as const)
        : definitionFrom(element, definition, problems),
    ...mappingsOf(element, problems)
  }
}

function definitionFrom(owner: Element, definition: Element, problems: Problems): EventDefinition {
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
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' }
    default:
      problems.add(owner, `${definition.$type} is not executed yet`)
      return { kind: 'none' }
  }
}

function messageFrom(owner: Element, definition: Element, problems: Problems): MessageDefinition {
  const message = definition.messageRef as Element | undefined
  const name = message?.name ?? message?.id ?? ''
  if (name === '') problems.add(owner, 'expected a message (messageRef) with a name')
  const key = attribute(definition, 'key') ?? (message ? attribute(message, 'key') : null)
  const timeToLive = attribute(definition, 'timeToLive')
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
  ['cycle', 'timeCycle', parseCycle]
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
  if (!text.startsWith('=') && /^[+-]?[PR\d]/.test(text)) {
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

function isTime(
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

const GATEWAYS = {
  'bpmn:ExclusiveGateway': 'exclusiveGateway',
  'bpmn:InclusiveGateway': 'inclusiveGateway',
  'bpmn:ParallelGateway': 'parallelGateway',
  'bpmn:EventBasedGateway': 'eventBasedGateway'
} as const

function gatewayParts(element: Element, problems: Problems) {
  if (element.instantiate === true)
    problems.add(element, 'an instantiating gateway is not executed yet')
  if (element.eventGatewayType === 'Parallel')
    problems.add(element, 'a parallel event-based gateway is not executed yet')
  return {
    type: GATEWAYS[element.$type as keyof typeof GATEWAYS],
    defaultFlow: (element.default?.id as ElementId | undefined) ?? null
  }
}

function activityParts(element: Element, problems: Problems) {
  if (element.isForCompensation === true) problems.add(element, 'compensation is not executed yet')
  for (const property of ['startQuantity', 'completionQuantity']) {
    const quantity = element[property] as number | undefined
    if (quantity !== undefined && quantity !== 1)
      problems.add(element, `${property} other than 1 is not executed yet`)
  }
  if (listOf(element, 'resources').length > 0) {
    problems.add(
      element,
      'resource roles are not executed yet; name the role with a lane or alur:role'
    )
  }
  return {
    multiInstance: multiInstanceOf(element, problems),
    ...mappingsOf(element, problems),
    defaultFlow: (element.default?.id as ElementId | undefined) ?? null,
    standard: standardOf(element, problems)
  }
}

function multiInstanceOf(element: Element, problems: Problems): MultiInstance | null {
  const loop = element.loopCharacteristics as Element | undefined
  if (loop === undefined) return null
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    problems.add(element, `${loop.$type} is not executed yet`)
    return null
  }
  unknownAlur(loop, problems, element)
  if (loop.behavior !== undefined && loop.behavior !== 'All') {
    problems.add(element, `multi-instance behavior="${loop.behavior}" is not executed yet`)
  }
  const collection = attribute(loop, 'collection') ?? nameOf(loop.loopDataInputRef)
  const cardinality = feelOf(element, loop.loopCardinality, 'loopCardinality', problems)
  if (collection === null && cardinality === null) {
    problems.add(
      element,
      'expected a multi-instance activity to have a collection or a loopCardinality'
    )
  }
  const output = variable(element, loop, 'output', problems) ?? nameOf(loop.loopDataOutputRef)
  const outputElement = attribute(loop, 'outputElement') ?? nameOf(loop.outputDataItem)
  if ((output === null) !== (outputElement === null)) {
    problems.add(element, 'expected alur:output and alur:outputElement together')
  }
  return {
    sequential: loop.isSequential === true,
    cardinality,
    collection: collection === null ? null : feel(element, collection, 'collection', problems),
    element: variable(element, loop, 'element', problems) ?? nameOf(loop.inputDataItem),
    output,
    outputElement:
      outputElement === null ? null : feel(element, outputElement, 'outputElement', problems),
    completion: feelOf(element, loop.completionCondition, 'completionCondition', problems)
  }
}

/** The variable that an item-aware element stands for: its name, or its id. */
function nameOf(element: Element | undefined): string | null {
  if (element === undefined) return null
  const object = (element.dataObjectRef as Element | undefined) ?? element
  return element.name ?? object.name ?? object.id ?? null
}

/** `alur:in` and `alur:out`, and the data associations of the standard. BPMN 2.0.2, 10.4.2. */
function mappingsOf(
  element: Element,
  problems: Problems
): { inputs: Mapping[]; outputs: Mapping[] } {
  return {
    inputs: [
      ...ours(element, 'in', problems),
      ...associations(element, 'dataInputAssociations', problems)
    ],
    outputs: [
      ...ours(element, 'out', problems),
      ...associations(element, 'dataOutputAssociations', problems)
    ]
  }
}

const NAME = /^[A-Za-z_]\w*$/
const PATH = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/** The attribute `alur:<name>` that names a variable, or null. */
function variable(
  owner: Element,
  element: Element,
  name: string,
  problems: Problems
): string | null {
  const text = attribute(element, name)
  if (text === null || NAME.test(text)) return text
  problems.add(owner, `expected alur:${name} to be the name of a variable, found <${text}>`)
  return null
}

function ours(element: Element, name: 'in' | 'out', problems: Problems): Mapping[] {
  return extensions(element, name).flatMap(each => {
    const target = String(each.target ?? '')
    if (!PATH.test(target)) {
      problems.add(
        element,
        `alur:${name}: expected target to be a name or a path, found <${target}>`
      )
      return []
    }
    const source = feel(element, String(each.source ?? ''), `alur:${name} ${target}`, problems)
    return source === null ? [] : [{ source, target }]
  })
}

function associations(element: Element, property: string, problems: Problems): Mapping[] {
  return listOf(element, property).flatMap(association => {
    const assignments = listOf(association, 'assignment').flatMap(each => {
      const source = feelOf(element, each.from as Element, 'assignment from', problems)
      const to = String((each.to as Element | undefined)?.body ?? '')
        .trim()
        .replace(/^=/, '')
        .trim()
      const target = to === '' ? nameOf(association.targetRef as Element | undefined) : to
      if (source === null || target === null) return []
      if (PATH.test(target)) return [{ source, target }]
      problems.add(element, `assignment: expected to to be a name or a path, found <${target}>`)
      return []
    })
    if (assignments.length > 0) return assignments
    const target = variableOf(association.targetRef as Element | undefined)
    const [from] = listOf(association, 'sourceRef')
    const source =
      association.transformation === undefined
        ? variableOf(from)
        : feelOf(element, association.transformation as Element, 'transformation', problems)
    if (source === null || target === null || source === target) return []
    const read = feel(element, source, 'data association', problems)
    return read === null ? [] : [{ source: read, target }]
  })
}

/** A drawing tool's stand-in for a missing data input names no variable. */
function variableOf(element: Element | undefined): string | null {
  const name = nameOf(element)
  return name === null || name.startsWith('__') ? null : name
}

function standardOf(element: Element, problems: Problems): QualityStandard | null {
  const [standard, ...more] = extensions(element, 'standard')
  if (standard === undefined) return null
  if (more.length > 0) problems.add(element, 'expected one alur:standard, found several')
  const minutes = standard.minutes === undefined ? null : Number(standard.minutes)
  if (minutes !== null && !(minutes >= 0)) {
    problems.add(
      element,
      `alur:standard: expected minutes to be a number, found <${standard.minutes}>`
    )
  }
  return {
    minutes,
    requirements: String(standard.requirements ?? ''),
    output: String(standard.output ?? ''),
    remark: String(standard.remark ?? '')
  }
}

function personParts(
  element: Element,
  { lane, lanes }: Place,
  problems: Problems
): Pick<UserTask, 'role' | 'level' | 'due' | 'notSameAs'> {
  const around = lane === null ? null : (lanes[lane] ?? null)
  const level = attribute(element, 'level') ?? around?.level ?? 'office'
  if (!['office', 'region', 'national'].includes(level)) {
    problems.add(element, `expected alur:level to be office, region or national, found <${level}>`)
  }
  return {
    role: attribute(element, 'role') ?? around?.role ?? null,
    level: level as Level,
    due: dueOf(element, problems),
    notSameAs: (attribute(element, 'notSameAs') ?? '').split(/\s+/).filter(id => id !== '')
  }
}

function dueOf(element: Element, problems: Problems): UserTask['due'] {
  const text = attribute(element, 'due')
  if (text === null) return null
  const workingDays = flag(element, 'workingDays', problems)
  if (!text.startsWith('=')) {
    isTime(element, 'alur:due', text, parseDuration, problems)
    return { expression: text, feel: false, workingDays }
  }
  const expression = feel(element, text, 'alur:due', problems)
  return expression === null ? null : { expression, feel: true, workingDays }
}
