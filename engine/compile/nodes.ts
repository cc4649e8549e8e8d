import type { Binding, ElementId, FlowNode, Lane, QualityStandard } from '../graph.ts'
import { mappingsOf } from './associations.ts'
import { clockOf } from './clocks.ts'
import { variable } from './data.ts'
import {
  attribute,
  documentationOf,
  type Element,
  extensions,
  feel,
  feelOf,
  listOf,
  type Problems
} from './elements.ts'
import { eventParts, messageFrom } from './events.ts'
import { complexParts, eventBasedParts, gatewayParts } from './gateways.ts'
import { dataSetsOf, declaredBy } from './item-aware.ts'
import { repetitionOf } from './loops.ts'
import { holderOf, ownersOf, personParts, WITH_OWNERS } from './person-tasks.ts'
import { stageOf } from './stages.ts'
import { UNSPECIFIED } from './unfinished.ts'

/** What an element's surroundings say about it. */
export interface Place {
  readonly parent: ElementId | null
  readonly lane: ElementId | null
  readonly lanes: Readonly<Record<ElementId, Lane>>
  readonly incoming: readonly ElementId[]
  readonly outgoing: readonly ElementId[]
  readonly boundary: readonly ElementId[]
  /** The activity that a compensation event on a boundary is associated with, or null. */
  readonly handler: ElementId | null
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
    stage: stageOf(element, problems),
    clock: clockOf(element, problems),
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
        ...eventParts(element, place.handler, problems),
        type: 'startEvent',
        interrupting: element.isInterrupting !== false
      }
    case 'bpmn:IntermediateCatchEvent':
      return {
        ...base,
        ...eventParts(element, place.handler, problems),
        type: 'intermediateCatchEvent'
      }
    case 'bpmn:IntermediateThrowEvent':
      return {
        ...base,
        ...eventParts(element, place.handler, problems),
        type: 'intermediateThrowEvent'
      }
    case 'bpmn:EndEvent':
      return { ...base, ...eventParts(element, place.handler, problems), type: 'endEvent' }
    case 'bpmn:BoundaryEvent':
      return {
        ...base,
        ...eventParts(element, place.handler, problems),
        type: 'boundaryEvent',
        attachedTo: String(element.attachedToRef?.id ?? ''),
        interrupting: element.cancelActivity !== false
      }
    case 'bpmn:ExclusiveGateway':
    case 'bpmn:InclusiveGateway':
    case 'bpmn:ParallelGateway':
      return { ...base, ...gatewayParts(element, place, problems) }
    case 'bpmn:EventBasedGateway':
      return { ...base, ...eventBasedParts(element, place, problems) }
    case 'bpmn:ComplexGateway':
      return { ...base, ...complexParts(element, place, problems) }
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
    case 'bpmn:GlobalUserTask':
      return { ...activity, ...personParts(element, place, problems), type: 'userTask' }
    case 'bpmn:ManualTask':
    case 'bpmn:GlobalManualTask':
      return { ...activity, ...personParts(element, place, problems), type: 'manualTask' }
    case 'bpmn:Task':
    case 'bpmn:GlobalTask':
      return { ...activity, type: 'task' }
    case 'bpmn:ServiceTask':
      return { ...activity, type: 'serviceTask', job: jobOf(element) ?? UNSPECIFIED }
    case 'bpmn:SendTask': {
      const message = element.messageRef ? messageFrom(element, element, problems) : null
      const job = jobOf(element)
      if (job !== null && attribute(element, 'job') !== null && message !== null) {
        problems.add(element, 'expected either alur:job or a message, found both')
      }
      return {
        ...activity,
        type: 'sendTask',
        job: message === null ? (job ?? UNSPECIFIED) : null,
        message
      }
    }
    case 'bpmn:ReceiveTask':
      return {
        ...activity,
        type: 'receiveTask',
        message: messageFrom(element, element, problems),
        instantiate: element.instantiate === true
      }
    case 'bpmn:ScriptTask':
    case 'bpmn:GlobalScriptTask': {
      const format = String(element.scriptFormat ?? element.scriptLanguage ?? 'feel')
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
    case 'bpmn:BusinessRuleTask':
    case 'bpmn:GlobalBusinessRuleTask': {
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
    case 'bpmn:Transaction':
      notByEvent(element, problems)
      return {
        ...activity,
        type: 'transaction',
        starts: place.starts,
        eventSubProcesses: place.eventSubProcesses
      }
    case 'bpmn:AdHocSubProcess':
      notByEvent(element, problems)
      return { ...activity, ...adHocParts(element, place, problems), type: 'adHocSubProcess' }
    case 'bpmn:CallActivity': {
      const calls = calledElement(element)
      if (calls === '') {
        problems.add(element, 'expected calledElement, the id of a process or of a global task')
      }
      return {
        ...activity,
        type: 'callActivity',
        calls,
        binding: bindingOf(element, problems),
        extensionPoint: attribute(element, 'extensionPoint'),
        owners: ownersOf(element, problems)
      }
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

/** `alur:binding`, with `alur:version` the number of a version. */
function bindingOf(element: Element, problems: Problems): Binding {
  const version = attribute(element, 'version')
  const binding = attribute(element, 'binding') ?? (version === null ? 'office' : 'version')
  if (binding === 'version') {
    if (/^[1-9]\d{0,8}$/.test(version ?? '')) return Number(version)
    const found = version === null ? 'none' : `<${version}>`
    problems.add(element, `expected alur:version to be the number of a version, found ${found}`)
    return 'office'
  }
  if (version !== null) {
    problems.add(element, `expected alur:version with alur:binding="version", found <${binding}>`)
  }
  if (binding === 'office' || binding === 'latest' || binding === 'deployment') return binding
  problems.add(
    element,
    `expected alur:binding to be office, latest, version or deployment, found <${binding}>`
  )
  return 'office'
}

/** `alur:job`, else the operation's name, else an implementation that is named; null when none is. */
function jobOf(element: Element): string | null {
  const operation = element.operationRef as Element | undefined
  const implementation = element.implementation as string | undefined
  const named = implementation?.startsWith('##') ? undefined : implementation
  return attribute(element, 'job') ?? operation?.name ?? named ?? null
}

// parts ///////////////////////////////////////////////////////////////////////

function activityParts(element: Element, problems: Problems) {
  const optional = attribute(element, 'optional')
  if (optional !== null && optional === attribute(element, 'rule')) {
    problems.add(element, `expected alur:optional to name another key than its rule <${optional}>`)
  }
  if (!WITH_OWNERS.includes(element.$type) && listOf(element, 'resources').length > 0) {
    problems.add(
      element,
      'resource roles are executed on user tasks, manual tasks and calls of global ones only'
    )
  }
  const mappings = mappingsOf(element, problems)
  const repetition = repetitionOf(element, mappings, problems)
  // the item of a loop is there only inside an instance
  const item = repetition.multiInstance?.element ?? null
  const inputs = mappings.inputs.filter(({ sources = [] }) => !sources.some(each => each === item))
  return {
    forCompensation: element.isForCompensation === true,
    fulfils: (attribute(element, 'fulfils') ?? '').split(/\s+/).filter(name => name !== ''),
    optional,
    declares: declaredBy(element),
    // an event sub-process begins when its event happens, and waits for nothing more
    io:
      element.triggeredByEvent === true
        ? null
        : dataSetsOf(element, { ...mappings, inputs }, false),
    ...repetition,
    defaultFlow: (element.default?.id as ElementId | undefined) ?? null,
    standard: standardOf(element, problems)
  }
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

/** Only a plain sub-process may be begun by an event of its own. BPMN 2.0.2, 10.3.5. */
function notByEvent(element: Element, problems: Problems): void {
  if (element.triggeredByEvent !== true) return
  problems.add(element, 'expected no triggeredByEvent but on a sub-process of no other kind')
}

function adHocParts(element: Element, place: Place, problems: Problems) {
  const activate = attribute(element, 'activate')
  return {
    ...holderOf(element, place, problems),
    starts: place.starts,
    eventSubProcesses: place.eventSubProcesses,
    sequential: element.ordering === 'Sequential',
    completion: feelOf(element, element.completionCondition, 'completionCondition', problems),
    cancelRemaining: element.cancelRemainingInstances !== false,
    activate: activate === null ? null : feel(element, activate, 'alur:activate', problems)
  }
}
