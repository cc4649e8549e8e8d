import { expect } from 'chai'
import fc from 'fast-check'
import { Stuck } from '../../engine/errors.ts'
import type { Decision } from '../../engine/messages.ts'
import { parentOf } from '../../engine/offices/resolve.ts'
import type { Definition, Table } from '../../engine/rules/definitions.ts'
import { byHitPolicy } from '../../engine/rules/hit-policy.ts'
import { type Resolved, resolveValue } from '../../engine/rules/layers.ts'
import { canonicalText, rowLayers, valueLayers } from '../../engine/rules/release.ts'
import { effectiveTable } from '../../engine/rules/table.ts'
import type { LocalDate } from '../../engine/state.ts'
import { createDecider } from '../../runtime/decide.ts'
import { RuleFailed } from '../../runtime/rulebook.ts'
import { decideBy } from '../../runtime/rules/deciding.ts'
import { below, type Standing } from '../../runtime/rules/drafting.ts'
import { hashOf, makeReleases, type OpenLaw } from '../../runtime/rules/laws.ts'
import { releasesOf } from '../../runtime/rules/releases.ts'
import { inverseEdits } from '../../runtime/rules/reverting.ts'
import { Check, lawsOf } from '../../runtime/rules/self-check.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { changesOf, day, edgesOf, worlds } from './law.ts'
import { oracle, within } from './law-oracle.ts'
import { at, lawOf, publish, standingOf, WORDS } from './law-play.ts'
import { numRuns, seed } from './seed.ts'

/** What fails is told with all its days; to look for a smaller one takes minutes: SHRINK=1. */
const settings = { seed, endOnFailure: process.env.SHRINK === undefined }
const played = worlds.chain(world => fc.tuple(fc.constant(world), changesOf(world)))

