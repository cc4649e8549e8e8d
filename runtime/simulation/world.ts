import type { Actor, Office } from '../../engine/context.ts'
import type { FormSchema } from '../../engine/forms.ts'
import type { ElementId, FlowNode, ProcessGraph } from '../../engine/graph.ts'
import type { Command } from '../../engine/messages.ts'
import type { ProcessInstance } from '../../engine/state.ts'
import type { ExampleCase } from '../cases.ts'
import type { Rulebook } from '../rulebook.ts'
import type { Agenda } from './agenda.ts'
import type { OpeningClock } from './hours.ts'
import type { Material } from './material.ts'
import type { Dice } from './random.ts'
import type { Scenario } from './scenario.ts'
import type { Task } from './staff.ts'
import type { Tally } from './tally.ts'

/** What a simulation is made of. */
export interface Simulated {
  readonly graph: ProcessGraph
  /** All processes that may be called. */
  readonly graphs: readonly ProcessGraph[]
  readonly findForm: (process: ElementId, element: ElementId) => FormSchema | null
  readonly examples: readonly ExampleCase[]
  readonly office: Office
  /** Decides business rule tasks; without it they are incidents. */
  readonly rulebook: Rulebook | null
  readonly scenario: Scenario
  /** The first day or moment. */
  readonly from: string
  readonly instances: number
  readonly seed: string
  readonly onProgress?: (done: number, all: number) => void
}

/** An instance while it is simulated. */
export interface Instance {
  readonly n: number
  readonly id: string
  readonly dice: Dice
  readonly material: Material
  readonly startedAt: number
  /** How often each task was done. */
  readonly visits: Map<ElementId, number>
  /** The tasks that wait or are worked on, by token. */
  readonly tasks: Map<string, Task>
  /** What is still to be started inside ad-hoc sub-processes, by token. */
  readonly choices: Map<string, ElementId[]>
  /** The tokens whose flows got equal odds, so that they are tried again but once. */
  readonly retried: Set<string>
  state: ProcessInstance | null
  stuck: boolean
}

/** An element and the process that it stands in. */
export interface Place {
  readonly graph: ProcessGraph
  readonly node: FlowNode
}

export type Happening = () => Promise<void> | void

/** What the parts of a simulation share. */
export interface World {
  readonly scenario: Scenario
  readonly clock: OpeningClock
  readonly agenda: Agenda<Happening>
  readonly tally: Tally
  /** Milliseconds since 1970, UTC. */
  readonly now: number
  readonly isRunning: (instance: Instance) => boolean
  /** Where the token of an instance rests. */
  readonly placed: (instance: Instance, token: string) => Place
  /** Where an element that something waits at stands, in whichever process. */
  readonly placeOf: (instance: Instance, element: ElementId, token: string | null) => Place | null
  /** Carries out a command and all that follows from it at the same moment. */
  readonly execute: (instance: Instance, command: Command, actor?: Actor) => Promise<void>
}

export const SYSTEM: Actor = {
  id: 'system',
  name: 'Sistem',
  kind: 'system',
  unit: null,
  roles: []
}

/** A member that a record has itself. */
export function own<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}
