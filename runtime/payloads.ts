import { basename, dirname, join } from 'node:path'
import type { Problem } from '../engine/errors.ts'
import { checkSchema, type FormSchema } from '../engine/forms.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import { payloadProblems } from '../engine/payloads.ts'
import type { Variables } from '../engine/state.ts'

/** A file with the schema of what a message carries. */
export interface SchemaFile {
  readonly file: string
  readonly schema: FormSchema
}

interface Diagram {
  readonly graph: ProcessGraph
  readonly file: string
}

/** Under what the schema of a message is kept among the forms of its process: no element has such an id. */
export function schemaKey(message: string): string {
  return `message ${message}`
}

/** The schemas of the messages of a diagram, which lie beside it, as they are kept with its forms. */
export function schemasOf(
  { graph, file }: Diagram,
  files: readonly SchemaFile[]
): Readonly<Record<string, FormSchema>> {
  const found = graph.payloads.flatMap(({ message, files: names }) => {
    const schema = names.map(name => fileBeside(file, name, files)).find(each => each !== undefined)
    return schema === undefined ? [] : [[schemaKey(message), schema.schema] as const]
  })
  return Object.fromEntries(found)
}

/** Schemas that do not hold, that are named and not there, and that nothing has. */
export function schemaProblems(
  diagrams: readonly Diagram[],
  files: readonly SchemaFile[]
): readonly Problem[] {
  const used = new Set<SchemaFile>()
  const missing = diagrams.flatMap(({ graph, file }) =>
    graph.payloads.flatMap(({ id, named, files: names }) => {
      const found = names.flatMap(name => fileBeside(file, name, files) ?? [])
      for (const each of found) used.add(each)
      if (named === null || found.length > 0) return []
      const message = `expected the schema <${named}> of message <${id}> beside the diagram`
      return [{ path: `${file}#${id}`, message }]
    })
  )
  const wrong = files.flatMap(({ file, schema }) =>
    checkSchema(schema).map(({ path, message }) => ({ path: `${file}#${path}`, message }))
  )
  const unused = files
    .filter(each => !used.has(each))
    .map(({ file }) => {
      const name = basename(file, '.schema.json')
      return {
        path: file,
        message: `expected a message or an item definition <${name}> in a diagram beside it`
      }
    })
  return [...missing, ...wrong, ...(diagrams.length === 0 ? [] : unused)]
}

function fileBeside(
  diagram: string,
  name: string,
  files: readonly SchemaFile[]
): SchemaFile | undefined {
  return files.find(({ file }) => file === join(dirname(diagram), name))
}

/**
 * What is wrong with what a message carries: by the schema of the process that sends it, else by those of
 * all processes that know the message.
 */
export function problemsOfPayload(
  library: {
    readonly processes: readonly ProcessGraph[]
    payload(process: ElementId, version: number, message: string): FormSchema | null
  },
  sender: ProcessGraph | null,
  message: string,
  payload: Variables
): readonly Problem[] {
  const own = sender && library.payload(sender.id, sender.version, message)
  const found = (id: ElementId, version: number): readonly FormSchema[] => {
    const schema = library.payload(id, version, message)
    return schema === null ? [] : [schema]
  }
  const schemas: readonly FormSchema[] = own
    ? [own]
    : library.processes.flatMap(({ id, version }) => found(id, version))
  const problems = schemas.flatMap(schema => payloadProblems(schema, payload))
  const seen = new Map(problems.map(problem => [`${problem.path} ${problem.message}`, problem]))
  return [...seen.values()]
}
