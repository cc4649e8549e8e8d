import { Worker } from 'node:worker_threads'
import { CommandRefused, InvalidData, type Problem } from '../engine/errors.ts'
import type { FormSchema } from '../engine/forms.ts'
import type { ElementId } from '../engine/graph.ts'
import type { Instant } from '../engine/state.ts'
import type { ProcessCoverage } from './coverage.ts'
import type { Library } from './library.ts'
import type { Publication, PublishedStatement, Statements } from './rules/statements.ts'

/** Cases to be tried on a process as it is deployed, or on a draft of it. */
export interface CaseTrial {
  readonly process: ElementId
  /** As they were written; they are checked before any is played. */
  readonly cases: readonly unknown[]
  /** BPMN XML in the place of the deployed diagram. */
  readonly diagram?: string
  /** Forms in the place of the deployed ones, by element. */
  readonly forms?: Readonly<Record<ElementId, FormSchema>>
}

/** What came of a trial. */
export interface TriedCases {
  readonly cases: readonly TriedCase[]
  /** What the cases have taken of the process and of those that it calls. */
  readonly coverage: readonly ProcessCoverage[]
}
export interface TriedCase {
  readonly name: string
  readonly passed: boolean
  /** Where it turned out otherwise than expected. */
  readonly problems: readonly Problem[]
  /** Null when its start was refused. */
  readonly status: string | null
  readonly trace: readonly { readonly at: Instant; readonly line: string }[]
}

/** Tries cases by a clock that only they move. */
export interface CaseChecker {
  /**
   * @throws CommandRefused for an unknown process
   * @throws InvalidData for cases or a draft that do not hold, or that take too long
   * @throws TrialsBusy
   */
  check(trial: CaseTrial): Promise<TriedCases>
}

/** As many trials as there may be are under way. */
export class TrialsBusy extends Error {}

/** What a trial's own thread is given: everything, as plain data. */
export interface TrialInput {
  readonly trial: CaseTrial
  readonly rules: string
  /** What was published beside the files: statements of old, and change sets. */
  readonly statements: readonly PublishedStatement[]
  readonly publications: readonly Publication[]
  readonly jobs: readonly string[]
  readonly sources: readonly {
    readonly process: ElementId
    readonly file: string
    readonly xml: string
    readonly forms: Readonly<Record<ElementId, FormSchema>>
  }[]
}
export type TrialOutput = { readonly tried: TriedCases } | { readonly invalid: readonly Problem[] }

/** How long a trial may take, how much memory, and how many may be under way. */
export interface TrialLimits {
  readonly seconds: number
  readonly megabytes: number
  readonly atOnce: number
}
export const TRIAL_LIMITS: TrialLimits = { seconds: 20, megabytes: 256, atOnce: 2 }

/** Tries each set of cases in a thread of its own, so that none can hold up the others or the server. */
export function caseChecker(given: {
  /** The folder of the local law. */
  readonly rules: string
  readonly library: Pick<Library, 'processes' | 'source'>
  readonly statements: Pick<Statements, 'all' | 'publications'>
  readonly jobs: readonly string[]
  readonly limits?: TrialLimits
}): CaseChecker {
  const { library, statements, rules, jobs, limits = TRIAL_LIMITS } = given
  let underWay = 0
  return {
    async check(trial) {
      if (trial.diagram === undefined && !library.processes.some(({ id }) => id === trial.process))
        throw new CommandRefused('unknown-process', `no process <${trial.process}> is deployed`)
      if (underWay >= limits.atOnce)
        throw new TrialsBusy(`expected at most ${limits.atOnce} trials of cases at once`)
      const sources = library.processes.flatMap(({ id, version }) => {
        const source = library.source(id, version)
        return source === null ? [] : [{ ...source, process: id }]
      })
      underWay += 1
      try {
        const published = {
          statements: await statements.all(),
          publications: await statements.publications()
        }
        return await inThread({ trial, rules, ...published, jobs, sources }, limits)
      } finally {
        underWay -= 1
      }
    }
  }
}

async function inThread(input: TrialInput, limits: TrialLimits): Promise<TriedCases> {
  const worker = new Worker(new URL('./case-trial.mjs', import.meta.url), {
    workerData: input,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes }
  })
  const end = (message: string) =>
    new InvalidData('the cases cannot be played', [{ path: 'cases', message }])
  let timer: NodeJS.Timeout | undefined
  try {
    const output = await new Promise<TrialOutput>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(end(`expected to be over within ${limits.seconds} seconds`))
      }, limits.seconds * 1000)
      worker.once('message', resolve)
      worker.once('error', (error: Error & { readonly code?: string }) => {
        const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        reject(full ? end(`expected to need at most ${limits.megabytes} MB`) : error)
      })
      worker.once('exit', () => reject(new Error('the thread of a trial ended without an answer')))
    })
    if ('tried' in output) return output.tried
    throw new InvalidData('the cases cannot be played', output.invalid)
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
