import type { FlowNodeType, NodeOf } from '../graph.ts'
import { adHocSubProcess } from './ad-hoc-sub-process.ts'
import type { Behavior } from './behavior.ts'
import { businessRuleTask } from './business-rule-task.ts'
import { callActivity } from './call-activity.ts'
import { catchEvent } from './catch-event.ts'
import { complexGateway } from './complex-gateway.ts'
import { endEvent } from './end-event.ts'
import { eventBasedGateway } from './event-based-gateway.ts'
import { exclusiveGateway } from './exclusive-gateway.ts'
import { inclusiveGateway } from './inclusive-gateway.ts'
import { parallelGateway } from './parallel-gateway.ts'
import { passThrough } from './pass-through.ts'
import { personTask } from './person-task.ts'
import { receiveTask } from './receive-task.ts'
import { scriptTask } from './script-task.ts'
import { sendTask } from './send-task.ts'
import { serviceTask } from './service-task.ts'
import { subProcess } from './sub-process.ts'
import { task } from './task.ts'
import { throwEvent } from './throw-event.ts'

export type Behaviors = { readonly [Type in FlowNodeType]: Behavior<NodeOf<Type>> }

/** The behavior of every flow node. The compiler refuses this table while a row is missing. */
export const behaviors = {
  startEvent: passThrough,
  intermediateCatchEvent: catchEvent,
  intermediateThrowEvent: throwEvent,
  boundaryEvent: passThrough,
  endEvent,
  userTask: personTask,
  manualTask: personTask,
  task,
  serviceTask,
  sendTask,
  receiveTask,
  scriptTask,
  businessRuleTask,
  subProcess,
  transaction: subProcess,
  adHocSubProcess,
  callActivity,
  exclusiveGateway,
  parallelGateway,
  inclusiveGateway,
  eventBasedGateway,
  complexGateway
} satisfies Behaviors
