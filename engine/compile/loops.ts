import {
  type ElementId,
  type FlowNode,
  isActivity,
  type LoopEvent,
  type Mapping,
  type MultiInstance,
  type StandardLoop
} from '../graph.ts'
import { rootOf } from '../ledger.ts'
import { repeats } from '../loop.ts'
import { mappingsOf } from './associations.ts'
import { variable } from './data.ts'
import { attribute, type Element, feel, feelOf, listOf, type Problems } from './elements.ts'
import { definitionFrom } from './events.ts'
import { variableOf } from './item-aware.ts'
import { unknownAlur } from './supported.ts'

/** More tokens than this are taken for a slip of the pen. */
export const MOST_QUANTITY = 1_000

/** How often an activity runs and how many tokens it takes and gives, with its data. */
export function repetitionOf(
  element: Element,
  {
    inputs,
    outputs
  }: { readonly inputs: readonly Mapping[]; readonly outputs: readonly Mapping[] },
  problems: Problems
) {
  const loop = element.loopCharacteristics as Element | undefined
  const several = loop?.$type === 'bpmn:MultiInstanceLoopCharacteristics'
  if (loop !== undefined) unknownAlur(loop, problems, element)
  return {
    standardLoop: loop === undefined || several ? null : standardLoopOf(element, loop, problems),
    startQuantity: quantityOf(element, 'startQuantity', problems),
    completionQuantity: quantityOf(element, 'completionQuantity', problems),
    ...(several
      ? multiInstanceOf(element, loop as Element, inputs, outputs, problems)
      : { multiInstance: null, inputs, outputs })
  }
}

/** BPMN 2.0.2, 10.3.8: a loop whose condition is not stated is documented, and cannot be executed. */
function standardLoopOf(element: Element, loop: Element, problems: Problems): StandardLoop | null {
  const condition = feelOf(element, loop.loopCondition, 'loopCondition', problems)
  if (loop.loopCondition === undefined) {
    problems.add(
      element,
      'expected a loop to have a loopCondition; to go on until its loopMaximum, say true'
    )
  }
  const maximum = (loop.loopMaximum as number | undefined) ?? null
  if (maximum !== null && !(Number.isInteger(maximum) && maximum >= 1)) {
    problems.add(element, 'expected loopMaximum to be a whole number from 1')
  }
  return condition === null ? null : { condition, testBefore: loop.testBefore === true, maximum }
}

function quantityOf(
  element: Element,
  name: 'startQuantity' | 'completionQuantity',
  problems: Problems
): number {
  const quantity = (element[name] as number | undefined) ?? 1
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MOST_QUANTITY) return quantity
  problems.add(element, `expected ${name} to be a whole number from 1 to ${MOST_QUANTITY}`)
  return 1
}

// multi-instance //////////////////////////////////////////////////////////////

/**
 * The loop, and what is left of the activity's data: the associations that fill the collection, and those
 * that take the results away, are of the loop and not of each instance.
 */
function multiInstanceOf(
  element: Element,
  loop: Element,
  inputs: readonly Mapping[],
  outputs: readonly Mapping[],
  problems: Problems
): {
  readonly multiInstance: MultiInstance
  readonly inputs: readonly Mapping[]
  readonly outputs: readonly Mapping[]
} {
  const list = variableOf(loop.loopDataInputRef)
  const fills = inputs.filter(({ target }) => rootOf(target) === list)
  const collection = attribute(loop, 'collection') ?? list
  const cardinality = feelOf(element, loop.loopCardinality, 'loopCardinality', problems)
  if (collection === null && loop.loopCardinality === undefined) {
    problems.add(
      element,
      'expected a multi-instance activity to have a collection or a loopCardinality'
    )
  } else if (collection !== null && loop.loopCardinality !== undefined) {
    problems.add(element, 'expected either a collection or a loopCardinality, found both')
  }
  const item = variable(element, loop, 'element', problems) ?? variableOf(loop.inputDataItem)
  if (item !== null && collection === null && loop.loopCardinality !== undefined) {
    problems.add(element, `expected a collection that <${item}> is an item of, found none`)
  }
  const results = variableOf(loop.loopDataOutputRef)
  const takes = outputs.filter(
    ({ source, sources = [source] }) => results !== null && sources.includes(results)
  )
  const output = variable(element, loop, 'output', problems) ?? results
  const outputElement = attribute(loop, 'outputElement') ?? variableOf(loop.outputDataItem)
  if ((output === null) !== (outputElement === null)) {
    problems.add(element, 'expected alur:output and alur:outputElement together')
  }
  return {
    multiInstance: {
      sequential: loop.isSequential === true,
      cardinality,
      collection: collection === null ? null : feel(element, collection, 'collection', problems),
      element: item,
      output,
      outputElement:
        outputElement === null ? null : feel(element, outputElement, 'outputElement', problems),
      fills,
      takes,
      completion: feelOf(element, loop.completionCondition, 'completionCondition', problems),
      events: eventsOf(element, loop, problems)
    },
    inputs: inputs.filter(each => !fills.includes(each)),
    outputs: outputs.filter(each => !takes.includes(each))
  }
}

