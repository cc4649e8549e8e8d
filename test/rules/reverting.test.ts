import { expect } from 'chai'
import fc from 'fast-check'
import type { LocalDate } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import { inverseEdits } from '../../runtime/rules/reverting.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { days, removeFolders, smallRules, stated, value } from './folder.ts'

const AT = '2020-01-01T02:00:00.000Z'
const DAYS = Array.from({ length: 60 }, (_, index) => addDays('2020-01-01', index))
const reason = { id: 'Batal', en: 'Taken back' }
const grounds = { cites: [{ instrument: 'law', pin: null }], reason }

const day = fc.nat({ max: 59 }).map(index => DAYS[index]!)
const edit: fc.Arbitrary<Edit> = fc
  .tuple(
    day,
    fc.option(fc.nat({ max: 20 })),
    fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4 })
  )
  .map(([from, length, number]) => {
    const to = length === null ? null : addDays(from, length)
    return number === null
      ? { kind: 'remove', key: 'service.days', from, to, reason }
      : { kind: 'value', key: 'service.days', value: number, from, to, ...grounds }
  })

describe('the inverse of a change set', () => {
  after(removeFolders)
  let folder: string
  before(() => {
    folder = smallRules({
      parameters: [days([value(4)])],
      office: { values: [stated('service.days', 3, null, '2020-01-31')] }
    })
  })
  const open = () =>
    createRulebook({ folder, statements: sqliteStatements(openDatabase(':memory:')) })
  const valuesOf = (rulebook: Rulebook) =>
    DAYS.map(date => rulebook.valueAt('service.days', 'office-a', date))
  let counted = 0
  const enact = (rulebook: Rulebook, edits: readonly Edit[]) => {
    counted += 1
    const changeSet = `cs-${counted}`
    return rulebook
      .enact({ scope: 'office-a', edits, changeSet, by: 'x', at: AT }, async () => undefined)
      .then(({ publication }) => publication)
  }

  it('brings back every effective value from its day on, and leaves the days before', async function () {
    this.timeout(60_000)
    await fc.assert(
      fc.asyncProperty(edit, edit, day, async (first, second, from: LocalDate) => {
        const rulebook = await open()
        await enact(rulebook, [first]).catch(() => undefined)
        const before = valuesOf(rulebook)
        const done = await enact(rulebook, [second]).catch(() => undefined)
        if (!done) return
        const after = valuesOf(rulebook)
        const inverse = inverseEdits(
          {
            changeSet: done.changeSet,
            scope: 'office-a',
            edits: [second],
            before: rulebook.before(done.number),
            now: rulebook.standing()
          },
          from,
          reason
        )
        if (inverse.length > 0) await enact(rulebook, inverse)
        expect(valuesOf(rulebook)).to.deep.equal(
          DAYS.map((date, index) => (date < from ? after[index] : before[index]))
        )
      }),
      { numRuns: 8, endOnFailure: true }
    )
  })

  it('brings back what is known to a month only on the days of that month', async () => {
    const partial = smallRules({
      parameters: [days([value(4)])],
      office: { values: [stated('service.days', 3, '2020-02')] }
    })
    const statements = sqliteStatements(openDatabase(':memory:'))
    const rulebook = await createRulebook({ folder: partial, statements })
    const edit: Edit = {
      ...{ kind: 'value', key: 'service.days', value: 2, from: '2020-01-10', to: '2020-02-01' },
      ...grounds
    }
    const done = await enact(rulebook, [edit])
    const inverse = inverseEdits(
      {
        changeSet: done.changeSet,
        scope: 'office-a',
        edits: [edit],
        before: rulebook.before(done.number),
        now: rulebook.standing()
      },
      '2020-01-10',
      reason
    )
    await enact(rulebook, inverse)
    const on = (date: LocalDate) => rulebook.valueAt('service.days', 'office-a', date)
    expect(['2020-01-10', '2020-01-31', '2020-02-01', '2020-02-02'].map(on)).to.deep.equal([
      4, 4, 3, 3
    ])
  })
})
