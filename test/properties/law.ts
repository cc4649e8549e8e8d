import fc from 'fast-check'
import type { OfficeTree, Unit } from '../../engine/offices/resolve.ts'
import type { Bound } from '../../engine/rules/bounds.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import { turnsOf } from '../../engine/rules/dates.ts'
import type {
  Definition,
  Group,
  Overlay,
  Row,
  StatedValue,
  Table
} from '../../engine/rules/definitions.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { LocalDate, OfficeId, Value } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'
import type { Edit } from '../../runtime/rules/edits.ts'

/** A country that was never seen: its tree, and what every unit of it states. */
export interface World {
  readonly tree: OfficeTree
  readonly parts: readonly LawPart[]
}

/** A change that somebody tries to publish; most are legal, some are not. */
export interface Change {
  readonly scope: OfficeId
  readonly edits: readonly Edit[]
}

const WORDS = { id: 'Contoh', en: 'A sample' }
const DAYS = ['2018-12-31', '2019-01-01', '2019-06-30', '2020-02-29', '2020-03-01', '2020-12-31']
export const day: fc.Arbitrary<LocalDate> = fc.oneof(
  fc.constantFrom(...DAYS, '2021-01-01', '2021-05-31'),
  fc.integer({ min: -500, max: 1300 }).map(days => addDays('2019-06-01', days))
)
const lawDate = fc.oneof(
  { weight: 6, arbitrary: day },
  { weight: 1, arbitrary: fc.constantFrom('2019', '2020', '2020-02', '2021-05') }
)
const interval: fc.Arbitrary<Interval> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ from: null, to: null }) },
  { weight: 3, arbitrary: lawDate.map(from => ({ from, to: null })) },
  { weight: 2, arbitrary: lawDate.map(to => ({ from: null, to })) },
  {
    weight: 4,
    arbitrary: fc.tuple(lawDate, lawDate).map(([a, b]) => {
      const [from, to] = a <= b ? [a, b] : [b, a]
      return { from: from as string, to: to as string }
    })
  },
  {
    weight: 1,
    arbitrary: lawDate.map(to => ({ from: null, to, unknown: ['from'] as const }))
  }
)

// the tree ////////

/** A nation, up to four regions, and up to eight offices that may have moved from region to region. */
const trees: fc.Arbitrary<OfficeTree> = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.array(
      fc.record({
        regions: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
        moves: fc.tuple(day, day),
        zone: fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')
      }),
      { minLength: 1, maxLength: 8 }
    )
  )
  .map(([regions, offices]) => {
    const units = new Map<OfficeId, Unit>([['nation', unit('nation', 'national', null)]])
    for (let nth = 0; nth < regions; nth++)
      units.set(`region-${nth}`, unit(`region-${nth}`, 'region', 'nation'))
    offices.forEach(({ regions: under, moves, zone }, nth) => {
      const id = `office-${nth}`
      const ids = under.map(one => `region-${one % regions}`)
      units.set(id, unit(id, 'office', movedThrough(ids, [...moves].sort()), zone))
    })
    return { units, roles: new Map() }
  })

function movedThrough(ids: readonly string[], moves: readonly string[]): Unit['extends'] {
  const days = [...new Set(moves)].slice(0, ids.length - 1)
  if (days.length === 0) return ids[0]!
  return [...days, null].map((next, nth) => ({
    unit: ids[nth]!,
    from: nth === 0 ? null : days[nth - 1]!,
    to: next === null ? null : addDays(next, -1)
  }))
}

function unit(
  id: string,
  level: Unit['level'],
  above: Unit['extends'],
  timeZone = 'Asia/Jakarta'
): Unit {
  return {
    ...{ id, level, name: id, extends: above, timeZone, place: 'Contoh', province: null },
    ...{ class: null, borderCheckPoints: null, unitCode: null, samples: [], contact: null },
    ...{ exists: null, roles: {}, services: {}, processes: [], extensions: {} }
  }
}

// what may be stated ////////

export const ORDER = ['head', 'region', 'nation'] as const
const PAPERS = ['a', 'b', 'c', 'd'] as const
const authority = fc.constantFrom(...ORDER)
const number = fc.integer({ min: 0, max: 12 })
const papers = fc.subarray([...PAPERS])