describe(`local law (SEED=${seed})`, () => {
  const holds = <Given>(
    given: fc.Arbitrary<Given>,
    predicate: (given: Given) => void,
    share = 0.3
  ): void => fc.assert(fc.property(given, predicate), { seed, numRuns: Math.ceil(numRuns * share) })

  it('is for every key, office and day one value or an error, as its words alone say', () => {
    let values = 0
    let errors = 0
    holds(played, ([world, changes]) => {
      const { standing } = publish(standingOf(world), changes)
      each(standing, (law, definition, on) => {
        const expected = oracle(law, definition, on)
        const found = told(() => resolveValue(definition, valueLayers(law, on), on).value)
        same(found, expected, law.office, definition.key, on)
        if (expected === 'no-value') errors++
        else values++
      })
    })
    expect(Math.min(values, errors), 'values and errors').to.be.greaterThan(numRuns / 5)
  })

  it('says from its cache what it says without', () => {
    holds(played, ([world, changes]) => {
      const { standing } = publish(standingOf(world), changes)
      each(standing, (law, definition, on) => {
        const uncached = told(() => resolveValue(definition, valueLayers(law, on), on))
        const cached = told(() => law.timelines.resolve(definition, on))
        same(cached, uncached, law.office, definition.key, on)
        const value = law.timelines.valueAt(definition.key, on)
        same(value, typeof uncached === 'string' ? undefined : uncached.value, definition.key, on)
      })
      eachTable(standing, (law, table, on) => {
        const uncached = told(() => effectiveTable(table, rowLayers(law, on), on))
        same(
          told(() => law.timelines.table(table, on)),
          uncached,
          law.office,
          table.rule,
          on
        )
      })
    })
  })

  it('keeps a unit within the bounds of what is above it, on every day and whatever was published', () => {
    let own = 0
    holds(played, ([world, changes]) => {
      const { standing } = publish(standingOf(world), changes)
      each(standing, (law, definition, on) => {
        const unit = standing.tree.units.get(law.office)!
        const parent = parentOf(unit, on)
        if (parent === null) return
        const what = [law.office, definition.key, on] as const
        const here = told(() => law.timelines.resolve(definition, on))
        const above = told(() => lawOf(standing, parent).timelines.resolve(definition, on))
        if (typeof above === 'string') {
          // two at once above are two at once here; where nothing is above, something may still be here
          if (above !== NOTHING) same(here, above, ...what)
          return
        }
        if (typeof here === 'string') return same(here, 'no-value', ...what)
        if (here.scope !== law.office) return same(here.value, above.value, ...what)
        own++
        expect(definition.overridableAt).to.include(unit.level)
        for (const bound of definition.bounds)
          same(within(bound, here.value, above.value, on), true, bound, ...what)
      })
    })
    expect(own, 'values of their own').to.be.greaterThan(numRuns / 5)
  })

  it('publishes no value of a unit that would be suspended or ignored by what stands', () => {
    let looked = 0
    holds(played, ([world, changes]) => {
      let standing = standingOf(world)
      changes.forEach((change, nth) => {
        const after = publish(standing, [change], nth)
        if (after.published.length === 0) return
        standing = after.standing
        const law = lawOf(standing, change.scope)
        each(standing, (one, definition, on) => {
          if (one !== law) return
          const found = told(() => law.timelines.resolve(definition, on))
          if (typeof found === 'string') return
          for (const step of found.trail) {
            if (step.changeSet !== `cs-${nth}` || step.scope !== change.scope) continue
            looked++
            if (change.edits.some(({ kind }) => kind === 'bound')) continue
            same(step.status, 'applied', step, on, change)
          }
        })
      })
    })
    expect(looked).to.be.greaterThan(numRuns / 5)
  })

  it('is the same whatever the order in which it was stated', () => {
    holds(fc.tuple(worlds, fc.integer()), ([world, mixing]) => {
      const mixed = <Item>(items: readonly Item[]) =>
        items
          .map((item, nth) => ({ item, by: hashOf([mixing, nth]) }))
          .sort((a, b) => (a.by < b.by ? -1 : 1))
          .map(({ item }) => item)
      const { tree } = world
      const parts = mixed(world.parts).map(part => ({
        ...part,
        values: mixed(part.values),
        rows: mixed(part.rows),
        definitions: mixed(part.definitions),
        tables: mixed(part.tables),
        instruments: mixed(part.instruments)
      }))
      const units = new Map(mixed([...tree.units]))
      const one = standingOf(world)
      const two = standingOf({ tree: { ...tree, units }, parts })
      each(one, (law, definition, on) => {
        same(lawOf(two, law.office).release, law.release)
        // and also before anything is put in order
        const layers = valueLayers(law, on).map(layer => ({
          ...layer,
          statements: mixed(layer.statements)
        }))
        const regions = layers.filter(({ level }) => level === 'region').length
        const loose = regions > 1 ? layers : mixed(layers)
        same(
          told(() => resolveValue(definition, loose, on)),
          told(() => resolveValue(definition, valueLayers(law, on), on))
        )
      })
    })
  })

  it('of one unit changes nothing of another key, or of a unit that is not below', () => {
    let published = 0
    holds(played, ([world, changes]) => {
      let standing = standingOf(world)
      changes.forEach((change, nth) => {
        const after = publish(standing, [change], nth)
        if (after.published.length === 0) return
        published++
        const touched = new Set(
          change.edits.map(edit =>
            edit.kind === 'row' ? edit.rule : (edit as { key: string }).key
          )
        )
        const units = below(standing.tree, change.scope)
        for (const [office, { release }] of standing.laws)
          if (!units.includes(office)) same(lawOf(after.standing, office).release, release, change)
        each(standing, (law, { key }, on) => {
          if (touched.has(key)) return
          const now = lawOf(after.standing, law.office).timelines.valueAt(key, on)
          same(now, law.timelines.valueAt(key, on), law.office, key, on, change)
        })
        eachTable(standing, (law, table, on) => {
          if (touched.has(table.rule)) return
          const rows = (one: OpenLaw) =>
            told(() => one.timelines.rowsAt(one.tables.get(table.rule)!, on))
          same(rows(lawOf(after.standing, law.office)), rows(law), law.office, table.rule, change)
        })
        standing = after.standing
      })
    })
    expect(published, 'changes published').to.be.greaterThan(numRuns / 10)
  })

  it('fails where two of the same unit hold, and never takes the last', () => {
    let met = 0
    const given = fc.tuple(worlds, fc.nat(), fc.nat(), day, fc.boolean(), fc.boolean())
    holds(given, ([world, nth, nthKey, on, turned, replaces]) => {
      const part = world.parts[nth % world.parts.length]!
      const { definitions } = world.parts[0]!
      const { key } = definitions[nthKey % definitions.length]!
      const days = [
        { from: on, to: null },
        { from: null, to: on }
      ]
      const grounds = { cites: [], confidence: 'H' as const }
      const values = days.map((one, value) => ({ key, value, ...one, ...grounds }))
      const overlays = days.map((one, index) => ({
        ...{ rule: 'service.first', id: `rival-${index}`, outcome: { who: 'nation' } },
        ...(replaces ? { replaces: 'other' } : { before: 'other', conditions: null }),
        ...{ ...one, ...grounds }
      }))
      const inTurn = <Item>(two: readonly Item[]) => (turned ? [...two].reverse() : two)
      const open = { bounds: [], overridableAt: ['region', 'office'] as const }
      const standing = standingOf({
        ...world,
        parts: world.parts.map(one => ({
          ...one,
          tables: one.tables.map(table => ({ ...table, ...open })),
          rows: [],
          ...(one === part ? { values: inTurn(values), rows: inTurn(overlays) } : {})
        }))
      })
      const law = lawOf(standing, part.unit)
      same(
        told(() => law.timelines.resolve(law.definitions.get(key)!, on)),
        'no-value'
      )
      if (part.level === 'national') return
      met++
      const rows = told(() => law.timelines.rowsAt(law.tables.get('service.first')!, on))
      if (typeof rows === 'string') return same([rows, replaces], ['no-rule', true])
      same(replaces, false)
      const fitting = rows.filter(({ scope }) => scope === part.unit)
      same(
        told(() => byHitPolicy('first', fitting, () => [])),
        'no-rule',
        rows
      )
    })
    expect(met).to.be.greaterThan(numRuns / 20)
  })

  it('has releases whose bytes stay the same through JSON and through the store', async () => {
    const database = openDatabase(':memory:')
    const statements = sqliteStatements(database)
    await fc.assert(
      fc.asyncProperty(played, async ([world, changes]) => {
        const { standing } = publish(standingOf(world), changes)
        const stored = makeReleases(standing.tree, standing.parts)
        await statements.keep(stored, null)
        for (const [id, content] of stored.releases) {
          const kept = (await statements.release(id))!
          same(canonicalText(kept.content), canonicalText(content))
          same(hashOf(reversed(kept.content)), id)
          kept.parts.forEach((part, nth) => {
            same(hashOf(part), content.parts[nth]!.part)
            same(hashOf(reversed(part)), content.parts[nth]!.part)
            same(canonicalText(JSON.parse(canonicalText(part))), canonicalText(part))
          })
        }
        const through = new Map(
          [...standing.parts].map(([unit, part]) => [unit, JSON.parse(JSON.stringify(part))])
        )
        const again = makeReleases(standing.tree, through)
        same([...again.releases.keys()], [...stored.releases.keys()])
      }),
      { ...settings, numRuns: Math.ceil(numRuns / 5) }
    )
    database.close()
  })

  it('is after a revert as it was before, from its day on, and stays before that day as it was changed', () => {
    let reverted = 0
    holds(fc.tuple(played, day), ([[world, changes], from]) => {
      let standing = standingOf(world)
      changes.forEach((change, nth) => {
        const changed = publish(standing, [change], nth * 2)
        const [id] = changed.published
        if (id === undefined) return
        const { scope, edits } = change
        const states = { changeSet: id, scope, edits, before: standing, now: changed.standing }
        const inverse = inverseEdits(states, from, WORDS)
        const back =
          inverse.length === 0
            ? changed
            : publish(changed.standing, [{ scope, edits: inverse }], nth * 2 + 1)
        if (inverse.length > 0 && back.published.length === 0) {
          standing = changed.standing
          return
        }
        reverted++
        const what = { edits, inverse, from }
        each(
          standing,
          (law, { key }, on) => {
            const of = (one: Standing) => {
              const { timelines, definitions } = lawOf(one, law.office)
              return told(() => timelines.resolve(definitions.get(key)!, on).value)
            }
            const expected = of(on < from ? changed.standing : standing)
            // where it could not be told, it does not come back as it was
            if (expected !== TWICE) same(of(back.standing), expected, law.office, key, on, what)
          },
          back.standing
        )
        eachTable(
          standing,
          (law, { rule }, on) => {
            const of = (one: Standing) => {
              const { timelines, tables } = lawOf(one, law.office)
              return told(() =>
                timelines
                  .rowsAt(tables.get(rule)!, on)
                  .map(({ id, outcome, conditions }) => ({ id, outcome, conditions }))
              )
            }
            const expected = of(on < from ? changed.standing : standing)
            same(of(back.standing), expected, law.office, rule, on, what)
          },
          back.standing
        )
        standing = changed.standing
      })
    })
    expect(reverted, 'reverted').to.be.greaterThan(numRuns / 20)
  })

  it('is not changed by what is suspended', () => {
    let suspended = 0
    holds(played, ([world, changes]) => {
      const { standing } = publish(standingOf(world), changes)
      each(standing, (law, definition, on) => {
        const layers = valueLayers(law, on)
        const found = told(() => resolveValue(definition, layers, on))
        if (typeof found === 'string') return
        const out = found.trail.filter(({ status }) => status === 'suspended')
        if (out.length === 0) return
        suspended++
        const left = layers.filter(({ scope }) => !out.some(step => step.scope === scope))
        const without = told(() => resolveValue(definition, left, on))
        same({ ...found, trail: [] }, { ...(without as Resolved), trail: [] }, definition, on)
      })
      eachTable(standing, (law, table, on) => {
        const layers = rowLayers(law, on)
        const found = told(() => effectiveTable(table, layers, on))
        if (typeof found === 'string') return
        const out = found.trail.flatMap(({ status, scope, why }) =>
          status === 'suspended' ? [`${scope} ${/^row <([^>]*)>/.exec(why)?.[1]}`] : []
        )
        if (out.length === 0) return
        suspended++
        const left = layers.map(layer => ({
          ...layer,
          statements: layer.statements.filter(({ id }) => !out.includes(`${layer.scope} ${id}`))
        }))
        same(effectiveTable(table, left, on).rows, found.rows, table, on)
      })
    })
    expect(suspended, 'suspended').to.be.greaterThan(numRuns / 5)
  })

  it('decides again what it once decided, whatever was published since', async () => {
    const decider = createDecider()
    let replayed = 0
    const question = fc.record({
      office: fc.nat(),
      rule: fc.constantFrom('service.first', 'service.all', 'service.fee', 'service.days'),
      extension: fc.integer({ min: 1, max: 6 }),
      date: day,
      early: fc.boolean()
    })
    const given = fc.array(question, { minLength: 4, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(played, given, async ([world, changes], questions) => {
        const database = openDatabase(':memory:')
        const statements = sqliteStatements(database)
        const decisions: Decision[] = []
        let standing = standingOf(world)
        const first = standing
        for (const [nth, change] of [null, ...changes].entries()) {
          if (change) standing = publish(standing, [change], nth).standing
          await statements.keep(makeReleases(standing.tree, standing.parts), null)
          for (const { office, rule, extension, date, early } of questions) {
            const id = [...standing.laws.keys()][office % standing.laws.size]!
            const newest = lawOf(standing, id)
            const pinned = early ? lawOf(first, id) : newest
            const lawFor = (key: string) =>
              (newest.tables.get(key) ?? newest.definitions.get(key))?.rebind === 'always'
                ? newest
                : pinned
            const facts = { extension, submitted: date }
            const asked = { rule, office: id, facts, date: null, today: date }
            const made = await decideBy(lawFor, decider, asked).catch(error => {
              if (error instanceof RuleFailed) return null
              throw error
            })
            if (made) decisions.push(made)
          }
        }
        const logged = JSON.parse(JSON.stringify(decisions)) as Decision[]
        const lawOfDecision = await lawsOf(logged, releasesOf(statements))
        const check = new Check()
        for (const decision of logged)
          check.add({ instance: 'i', element: 'e', at: at(0), decision }, lawOfDecision)
        const { differing, failing, reproduced } = check.result()
        same([differing, failing, reproduced], [[], [], decisions.length])
        replayed += reproduced
        database.close()
      }),
      { ...settings, numRuns: Math.ceil(numRuns / 5) }
    )
    expect(replayed).to.be.greaterThan(numRuns / 5)
  })

  it('tells for ever what was known when', () => {
    holds(played, ([world, changes]) => {
      const kept: { readonly at: string; readonly standing: Standing }[] = []
      let standing = standingOf(world)
      changes.forEach((change, nth) => {
        kept.push({ at: at(nth - 1), standing })
        standing = publish(standing, [change], nth).standing
      })
      for (const then of kept)
        each(
          then.standing,
          (law, definition, on) => {
            const newest = lawOf(standing, law.office)
            const known = told(
              () => resolveValue(definition, valueLayers(newest, on), on, then.at).value
            )
            const was = told(() => law.timelines.resolve(definition, on).value)
            same(known, was, law.office, definition.key, on, then.at)
          },
          standing
        )
    })
  })
})

const NOTHING = 'no-value: none'
const TWICE = 'no-value'

/** The outcome, or the code of a failure; that there is nothing at all is told from two at once. */
function told<Made>(make: () => Made): Made | string {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return error.message.includes(' has no value on ') ? NOTHING : error.code
  }
}

/** Compares fast, and tells well. */
function same(found: unknown, expected: unknown, ...what: readonly unknown[]): void {
  if (found === expected) return
  const [one, two] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== two) expect(found, JSON.stringify(what)).to.deep.equal(expected)
}

/** Every office with every key, on every day on which something of it turns, and the days beside. */
function each(
  standing: Standing,
  look: (law: OpenLaw, definition: Definition, on: LocalDate) => void,
  later = standing
): void {
  for (const law of standing.laws.values())
    for (const definition of law.definitions.values())
      for (const on of edgesOf(standing.tree, lawOf(later, law.office).parts, definition.key))
        look(law, definition, on)
}

function eachTable(
  standing: Standing,
  look: (law: OpenLaw, table: Table, on: LocalDate) => void,
  later = standing
): void {
  for (const law of standing.laws.values())
    for (const table of law.tables.values())
      for (const on of edgesOf(standing.tree, lawOf(later, law.office).parts, table.rule))
        look(law, table, on)
}

/** The same content with the members of every object the other way round. */
function reversed(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return content
  if (Array.isArray(content)) return content.map(reversed)
  const members = Object.entries(content).map(([name, value]) => [name, reversed(value)] as const)
  return Object.fromEntries(members.reverse())
}
