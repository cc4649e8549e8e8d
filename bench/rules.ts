import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Engine, Operator } from 'json-rules-engine'
import { openRules } from '../bin/rules.ts'
import type { Decision } from '../engine/messages.ts'
import { OPERATORS } from '../engine/rules/operators.ts'
import type { EffectiveRow } from '../engine/rules/table.ts'
import type { OfficeId, Value } from '../engine/state.ts'
import { below } from '../runtime/rules/drafting.ts'
import { measureImpact } from '../runtime/rules/measuring.ts'
import type { OpenRelease } from '../runtime/rules/releases.ts'
import { selfCheck } from '../runtime/rules/self-check.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqliteStore } from '../runtime/stores/sqlite.ts'
import { sqliteDecisionLog } from '../runtime/stores/sqlite-decisions.ts'
import { exampleDecisions, fillLog } from './decisions.ts'
import { cost, type Figure, figure, median, perSecond } from './figures.ts'
import { CHANGE, houseWith, publish } from './offices.ts'

const DECISIONS = 100_000
const OFFICES = [32, 126, 252]

/** Local law: finding a value, making decisions again, and publishing to many offices. */
export async function rules(): Promise<readonly Figure[]> {
  return [...(await resolving()), ...(await replaying()), ...(await publishing())]
}

// finding a value /////////////////////////////////////////////////////////////

/** Values at 126 offices and four dates, beside plain Maps that hold as many keys. */
export async function resolving(): Promise<readonly Figure[]> {
  const { laws, offices } = await houseWith(126)
  const [first = ''] = offices
  const keys = [...(laws.get(first)?.definitions.keys() ?? [])]
  const dates = ['2015-12-03', '2019-06-01', '2022-06-01', '2026-01-05']
  const valueAt = (office: OfficeId, n: number) =>
    laws.get(office)?.timelines.valueAt(keys[n % keys.length] as string, dates[n & 3] as string)
  const ofOne = new Map(keys.map((key, n) => [key, valueAt(first, n)]))
  const ofAll = new Map(
    offices.flatMap(office => keys.map((key, n) => [`${office} ${key}`, valueAt(office, n)]))
  )
  const names = [...ofAll.keys()]
  const all = await rateOf(n => valueAt(offices[n % offices.length] as string, n))
  const allLooked = await rateOf(n => ofAll.get(names[n % names.length] as string))
  const one = await rateOf(n => valueAt(first, n))
  const oneLooked = await rateOf(n => ofOne.get(keys[n % keys.length] as string))
  return [
    figure('a key of one of 126 offices against a Map of them all', all, '/s', allLooked, 0.1),
    figure('a key of one office against a Map of its keys', one, '/s', oneLooked, 0.1)
  ]
}

/** How often a second a look-up is made, whose answers are used. */
async function rateOf(look: (n: number) => unknown): Promise<number> {
  const TIMES = 20_000
  let found = 0
  const rate = await perSecond(() => {
    for (let n = 0; n < TIMES; n++) if (look(n) !== undefined) found++
  })
  if (found === 0) throw new Error('expected the look-ups to find something')
  return rate * TIMES
}

// making decisions again //////////////////////////////////////////////////////