/** Every type of key, with the values that it may have. */
const KEYS: readonly (readonly [string, Partial<Definition>, fc.Arbitrary<Value>])[] = [
  ['service.days', { type: 'days' }, number],
  ['service.work', { type: 'workdays' }, number],
  ['service.fee', { type: 'money' }, number.map(one => one * 50_000)],
  ['service.count', { type: 'integer', nullable: true }, fc.option(number, { freq: 8 })],
  ['service.open', { type: 'boolean' }, fc.boolean()],
  ['service.name', { type: 'text' }, fc.constantFrom('x', 'y', 'z')],
  ['service.who', { type: 'choice', choices: ORDER }, authority],
  ['service.papers', { type: 'set', choices: PAPERS }, papers as fc.Arbitrary<Value>],
  [
    'service.box',
    { type: 'record', shape: { type: 'object', properties: { days: {}, papers: {} } } },
    fc.record({ days: number, papers: papers as fc.Arbitrary<Value> })
  ]
]
const VALUES = new Map(KEYS.map(([key, , value]) => [key, value]))

function boundsOf(key: string): fc.Arbitrary<readonly Bound[]> {
  const path = key === 'service.box' ? { path: 'days' } : {}
  const counted: readonly fc.Arbitrary<Bound>[] = [
    fc.tuple(number, number).map(([a, b]) => ({
      ...{ kind: 'range' as const, ...path },
      ...{ min: Math.min(a, b), max: Math.max(a, b) * (key === 'service.fee' ? 50_000 : 1) }
    })),
    fc.constantFrom(
      { kind: 'atMostParent' as const, ...path },
      { kind: 'atLeastParent' as const, ...path },
      { kind: 'deltaPct' as const, percent: 25, ...path }
    )
  ]
  const kinds: Readonly<Record<string, readonly fc.Arbitrary<Bound>[]>> = {
    'service.who': [fc.constant({ kind: 'authorityAtLeastParent', order: [...ORDER] })],
    'service.papers': [
      fc.constantFrom({ kind: 'subsetOfParent' as const }, { kind: 'supersetOfParent' as const })
    ],
    'service.box': [
      ...counted,
      fc.constantFrom(
        { kind: 'subsetOfParent' as const, path: 'papers' },
        { kind: 'supersetOfParent' as const, path: 'papers' }
      )
    ],
    'service.name': [fc.constant({ kind: 'oneOf', values: ['x', 'y'] })],
    'service.open': [fc.constant({ kind: 'oneOf', values: [true] })]
  }
  const one = fc.oneof(...(kinds[key] ?? counted))
  const dated = fc.tuple(one, fc.option(day), fc.option(day)).map(([bound, from, to]): Bound => {
    const [first, last] = from && to && from > to ? [to, from] : [from, to]
    return { ...bound, ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) }
  })
  const locked = fc.tuple(day, day).map(([a, b]): Bound => {
    const [from, to] = [a, b].sort() as [string, string]
    return { kind: 'locked', from, to }
  })
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: one },
      { weight: 2, arbitrary: dated },
      { weight: 1, arbitrary: locked }
    ),
    { maxLength: 3 }
  )
}

const levels = fc.constantFrom<readonly ('region' | 'office')[]>(
  ['region', 'office'],
  ['region', 'office'],
  ['office'],
  ['region'],
  []
)

/** Two to four keys; the first, from which tables read a fact, is always there. */
const definitions: fc.Arbitrary<readonly Definition[]> = fc
  .tuple(fc.subarray(KEYS.slice(1), { minLength: 1, maxLength: 3 }))
  .chain(([more]) =>
    fc.tuple(
      ...[KEYS[0]!, ...more].map(([key, rest]) =>
        fc.tuple(levels, boundsOf(key)).map(
          ([overridableAt, bounds]): Definition => ({
            ...{ key, label: WORDS, type: 'days', overridableAt, asOf: 'submitted' },
            ...{ bounds, rebind: key === 'service.fee' ? 'always' : 'pinned', cites: { min: 1 } },
            ...rest
          })
        )
      )
    )
  )

const GROUNDS = { cites: [{ instrument: 'law', pin: null }], confidence: 'H' } as const

