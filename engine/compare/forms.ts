import type { FormSchema } from '../forms.ts'
import type { ElementId, ProcessGraph } from '../graph.ts'
import type { Text } from '../messages.ts'
import type { Difference } from './difference.ts'
import type { Matching } from './matching.ts'
import { canonical, shown } from './meaning.ts'
import { called, sentence } from './words.ts'

/** The forms of a process, by element. */
export type Forms = Readonly<Record<ElementId, FormSchema>>

/** What forms ask that others do not, field by field. */
export function formDifferences(
  national: { readonly graph: ProcessGraph; readonly forms: Forms },
  variant: { readonly graph: ProcessGraph; readonly forms: Forms },
  { toVariant }: Matching
): readonly Difference[] {
  return Object.keys(national.graph.nodes).flatMap(id => {
    const other = toVariant.get(id)
    if (other === undefined) return []
    const was = Object.hasOwn(national.forms, id) ? national.forms[id] : undefined
    const is = Object.hasOwn(variant.forms, other) ? variant.forms[other] : undefined
    const name = called(variant.graph, other)
    const about = { kind: 'form' as const, national: [id], variant: [other] }
    if (was === undefined && is === undefined) return []
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    if (was === undefined || is === undefined) {
      const text = was === undefined ? NEW_FORM : NO_FORM
      return [{ ...about, text: sentence(text, name), before: yes(was), after: yes(is) }]
    }
    return partsOf(was, is).map(({ text, field, before, after }) => ({
      ...about,
      text: sentence(text, name, field),
      before,
      after
    }))
  })
}

const yes = (form: FormSchema | undefined) => (form === undefined ? null : 'form')
const NEW_FORM = { id: '{0}: formulir baru', en: '{0}: a form of its own' }
const NO_FORM = { id: '{0}: tanpa formulir', en: '{0}: no form' }

interface Part {
  readonly text: Text
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}
const ADDED = { id: '{0}: isian {1} ditambah', en: '{0}: field {1} added' }
const REMOVED = { id: '{0}: isian {1} dihapus', en: '{0}: field {1} removed' }
const REQUIRED = { id: '{0}: kewajiban isian {1} berbeda', en: '{0}: field {1} required otherwise' }
const CHANGED = { id: '{0}: isian {1} berbeda', en: '{0}: field {1} differs' }
const RULES = { id: '{0}: aturan isian berbeda', en: '{0}: rules of the form differ' }

function partsOf(was: FormSchema, is: FormSchema): readonly Part[] {
  const [olds, news] = [fieldsOf(was), fieldsOf(is)]
  const parts: Part[] = []
  for (const field of new Set([...olds.keys(), ...news.keys()])) {
    const [before, after] = [olds.get(field), news.get(field)]
    if (before === undefined || after === undefined) {
      const text = before === undefined ? ADDED : REMOVED
      parts.push({ text, field, before: before?.words ?? null, after: after?.words ?? null })
      continue
    }
    if (before.required !== after.required) {
      const words = ({ required }: Field) => (required ? 'required' : 'optional')
      parts.push({ text: REQUIRED, field, before: words(before), after: words(after) })
    }
    if (before.key !== after.key)
      parts.push({ text: CHANGED, field, before: before.words, after: after.words })
  }
  const [before, after] = [restOf(was), restOf(is)]
  if (canonical(before) !== canonical(after))
    parts.push({ text: RULES, field: '', before: shown(before), after: shown(after) })
  return parts
}

interface Field {
  readonly required: boolean
  readonly key: string
  readonly words: string
}
/** Words of a form, which say what a field means and not what it takes. */
const WORDS: ReadonlySet<string> = new Set([
  ...['title', 'description', 'x-title-en', 'x-description-en', 'properties', 'required']
])

/** The fields of a form and those inside them, by path. */
function fieldsOf(form: FormSchema, path = ''): Map<string, Field> {
  const fields = new Map<string, Field>()
  const { properties, required } = form as {
    readonly properties?: Readonly<Record<string, FormSchema>>
    readonly required?: readonly string[]
  }
  for (const [name, schema] of Object.entries(properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`
    const bare = withoutWords(schema)
    fields.set(at, {
      required: (required ?? []).includes(name),
      key: canonical(bare),
      words: JSON.stringify(bare)
    })
    for (const [inner, field] of fieldsOf(schema, at)) fields.set(inner, field)
  }
  return fields
}

/** What a schema takes, without its words, its fields apart. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !WORDS.has(name))
      .map(([name, inner]) => [name, withoutWords(inner)])
  )
}

/** What a form asks beyond its fields: the rules that bind them. */
function restOf(form: FormSchema): unknown {
  const rules = (form as { readonly 'x-rules'?: readonly object[] })['x-rules'] ?? []
  return rules.map(rule => {
    const { message: _, ...meant } = rule as { readonly message?: unknown; readonly if?: string }
    // FEEL goes under a name by which it is read for its meaning
    const { if: condition = '', ...rest } = meant
    return { ...rest, condition }
  })
}
