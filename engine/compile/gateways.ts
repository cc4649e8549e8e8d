import type { ComplexGateway, ElementId, EventBasedGateway } from '../graph.ts'
import { type Element, feelOf, type Problems } from './elements.ts'

interface Place {
  readonly incoming: readonly ElementId[]
  readonly outgoing: readonly ElementId[]
}

const GATEWAYS = {
  'bpmn:ExclusiveGateway': 'exclusiveGateway',
  'bpmn:InclusiveGateway': 'inclusiveGateway',
  'bpmn:ParallelGateway': 'parallelGateway'
} as const

/** What every gateway says. */
export function gatewayParts(element: Element, place: Place, problems: Problems) {
  checkDirection(element, place, problems)
  return {
    type: GATEWAYS[element.$type as keyof typeof GATEWAYS],
    defaultFlow: (element.default?.id as ElementId | undefined) ?? null
  }
}

export function eventBasedParts(
  element: Element,
  place: Place,
  problems: Problems
): Pick<EventBasedGateway, 'type' | 'defaultFlow' | 'instantiate' | 'parallel'> {
  return {
    ...gatewayParts(element, place, problems),
    type: 'eventBasedGateway',
    instantiate: element.instantiate === true,
    parallel: element.eventGatewayType === 'Parallel'
  }
}

export function complexParts(
  element: Element,
  place: Place,
  problems: Problems
): Pick<ComplexGateway, 'type' | 'defaultFlow' | 'activation'> {
  const { activationCondition } = element
  const activation = feelOf(element, activationCondition, 'activationCondition', problems)
  if (activationCondition === undefined && place.incoming.length > 1) {
    problems.add(
      element,
      'expected an activationCondition, such as activationCount >= 2, as several flows come in'
    )
  }
  return { ...gatewayParts(element, place, problems), type: 'complexGateway', activation }
}

/** What a gateway says of its direction must be so. BPMN 2.0.2, 10.6.1 and table 8.46. */
function checkDirection(element: Element, { incoming, outgoing }: Place, problems: Problems): void {
  const [joins, splits] = [incoming.length > 1, outgoing.length > 1]
  switch (element.gatewayDirection) {
    case 'Converging':
      if (joins && !splits) return
      return problems.add(element, expected('Converging', 'several incoming and one outgoing'))
    case 'Diverging':
      if (!joins && splits) return
      return problems.add(element, expected('Diverging', 'one incoming and several outgoing'))
    case 'Mixed':
      if (joins && splits) return
      return problems.add(element, expected('Mixed', 'several incoming and several outgoing'))
  }

  function expected(direction: string, flows: string): string {
    return `expected a gateway with gatewayDirection="${direction}" to have ${flows} flows, found ${incoming.length} and ${outgoing.length}`
  }
}