/** Of one key, mostly one after the other; sometimes two at once. */
function valuesOf(key: string, often: number): fc.Arbitrary<readonly StatedValue[]> {
  const value = VALUES.get(key)!
  const chain = fc
    .tuple(fc.array(value, { minLength: 1, maxLength: 3 }), fc.uniqueArray(day, { minLength: 2 }))
    .map(([list, days]) => {
      const turns = days.sort().slice(0, list.length - 1)
      return [...turns, null].map((next, nth) => ({
        ...{ key, value: list[nth % list.length]!, ...GROUNDS },
        from: nth === 0 ? null : turns[nth - 1]!,
        to: next === null ? null : addDays(next, -1)
      }))
    })
  const single = fc
    .tuple(value, interval)
    .map(([one, during]) => [{ key, value: one, ...during, ...GROUNDS }])
  const pair = fc.tuple(single, single).map(([a, b]) => [...a, ...b])
  return fc.oneof(
    { weight: 10 - often, arbitrary: fc.constant([]) },
    { weight: often, arbitrary: chain },
    { weight: often, arbitrary: single },
    { weight: 1, arbitrary: pair }
  )
}

// tables ////////

const condition: fc.Arbitrary<Group> = fc.constantFrom<Group>(
  { all: [{ fact: 'extension', operator: 'greaterThan', value: 2 }] },
  { all: [{ fact: 'extension', operator: 'lessThanInclusive', value: 4 }] },
  { any: [{ fact: 'extension', operator: 'equal', value: 1 }] },
  { not: { fact: 'maximum', operator: 'lessThan', value: 6 } }
)
const outcome = fc.record({ who: authority })

function tableOf(rule: string, hitPolicy: Table['hitPolicy']): fc.Arbitrary<Table> {
  return fc
    .tuple(
      fc.array(fc.tuple(condition, outcome, interval), { maxLength: 3 }),
      outcome,
      fc.constantFrom<readonly ('region' | 'office')[]>(['region', 'office'], ['office']),
      fc.constantFrom<readonly Bound[]>(
        [],
        [{ kind: 'authorityAtLeastParent', path: 'who', order: [...ORDER] }],
        [{ kind: 'locked', from: '2020-01-01', to: '2020-06-30' }]
      )
    )
    .map(([rows, last, overridableAt, bounds]) => {
      const all: readonly Row[] = [
        ...rows.map(([conditions, one, during], nth) => ({
          ...{ id: `row-${nth}`, conditions, outcome: one, ...during, ...GROUNDS }
        })),
        { id: 'other', conditions: null, outcome: last, from: null, to: null, ...GROUNDS }
      ]
      return {
        ...{ rule, label: WORDS, overridableAt, bounds, asOf: 'submitted', rebind: 'pinned' },
        ...{ cites: { min: 1 }, hitPolicy, rows: all },
        facts: {
          extension: { type: 'integer', min: 1 },
          maximum: { type: 'integer', parameter: 'service.days' }
        },
        outcome: {
          type: 'object',
          required: ['who'],
          additionalProperties: false,
          properties: { who: { enum: [...ORDER] } }
        }
      }
    })
}

const ROWS = ['row-0', 'row-1', 'other']
function overlaysOf(id: OfficeId, tables: readonly Table[]): fc.Arbitrary<readonly Overlay[]> {
  return fc
    .array(
      fc.tuple(
        fc.constantFrom(...tables.map(({ rule }) => rule)),
        fc.constantFrom('replaces' as const, 'before' as const),
        fc.constantFrom(...ROWS),
        fc.option(condition),
        outcome,
        interval
      ),
      { maxLength: 3 }
    )
    .map(list =>
      list.map(([rule, how, row, conditions, one, during], nth) => ({
        ...{ rule, id: `${id}-${nth}`, [how]: row, outcome: one, ...during, ...GROUNDS },
        ...(how === 'replaces' ? {} : { conditions })
      }))
    )
}

// worlds ////////

const INSTRUMENTS: readonly Instrument[] = [
  { id: 'law', inForce: { from: null, to: null } },
  { id: 'old', inForce: { from: '2001-01-01', to: '2019-12-31' }, repealedBy: 'law' }
].map(one => ({ kind: 'UU', short: one.id, title: one.id, confidence: 'H' as const, ...one }))

