import type { ValueType } from './data-types.ts'

/** The id of an element of a diagram, as the diagram writes it. */
export type ElementId = string

/** The level of the office tree at which the holder of a role sits. */
export type Level = 'office' | 'region' | 'national'

/** A BPMN process, compiled: frozen plain data in which every reference is an id. */
export interface ProcessGraph {
  readonly id: ElementId
  readonly name: string
  /** The name in English (`alur:en`), or an empty string. */
  readonly english: string
  readonly documentation: string
  /** Counts the deployments of this process id, from 1. */
  readonly version: number
  /** The national process that this one varies (`alur:variantOf`), or null. */
  readonly variantOf: ElementId | null
  /** The parameter that says how long the service takes (`alur:service`), or null. */
  readonly service: string | null
  readonly nodes: Readonly<Record<ElementId, FlowNode>>
  readonly flows: Readonly<Record<ElementId, SequenceFlow>>
  readonly lanes: Readonly<Record<ElementId, Lane>>
  /**
   * What begins directly inside the process, its event sub-processes apart: the start events, else what has
   * no incoming flow; and what instantiates it by an event.
   */
  readonly starts: readonly ElementId[]
  readonly eventSubProcesses: readonly ElementId[]
  /** The variables that the process brings along: its properties, data objects, data inputs and outputs. */
  readonly declares: readonly Declared[]
  /** The correlation keys by which its messages find the case that they belong to. */
  readonly correlations: readonly Correlation[]
  /** The messages that it knows, and where schemas of what they carry may lie. */
  readonly payloads: readonly Payload[]
  /** What must be given to start it, and what it must have made when it ends; null: nothing. */
  readonly io: DataSets | null
  /** The identity block of the SOP (PermenPAN-RB 35/2012) and other `alur:property` values. */
  readonly properties: Readonly<Record<string, string>>
  /** FEEL that says whom a case is about (`alur:subject`), or null. */
  readonly subject: string | null
  /** Variables that a case is searched by (`alur:search`): paths such as `applicant.passportNumber`. */
  readonly searchable: readonly string[]
}

export interface Lane {
  readonly id: ElementId
  readonly name: string
  readonly english: string
  /** The role that a lane stands for (`alur:role`), or null. */
  readonly role: string | null
  readonly level: Level
  /** The role of officers who may start here for the applicant whose lane it is (`alur:onBehalf`), or null. */
  readonly onBehalf: string | null
}

export interface SequenceFlow {
  readonly id: ElementId
  readonly name: string
  readonly source: ElementId
  readonly target: ElementId
  /** FEEL, without a leading `=`; null when the flow is unconditional. */
  readonly condition: string | null
}

interface Node<Type extends string> {
  readonly type: Type
  readonly id: ElementId
  readonly name: string
  readonly english: string
  /** The sub-process around this node, or null for the process itself. */
  readonly parent: ElementId | null
  readonly lane: ElementId | null
  readonly incoming: readonly ElementId[]
  readonly outgoing: readonly ElementId[]
  /** The boundary events attached to this node. */
  readonly boundary: readonly ElementId[]
  /** What `bpmn:documentation` says, or an empty string. */
  readonly documentation: string
  /** What the applicant is told from here on (`alur:stage`), or null. */
  readonly stage: Stage | null
  /** What it does to the service clock (`alur:clock`), or null. */
  readonly clock: ClockMark | null
}

// The service clock ///////////////////////////////////////////////////////////

/** Why time does not count as service time. */
export type PauseReason = 'applicant' | 'payment' | 'other-level' | 'outage'
export const PAUSE_REASONS: readonly PauseReason[] = [
  'outage',
  'other-level',
  'payment',
  'applicant'
]
/** What service time is counted from. */
export type Anchor = 'received' | 'interview' | 'payment'
export const ANCHORS: readonly Anchor[] = ['received', 'interview', 'payment']

/** What an element does to the service clock of its case. */
export interface ClockMark {
  /** Stands still for this reason while a token rests here. */
  readonly pauses: PauseReason | null
  /** Its completion is what service time may be counted from. */
  readonly starts: Anchor | null
  /** Its completion ends the service. */
  readonly stops: boolean
}

// What the applicant is told //////////////////////////////////////////////////

export type StageName =
  | 'received'
  | 'examination'
  | 'waiting'
  | 'approved'
  | 'refused'
  | 'ready'
  | 'closed'
