import type { ElementId, ProcessGraph } from '../graph.ts'
import type { Text } from '../messages.ts'

/** What people call an element, in both languages. */
export function called({ nodes }: ProcessGraph, id: ElementId): Text {
  const { name = '', english = '' } = nodes[id] ?? {}
  const own = name.replace(/\s+/g, ' ').trim()
  const id_ = own === '' ? `<${id}>` : `«${own}»`
  const en = english.replace(/\s+/g, ' ').trim()
  return { id: id_, en: en === '' ? id_ : `«${en}»` }
}

/** Puts names into the places `{0}`, `{1}` of a sentence. */
export function sentence(text: Text, ...parts: readonly (Text | string)[]): Text {
  const fill = (language: 'id' | 'en') =>
    text[language].replace(/\{(\d)\}/g, (_, n: string) => {
      const part = parts[Number(n)] ?? ''
      return typeof part === 'string' ? part : part[language]
    })
  return { id: fill('id'), en: fill('en') }
}