export const worlds: fc.Arbitrary<World> = trees.chain(tree =>
  fc
    .tuple(definitions, tableOf('service.first', 'first'), tableOf('service.all', 'collect'))
    .chain(([defined, ...tables]) =>
      fc
        .tuple(
          ...[...tree.units.values()].map(({ id, level }) =>
            fc.tuple(
              fc.tuple(...defined.map(({ key }) => valuesOf(key, level === 'national' ? 8 : 3))),
              level === 'national' ? fc.constant([]) : overlaysOf(id, tables)
            )
          )
        )
        .map(stated => ({
          tree,
          parts: [...tree.units.values()].map(({ id, level }, nth): LawPart => {
            const [values, rows] = stated[nth]!
            const national = level === 'national'
            return {
              ...{ unit: id, level, values: values.flat(), rows, calendars: {} },
              definitions: national ? defined : [],
              tables: national ? tables : [],
              instruments: national ? INSTRUMENTS : []
            }
          })
        }))
    )
)

// changes ////////

const during = fc.tuple(day, fc.option(day)).map(([from, to]) => {
  const [first, last] = to !== null && to < from ? [to, from] : [from, to]
  return { from: first, to: last }
})
const cited = fc
  .constantFrom('law', 'law', 'law', 'law', 'old')
  .map(instrument => ({ cites: [{ instrument, pin: null }], reason: WORDS }))

function valueEdit(keys: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  return keys.chain(key =>
    fc
      .tuple(VALUES.get(key)!, during, cited)
      .map(
        ([one, days, grounds]): Edit => ({ kind: 'value', key, value: one, ...days, ...grounds })
      )
  )
}
function boundEdit(keys: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  return keys
    .chain(key => fc.tuple(fc.constant(key), boundsOf(key), during, cited, fc.boolean()))
    .map(([key, bounds, days, grounds, lifts]): Edit => {
      const { from: _, to: __, ...bound } = (bounds[0] ?? { kind: 'locked' }) as Bound
      const lifted = lifts ? { lifted: true as const } : {}
      return { kind: 'bound', key, bound: bound as Bound, ...lifted, ...days, ...grounds }
    })
}
function removal(keys: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  return fc
    .tuple(keys, during)
    .map(([key, days]): Edit => ({ kind: 'remove', key, reason: WORDS, ...days }))
}
const rowEdit: fc.Arbitrary<Edit> = fc
  .tuple(
    fc.constantFrom('service.first', 'service.all'),
    fc.constantFrom('replaces' as const, 'before' as const, 'itself' as const),
    fc.constantFrom(...ROWS),
    fc.option(condition),
    outcome,
    during,
    cited
  )
  .map(([rule, how, row, conditions, one, days, grounds]): Edit => {
    const name = how === 'itself' ? { row } : { row: `new-${how}-${row}`, [how]: row }
    const own = how === 'replaces' ? null : conditions
    return { kind: 'row', rule, ...name, conditions: own, outcome: one, ...days, ...grounds }
  })

/** Changes of any unit of a tree, one after the other. */
export function changesOf({ tree, parts }: World, most = 4): fc.Arbitrary<readonly Change[]> {
  const keys = fc.constantFrom(...parts[0]!.definitions.map(({ key }) => key))
  const edit = fc.oneof(
    { weight: 6, arbitrary: valueEdit(keys) },
    { weight: 3, arbitrary: rowEdit },
    { weight: 2, arbitrary: boundEdit(keys) },
    { weight: 2, arbitrary: removal(keys) }
  )
  const scope = fc.oneof(fc.constant('nation'), fc.constantFrom(...tree.units.keys()))
  return fc.array(fc.record({ scope, edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: most
  })
}

/** The days on which something of a key or a rule turns in some parts, each with the day before and after it. */
export function edgesOf(
  tree: OfficeTree,
  parts: Iterable<LawPart>,
  key: string
): readonly LocalDate[] {
  const intervals: Interval[] = [...tree.units.values()].flatMap(({ extends: above }) =>
    typeof above === 'string' || above === null ? [] : above
  )
  for (const { values, rows, definitions: defined, tables, withdrawn } of parts) {
    const gone = [...(withdrawn?.values ?? []), ...(withdrawn?.rows ?? [])]
    const stated = [...values, ...rows, ...gone]
    intervals.push(...stated.filter(one => ('value' in one ? one.key : one.rule) === key))
    const governed = [...defined, ...tables].find(
      one => ('key' in one ? one.key : one.rule) === key
    )
    if (governed && 'rows' in governed) intervals.push(...governed.rows)
    for (const { from = null, to = null } of governed?.bounds ?? []) intervals.push({ from, to })
  }
  const turns = new Set(['2019-06-01', ...intervals.flatMap(turnsOf)])
  return [...new Set([...turns].flatMap(one => [addDays(one, -1), one, addDays(one, 1)]))].sort()
}