/** Where a case stands in words for the applicant; it lasts until a token reaches the next one. */
export interface Stage {
  readonly name: StageName
  /** What happens or is to be done now, in both languages; two empty texts when nothing is said. */
  readonly text: string
  readonly english: string
  /** FEEL over the variables of the case that gives the date until which it holds, or null. */
  readonly by: string | null
}

// What an event is about //////////////////////////////////////////////////////

export interface NoDefinition {
  readonly kind: 'none'
}
export interface TimerDefinition {
  readonly kind: 'timer'
  readonly timer: 'date' | 'duration' | 'cycle'
  /** ISO 8601 text, or FEEL when `feel`. */
  readonly expression: string
  readonly feel: boolean
  /** The days of a duration are working days of the office's calendar (`alur:workingDays="true"`). */
  readonly workingDays: boolean
}
export interface MessageDefinition {
  readonly kind: 'message'
  /** The name of the BPMN message. */
  readonly message: string
  /** FEEL that gives the correlation key; null means the instance's own id. */
  readonly key: string | null
  /** How long a published message is kept when nobody waits for it (ISO 8601; null means not at all). */
  readonly timeToLive: string | null
}
export interface ErrorDefinition {
  readonly kind: 'error'
  /** The error code; null on a catch means every error. */
  readonly code: string | null
}
export interface TerminateDefinition {
  readonly kind: 'terminate'
}
/** Broadcast to everybody who waits for it. */
export interface SignalDefinition {
  readonly kind: 'signal'
  /** The name of the BPMN signal. */
  readonly signal: string
}
export interface EscalationDefinition {
  readonly kind: 'escalation'
  /** The escalation code; null on a catch means every escalation. */
  readonly code: string | null
}
/** Happens when a condition becomes true. */
export interface ConditionalDefinition {
  readonly kind: 'conditional'
  /** FEEL. */
  readonly condition: string
}
/** The two ends of a flow that is not drawn. */
export interface LinkDefinition {
  readonly kind: 'link'
  readonly link: string
}
/** Undoes what was completed; on a boundary it names the activity that does so. */
export interface CompensationDefinition {
  readonly kind: 'compensation'
  /** What a throwing event wants undone (`activityRef`); null: all that was completed in its scope. */
  readonly activity: ElementId | null
  /** Whether a throwing event waits until it is undone (`waitForCompletion`). */
  readonly wait: boolean
  /** The activity that a boundary event is associated with, or null. */
  readonly handler: ElementId | null
}
/** Undoes a transaction. */
export interface CancelDefinition {
  readonly kind: 'cancel'
}
/** Several definitions: any of them, or with `parallel` all of them, let a catching event happen; a throwing one throws all. */
export interface MultipleDefinition {
  readonly kind: 'multiple'
  readonly parallel: boolean
  readonly of: readonly SingleDefinition[]
}
type SingleDefinition =
  | NoDefinition
  | TimerDefinition
  | MessageDefinition
  | ErrorDefinition
  | TerminateDefinition
  | SignalDefinition
  | EscalationDefinition
  | LinkDefinition
  | ConditionalDefinition
  | CompensationDefinition
  | CancelDefinition
export type EventDefinition = SingleDefinition | MultipleDefinition
export type EventDefinitionKind = EventDefinition['kind']
export type DefinitionOf<Kind extends EventDefinitionKind> = Extract<
  EventDefinition,
  { readonly kind: Kind }
>

/** What an event is about, one by one. */
export function definitionsOf(on: EventDefinition): readonly SingleDefinition[] {
  return on.kind === 'multiple' ? on.of : [on]
}

// Events //////////////////////////////////////////////////////////////////////

interface EventNode<Type extends string> extends Node<Type> {
  readonly on: EventDefinition
  readonly declares: readonly Declared[]
  /** Maps the payload of what was caught, or what is thrown. */
  readonly outputs: readonly Mapping[]
  readonly inputs: readonly Mapping[]
}
export interface StartEvent extends EventNode<'startEvent'> {
  /** False only for a non-interrupting start of an event sub-process. */
  readonly interrupting: boolean
}
export interface IntermediateCatchEvent extends EventNode<'intermediateCatchEvent'> {}
export interface IntermediateThrowEvent extends EventNode<'intermediateThrowEvent'> {}
export interface BoundaryEvent extends EventNode<'boundaryEvent'> {
  readonly attachedTo: ElementId
  readonly interrupting: boolean
}
export interface EndEvent extends EventNode<'endEvent'> {}

