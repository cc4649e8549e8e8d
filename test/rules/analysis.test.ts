import { expect } from 'chai'
import fc from 'fast-check'
import type { AnalysedTable, TableFinding } from '../../engine/rules/analysis.ts'
import { analyseTable } from '../../engine/rules/analysis.ts'
import { compileConditions } from '../../engine/rules/compiled.ts'
import type { Condition, FactType, Group, Operator, Table } from '../../engine/rules/definitions.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { createDecider } from '../../runtime/decide.ts'
import { all, is, row } from './rows.ts'

type Facts = Readonly<Record<string, FactType>>
const EXTENSION: Facts = {
  extension: { type: 'integer', min: 1 },
  regime: { type: 'choice', choices: ['old', 'new'] }
}

function tableOf(
  hitPolicy: Table['hitPolicy'],
  facts: Facts,
  rows: readonly EffectiveRow[],
  more: Partial<AnalysedTable> = {}
): AnalysedTable {
  return { hitPolicy, facts, rows, gaps: [], date: '2020-01-01', ...more }
}
function brief(findings: readonly TableFinding[]): readonly unknown[] {
  return findings.map(({ kind, rows, where, example }) => [kind, rows.join(' '), where, example])
}
function analyse(...of: Parameters<typeof tableOf>): readonly unknown[] {
  return brief(analyseTable(tableOf(...of)).findings)
}

