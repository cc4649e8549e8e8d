import { expect } from 'chai'
import fc from 'fast-check'
import type { Level } from '../../engine/graph.ts'
import type { Definition, Layer, StatedValue } from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'

const definition: Definition = {
  key: 'service.days',
  label: { id: 'Hari', en: 'Days' },
  type: 'days',
  overridableAt: ['region', 'office'],
  bounds: [{ kind: 'range', min: 1 }, { kind: 'atMostParent' }],
  asOf: 'submitted',
  rebind: 'pinned',
  cites: { min: 0 }
}
const SCOPES: Readonly<Record<Level, string>> = {
  national: 'nation',
  region: 'region-a',
  office: 'office-a'
}

function days(value: number, from: string | null = null, to: string | null = null): StatedValue {
  return { key: 'service.days', value, from, to, cites: [], confidence: 'H' }
}
function layer(level: Level, ...statements: StatedValue[]): Layer<StatedValue> {
  return { level, scope: SCOPES[level], statements }
}

describe('resolution of a value', () => {
  it('takes the nearest level and tells what each one said', () => {
    const layers = [
      layer('national', days(4)),
      layer('region'),
      layer('office', days(2, '2020-01-01'))
    ]
    const { value, level, trail } = resolveValue(definition, layers, '2020-01-01')
    expect({ value, level }).to.deep.equal({ value: 2, level: 'office' })
    expect(trail.map(({ level, status, why }) => [level, status, why])).to.deep.equal([
      ['national', 'applied', 'without dates'],
      ['region', 'none', 'states nothing for this day'],
      ['office', 'applied', 'instead of 4']
    ])
  })

  it('goes by the day', () => {
    const layers = [layer('national', days(4, null, '2019-05-02'), days(3, '2019-05-03'))]
    expect(resolveValue(definition, layers, '2019-05-02').value).to.equal(4)
    expect(resolveValue(definition, layers, '2019-05-03').value).to.equal(3)
  })

  it('suspends what is out of bounds and never clamps it', () => {
    const layers = [layer('national', days(4)), layer('office', days(9))]
    const { value, trail } = resolveValue(definition, layers, '2020-01-01')
    expect(value).to.equal(4)
    expect(trail[1]).to.include({
      status: 'suspended',
      value: 9,
      why: 'expected at most 4 as above, found 9'
    })
  })

  it('ignores a level that may not state the key', () => {
    const layers = [layer('national', days(4)), layer('office', days(2))]
    const { value, trail } = resolveValue(
      { ...definition, overridableAt: ['region'] },
      layers,
      '2020-01-01'
    )
    expect(value).to.equal(4)
    expect(trail[1]).to.include({ status: 'ignored' })
  })

  it('fails when no level states a value', () => {
    expect(() =>
      resolveValue(definition, [layer('national', days(4, '2020-01-01'))], '2019-12-31')
    ).to.throw(
      'key <service.days> has no value on 2019-12-31: <nation> states nothing for this day'
    )
  })

  it('fails when two values of one unit hold', () => {
    const layers = [layer('national', days(4), days(3, '2019-01-01'))]
    expect(() => resolveValue(definition, layers, '2020-01-01')).to.throw(
      'national <nation> states <service.days> more than once'
    )
  })

  it('uses what only perhaps holds, and says so', () => {
    const layers = [layer('national', days(4, '2015'))]
    expect(resolveValue(definition, layers, '2015-06-01').remarks[0]?.en).to.contain(
      'not fully known (since 2015)'
    )
    expect(resolveValue(definition, layers, '2016-01-01').remarks).to.deep.equal([])
  })

  it('fails between two values when the day of the change is not known', () => {
    const layers = [layer('national', days(4, null, '2015'), days(3, '2015'))]
    expect(resolveValue(definition, layers, '2014-12-31').value).to.equal(4)
    expect(resolveValue(definition, layers, '2016-01-01').value).to.equal(3)
    expect(() => resolveValue(definition, layers, '2015-06-01')).to.throw(
      'more than once for 2015-06-01'
    )
  })

  it('knows only what was published by then', () => {
    const late: StatedValue = { ...days(2), recordedAt: '2020-06-01T00:00:00.000Z' }
    const layers = [layer('national', days(4)), layer('office', late)]
    expect(
      resolveValue(definition, layers, '2020-01-01', '2020-05-31T00:00:00.000Z').value
    ).to.equal(4)
    expect(
      resolveValue(definition, layers, '2020-01-01', '2020-06-01T00:00:00.000Z').value
    ).to.equal(2)
  })
})

