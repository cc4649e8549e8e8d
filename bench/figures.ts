/** One measured number beside what it is held against in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What stands beside it: a peer, or the raw limit of the disk, the browser or the database. */
  readonly against: number | null
  /** `value / against`, so that more is better. */
  readonly ratio: number | null
  /** The least ratio that is wanted; null when the number is only told. */
  readonly target: number | null
  readonly ok: boolean
}

export function figure(
  name: string,
  value: number,
  unit: string,
  against: number | null = null,
  target: number | null = null
): Figure {
  const ratio = against === null ? null : value / against
  return {
    name,
    value,
    unit,
    against,
    ratio,
    target,
    ok: target === null || (ratio ?? 0) >= target
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2
}

/** How often something runs in a second: the median of several rounds of at least `milliseconds`. */
export async function perSecond(
  act: () => unknown,
  { rounds = 5, milliseconds = 300 } = {}
): Promise<number> {
  await act()
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    let times = 0
    while (performance.now() - start < milliseconds) {
      await act()
      times++
    }
    rates.push((times * 1000) / (performance.now() - start))
  }
  return median(rates)
}