// Activities //////////////////////////////////////////////////////////////////

/** Data in or out: the value of a FEEL expression is set under a name. */
export interface Mapping {
  readonly source: string
  /** A variable's name, or a path `a.b` into one. */
  readonly target: string
  /** The sources of a data association: nothing is set while one of them has no value. */
  readonly sources?: readonly string[]
  /** Entries of data stores that the expression sees under a name. */
  readonly reads?: readonly StoreEntry[]
  /** The target is this entry of a data store, or a path into it. */
  readonly writes?: StoreEntry
}

/** An entry of a data store, which outlives the case. */
export interface StoreEntry {
  /** What FEEL calls it. */
  readonly name: string
  readonly store: string
  readonly level: Level
  /** FEEL that gives the key of the entry (`alur:key`); null: the store has one entry alone. */
  readonly key: string | null
  /** How many entries the store takes at most, or null. */
  readonly capacity: number | null
}

/** A message, and the files beside the diagram that may say what it carries. */
export interface Payload {
  readonly message: string
  readonly id: ElementId
  /** The file that the diagram names, which must be there; null: it names none. */
  readonly named: string | null
  /** In the order in which they are looked for. */
  readonly files: readonly string[]
}

/** A correlation key, with what each of its properties is read from. */
export interface Correlation {
  readonly id: ElementId
  readonly properties: readonly {
    readonly name: string
    /** FEEL over what a message carries, by the name of the message. */
    readonly paths: Readonly<Record<string, string>>
    /** FEEL over the data of the process that binds the key to it; null: its messages begin it. */
    readonly data: string | null
  }[]
}

/** A variable that an element brings along: it has no value at first, and is gone with its owner. */
export interface Declared {
  readonly name: string
  readonly kind: 'property' | 'dataObject' | 'dataInput' | 'dataOutput'
  /** What its item definition says, or null. */
  readonly type: ValueType | null
  readonly collection: boolean
}

/** The data that an element needs to begin, and that it must have made at its end. */
export interface DataSets {
  /** One of them must be whole before the element begins; none: nothing is asked. */
  readonly inputs: readonly DataSet[]
  readonly outputs: readonly DataSet[]
  /** What gives the inputs of the sets their values. */
  readonly feeds: readonly Mapping[]
  /** Inputs that follow their sources while the element is at work. */
  readonly whileExecuting: readonly string[]
}
export interface DataSet {
  readonly id: ElementId
  readonly required: readonly string[]
  /** The sets of the other side that it goes with (IORules); none: all. */
  readonly goesWith: readonly ElementId[]
}

export interface MultiInstance {
  readonly sequential: boolean
  /** FEEL for the number of instances, or null when a collection is given. */
  readonly cardinality: string | null
  /** FEEL for the list, one instance per item, or null. */
  readonly collection: string | null
  /** The variable that holds the item inside an instance. */
  readonly element: string | null
  /** FEEL evaluated inside an instance when it completes; collected under `output`. */
  readonly outputElement: string | null
  readonly output: string | null
  /** FEEL; true ends the whole activity and terminates the instances still running. */
  readonly completion: string | null
  /** Data associations of the whole: those that fill the collection, and those that take the results away. */
  readonly fills: readonly Mapping[]
  readonly takes: readonly Mapping[]
  /** What an instance throws when it completes, in order. */
  readonly events: readonly LoopEvent[]
}
/** An event that a multi-instance activity throws whenever an instance completes and its condition holds. */
export interface LoopEvent {
  /** FEEL over the numbers of the loop. */
  readonly condition: string
  readonly on: SignalDefinition | EscalationDefinition | MessageDefinition | ErrorDefinition
  readonly inputs: readonly Mapping[]
}
/** Runs an activity again as long as a condition holds. */
export interface StandardLoop {
  /** FEEL. */
  readonly condition: string
  /** The condition is asked before the first iteration too. */
  readonly testBefore: boolean
  /** The most iterations, or null for any number. */
  readonly maximum: number | null
}

