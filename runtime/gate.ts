import { compile } from '../engine/compile/compile.ts'
import { InvalidData, type Problem } from '../engine/errors.ts'
import type { ProcessGraph } from '../engine/graph.ts'
import { DIAGRAM_LIMITS, type DiagramLimits, readTree } from './bpmn.ts'

/** A diagram that may be deployed. */
export interface CheckedDiagram {
  readonly graphs: readonly ProcessGraph[]
}

/**
 * Lets a diagram in, or refuses it with everything that is wrong at once: what is no XML stands alone, but
 * references, the schema, the rules of the standard and expressions are told together. What the parser
 * dropped is told once, not again by what misses it.
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
    return { graphs }
  } catch (error) {
    if (!(error instanceof InvalidData) || error.problems === problems) throw error
    const told = new Set(problems.map(({ path }) => path))
    const more = error.problems.map(({ path, message }) => ({ path: `${file}#${path}`, message }))
    const all: readonly Problem[] = [...problems, ...more.filter(({ path }) => !told.has(path))]
    throw new InvalidData(file, all)
  }
}