describe('resolution of any value', () => {
  const year = fc.integer({ min: 2010, max: 2020 })
  const interval = fc
    .tuple(year, year)
    .map(([a, b]) => ({ from: `${Math.min(a, b)}-01-01`, to: `${Math.max(a, b)}-12-31` }))
  const statement = fc
    .record({
      value: fc.integer({ min: -2, max: 12 }),
      interval,
      key: fc.constantFrom('service.days', 'other.days')
    })
    .map(({ value, interval, key }): StatedValue => ({ ...days(value), ...interval, key }))
  const layersOf = (level: Level) =>
    fc
      .array(statement, { maxLength: 4 })
      .map(statements => ({ level, scope: SCOPES[level], statements }))
  const trees = fc.tuple(layersOf('national'), layersOf('region'), layersOf('office'))
  const day = year.map(year => `${year}-06-15`)
  const outcome = (layers: readonly Layer<StatedValue>[], at: string): string => {
    try {
      return JSON.stringify(resolveValue(definition, layers, at))
    } catch (error) {
      return (error as Error).message
    }
  }

  it('does not depend on the order in which it was stated', () => {
    fc.assert(
      fc.property(trees, day, fc.infiniteStream(fc.nat()), (tree, at, seeds) => {
        const shuffle = <Item>(items: readonly Item[]): Item[] =>
          items
            .map(item => ({ item, rank: seeds.next().value }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ item }) => item)
        const other = shuffle(tree.map(one => ({ ...one, statements: shuffle(one.statements) })))
        expect(outcome(other, at)).to.equal(outcome(tree, at))
      })
    )
  })

  it('is not changed by values of another key', () => {
    fc.assert(
      fc.property(trees, day, (tree, at) => {
        const own = tree.map(one => ({
          ...one,
          statements: one.statements.filter(({ key }) => key === 'service.days')
        }))
        expect(outcome(own, at)).to.equal(outcome(tree, at))
      })
    )
  })

  it('is one value within the bounds of its parent, or an error', () => {
    fc.assert(
      fc.property(trees, day, (tree, at) => {
        const text = outcome(tree, at)
        if (!text.startsWith('{')) return
        const { trail, value } = JSON.parse(text) as ReturnType<typeof resolveValue>
        const applied = trail
          .filter(({ status }) => status === 'applied')
          .map(step => step.value as number)
        expect(applied.at(-1)).to.equal(value)
        for (let i = 1; i < applied.length; i++) {
          expect(applied[i]).to.be.at.most(applied[i - 1]!)
          expect(applied[i]).to.be.at.least(1)
        }
      })
    )
  })

  it('is not changed by what is suspended', () => {
    fc.assert(
      fc.property(trees, day, (tree, at) => {
        const text = outcome(tree, at)
        if (!text.startsWith('{')) return
        const { trail, value } = JSON.parse(text) as ReturnType<typeof resolveValue>
        const suspended = new Set(
          trail.filter(({ status }) => status === 'suspended').map(({ scope }) => scope)
        )
        const without = tree.map(one =>
          suspended.has(one.scope) ? { ...one, statements: [] } : one
        )
        expect((JSON.parse(outcome(without, at)) as (typeof trail)[number]).value).to.equal(value)
      })
    )
  })
})