/** Logged decisions from a file, beside json-rules-engine on the same rows and facts in memory. */
export async function replaying(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alur-bench-'))
  const database = openDatabase(join(folder, 'alur.db'))
  const store = sqliteStore(database)
  try {
    const { rulebook, openRelease } = await openRules('rules')
    const examples = await exampleDecisions(rulebook, ['kanim-tju', 'kanim-mre', 'kanim-bgl'])
    await fillLog(store, examples, DECISIONS)
    const log = sqliteDecisionLog(database)

    const start = performance.now()
    const check = await selfCheck(log, openRelease, {}, bar('replaying'))
    const ours = performance.now() - start
    if (check.reproduced !== DECISIONS)
      throw new Error(`expected all to be reproduced, found ${JSON.stringify(check)}`)
    const alone = await aloneMilliseconds(examples, openRelease)

    const standing = rulebook.standing()
    const { laws } = rulebook.draft(CHANGE.scope, CHANGE.edits, { by: 'bench', at: CHANGE.at })
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const begun = performance.now()
    await measureImpact({
      ...{ scope: CHANGE.scope, from: '2026-01-01', to: '2026-01-31', contentHash: '', log },
      ...{ openRelease, before: standing.laws, after: laws },
      offices: below(standing.tree, CHANGE.scope),
      cases: { running: async () => ({ rows: [], next: null }), history: id => store.history(id) },
      zoneOf: () => 'Asia/Jakarta',
      labelOf: rule => rulebook.label(rule),
      onProgress: bar('measuring')
    })
    const measured = performance.now() - begun
    delay.disable()
    const bytes = 1024 * 1024
    return [
      cost(
        `replay of ${DECISIONS} decisions against json-rules-engine alone`,
        ours,
        'ms',
        1.2,
        alone
      ),
      figure(`impact of a draft on ${DECISIONS} decisions`, measured / 1000, 's'),
      cost('longest wait of a request meanwhile', delay.max / 1e6, 'ms', 100),
      figure('memory in use', process.memoryUsage().heapUsed / bytes, 'MB')
    ]
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

/** One engine for each set of rows, kept, as people use it. */
async function aloneMilliseconds(
  decisions: readonly Decision[],
  openRelease: OpenRelease
): Promise<number> {
  const engines = new Map<readonly EffectiveRow[], Engine>()
  const work: { readonly engine: Engine; readonly facts: Decision['facts'] }[] = []
  for (const { rule, release, date, facts } of decisions) {
    const law = await openRelease(release)
    const table = law?.tables.get(rule)
    if (!law || !table) throw new Error(`expected release <${release}> to have <${rule}>`)
    const rows = law.timelines.rowsAt(table, date)
    const engine = engines.get(rows) ?? engineOf(rows)
    engines.set(rows, engine)
    work.push({ engine, facts })
  }
  const show = bar('json-rules-engine alone')
  const start = performance.now()
  for (let n = 0; n < DECISIONS; n++) {
    const { engine, facts } = work[n % work.length] as (typeof work)[number]
    await engine.run(facts)
    if (n % 1000 === 999) show(n + 1, DECISIONS)
  }
  return performance.now() - start
}

function engineOf(rows: readonly EffectiveRow[]): Engine {
  const engine = new Engine()
  for (const [name, holds] of Object.entries(OPERATORS))
    engine.addOperator(new Operator<Value, Value>(name, holds))
  for (const { id, conditions } of rows)
    engine.addRule({
      name: id,
      conditions: (conditions ?? { all: [] }) as never,
      event: { type: 'fits' }
    })
  return engine
}

/** `replaying [=====     ] 50 %` on a terminal. */
function bar(name: string): (done: number, total: number) => void {
  let shown = -1
  return (done, total) => {
    const percent = Math.floor((100 * done) / Math.max(1, total))
    if (percent === shown) return
    shown = percent
    const filled = '='.repeat(Math.floor(percent / 4)).padEnd(25)
    if (process.stderr.isTTY) process.stderr.write(`\r${name} [${filled}] ${percent} %`)
    else if (percent % 25 === 0) process.stderr.write(`${name} ${percent} %\n`)
    if (process.stderr.isTTY && percent === 100) process.stderr.write('\n')
  }
}

// publishing //////////////////////////////////////////////////////////////////

/** A national change to more and more offices: what one office costs must not grow with their number. */
export async function publishing(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  let perOffice: number | null = null
  for (const count of OFFICES) {
    const house = await houseWith(count)
    publish(house)
    const times = [publish(house), publish(house), publish(house)]
    const milliseconds = median(times)
    const each = milliseconds / count
    figures.push(figure(`publishing to ${count} offices`, milliseconds, 'ms'))
    if (perOffice !== null)
      figures.push(cost(`what one of ${count} offices costs`, each, 'ms', 1.2, perOffice))
    perOffice = each
  }
  return figures
}