/** Mutu baku: the quality standard columns of an SOP (PermenPAN-RB 35/2012). */
export interface QualityStandard {
  readonly minutes: number | null
  readonly requirements: string
  readonly output: string
  readonly remark: string
}

interface ActivityNode<Type extends string> extends Node<Type> {
  /** Runs only to undo another activity (`isForCompensation`). */
  readonly forCompensation: boolean
  /** The marks of the nation that it fulfils (`alur:fulfils`). */
  readonly fulfils: readonly string[]
  /** The parameter of the office that says whether it is done (`alur:optional`), or null: it always is. */
  readonly optional: string | null
  readonly multiInstance: MultiInstance | null
  readonly standardLoop: StandardLoop | null
  /** How many tokens must have arrived before it begins; they are consumed together. */
  readonly startQuantity: number
  /** How many tokens it sends along each flow that it leaves by. */
  readonly completionQuantity: number
  readonly declares: readonly Declared[]
  readonly io: DataSets | null
  readonly inputs: readonly Mapping[]
  readonly outputs: readonly Mapping[]
  readonly defaultFlow: ElementId | null
  readonly standard: QualityStandard | null
}
/** A moment that concerns a task: after an ISO 8601 duration, or FEEL when `feel`. */
export interface TaskTime {
  readonly expression: string
  readonly feel: boolean
  readonly workingDays: boolean
}
/** Work of a person that the engine lists: a form to fill in, or a step to tick off. */
interface PersonTask<Type extends string> extends ActivityNode<Type> {
  /** Null: anyone of the office. */
  readonly role: string | null
  readonly level: Level
  /** FEEL that names who may do it, persons or roles, in place of the lane's role; empty when none is stated. */
  readonly owners: readonly string[]
  /** FEEL for a number from 0 to 100 (`alur:priority`), or null. */
  readonly priority: string | null
  /** When it is due (`alur:due`), or null for no due time. */
  readonly due: TaskTime | null
  /** Before when nobody need look at it (`alur:followUp`), or null. */
  readonly followUp: TaskTime | null
  /**
   * Tasks of this case whose performers may not perform this one (`alur:notSameAs`): elements of this
   * process, or `process:Element` for those of another one in the same case.
   */
  readonly notSameAs: readonly string[]
}
export interface UserTask extends PersonTask<'userTask'> {}
export interface ManualTask extends PersonTask<'manualTask'> {}
export interface Task extends ActivityNode<'task'> {}
export interface ServiceTask extends ActivityNode<'serviceTask'> {
  /** The kind of job (`alur:job`), else the operation's name. */
  readonly job: string
}
export interface SendTask extends ActivityNode<'sendTask'> {
  /** A send task carries a message to other instances, or asks for a job. */
  readonly job: string | null
  readonly message: MessageDefinition | null
}
export interface ReceiveTask extends ActivityNode<'receiveTask'> {
  readonly message: MessageDefinition
  /** Its message begins an instance of the process. */
  readonly instantiate: boolean
}
export interface ScriptTask extends ActivityNode<'scriptTask'> {
  /** FEEL. */
  readonly script: string
  /** The variable that takes the result; null spreads a context over the variables. */
  readonly result: string | null
}
export interface BusinessRuleTask extends ActivityNode<'businessRuleTask'> {
  /** The key of a decision table or a parameter (`alur:rule`). */
  readonly rule: string
  readonly result: string | null
  /** FEEL that gives the date whose law holds; null: the date that the rule's definition names. */
  readonly date: string | null
}
interface Container<Type extends string> extends ActivityNode<Type> {
  readonly starts: readonly ElementId[]
  readonly eventSubProcesses: readonly ElementId[]
}
export interface SubProcess extends Container<'subProcess'> {
  readonly triggeredByEvent: boolean
}
/** A sub-process that can be cancelled, which undoes what was completed inside. */
export interface Transaction extends Container<'transaction'> {}
/** A sub-process whose activities people start as they see fit. */
export interface AdHocSubProcess extends Container<'adHocSubProcess'> {
  /** One after another instead of side by side (`ordering`). */
  readonly sequential: boolean
  /** FEEL, asked after each activity inside; true ends the sub-process. Null: people say when it is over. */
  readonly completion: string | null
  /** Whether ending it ends the activities still running (`cancelRemainingInstances`). */
  readonly cancelRemaining: boolean
  /** FEEL that gives the ids of the activities to start at once (`alur:activate`), or null. */
  readonly activate: string | null
  /** Who starts its activities; null: anyone of the unit. */
  readonly role: string | null
  readonly level: Level
}
export interface CallActivity extends ActivityNode<'callActivity'> {
  /** The id of a process or of a global task. */
  readonly calls: ElementId
  readonly binding: Binding
  /** What an office may call here instead (`alur:extensionPoint`), or null. */
  readonly extensionPoint: string | null
  /** FEEL for the persons and roles that do a global task instead of those it names itself. */
  readonly owners: readonly string[]
}
/**
 * Which version a call runs (`alur:binding`): the one that the office is bound to, the newest one, the one
 * that was deployed together with the caller, or the one of a number.
 */
