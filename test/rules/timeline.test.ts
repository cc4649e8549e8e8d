import { expect } from 'chai'
import fc from 'fast-check'
import { Stuck } from '../../engine/errors.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import type { Definition, Overlay, StatedValue, Table } from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'
import type { Law, LawPart } from '../../engine/rules/release.ts'
import { rowLayers, valueLayers } from '../../engine/rules/release.ts'
import { effectiveTable } from '../../engine/rules/table.ts'
import { openTimelines } from '../../engine/rules/timeline.ts'

const LABEL = { id: 'Hari', en: 'Days' }
const definition: Definition = {
  key: 'service.days',
  label: LABEL,
  type: 'days',
  overridableAt: ['region', 'office'],
  bounds: [{ kind: 'atMostParent' }],
  asOf: 'submitted',
  rebind: 'pinned',
  cites: { min: 0 }
}
const grounds = { cites: [], confidence: 'H' } as const

// random law //////////////////////////////////////////////////////////////////

const dates = fc.constantFrom(
  ...['2019', '2020', '2021', '2020-02', '2021-06', '2019-12-31', '2020-01-01', '2020-02-29'],
  ...['2020-03-01', '2021-05-31', '2021-06-01', '2022-12-31']
)
const intervals: fc.Arbitrary<Interval> = fc.record({
  from: fc.option(dates),
  to: fc.option(dates),
  unknown: fc.subarray(['from', 'to'] as const)
})
const values: fc.Arbitrary<readonly StatedValue[]> = fc
  .array(
    fc.record({
      during: intervals,
      value: fc.integer({ min: 1, max: 9 }),
      key: fc.constantFrom('service.days', 'service.days', 'other.days')
    }),
    { maxLength: 4 }
  )
  .map(list => list.map(({ during, ...rest }) => ({ ...rest, ...during, ...grounds })))

const overlays: fc.Arbitrary<readonly Overlay[]> = fc
  .array(
    fc.record({
      during: intervals,
      days: fc.integer({ min: 1, max: 9 }),
      how: fc.constantFrom('replaces' as const, 'before' as const),
      row: fc.constantFrom('a', 'b')
    }),
    { maxLength: 3 }
  )
  .map(list =>
    list.map(({ during, days, how, row }, index) => ({
      ...{ rule: 'service.table', id: `own-${index}`, [how]: row, conditions: null },
      ...{ outcome: { days }, ...during, ...grounds }
    }))
  )

const tables: fc.Arbitrary<Table> = fc.tuple(intervals, intervals).map(([a, b]) => ({
  ...{ rule: 'service.table', label: LABEL, overridableAt: ['region', 'office'] as const },
  ...{ bounds: [{ kind: 'atMostParent', path: 'days' }] as const, asOf: 'submitted' as const },
  ...{ rebind: 'pinned' as const, cites: { min: 0 }, facts: {}, outcome: {} },
  hitPolicy: 'first' as const,
  rows: [
    { id: 'a', conditions: null, outcome: { days: 5 }, ...a, ...grounds },
    { id: 'b', conditions: null, outcome: { days: 7 }, ...b, ...grounds }
  ]
}))

const laws: fc.Arbitrary<Law & { readonly table: Table }> = fc
  .record({
    table: tables,
    lists: fc.array(fc.tuple(values, overlays), { minLength: 4, maxLength: 4 }),
    whiles: fc.tuple(fc.option(intervals), fc.option(intervals))
  })
  .map(({ table, lists, whiles }) => {
    const part = (index: number, unit: string, level: LawPart['level'], when: Interval | null) => ({
      ...{ unit, level, definitions: [], tables: [], instruments: [], calendars: {} },
      ...{ values: lists[index]![0], rows: lists[index]![1], while: when }
    })
    return {
      ...{ release: 'r', office: 'office-a', table },
      parts: [
        { ...part(0, 'nation', 'national', null), rows: [] },
        part(1, 'region-a', 'region', whiles[0]),
        part(2, 'region-b', 'region', whiles[1]),
        part(3, 'office-a', 'office', null)
      ]
    }
  })

const days = fc
  .date({ min: new Date('2018-12-30'), max: new Date('2023-01-02'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))
const asked = fc.oneof(
  days,
  fc.constantFrom('2019-12-31', '2020-01-01', '2020-02-29', '2020-03-01', '2022-12-31')
)

function told<Result>(act: () => Result): Result | string {
  try {
    return act()
  } catch (error) {
    if (error instanceof Stuck) return `${error.code}: ${error.message}`
    throw error
  }
}

describe('the timelines of a law', () => {
  const open = (law: Law & { readonly table: Table }) =>
    openTimelines(
      law,
      new Map([[definition.key, definition]]),
      new Map([[law.table.rule, law.table]])
    )

  it('say of every day what resolving for that day alone says', () => {
    fc.assert(
      fc.property(laws, fc.array(asked, { minLength: 3, maxLength: 12 }), (law, dates) => {
        const timelines = open(law)
        for (const date of dates) {
          const uncached = told(() => resolveValue(definition, valueLayers(law, date), date))
          expect(told(() => timelines.resolve(definition, date))).to.deep.equal(uncached)
          expect(timelines.valueAt('service.days', date)).to.equal(
            typeof uncached === 'string' ? undefined : uncached.value
          )
          expect(told(() => timelines.table(law.table, date))).to.deep.equal(
            told(() => effectiveTable(law.table, rowLayers(law, date), date))
          )
        }
      }),
      { numRuns: 300 }
    )
  })

  it('change on the days that the law names and on no other', () => {
    const value = (days: number, from: string | null, to: string | null): StatedValue => ({
      ...{ key: 'service.days', value: days, from, to, ...grounds }
    })
    const law = {
      ...fc.sample(laws, 1)[0]!,
      parts: [
        {
          ...{ unit: 'nation', level: 'national' as const, while: null, rows: [], calendars: {} },
          ...{ definitions: [], tables: [], instruments: [] },
          values: [value(4, null, '2019'), value(3, '2020-02', null)]
        }
      ]
    }
    expect(open(law).startsOf('service.days')).to.deep.equal([
      ...['0000-01-02', '2019-01-02', '2020-01-01', '2020-02-01', '2020-02-29']
    ])
  })

  it('are the same objects for offices that differ in nothing that matters', () => {
    const [law] = fc.sample(laws, 1)
    const nation = law!.parts[0]!
    const other = { ...nation, unit: 'office-b', level: 'office' as const, values: [], rows: [] }
    const bare = { ...law!, parts: [nation] }
    const beside = { ...law!, parts: [nation, other] }
    expect(open(beside).table(law!.table, '2020-01-01').rows).to.equal(
      open(bare).table(law!.table, '2020-01-01').rows
    )
  })
})
