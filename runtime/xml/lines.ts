/** Finds the lines of places in a text, from 1. */
export function linesOf(text: string): {
  lineOf(offset: number): number
  /** How many line breaks stand between two places. */
  between(from: number, to: number): number
} {
  const breaks: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks.push(at)
  const before = (offset: number): number => {
    let low = 0
    let high = breaks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((breaks[middle] as number) < offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    lineOf: offset => before(offset) + 1,
    between: (from, to) => before(to) - before(from)
  }
}
