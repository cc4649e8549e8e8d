import type { FlowNode, ProcessGraph } from '../graph.ts'
import type { DifferenceKind } from './difference.ts'

type KeyOf<Each> = Each extends unknown ? keyof Each : never

/**
 * What a change of each field of a flow node is; null: it has no meaning of its own, or is compared elsewhere.
 * The table does not compile while a field is missing.
 */
export const NODE_FIELDS = {
  id: null,
  type: 'type',
  name: 'renamed',
  english: 'renamed',
  documentation: null,
  parent: 'scope',
  lane: null,
  role: 'lane',
  level: 'lane',
  owners: 'lane',
  incoming: null,
  outgoing: null,
  boundary: null,
  starts: null,
  eventSubProcesses: null,
  defaultFlow: null,
  attachedTo: 'boundary',
  stage: 'stage',
  clock: 'time',
  on: 'event',
  interrupting: 'event',
  triggeredByEvent: 'event',
  declares: 'data',
  io: 'data',
  inputs: 'data',
  outputs: 'data',
  result: 'data',
  forCompensation: 'repetition',
  fulfils: null,
  optional: 'optional',
  multiInstance: 'repetition',
  standardLoop: 'repetition',
  startQuantity: 'repetition',
  completionQuantity: 'repetition',
  standard: 'standard',
  priority: 'time',
  due: 'time',
  followUp: 'time',
  notSameAs: 'duties',
  job: 'job',
  message: 'event',
  instantiate: 'event',
  script: 'script',
  rule: 'rule',
  date: 'rule',
  sequential: 'repetition',
  completion: 'repetition',
  cancelRemaining: 'repetition',
  activate: 'repetition',
  calls: 'call',
  binding: 'call',
  extensionPoint: 'call',
  parallel: 'gateway',
  activation: 'gateway'
} as const satisfies Readonly<Record<KeyOf<FlowNode>, DifferenceKind | null>>

/** The same for what a process says of itself. */
export const PROCESS_FIELDS = {
  id: null,
  name: null,
  english: null,
  documentation: null,
  version: null,
  variantOf: null,
  nodes: null,
  flows: null,
  lanes: null,
  starts: null,
  eventSubProcesses: null,
  declares: 'data',
  correlations: 'event',
  payloads: null,
  io: 'data',
  properties: 'process',
  service: 'time',
  subject: 'process',
  searchable: 'process'
} as const satisfies Readonly<Record<keyof ProcessGraph, DifferenceKind | null>>

/** Properties of a process that the engine goes by; the others explain. */
export const MEANT_PROPERTIES: readonly string[] = ['case.prefix']
