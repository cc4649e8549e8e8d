import { fuzz } from './fuzz.ts'

/** Plays the cases `from`, `from + step` … below `to`, and tells the parent each before and after. */
const [from = 0, to = 0, step = 1] = process.argv.slice(2).map(Number)
for (let seed = from; seed < to; seed += step) {
  process.send?.({ seed })
  try {
    process.send?.({ seed, outcome: await fuzz(seed) })
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.send?.({ seed, fault })
  }
}
process.disconnect?.()
