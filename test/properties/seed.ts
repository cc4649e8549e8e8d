import fc from 'fast-check'

/** Printed with every suite of random tests, so that `SEED=… npx mocha …` plays them again. */
export const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
export const numRuns = Number(process.env.RUNS ?? 100)

/** Numbers by which an instance is played. */
export const picks = fc.array(fc.nat(1000), { minLength: 100, maxLength: 100 })
