import type { Element, Problems } from './elements.ts'

/** Root elements: null for what is read or only explains, a reason for what refuses the diagram. */
export const ROOT_ELEMENTS: Readonly<Record<string, string | null>> = {
  'bpmn:Process': null,
  'bpmn:Collaboration': null,
  'bpmn:Message': null,
  'bpmn:Error': null,
  'bpmn:Signal': null,
  'bpmn:Escalation': null,
  'bpmn:ItemDefinition': null,
  'bpmn:DataStore': null,
  'bpmn:Interface': null,
  'bpmn:EndPoint': null,
  'bpmn:Resource': null,
  'bpmn:PartnerEntity': null,
  'bpmn:PartnerRole': null,
  'bpmn:Category': null,
  'bpmn:TimerEventDefinition': null,
  'bpmn:MessageEventDefinition': null,
  'bpmn:ErrorEventDefinition': null,
  'bpmn:SignalEventDefinition': null,
  'bpmn:EscalationEventDefinition': null,
  'bpmn:GlobalTask': null,
  'bpmn:GlobalUserTask': null,
  'bpmn:GlobalManualTask': null,
  'bpmn:GlobalScriptTask': null,
  'bpmn:GlobalBusinessRuleTask': null,
  'bpmn:TerminateEventDefinition': null,
  'bpmn:ConditionalEventDefinition': null,
  'bpmn:CompensateEventDefinition': null,
  'bpmn:CancelEventDefinition': null,
  'bpmn:LinkEventDefinition': null,
  'bpmn:CorrelationProperty': null,
  'bpmn:Choreography': 'a choreography is not executed',
  'bpmn:GlobalChoreographyTask': 'a choreography is not executed',
  'bpmn:GlobalConversation': 'a conversation is not executed'
}

/** Flow elements: null for what is passed over, a reason for what refuses; the rest is compiled. */
export const REFUSED: Readonly<Record<string, string | null>> = {
  'bpmn:DataObject': null,
  'bpmn:DataObjectReference': null,
  'bpmn:DataStoreReference': null,
  'bpmn:ImplicitThrowEvent': 'is not executed',
  'bpmn:CallChoreography': 'is not executed',
  'bpmn:ChoreographyTask': 'is not executed',
  'bpmn:SubChoreography': 'is not executed'
}

/** On every activity. */
const STEP = ['fulfils', 'optional', 'en']
const ACTIVITY = [
  'role',
  'level',
  'due',
  'followUp',
  'workingDays',
  'priority',
  'notSameAs',
  ...STEP
]
/** The attributes of the namespace `urn:alur:bpmn` and where they may stand. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'bpmn:Message': ['key', 'schema', 'timeToLive', 'en'],
  'bpmn:ItemDefinition': ['schema', 'en'],
  'bpmn:Process': ['variantOf', 'en', 'subject', 'search', 'service'],
  'bpmn:Lane': ['role', 'level', 'onBehalf', 'en'],
  'bpmn:Resource': ['role', 'en'],
  'bpmn:UserTask': ACTIVITY,
  'bpmn:ManualTask': ACTIVITY,
  'bpmn:GlobalUserTask': ACTIVITY,
  'bpmn:GlobalManualTask': ACTIVITY,
  'bpmn:ServiceTask': ['job', ...STEP],
  'bpmn:SendTask': ['job', 'key', 'timeToLive', ...STEP],
  'bpmn:ReceiveTask': ['key', 'timeToLive', ...STEP],
  'bpmn:BusinessRuleTask': ['rule', 'result', 'date', ...STEP],
  'bpmn:GlobalBusinessRuleTask': ['rule', 'result', 'date', ...STEP],
  'bpmn:CallActivity': ['binding', 'version', 'extensionPoint', ...STEP],
  'bpmn:Task': STEP,
  'bpmn:GlobalTask': STEP,
  'bpmn:SubProcess': STEP,
  'bpmn:Transaction': STEP,
  'bpmn:ScriptTask': ['result', ...STEP],
  'bpmn:GlobalScriptTask': ['result', ...STEP],
  'bpmn:MessageEventDefinition': ['key', 'timeToLive'],
  'bpmn:TimerEventDefinition': ['workingDays'],
  'bpmn:AdHocSubProcess': ['role', 'level', 'activate', ...STEP],
  'bpmn:DataStore': ['level', 'en'],
  'bpmn:DataStoreReference': ['key', 'level', 'en'],
  'bpmn:DataInputAssociation': ['key'],
  'bpmn:DataOutputAssociation': ['key'],
  'bpmn:MultiInstanceLoopCharacteristics': ['collection', 'element', 'output', 'outputElement']
}
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'alur:in': ['source', 'target'],
  'alur:out': ['source', 'target'],
  'alur:property': ['name', 'value'],
  'alur:clock': ['pauses', 'starts', 'stops'],
  'alur:stage': ['name', 'text', 'en', 'by'],
  'alur:standard': ['minutes', 'requirements', 'output', 'remark']
}

/** A slip in our own namespace must not pass in silence; other namespaces are kept and not read. */
export function unknownAlur(element: Element, problems: Problems, owner: Element = element): void {
  const allowed = ATTRIBUTES[element.$type] ?? ['en']
  for (const name of Object.keys(element.$attrs ?? {})) {
    if (!name.startsWith('alur:') || allowed.includes(name.slice(5))) continue
    const hint = allowed.map(each => `alur:${each}`).join(', ')
    problems.add(owner, `${name} is not known on ${element.$type}; expected one of ${hint}`)
  }
  for (const each of (element.extensionElements?.values ?? []) as readonly Element[]) {
    if (!each.$type.startsWith('alur:')) continue
    const known = EXTENSIONS[each.$type]
    if (known === undefined) {
      problems.add(
        owner,
        `<${each.$type}> is not known; expected one of ${Object.keys(EXTENSIONS).join(', ')}`
      )
      continue
    }
    for (const name of Object.keys(each)) {
      if (name.startsWith('$') || known.includes(name)) continue
      problems.add(owner, `<${each.$type}> has no ${name}; expected ${known.join(', ')}`)
    }
  }
}
