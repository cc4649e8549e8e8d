import type { FormSchema } from '../engine/forms.ts'
import type { Text } from '../engine/messages.ts'
import type { Library } from '../runtime/library.ts'

type Processes = readonly { readonly process: string; readonly version: number }[]

/**
 * What the forms of processes call the variables of a case, by path: `applicant.passportNumber`. The words
 * stand in the forms alone, so that a new form needs no programmer to be read on the case page.
 */
export function labelsOf(
  library: Pick<Library, 'source'>,
  processes: Processes
): Readonly<Record<string, Text>> {
  const labels: Record<string, Text> = {}
  for (const { path, schema } of propertiesOf(library, processes)) {
    const words = wordsOf(schema)
    if (words !== null) labels[path] ??= words
  }
  return labels
}

/** What they call the values to choose from, by path and value: `permit.kind`, `ITK`. */
export function choicesOf(
  library: Pick<Library, 'source'>,
  processes: Processes
): Readonly<Record<string, Readonly<Record<string, Text>>>> {
  const choices: Record<string, Record<string, Text>> = {}
  for (const { path, schema } of propertiesOf(library, processes)) {
    for (const option of optionsOf(schema)) {
      const words = wordsOf(option)
      if (words === null || !isScalar(option.const)) continue
      choices[path] ??= {}
      choices[path][String(option.const)] ??= words
    }
  }
  return choices
}

interface Property {
  readonly path: string
  readonly schema: FormSchema
}

function* propertiesOf(
  library: Pick<Library, 'source'>,
  processes: Processes
): Generator<Property> {
  for (const { process, version } of processes) {
    for (const form of Object.values(library.source(process, version)?.forms ?? {})) {
      yield* propertiesIn(form, '')
    }
  }
}

function* propertiesIn(schema: FormSchema, around: string): Generator<Property> {
  for (const [name, property] of Object.entries((schema.properties ?? {}) as FormSchema)) {
    const path = around === '' ? name : `${around}.${name}`
    yield { path, schema: property as FormSchema }
    yield* propertiesIn(property as FormSchema, path)
  }
  // what may be null states its properties in one of its alternatives
  for (const inner of alternativesOf(schema)) {
    if (inner.properties !== undefined) yield* propertiesIn(inner, around)
  }
}

/** The choices of a property, or of the items of a list. */
function optionsOf(schema: FormSchema): readonly FormSchema[] {
  const own = alternativesOf(schema)
  const items = schema.items as FormSchema | undefined
  const all = items === undefined ? own : [...own, ...alternativesOf(items)]
  return all.flatMap(each => ('const' in each ? [each] : alternativesOf(each)))
}

function alternativesOf({ oneOf, anyOf }: FormSchema): readonly FormSchema[] {
  return [oneOf, anyOf].flatMap(each => (Array.isArray(each) ? (each as FormSchema[]) : []))
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function wordsOf({ title: id, 'x-title-en': en }: FormSchema): Text | null {
  return typeof id === 'string' && typeof en === 'string' ? { id, en } : null
}
