import type { Draft } from './apply.ts'
import type { ElementId } from './graph.ts'
import type { Performers, ProcessInstance, TokenId } from './state.ts'

/** The process whose elements the tokens inside a scope rest on; an instance that was begun by a call has its own. */
export function processIn(
  { process, tokens }: Pick<ProcessInstance, 'process' | 'tokens'>,
  scope: TokenId | null
): ElementId {
  for (let id = scope; id !== null; ) {
    const token = tokens[id]
    if (token === undefined) return process
    if (token.called !== null) return token.called.process
    id = token.scope
  }
  return process
}

/** Notes who had a hand in an element; each stands once, the latest last. */
export function addPerformers(
  draft: Draft,
  { token, element }: { readonly token: TokenId; readonly element: ElementId },
  persons: readonly string[]
): void {
  const process = processIn(draft, draft.tokens[token]?.scope ?? null)
  const inProcess = draft.performers[process] ?? {}
  const before = inProcess[element] ?? []
  const all = [...before.filter(id => !persons.includes(id)), ...persons]
  draft.performers = { ...draft.performers, [process]: { ...inProcess, [element]: all } }
}

/** What FEEL sees: the latest performer of each element, of its own process where an id stands in two. */
export function lastPerformers(
  performers: Performers,
  process: ElementId
): Readonly<Record<ElementId, string>> {
  const last: Record<ElementId, string> = {}
  const others = Object.keys(performers).filter(id => id !== process)
  for (const id of [...others, process]) {
    for (const [element, persons] of Object.entries(performers[id] ?? {})) {
      const person = persons.at(-1)
      if (person !== undefined) last[element] = person
    }
  }
  return last
}
