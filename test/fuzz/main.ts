import { fuzzed } from './run.ts'

/** `npm run fuzz [-- count [first seed]]`: every case, and what went wrong by its seed. */
const [count = 50_000, from = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number)
console.log(`${count} cases from seed ${from} …`)
const start = performance.now()
const { outcomes, faults } = await fuzzed({ from, count, workers: 2, patience: 30_000 })
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`, outcomes)
for (const { seed, what } of faults) console.log(`seed ${seed}: ${what}`)
console.log(`${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
