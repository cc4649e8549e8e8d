import type { LocalDate } from '../../engine/state.ts'
import type { ImpactReport } from '../../runtime/rules/impact.ts'
import type { Progress } from '../../runtime/rules/self-check.ts'
import type { ImpactProgress } from '../law.ts'

interface Running extends ImpactProgress {
  readonly report: Promise<ImpactReport>
}

/** The measurements that run: of each change set one at a time, for they are long and all read the same log. */
export class Measurements {
  readonly #running = new Map<string, Running>()

  /** Joins the one that runs, whatever its period, or begins one. */
  join(
    id: string,
    { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
    begin: (onProgress: Progress) => Promise<ImpactReport>
  ): Promise<ImpactReport> {
    const running = this.#running.get(id)
    if (running) return running.report
    const come = (done: number, total: number) => {
      const now = this.#running.get(id)
      if (now) this.#running.set(id, { ...now, done, total })
    }
    const report = begin(come).finally(() => this.#running.delete(id))
    this.#running.set(id, { from, to, done: 0, total: null, report })
    return report
  }

  /** Null: none of it runs. */
  progress(id: string): ImpactProgress | null {
    const running = this.#running.get(id)
    if (!running) return null
    const { from, to, done, total } = running
    return { from, to, done, total }
  }
}
