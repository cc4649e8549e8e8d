import { expect } from 'chai'
import fc from 'fast-check'
import { holdsOn } from '../../engine/rules/dates.ts'
import type { StatedValue } from '../../engine/rules/definitions.ts'
import { isKnown } from '../../engine/rules/layers.ts'
import type { Days, Stream } from '../../engine/rules/splice.ts'
import { splice } from '../../engine/rules/splice.ts'
import type { LocalDate, Value } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'

const START = '2015-01-01'
const DAYS = Array.from({ length: 800 }, (_, index) => addDays(START, index))

function stated(value: Value, days: Partial<StatedValue>): StatedValue {
  return { key: 'service.days', value, from: null, to: null, cites: [], confidence: 'H', ...days }
}

/** What holds on a day, and how surely. */
function on(statements: readonly StatedValue[], day: LocalDate) {
  return statements
    .filter(one => isKnown(one, null) && holdsOn(one, day) !== 'no')
    .map(one => [one.value, holdsOn(one, day)])
}

const day = fc.nat({ max: 799 }).map(index => DAYS[index]!)
const days: fc.Arbitrary<Days> = fc
  .tuple(fc.option(day, { freq: 6 }), fc.option(day, { freq: 3 }))
  .map(([a, b]) => (a && b && a > b ? { from: b, to: a } : { from: a, to: b }))
/** Days as law has them: known, partial or not found. */
const lawDays: fc.Arbitrary<Partial<StatedValue>> = fc
  .tuple(
    days,
    fc.constantFrom(10, 10, 7, 4),
    fc.constantFrom(10, 10, 7, 4),
    fc.subarray(['from', 'to'] as const)
  )
  .map(([{ from, to }, first, last, lost]) => {
    const unknown = lost.filter(side => (side === 'from' ? from : to) === null)
    return {
      from: from?.slice(0, first) ?? null,
      to: to?.slice(0, last) ?? null,
      ...(unknown.length > 0 ? { unknown } : {})
    }
  })
const edits = fc.array(fc.tuple(days, fc.boolean()), { minLength: 1, maxLength: 4 })

describe('splice', () => {
  it('puts a value in place of another for some days', () => {
    const before = stated(4, { from: '2015-01-01' })
    const { live, withdrawn } = splice(
      [before],
      { from: '2016-03-01', to: '2016-05-31' },
      stated(3, { from: '2016-03-01', to: '2016-05-31' }),
      { at: '2016-02-01T00:00:00.000Z', changeSet: 'cs-1' }
    )
    expect(live.map(({ value, from, to }) => [value, from, to])).to.deep.equal([
      [4, '2015-01-01', '2016-02-29'],
      [4, '2016-06-01', null],
      [3, '2016-03-01', '2016-05-31']
    ])
    expect(withdrawn).to.deep.equal([
      { ...before, withdrawnAt: '2016-02-01T00:00:00.000Z', withdrawnBy: 'cs-1' }
    ])
  })

  it('leaves nothing behind the last day that there is', () => {
    const days = { from: '2016-03-01', to: '9999-12-31' }
    const { live } = splice([stated(4, {})], days, stated(3, days), {
      at: '2016-02-01T00:00:00.000Z',
      changeSet: 'cs-1'
    })
    expect(live.map(({ value, from, to }) => [value, from, to])).to.deep.equal([
      [4, null, '2016-02-29'],
      [3, '2016-03-01', '9999-12-31']
    ])
  })

  it('keeps a partial start where it was, and cuts an end that was not found', () => {
    const uncertain = stated(4, { from: '2015', unknown: ['to'] })
    const { live } = splice([uncertain], { from: '2016-03-01', to: null }, null, {
      at: '2016-02-01T00:00:00.000Z',
      changeSet: 'cs-1'
    })
    expect(live).to.deep.equal([
      {
        ...uncertain,
        cut: { from: null, to: '2016-02-29' },
        recordedAt: '2016-02-01T00:00:00.000Z'
      }
    ])
    expect(on(live, '2015-06-01')).to.deep.equal([[4, 'perhaps']])
    expect(on(live, '2016-03-01')).to.deep.equal([])
  })

  it('holds inside the days and changes nothing outside of them, on every day and as surely', () => {
    fc.assert(
      fc.property(lawDays, edits, (own, list) => {
        let stream: Stream<StatedValue> = { live: [stated(0, own)], withdrawn: [] }
        list.forEach(([during, removes], index) => {
          const before = stream.live
          const instead = removes ? null : stated(index + 1, during)
          stream = splice(before, during, instead, {
            at: `2020-01-0${index + 1}T00:00:00.000Z`,
            changeSet: `cs-${index}`
          })
          for (const date of DAYS) {
            const inside = (during.from ?? date) <= date && date <= (during.to ?? date)
            const expected = inside ? (removes ? [] : [[index + 1, 'yes']]) : on(before, date)
            if (JSON.stringify(on(stream.live, date)) !== JSON.stringify(expected)) {
              expect({ date, holds: on(stream.live, date) }).to.deep.equal({
                date,
                holds: expected
              })
            }
          }
        })
      }),
      { numRuns: 60 }
    )
  })

  it('keeps what was known at every moment', () => {
    fc.assert(
      fc.property(edits, list => {
        const at = (index: number) => `2020-01-0${index + 1}T00:00:00.000Z`
        let all: readonly StatedValue[] = [stated(0, {})]
        const seen: (readonly StatedValue[])[] = [all]
        list.forEach(([during, removes], index) => {
          const known = all.filter(one => isKnown(one, null))
          const recordedAt = at(index + 1)
          const instead = removes ? null : stated(index + 1, { ...during, recordedAt })
          const { live, withdrawn } = splice(known, during, instead, {
            at: at(index + 1),
            changeSet: `cs-${index}`
          })
          all = [...all.filter(one => !isKnown(one, null)), ...withdrawn, ...live]
          seen.push(live)
        })
        const values = (known: readonly StatedValue[], date: LocalDate) =>
          known.filter(one => holdsOn(one, date) !== 'no').map(({ value }) => value)
        seen.forEach((live, index) => {
          const then = all.filter(one => isKnown(one, at(index)))
          for (const date of DAYS.filter((_, nth) => nth % 50 === 0))
            expect(values(then, date)).to.deep.equal(values(live, date))
        })
      }),
      { numRuns: 60 }
    )
  })
})