/** What an instance throws when it completes. BPMN 2.0.2, 10.3.8. */
function eventsOf(element: Element, loop: Element, problems: Problems): readonly LoopEvent[] {
  switch (loop.behavior ?? 'All') {
    case 'All':
      return []
    case 'None':
      return referred(element, loop, 'noneBehaviorEventRef', 'true', problems)
    case 'One':
      return referred(
        element,
        loop,
        'oneBehaviorEventRef',
        'numberOfCompletedInstances = 1',
        problems
      )
    case 'Complex':
      return complexEventsOf(element, loop, problems)
    default:
      problems.add(
        element,
        `expected behavior to be None, One, All or Complex, found <${loop.behavior}>`
      )
      return []
  }
}

function referred(
  element: Element,
  loop: Element,
  property: string,
  condition: string,
  problems: Problems
): readonly LoopEvent[] {
  const definition = loop[property] as Element | undefined
  if (definition === undefined) {
    const what = `behavior="${loop.behavior}" to have ${property}, the event definition that is thrown`
    problems.add(element, `expected multi-instance ${what}`)
    return []
  }
  const on = thrownBy(element, definition, problems)
  return on === null ? [] : [{ condition, on, inputs: [] }]
}

function complexEventsOf(
  element: Element,
  loop: Element,
  problems: Problems
): readonly LoopEvent[] {
  const definitions = listOf(loop, 'complexBehaviorDefinition')
  if (definitions.length === 0) {
    problems.add(
      element,
      'expected multi-instance behavior="Complex" to have a complexBehaviorDefinition'
    )
  }
  return definitions.flatMap(each => {
    const condition = feelOf(element, each.condition, 'complexBehaviorDefinition', problems)
    if (each.condition === undefined) {
      problems.add(element, 'expected a complexBehaviorDefinition to have a condition')
    }
    const event = each.event as Element | undefined
    const thrown = event === undefined ? [] : definitionsOf(event)
    const [definition] = thrown
    if (event === undefined || definition === undefined || thrown.length > 1) {
      const found = `found ${thrown.length}`
      problems.add(
        element,
        `expected a complexBehaviorDefinition to throw an event with one definition, ${found}`
      )
      return []
    }
    const on = thrownBy(element, definition, problems)
    const { inputs } = mappingsOf(event, problems)
    return condition === null || on === null ? [] : [{ condition, on, inputs }]
  })
}

function definitionsOf(event: Element): readonly Element[] {
  return ['eventDefinitions', 'eventDefinitionRefs', 'eventDefinitionRef'].flatMap(property =>
    listOf(event, property)
  )
}

/** What can be thrown from inside an activity and be caught on it or further out. */
function thrownBy(
  element: Element,
  definition: Element,
  problems: Problems
): LoopEvent['on'] | null {
  const on = definitionFrom(element, definition, null, problems)
  switch (on.kind) {
    case 'signal':
    case 'message':
      return on
    case 'error':
    case 'escalation':
      if (on.code !== null) return on
      problems.add(
        element,
        `expected an ${on.kind} that instances throw to have a name (${on.kind}Ref)`
      )
      return null
    case 'none':
      return null
    default:
      problems.add(
        element,
        `expected instances to throw a signal, an escalation, a message or an error, found ${definition.$type}`
      )
      return null
  }
}

// structure ///////////////////////////////////////////////////////////////////

/** Checks where an activity may repeat, and whether as many tokens as it needs can come. */
export function checkRepetition(
  node: FlowNode,
  add: (node: { readonly id: ElementId; readonly name: string }, message: string) => void
): void {
  if (!isActivity(node)) return
  const { startQuantity } = node
  const instantiates = node.type === 'receiveTask' && node.instantiate
  if (instantiates && (repeats(node) || startQuantity > 1)) {
    add(node, 'expected a receive task that instantiates its process to run once, for one token')
  } else if (startQuantity > 1 && node.incoming.length === 0) {
    add(
      node,
      `expected an incoming sequence flow to bring the ${startQuantity} tokens of its startQuantity`
    )
  }
}
