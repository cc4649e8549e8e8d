import type { ElementId } from '../../engine/graph.ts'
import type { Text } from '../../engine/messages.ts'
import type { Instant } from '../../engine/state.ts'

/** Many lengths of time in few numbers. */
export interface Summary {
  readonly count: number
  readonly mean: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

/** What came of a simulation. Lengths of time are minutes; those of work and waiting count opening time alone. */
export interface Figures {
  readonly process: ElementId
  readonly name: string
  readonly english: string
  readonly office: string
  readonly seed: string
  /** The first day, the last arrival, and when nothing was left to do. */
  readonly from: Instant
  readonly lastArrival: Instant
  readonly until: Instant
  readonly instances: {
    readonly started: number
    readonly completed: number
    /** Rest with an incident. */
    readonly stuck: number
    /** Rest with something that never comes. */
    readonly open: number
    /** Refused at the start. */
    readonly refused: number
  }
  /** How often each end event was reached. */
  readonly ends: Readonly<Record<ElementId, number>>
  /** Completed instances a day of opening, while cases come in. */
  readonly throughputPerDay: number
  readonly arrivalsPerDay: number
  readonly openingMinutesPerDay: number
  /** From start to end: as the calendar counts, and as the opening hours do. */
  readonly cycle: { readonly calendar: Summary; readonly opening: Summary }
  readonly steps: readonly StepFigures[]
  readonly roles: readonly RoleFigures[]
  readonly late: number
  readonly bottleneck: Bottleneck | null
  readonly stuck: readonly {
    readonly element: ElementId
    readonly message: string
    readonly count: number
  }[]
  /** What was assumed because nobody stated it. */
  readonly assumptions: readonly Text[]
}

export interface StepFigures {
  readonly process: ElementId
  readonly element: ElementId
  readonly name: string
  readonly english: string
  readonly kind: 'task' | 'job' | 'event'
  /** Who does it; empty for a job or an event. */
  readonly role: string
  readonly unit: string
  readonly waiting: Summary
  readonly processing: Summary
  /** How many had a due time, and how many of them were done later. */
  readonly due: number
  readonly late: number
}

export interface RoleFigures {
  readonly role: string
  readonly unit: string
  readonly officers: number
  /** The share of the opening time in which its officers work, in whatever role, while cases come in. */
  readonly utilisation: number
  /** The share of it in which they work in this role. */
  readonly inRole: number
  readonly queue: { readonly mean: number; readonly most: number }
  readonly waiting: Summary
  readonly processing: Summary
}

export interface Bottleneck {
  /** Empty when cases wait most for something else than officers. */
  readonly role: string
  readonly element: ElementId
  readonly reason: Text
}

/** Collects lengths of time. */
export class Sample {
  readonly #values: number[] = []
  #sum = 0

  /** All lengths of several samples. */
  static of(samples: readonly Sample[]): Sample {
    const all = new Sample()
    for (const sample of samples) for (const value of sample.#values) all.add(value)
    return all
  }

  add(value: number): void {
    this.#values.push(value)
    this.#sum += value
  }

  get sum(): number {
    return this.#sum
  }

  /** The numbers in minutes, of values in milliseconds. */
  summary(): Summary {
    const sorted = Float64Array.from(this.#values).sort()
    const at = (share: number) =>
      rounded((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0) / 60_000)
    return {
      count: sorted.length,
      mean: sorted.length === 0 ? 0 : rounded(this.#sum / sorted.length / 60_000),
      median: at(0.5),
      p90: at(0.9),
      max: at(1)
    }
  }
}

/** Three digits behind the point, so that nobody takes noise for a figure. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** A length in minutes as one reads it: `12 min`, `3.4 h`. */
export function lengthText(minutes: number): string {
  return minutes < 90 ? `${Number(minutes.toFixed(1))} min` : `${(minutes / 60).toFixed(1)} h`
}

/** The role that cases wait for most, and why; or that none is one. */
export function bottleneckOf(
  steps: readonly StepFigures[],
  roles: readonly RoleFigures[]
): Bottleneck | null {
  const tasks = steps.filter(({ kind }) => kind === 'task')
  const total = (each: { readonly waiting: Summary }) => each.waiting.mean * each.waiting.count
  const all = tasks.reduce((sum, each) => sum + total(each), 0)
  const role = roles.toSorted((a, b) => total(b) - total(a))[0]
  if (role === undefined || all === 0 || total(role) === 0) return null
  // somewhere cases always wait longest; it is no bottleneck while they hardly wait at all
  const hardly = role.waiting.mean < role.processing.mean / 4 && role.utilisation < 0.7
  if (hardly) return null
  const step = tasks
    .filter(each => each.role === role.role)
    .toSorted((a, b) => total(b) - total(a))[0]
  if (step === undefined) return null
  const share = Math.round((total(role) / all) * 100)
  const busy = Math.round(role.utilisation * 100)
  const mean = lengthText(role.waiting.mean)
  const english = step.english === '' ? step.name : step.english
  return {
    role: role.role,
    element: step.element,
    reason: {
      id:
        `${role.officers} petugas dengan peran ${role.role} sibuk ${busy} % dari jam buka; ${share} % dari seluruh waktu tunggu ` +
        `terjadi di sana, rata-rata ${mean} per tugas, terbanyak pada "${step.name}"; antrean rata-rata ${role.queue.mean}, paling banyak ${role.queue.most}` +
        (busy >= 95 ? '; pekerjaan yang masuk melebihi kemampuan: antrean terus tumbuh' : ''),
      en:
        `${role.officers} officer${role.officers === 1 ? '' : 's'} of the role ${role.role} ${role.officers === 1 ? 'is' : 'are'} busy ${busy} % of the opening hours; ${share} % of all waiting ` +
        `is there, ${mean} a task on average, most at "${english}"; ${role.queue.mean} in line on average, at most ${role.queue.most}` +
        (busy >= 95 ? '; more comes in than can be done: the line keeps growing' : '')
    }
  }
}
