import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './fuzz.ts'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))

export interface Fuzzed {
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** What is neither a refusal nor an incident nor a right run, by the seed that repeats it. */
  readonly faults: readonly { readonly seed: number; readonly what: string }[]
}

interface Told {
  readonly seed: number
  readonly outcome?: Outcome
  readonly fault?: string
}

/** Plays so many cases in as many processes; one that takes longer than `patience` is a fault. */
export async function fuzzed(given: {
  readonly from: number
  readonly count: number
  readonly workers: number
  readonly patience: number
}): Promise<Fuzzed> {
  const { from, count, workers, patience } = given
  const outcomes = { refused: 0, incident: 0, completed: 0, waiting: 0 }
  const faults: { seed: number; what: string }[] = []
  const to = from + count
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      let next = from + worker
      while (next < to) {
        const hung = await played(next, to, workers, patience, told => {
          if (told.outcome !== undefined) outcomes[told.outcome] += 1
          if (told.fault !== undefined) faults.push({ seed: told.seed, what: told.fault })
        })
        if (hung === null) return
        faults.push({ seed: hung, what: `no end within ${patience} ms` })
        next = hung + workers
      }
    })
  )
  return { outcomes, faults }
}

/** One process until it is done, or gives the seed at which it hangs or dies. */
function played(
  from: number,
  to: number,
  step: number,
  patience: number,
  tell: (told: Told) => void
): Promise<number | null> {
  return new Promise(resolve => {
    const child: ChildProcess = fork(WORKER, [from, to, step].map(String), {
      execArgv: ['--import', 'tsx']
    })
    let current = from
    let finished = false
    // the first case waits for the process to be there
    let timer = setTimeout(() => child.kill('SIGKILL'), patience + 30_000)
    child.on('message', (told: Told) => {
      current = told.seed
      finished = told.outcome !== undefined || told.fault !== undefined
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), patience)
      tell(told)
    })
    child.on('exit', code => {
      clearTimeout(timer)
      resolve(code === 0 ? null : finished ? current + step : current)
    })
  })
}
