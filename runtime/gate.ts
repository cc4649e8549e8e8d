import { compile } from '../engine/compile/compile.ts'
import { warningsOf } from '../engine/compile/soundness.ts'
import { InvalidData, type Problem, type Warning } from '../engine/errors.ts'
import type { ProcessGraph } from '../engine/graph.ts'
import { DIAGRAM_LIMITS, type DiagramLimits, readTree } from './bpmn.ts'

/** A diagram that may be deployed. */
export interface CheckedDiagram {
  readonly graphs: readonly ProcessGraph[]
  /** What it may run into, by file and element; it may be deployed all the same. */
  readonly warnings: readonly Warning[]
}

/**
 * Lets a diagram in, or refuses it with everything that is wrong at once: what is no XML stands alone, but
 * references, the schema, the rules of the standard and expressions are told together. A reference
 * that leads nowhere is told once, not again by what misses it.
 *
 * @throws InvalidData with every problem, by file and element
 */
export async function checkDiagram(
  source: string | Uint8Array,
  file: string,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<CheckedDiagram> {
  const { definitions, problems } = await readTree(source, file, limits)
  try {
    const graphs = compile(definitions, 1, limits)
    if (problems.length > 0) throw new InvalidData(file, problems)
    const warnings = warningsIn(graphs.map(graph => ({ graph, file })))
    return { graphs, warnings }
  } catch (error) {
    if (!(error instanceof InvalidData) || error.problems === problems) throw error
    const unresolved = problems.filter(({ message }) => message.includes('unresolved reference'))
    const told = new Set(unresolved.map(({ path }) => path))
    const more = error.problems.map(({ path, message }) => ({ path: `${file}#${path}`, message }))
    const all: readonly Problem[] = [...problems, ...more.filter(({ path }) => !told.has(path))]
    throw new InvalidData(file, all)
  }
}

/** What processes may run into although they may be deployed, by file and element. */
export function warningsIn(
  sources: readonly { readonly graph: ProcessGraph; readonly file: string }[]
): readonly Warning[] {
  return sources.flatMap(({ graph, file }) =>
    warningsOf(graph).map(warning => ({ ...warning, path: `${file}#${warning.path}` }))
  )
}
