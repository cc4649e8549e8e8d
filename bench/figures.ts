/** One measured number beside what it is held against in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What stands beside it: a peer, or the raw limit of the disk, the browser or the database. */
  readonly against: number | null
  /** `value / against`. */
  readonly ratio: number | null
  /** What is wanted of the ratio, or of the value when nothing stands beside it; null when it is only told. */
  readonly target: number | null
  readonly wanted: 'at least' | 'at most'
  readonly ok: boolean
}

/** More is better: the ratio is held to `target`. */
export function figure(
  name: string,
  value: number,
  unit: string,
  against: number | null = null,
  target: number | null = null
): Figure {
  const ratio = against === null ? null : value / against
  const ok = target === null || (ratio ?? 0) >= target
  return { name, value, unit, against, ratio, target, wanted: 'at least', ok }
}

/** Less is better: the ratio, or the value alone, is held to `target`. */
export function cost(
  name: string,
  value: number,
  unit: string,
  target: number,
  against: number | null = null
): Figure {
  const ratio = against === null ? null : value / against
  return {
    name,
    value,
    unit,
    against,
    ratio,
    target,
    wanted: 'at most',
    ok: (ratio ?? value) <= target
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
