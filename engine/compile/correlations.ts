import type { Correlation } from '../graph.ts'
import { type Element, feelOf, listOf, type Problems } from './elements.ts'

/**
 * The correlation keys of a diagram, as one of its processes reads them: from messages, and from its own data
 * where it binds them. BPMN 2.0.2, 8.4.2.
 */
export function correlationsOf(
  root: Element,
  process: Element,
  problems: Problems
): readonly Correlation[] {
  const bindings = new Map<Element, Map<Element, string | null>>()
  for (const subscription of listOf(process, 'correlationSubscriptions')) {
    const key = subscription.correlationKeyRef as Element | undefined
    if (key === undefined) {
      problems.add(subscription, 'expected correlationKeyRef, the correlation key that it binds')
      continue
    }
    bindings.set(key, bindingsOf(process, subscription, key, problems))
  }
  return allKeys(root)
    .map((key): Correlation => {
      const bound = bindings.get(key)
      const properties = listOf(key, 'correlationPropertyRef')
      return {
        id: String(key.id ?? key.name ?? ''),
        properties: properties.map(property => ({
          name: nameOf(property),
          paths: pathsOf(property, problems),
          data: bound?.get(property) ?? null
        }))
      }
    })
    .filter(({ properties }) => properties.length > 0)
}

function bindingsOf(
  process: Element,
  subscription: Element,
  key: Element,
  problems: Problems
): Map<Element, string | null> {
  const properties = listOf(key, 'correlationPropertyRef')
  const bound = new Map<Element, string | null>()
  for (const binding of listOf(subscription, 'correlationPropertyBinding')) {
    const property = binding.correlationPropertyRef as Element | undefined
    if (property === undefined || !properties.includes(property)) {
      problems.add(
        process,
        `expected a binding of <${subscription.id ?? ''}> to be of a property of <${key.id ?? ''}>, found <${property?.id ?? 'none'}>`
      )
      continue
    }
    if (binding.dataPath === undefined)
      problems.add(process, `expected the binding of <${property.id ?? ''}> to have a dataPath`)
    const what = `dataPath of <${property.id ?? ''}>`
    bound.set(property, feelOf(process, binding.dataPath, what, problems))
  }
  for (const property of properties) {
    if (bound.has(property)) continue
    problems.add(
      process,
      `expected the subscription <${subscription.id ?? ''}> to bind <${property.id ?? ''}>`
    )
  }
  return bound
}

/** The keys of the collaborations and of the conversations in them. */
function allKeys(root: Element): readonly Element[] {
  const inside = (node: Element): readonly Element[] => [
    ...listOf(node, 'correlationKeys'),
    ...listOf(node, 'conversations').flatMap(inside),
    ...listOf(node, 'conversationNodes').flatMap(inside)
  ]
  return listOf(root, 'rootElements').flatMap(inside)
}

/** Checks the keys once per diagram: each has properties, and each property says where messages have it. */
export function checkCorrelations(root: Element, problems: Problems): void {
  for (const key of allKeys(root)) {
    if (listOf(key, 'correlationPropertyRef').length === 0)
      problems.add(key, 'expected a correlation key to have a property (correlationPropertyRef)')
  }
  for (const property of listOf(root, 'rootElements')) {
    if (property.$type !== 'bpmn:CorrelationProperty') continue
    const retrievals = listOf(property, 'correlationPropertyRetrievalExpression')
    if (retrievals.length === 0)
      problems.add(property, 'expected a correlationPropertyRetrievalExpression for a message')
    for (const { messageRef, messagePath } of retrievals) {
      if (messageRef === undefined)
        problems.add(property, 'expected a retrieval expression to have a messageRef')
      if (messagePath === undefined)
        problems.add(property, 'expected a retrieval expression to have a messagePath')
      else feelOf(property, messagePath as Element, 'messagePath', problems)
    }
  }
}

function pathsOf(property: Element, problems: Problems): Record<string, string> {
  const paths: Record<string, string> = {}
  for (const retrieval of listOf(property, 'correlationPropertyRetrievalExpression')) {
    const message = retrieval.messageRef as Element | undefined
    const name = message?.name ?? message?.id
    if (name === undefined || problems.has(property.id ?? property.$type)) continue
    const path = feelOf(property, retrieval.messagePath as Element, 'messagePath', problems)
    if (path !== null) paths[name] = path
  }
  return paths
}

function nameOf(property: Element): string {
  return property.name ?? property.id ?? ''
}
