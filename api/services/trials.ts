import { DIFFERENCE_KINDS, type Difference } from '../../engine/compare/difference.ts'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { ElementId } from '../../engine/graph.ts'
import type { Text } from '../../engine/messages.ts'
import { readDiagram } from '../../runtime/bpmn.ts'
import { type CaseTrial, TrialsBusy, type TriedCases } from '../../runtime/case-checker.ts'
import type { ProcessCoverage } from '../../runtime/coverage.ts'
import { type Layout, layoutOf } from '../../runtime/layout.ts'
import type { VariantComparison } from '../../runtime/variants.ts'
import { wordsOf } from '../../runtime/wording.ts'
import { diagramUrl } from '../diagrams.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps } from '../services.ts'

/** A procedure as it runs, and how many example cases stand beside it. */
export interface Procedure {
  readonly process: ElementId
  readonly name: string
  readonly english: string
  readonly version: number
  /** Where the XML is served. */
  readonly diagram: string
  readonly examples: number
}

/** What the example cases beside a procedure take of it, and of those that it calls, with their drawings. */
export interface CoveredProcedure {
  readonly name: string
  readonly english: string
  readonly failed: TriedCases['cases']
  readonly covered: readonly (ProcessCoverage & {
    readonly name: string
    readonly english: string
    readonly drawing: Layout
    readonly say: (id: string) => string
  })[]
}

/** What a variant does otherwise, for the page of procedures. */
export interface VariantView extends VariantComparison {
  readonly name: string
  readonly english: string
  readonly groups: readonly { readonly kind: Text; readonly differences: readonly Difference[] }[]
}

function viewOf(comparison: VariantComparison, name: string, english: string): VariantView {
  const groups = Object.entries(DIFFERENCE_KINDS).flatMap(([kind, label]) => {
    const differences = comparison.differences.filter(each => each.kind === kind)
    return differences.length === 0 ? [] : [{ kind: label, differences }]
  })
  return { ...comparison, name, english, groups }
}

/** What those who write procedures try on them, in memory; only for operators. */
export interface TrialServices {
  /** Plays example cases on a deployed process, or on a draft of it. @throws InvalidData */
  tryCases(actor: Actor, trial: CaseTrial): Promise<TriedCases>
  procedures(actor: Actor): Promise<readonly Procedure[]>
  /** How a variant differs in meaning from the national process. @throws CommandRefused `unknown-process` */
  differences(actor: Actor, process: ElementId): Promise<VariantComparison>
  /** The same for every variant, by kind of difference. */
  variants(actor: Actor): Promise<readonly VariantView[]>
  /** Plays the examples beside a procedure. @throws InvalidData */
  coverage(actor: Actor, process: ElementId): Promise<CoveredProcedure>
}

export function trialServices({ caseChecker, library, examples }: Deps): TrialServices {
  const mustTry = (actor: Actor): void => {
    if (actor.unit !== null && actor.roles.includes('operator')) return
    throw new CommandRefused('not-allowed', 'expected an operator to try cases')
  }
  const examplesOf = async (process: ElementId) =>
    (await examples()).filter(each => each.process === process).flatMap(({ cases }) => cases)

  const tried = async (trial: CaseTrial): Promise<TriedCases> => {
    try {
      return await caseChecker.check(trial)
    } catch (error) {
      if (!(error instanceof TrialsBusy)) throw error
      throw new RequestRefused('too-many', error.message, [], 5)
    }
  }

  const painted = async (coverage: ProcessCoverage) => {
    const graph = library.processes.find(({ id }) => id === coverage.process)
    const source = graph === undefined ? null : library.source(graph.id, graph.version)
    if (graph === undefined || source === null) return []
    const drawing = layoutOf(await readDiagram(source.xml, source.file), graph)
    const { name, english } = graph
    return [{ ...coverage, name, english, drawing, say: wordsOf(graph) }]
  }

  return {
    async tryCases(actor, trial) {
      mustTry(actor)
      return tried(trial)
    },

    async procedures(actor) {
      mustTry(actor)
      return Promise.all(
        library.processes.map(async ({ id: process, name, english, version }) => ({
          process,
          name,
          english,
          version,
          diagram: diagramUrl(process, version),
          examples: (await examplesOf(process)).length
        }))
      )
    },

    async differences(actor, process) {
      mustTry(actor)
      const comparison = library.differences(process)
      if (comparison !== null) return comparison
      throw new CommandRefused(
        'unknown-process',
        `process <${process}> is no variant of another one`
      )
    },

    async variants(actor) {
      mustTry(actor)
      return library.processes.flatMap(({ id, name, english }) => {
        const comparison = library.differences(id)
        return comparison === null ? [] : [viewOf(comparison, name, english)]
      })
    },

    async coverage(actor, process) {
      mustTry(actor)
      const graph = library.processes.find(({ id }) => id === process)
      const cases = await examplesOf(process)
      if (graph === undefined || cases.length === 0) {
        const message = `no example case of a process <${process}> is known`
        throw new CommandRefused('unknown-process', message)
      }
      const { cases: done, coverage } = await tried({ process, cases })
      const own = coverage.filter(each => each.process === process)
      const called = coverage.filter(each => each.process !== process)
      return {
        name: graph.name,
        english: graph.english,
        failed: done.filter(({ passed }) => !passed),
        covered: (await Promise.all([...own, ...called].map(painted))).flat()
      }
    }
  }
}