export type Binding = 'office' | 'latest' | 'deployment' | number

// Gateways ////////////////////////////////////////////////////////////////////

interface GatewayNode<Type extends string> extends Node<Type> {
  readonly defaultFlow: ElementId | null
}
export interface ExclusiveGateway extends GatewayNode<'exclusiveGateway'> {}
export interface ParallelGateway extends GatewayNode<'parallelGateway'> {}
export interface InclusiveGateway extends GatewayNode<'inclusiveGateway'> {}
export interface EventBasedGateway extends GatewayNode<'eventBasedGateway'> {
  /** Its events begin instances of the process. */
  readonly instantiate: boolean
  /** All of its events must happen; only when it instantiates. */
  readonly parallel: boolean
}
export interface ComplexGateway extends GatewayNode<'complexGateway'> {
  /** FEEL over the data and the tokens that wait on the incoming flows; null: each token activates it. */
  readonly activation: string | null
}

export type FlowNode =
  | StartEvent
  | IntermediateCatchEvent
  | IntermediateThrowEvent
  | BoundaryEvent
  | EndEvent
  | UserTask
  | ManualTask
  | Task
  | ServiceTask
  | SendTask
  | ReceiveTask
  | ScriptTask
  | BusinessRuleTask
  | SubProcess
  | Transaction
  | AdHocSubProcess
  | CallActivity
  | ExclusiveGateway
  | ParallelGateway
  | InclusiveGateway
  | EventBasedGateway
  | ComplexGateway

export type Activity = Extract<FlowNode, { readonly multiInstance: MultiInstance | null }>
export type FlowNodeType = FlowNode['type']
export type NodeOf<Type extends FlowNodeType> = Extract<FlowNode, { readonly type: Type }>

/** Whether a node is an activity: something that takes time, may repeat and may carry boundary events. */
export function isActivity(node: FlowNode): node is Activity {
  return 'multiInstance' in node
}

/** An activity with elements of its own inside. */
export type ContainerNode = SubProcess | Transaction | AdHocSubProcess
export function isContainer(node: FlowNode): node is ContainerNode {
  return (
    node.type === 'subProcess' || node.type === 'transaction' || node.type === 'adHocSubProcess'
  )
}

/** The activity that undoes another one, as the compensation event on its boundary says; or null. */
export function handlerOf(graph: ProcessGraph, node: Activity): ElementId | null {
  for (const id of node.boundary) {
    const event = graph.nodes[id]
    if (event?.type === 'boundaryEvent' && event.on.kind === 'compensation') return event.on.handler
  }
  return null
}

/** The event sub-process of a process or a sub-process that undoes it, or null. */
export function undoingIn(
  graph: ProcessGraph,
  around: { readonly eventSubProcesses: readonly ElementId[] }
): ElementId | null {
  const undoes = (id: ElementId) => {
    const [start] = (graph.nodes[id] as SubProcess).starts
    const event = graph.nodes[start ?? '']
    return event?.type === 'startEvent' && event.on.kind === 'compensation'
  }
  return around.eventSubProcesses.find(undoes) ?? null
}

/** Where the throwing end of a link leads to. */
export function linkedFrom(graph: ProcessGraph, node: FlowNode): readonly ElementId[] {
  if (node.type !== 'intermediateThrowEvent' || node.on.kind !== 'link') return []
  const { link } = node.on
  return Object.values(graph.nodes).flatMap(other =>
    other.type === 'intermediateCatchEvent' &&
    other.on.kind === 'link' &&
    other.on.link === link &&
    other.parent === node.parent
      ? [other.id]
      : []
  )
}
