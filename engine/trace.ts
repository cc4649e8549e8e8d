import type { Event } from './messages.ts'

/** One line of a history in the words of a trace, or null for what a trace does not tell. */
export function traceLine(event: Event): string | null {
  switch (event.type) {
    case 'elementActivated':
      return `activate ${event.token.at}`
    case 'elementWaiting':
      return event.wait.for === 'incident'
        ? `wait ${event.element} for incident ${event.wait.code}`
        : `wait ${event.element} for ${event.wait.for}`
    case 'elementCompleted':
      return `complete ${event.element}`
    case 'elementSkipped':
      return `skip ${event.element}`
    case 'elementTerminated':
      return `terminate ${event.element}`
    case 'tokenConsumed':
      return `consume ${event.element}`
    case 'errorThrown':
      return `throw ${event.code} at ${event.element}`
    case 'signalThrown':
      return `throw ${event.signal} at ${event.element}`
    case 'escalationThrown':
      return `throw ${event.code} at ${event.element}`
    case 'messageThrown':
      return `throw ${event.message} at ${event.element}`
    case 'compensationThrown':
      return `throw compensation at ${event.element}`
    case 'compensationStarted':
      return `compensate ${event.element}`
    case 'dataStored':
      return `store ${event.store} at ${event.element}`
    case 'processCalled':
      return `call ${event.process}`
    case 'ruleDecided':
      return `decide ${event.element}`
    case 'dueDateMoved':
      return `move ${event.element} to ${event.to}`
    case 'calendarTaken':
      return `take calendar ${event.calendar}`
    case 'releaseRebound':
      return `rebind ${event.rule}`
    case 'incidentResolved':
      return `resolve ${event.element}`
    case 'taskClaimed':
      return `claim ${event.element} by ${event.by.id}`
    case 'taskUnclaimed':
      return `unclaim ${event.element}`
    case 'taskAssigned':
      return `assign ${event.element} to ${event.to.id}`
    case 'taskDelegated':
      return `delegate ${event.element} to ${event.to.id}`
    case 'taskReturned':
      return `return ${event.element} to ${event.to.id}`
    case 'taskPrioritized':
      return `prioritize ${event.element} ${event.priority}`
    case 'actedOnBehalf':
      return `act at ${event.element} for ${event.of.map(({ id }) => id).join(', ')}`
    case 'instanceSuspended':
      return 'suspend instance'
    case 'instanceResumed':
      return 'resume instance'
    case 'commandHeld':
      return `hold ${event.command.type}`
    case 'commandDropped':
      return `drop ${event.command.type}`
    case 'operatorIntervened':
      return operatorLine(event)
    case 'releaseReplaced':
      return `take release ${event.to}`
    case 'instanceMigrated':
      return `migrate to version ${event.plan.to}`
    case 'instanceCompleted':
      return 'complete instance'
    case 'instanceTerminated':
      return 'terminate instance'
    case 'instanceFailed':
      return 'fail instance'
    case 'instanceStarted':
    case 'subscriptionOpened':
    case 'subscriptionKeyed':
    case 'conversationBegun':
    case 'subscriptionClosed':
    case 'completionKept':
    case 'partArrived':
    case 'conditionChanged':
    case 'jobRequested':
    case 'variablesSet':
    case 'loopStarted':
    case 'loopAdvanced':
      return null
    default:
      return event satisfies never
  }
}

function operatorLine({
  what,
  element,
  to
}: Extract<Event, { readonly type: 'operatorIntervened' }>): string | null {
  if (what === 'resolveIncident') return null
  return [`operator ${what}`, element, to === null ? null : `to ${to}`]
    .filter(each => each !== null)
    .join(' ')
}