describe('the analysis of a table', () => {
  it('names a gap with one combination of facts that no row fits', () => {
    const rows = [
      row('few', all(is('regime', 'equal', 'old'), is('extension', 'between', [1, 4]))),
      row('new', all(is('regime', 'equal', 'new')))
    ]
    expect(analyse('first', EXTENSION, rows)).to.deep.equal([
      ['gap', '', 'extension ≥ 5, regime old', { extension: 5, regime: 'old' }]
    ])
  })

  it('takes whole numbers one by one, and all numbers with what lies between', () => {
    const rows = [
      row('low', all(is('n', 'lessThan', 3))),
      row('high', all(is('n', 'greaterThan', 2)))
    ]
    expect(analyse('first', { n: { type: 'integer' } }, rows)).to.deep.equal([])
    const apart = [
      row('low', all(is('n', 'lessThan', 2))),
      row('high', all(is('n', 'greaterThanInclusive', 3)))
    ]
    expect(analyse('first', { n: { type: 'number', max: 9 } }, apart)).to.deep.equal([
      ['gap', '', 'n ≥ 2 and < 3', { n: 2 }]
    ])
  })

  it('knows the ends of a fact, null, and the days of the calendar', () => {
    const facts: Facts = {
      arrival: { type: 'date', nullable: true, min: '2024-02-01' },
      money: { type: 'money' }
    }
    const rows = [
      row('early', all(is('arrival', 'lessThanInclusive', '2024-02-28'))),
      row('late', all(is('arrival', 'greaterThanInclusive', '2024-03-01'))),
      row('none', all(is('arrival', 'equal', null), is('money', 'greaterThan', 0)))
    ]
    expect(analyse('unique', facts, rows)).to.deep.equal([
      ['gap', '', 'arrival null, money 0', { arrival: null, money: 0 }],
      ['gap', '', 'arrival 2024-02-29', { arrival: '2024-02-29', money: 0 }]
    ])
  })

  it('knows sets by the texts that are asked for', () => {
    const facts: Facts = { documents: { type: 'flags' } }
    const rows = [
      row('a', all(is('documents', 'contains', 'POA'))),
      row('b', all(is('documents', 'contains', 'TIKET'), is('documents', 'doesNotContain', 'POA')))
    ]
    expect(analyse('unique', facts, rows)).to.deep.equal([
      ['gap', '', 'documents: without POA, documents: without TIKET', { documents: [] }]
    ])
  })

  it('is silent about a gap that is left open on purpose, and names one that is none', () => {
    const rows = [row('few', all(is('extension', 'between', [1, 4])))]
    const open = (value: number, holds: 'yes' | 'perhaps' = 'yes') => ({
      gaps: [{ conditions: all(is('extension', 'greaterThan', value)), holds }]
    })
    expect(analyse('first', EXTENSION, rows, open(4))).to.deep.equal([])
    expect(analyse('first', EXTENSION, rows, open(3))).to.deep.equal([
      ['no-gap', 'few', 'extension 4', { extension: 4, regime: 'old' }]
    ])
    expect(analyse('first', EXTENSION, rows, open(3, 'perhaps'))).to.deep.equal([])
    expect(analyse('first', EXTENSION, rows, open(5))).to.deep.equal([
      ['gap', '', 'extension 5', { extension: 5, regime: 'old' }]
    ])
  })

  it('names rows that overlap where only one may fit', () => {
    const rows = [
      row('few', all(is('extension', 'lessThanInclusive', 3))),
      row('many', all(is('extension', 'greaterThan', 2)))
    ]
    expect(analyse('unique', EXTENSION, rows)).to.deep.equal([
      ['overlap', 'many few', 'extension 3', { extension: 3, regime: 'old' }]
    ])
    expect(analyse('first', EXTENSION, rows)).to.deep.equal([])
  })

  it('names two exceptions of equal rank, but not where an earlier row decides', () => {
    const here = { level: 'office', scope: 'office-a', exceptionTo: 'any' } as const
    const rivals = [
      row('a', all(is('extension', 'equal', 3)), here),
      row('b', all(is('extension', 'greaterThan', 2)), here),
      row('any', null)
    ]
    expect(analyse('first', EXTENSION, rivals)).to.deep.equal([
      ['overlap', 'b a', 'extension 3', { extension: 3, regime: 'old' }]
    ])
    const first = row('third', all(is('extension', 'equal', 3)))
    const [one] = analyse('first', EXTENSION, [first, ...rivals])
    expect(one).to.include.members(['unreachable', 'a third'])
  })

  it('names a row that one earlier row, or several together, take everything from', () => {
    const few = row('few', all(is('extension', 'lessThan', 5)))
    const third = row('third', all(is('extension', 'equal', 3)))
    const many = row('many', all(is('extension', 'greaterThan', 4)))
    expect(analyse('first', EXTENSION, [few, third, many])).to.deep.equal([
      ['unreachable', 'third few', 'extension 3', { extension: 3, regime: 'old' }]
    ])
    expect(analyse('first', EXTENSION, [few, many, row('any', null)])).to.deep.equal([
      ['unreachable', 'any few many', 'extension ≤ 4', { extension: 3, regime: 'old' }]
    ])
    const never = row('never', all(is('extension', 'equal', 3), is('extension', 'equal', 4)))
    expect(analyse('collect', EXTENSION, [never])).to.deep.equal([
      ['unreachable', 'never', 'its conditions never hold together', null]
    ])
  })

  it('does not blame a row for an exception of an office, nor for a row that only perhaps holds', () => {
    const any = row('any', null)
    const exception = row('here', null, { level: 'office', scope: 'office-a', exceptionTo: 'any' })
    expect(analyse('first', EXTENSION, [exception, any])).to.deep.equal([])
    expect(analyse('first', EXTENSION, [row('old', null, { perhaps: true }), any])).to.deep.equal(
      []
    )
  })

  it('names a row without which nothing would change', () => {
    const third = row('third', all(is('extension', 'equal', 3)), { outcome: 'x' })
    const some = row('some', all(is('extension', 'between', [2, 3])), { outcome: 'x' })
    const any = row('any', null, { outcome: 'y' })
    expect(analyse('first', EXTENSION, [third, some, any])).to.deep.equal([
      ['superfluous', 'third some', 'extension 3', { extension: 3, regime: 'old' }]
    ])
    const wider = row('some', all(is('extension', 'equal', 2)), { outcome: 'x' })
    expect(analyse('first', EXTENSION, [third, wider, any])).to.deep.equal([])
  })

  it('leaves out what a fact worked out from others can never be', () => {
    const facts: Facts = {
      flag: { type: 'boolean' },
      word: { type: 'choice', choices: ['a', 'b'] },
      both: { type: 'boolean', expression: 'flag and word = "a"' }
    }
    const rows = [
      row('both', all(is('both', 'equal', true))),
      row('b', all(is('word', 'equal', 'b'), is('both', 'equal', false)))
    ]
    expect(analyse('first', facts, rows)).to.deep.equal([
      ['gap', '', 'word a, both false', { flag: false, word: 'a', both: false }]
    ])
    const impossible = row('never', all(is('both', 'equal', true), is('word', 'equal', 'b')))
    expect(analyse('collect', facts, [impossible])).to.deep.equal([
      ['unreachable', 'never', 'its conditions never hold together', null]
    ])
  })

  it('works a fact out from numbers and days, or says that it took it as it is', () => {
    const facts: Facts = {
      submitted: { type: 'date' },
      expires: { type: 'date' },
      late: { type: 'integer', expression: '(date(submitted) - date(expires)).days' }
    }
    const rows = [row('in time', all(is('late', 'lessThanInclusive', 0)))]
    const [gap] = analyseTable(tableOf('first', facts, rows)).findings
    expect(gap).to.deep.include({ kind: 'gap', where: 'late ≥ 1', assumed: [] })
    expect(Date.parse(`${gap!.example!.submitted}`)).to.be.greaterThan(
      Date.parse(`${gap!.example!.expires}`)
    )
    const odd: Facts = { n: { type: 'integer' }, odd: { type: 'integer', expression: 'n * 2' } }
    const [three] = analyseTable(
      tableOf('collect', odd, [row('three', all(is('odd', 'equal', 3)))])
    ).findings
    expect(three).to.equal(undefined)
    const other = analyseTable(
      tableOf('first', odd, [row('else', all(is('odd', 'notEqual', 3)))])
    ).findings
    expect(other.map(({ assumed }) => assumed)).to.deep.equal([['odd']])
  })

  it('says so when there is more than it may look at', () => {
    const facts = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`f${at}`, { type: 'boolean' } as FactType])
    )
    const rows = Array.from({ length: 6 }, (_, at) =>
      row(`r${at}`, all(is(`f${at * 2}`, 'equal', true), is(`f${at * 2 + 1}`, 'equal', true)))
    )
    const { findings, boxes } = analyseTable(tableOf('first', facts, rows), 50)
    expect(brief(findings)).to.deep.equal([
      ['not-analysed', '', 'not analysed: more than 50 boxes of facts', null]
    ])
    expect(boxes).to.equal(50)
  })

  it('counts the gaps beyond the fiftieth', () => {
    const rows = Array.from({ length: 60 }, (_, at) => row(`r${at}`, all(is('n', 'equal', at * 2))))
    const pairs = rows.map((_, at) =>
      row(`p${at}`, all(is('n', 'equal', at * 2 + 1), is('m', 'equal', at)))
    )
    const facts: Facts = {
      n: { type: 'integer', min: 0, max: 119 },
      m: { type: 'integer', min: 0 }
    }
    const gaps = analyseTable(tableOf('first', facts, [...rows, ...pairs])).findings
    expect(gaps).to.have.length(51)
    expect(gaps.at(-1)!.where).to.match(/, and 9 more such combinations$/)
  })

  it('is exact for twenty facts and a hundred rows', () => {
    const facts = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`f${at}`, { type: 'integer', min: 1 } as FactType])
    )
    const rows = Array.from({ length: 100 }, (_, at) =>
      row(`r${at}`, all(is(`f${at % 20}`, 'equal', at), is(`f${(at + 1) % 20}`, 'greaterThan', at)))
    )
    const { findings } = analyseTable(tableOf('first', facts, [...rows, row('any', null)]))
    expect(findings.map(({ kind, rows: [one] }) => [kind, one])).to.deep.equal([
      ['unreachable', 'r0']
    ])
  })
})

