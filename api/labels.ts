import type { FormSchema } from '../engine/forms.ts'
import type { Text } from '../engine/messages.ts'
import type { Library } from '../runtime/library.ts'

/**
 * What the forms of processes call the variables of a case, by path: `applicant.passportNumber`. The words
 * stand in the forms alone, so that a new form needs no programmer to be read on the case page.
 */
export function labelsOf(
  library: Library,
  processes: readonly { readonly process: string; readonly version: number }[]
): Readonly<Record<string, Text>> {
  const labels: Record<string, Text> = {}
  for (const { process, version } of processes) {
    for (const form of Object.values(library.source(process, version)?.forms ?? {})) {
      addLabels(labels, form, '')
    }
  }
  return labels
}

function addLabels(labels: Record<string, Text>, schema: FormSchema, path: string): void {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, FormSchema>>
  for (const [name, property] of Object.entries(properties)) {
    const at = path === '' ? name : `${path}.${name}`
    const { title: id, 'x-title-en': en } = property
    if (typeof id === 'string' && typeof en === 'string') labels[at] ??= { id, en }
    addLabels(labels, property, at)
  }
}