// by brute force ////////

const SMALL: Facts = {
  n: { type: 'integer', min: -1, max: 3, nullable: true },
  flag: { type: 'boolean' },
  word: { type: 'choice', choices: ['a', 'b', 'c'] },
  day: { type: 'date', min: '2024-02-28', max: '2024-03-01' },
  set: { type: 'set', choices: ['x', 'y'] }
}
const VALUES: Readonly<Record<string, readonly Value[]>> = {
  n: [-1, 0, 1, 2, 3, null],
  flag: [true, false],
  word: ['a', 'b', 'c'],
  day: ['2024-02-28', '2024-02-29', '2024-03-01'],
  set: [[], ['x'], ['y'], ['x', 'y']]
}
const POINTS = Object.entries(VALUES).reduce<readonly Variables[]>(
  (points, [name, values]) =>
    points.flatMap(one => values.map(value => ({ ...one, [name]: value }))),
  [{}]
)

const equality = fc.constantFrom<Operator>('equal', 'notEqual')
const order = fc.constantFrom<Operator>(
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive'
)
function test(fact: string, operator: fc.Arbitrary<Operator>, value: fc.Arbitrary<Value>) {
  return fc.record({ fact: fc.constant(fact), operator, value })
}
const n = fc.integer({ min: -2, max: 4 })
const inside = fc.integer({ min: -1, max: 3 })
const day = fc.constantFrom('2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-02')
const word = fc.constantFrom('a', 'b', 'c')
const tests = fc.oneof(
  test('n', equality, fc.option(inside)),
  test('n', order, n),
  test('n', fc.constant('between'), fc.tuple(n, n) as fc.Arbitrary<Value>),
  test('flag', equality, fc.boolean()),
  test('word', equality, word),
  test('word', fc.constantFrom<Operator>('in', 'notIn'), fc.uniqueArray(word, { minLength: 1 })),
  test('day', order, day),
  test('set', fc.constantFrom<Operator>('contains', 'doesNotContain'), fc.constantFrom('x', 'y'))
)
const groups = fc.letrec<{ group: Group; condition: Condition }>(tie => ({
  condition: fc.oneof({ maxDepth: 2 }, { arbitrary: tests, weight: 4 }, tie('group')),
  group: fc.oneof(
    { weight: 3, arbitrary: fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('condition') }) }
  )
})).group
const tables = fc.record({
  hitPolicy: fc.constantFrom<Table['hitPolicy']>('first', 'unique'),
  rows: fc
    .array(fc.record({ conditions: groups, outcome: fc.constantFrom('p', 'q') }), {
      minLength: 1,
      maxLength: 5
    })
    .map(list => list.map(({ conditions, outcome }, at) => row(`r${at}`, conditions, { outcome })))
})

function bruteForce({
  hitPolicy,
  rows
}: {
  hitPolicy: Table['hitPolicy']
  rows: readonly EffectiveRow[]
}) {
  const holds = rows.map(({ conditions }) => compileConditions(conditions))
  const fitting = POINTS.map(point => rows.filter((_, at) => holds[at]!(point)))
  const first = hitPolicy === 'first'
  const reached = rows.filter(one =>
    fitting.some(fit => (first ? fit[0] === one : fit.includes(one)))
  )
  const pairs = fitting.flatMap(fit =>
    fit.flatMap((a, at) => fit.slice(at + 1).map(b => `${b.id} ${a.id}`))
  )
  const superfluous = reached.filter(one =>
    fitting.every(fit => fit[0] !== one || fit[1]?.outcome === one.outcome)
  )
  return {
    gap: fitting.some(fit => fit.length === 0),
    unreachable: rows.filter(one => !reached.includes(one)).map(({ id }) => id),
    overlap: first ? [] : [...new Set(pairs)].sort(),
    superfluous: first ? superfluous.map(({ id }) => id) : []
  }
}

describe('the analysis of small tables', () => {
  it('agrees with trying all facts, and json-rules-engine confirms every example', async () => {
    let gaps = 0
    let others = 0
    await fc.assert(
      fc.asyncProperty(tables, async ({ hitPolicy, rows }) => {
        const { findings } = analyseTable(tableOf(hitPolicy, SMALL, rows))
        const of = (kind: TableFinding['kind']) => findings.filter(one => one.kind === kind)
        expect({
          gap: of('gap').length > 0,
          unreachable: of('unreachable').map(({ rows: [one] }) => one),
          overlap: of('overlap')
            .map(one => one.rows.join(' '))
            .sort(),
          superfluous: of('superfluous').map(({ rows: [one] }) => one)
        }).to.deep.equal(bruteForce({ hitPolicy, rows }))

        for (const { kind, rows: about, example } of findings) {
          if (!example) continue
          const all = { rule: 'it', hitPolicy: 'collect' } as Table
          const { fitting } = await createDecider().decide('r', all, rows, example)
          const fit = fitting.map(({ id }) => id)
          if (kind === 'gap') expect(fit).to.deep.equal([])
          else expect(fit).to.include.members(about.slice(0, 2))
          if (kind === 'gap') gaps++
          else others++
        }
      }),
      { numRuns: 300 }
    )
    expect(gaps).to.be.greaterThan(50)
    expect(others).to.be.greaterThan(50)
  })

  it('finds no gap any more once every gap that it names is left open', () => {
    fc.assert(
      fc.property(tables, ({ hitPolicy, rows }) => {
        const holds = rows.map(({ conditions }) => compileConditions(conditions))
        const open = POINTS.filter(point => holds.every(one => !one(point)))
        const gaps = open.map(point => ({ conditions: exactly(point), holds: 'yes' as const }))
        const kinds = analyseTable(tableOf(hitPolicy, SMALL, rows, { gaps })).findings
        expect(kinds.filter(({ kind }) => kind === 'gap' || kind === 'no-gap')).to.deep.equal([])
        if (gaps.length === 0) return
        const fewer = analyseTable(
          tableOf(hitPolicy, SMALL, rows, { gaps: gaps.slice(1) })
        ).findings
        expect(fewer.filter(({ kind }) => kind === 'gap').map(one => one.example)).to.deep.equal([
          open[0]
        ])
      }),
      { numRuns: 60 }
    )
  })
})

function exactly(point: Variables): Group {
  const { set, ...others } = point
  return all(
    ...Object.entries(others).map(([name, value]) => is(name, 'equal', value)),
    ...['x', 'y'].map(one =>
      is('set', (set as readonly string[]).includes(one) ? 'contains' : 'doesNotContain', one)
    )
  )
}
