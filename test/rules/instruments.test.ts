import { expect } from 'chai'
import { firstUncovered } from '../../engine/rules/dates.ts'
import { checkRules } from '../../runtime/rules/check.ts'
import type { SmallRules } from './folder.ts'
import {
  approver,
  days,
  instrument,
  removeFolders,
  row,
  smallRules,
  stated,
  value
} from './folder.ts'

const during = (from: string | null, to: string | null, ...unknown: ('from' | 'to')[]) => ({
  from,
  to,
  ...(unknown.length > 0 ? { unknown } : {})
})
const law = (id: string, inForce: object, more: object = {}) => ({
  ...instrument(id),
  inForce,
  ...more
})
const resting = (from: string | null, to: string | null, ...cites: string[]) => ({
  ...value(4, from, to),
  cites: cites.map(instrument => ({ instrument }))
})

describe('an instrument', () => {
  after(removeFolders)
  const problems = async (rules: SmallRules) =>
    (await checkRules(smallRules(rules))).problems.map(({ path, message }) => `${path}: ${message}`)

  const bad: readonly (readonly [string, readonly object[], string])[] = [
    [
      'repealed by none',
      [law('law', during(null, '2013'), { repealedBy: 'nothing' })],
      'expected an instrument of the register, found <nothing>'
    ],
    [
      'that repeals itself',
      [law('law', during(null, '2013'), { repealedBy: 'law' })],
      '<law> amends or repeals itself'
    ],
    [
      'that amends itself',
      [law('law', during(null, null), { amends: ['law'] })],
      '<law> amends or repeals itself'
    ],
    [
      'that amends itself by way of others',
      [
        law('a', during('2001', null), { amends: ['b'] }),
        law('b', during('2002', null), { amends: ['c'] }),
        law('c', during('2003', null), { amends: ['a'] }),
        instrument('law')
      ],
      '/instruments/0/amends: amends itself by way of others: a → b → c → a'
    ],
    [
      'repealed in a circle',
      [
        law('a', during('2001', '2002'), { repealedBy: 'b' }),
        law('b', during('2001', '2002'), { repealedBy: 'a' }),
        instrument('law')
      ],
      'repeals in a circle: a → b → a'
    ],
    [
      'repealed before it is in force',
      [
        law('old', during('2010-01-01', '2012-01-01'), { repealedBy: 'new' }),
        law('new', during('2009-01-01', null)),
        instrument('law')
      ],
      'is repealed before it is in force: <new> since 2009-01-01, this one 2010-01-01 to 2012-01-01'
    ],
    [
      'repealed and without end',
      [
        law('old', during('2010-01-01', null), { repealedBy: 'new' }),
        law('new', during('2012-01-01', null)),
        instrument('law')
      ],
      'is repealed by <new>, yet its last day is neither given nor said to be unknown'
    ],
    [
      'that ends before it starts',
      [law('law', during('2010-01-02', '2010-01-01'))],
      'ends before it starts: 2010-01-02 to 2010-01-01'
    ],
    ['that stands twice', [instrument('law'), instrument('law')], 'instrument <law> stands twice'],
    [
      'of an unknown kind',
      [{ ...instrument('law'), kind: 'RUMOUR' }],
      '/instruments/0/kind: expected one of UU, PP'
    ]
  ]
  for (const [name, instruments, message] of bad) {
    it(`${name} is refused`, async () => {
      expect((await problems({ instruments })).join('\n')).to.include(message)
    })
  }

  it('of an office is cited by it, and by no other', async () => {
    const decree = { ...instrument('decree-a'), kind: 'KEP' }
    const own = { ...stated('service.days', 2), cites: [{ instrument: 'decree-a' }] }
    const rules = { parameters: [days([value(4)])] }
    const cases = [{ rule: 'service.days', name: 'two', date: '2020-01-01', facts: {}, outcome: 2 }]
    expect(
      await problems({ ...rules, office: { instruments: [decree], values: [own], cases } })
    ).to.deep.equal([])
    expect(
      await problems({ ...rules, office: { instruments: [decree] }, region: { values: [own] } })
    ).to.include(
      'regions/region-a/region.json:15 /values/0/cites/0: expected an instrument of the register, found <decree-a>'
    )
  })

  it('of an office may not take an id of the line', async () => {
    const found = await problems({
      parameters: [days([value(4)])],
      office: { instruments: [instrument('law')] }
    })
    expect(found.join('\n')).to.include(
      'offices/office-a/office.json:9 /instruments/0: instrument <law> stands twice'
    )
  })
})

describe('what a value rests on', () => {
  after(removeFolders)
  const OLD = law('old', during('2001-01-01', '2012-12-31'), { repealedBy: 'new' })
  const NEW = law('new', during('2013-01-01', null))
  const found = async (one: object, more: object = {}) => {
    const rules = {
      instruments: [
        OLD,
        NEW,
        law('vague', during('2001', '2012')),
        law('lost', during('2001-01-01', null, 'to'))
      ],
      parameters: [days([one], more)]
    }
    return (await checkRules(smallRules(rules))).problems.map(({ message }) => message)
  }

  it('may be a law for as long as that is in force', async () => {
    expect(await found(resting('2001-01-01', '2012-12-31', 'old'))).to.deep.equal([])
    expect(await found(resting(null, '2012-12-31', 'old'))).to.deep.equal([])
  })
  it('may not be a law that is repealed while it holds', async () => {
    expect(await found(resting('2001-01-01', null, 'old'))).to.deep.equal([
      'holds since 2001-01-01, yet on 2013-01-01 nothing that it rests on is in force: <old> 2001-01-01 to 2012-12-31'
    ])
  })
  it('may not be a law that never was in force while it holds, whatever stands beside it', async () => {
    expect(await found(resting('2014-01-01', null, 'old', 'new'))).to.deep.equal([
      'rests on <old>, in force 2001-01-01 to 2012-12-31 only, not since 2014-01-01'
    ])
  })
  it('may be two laws of which one follows on the other', async () => {
    expect(await found(resting('2001-01-01', null, 'old', 'new'))).to.deep.equal([])
  })
  it('is taken where a date is partial or unknown, and no day is surely without it', async () => {
    expect(await found(resting('2001-06-01', '2012-06-30', 'vague'))).to.deep.equal([])
    expect(await found(resting('2001-06-01', null, 'lost'))).to.deep.equal([])
    expect(await found(resting('2001-06-01', '2013-01-01', 'vague'))).to.have.lengthOf(1)
  })
  it('is of a kind that may carry it', async () => {
    const kinds = { cites: { min: 1, kinds: ['PP', 'PMK'] } }
    expect(await found(resting('2013-01-01', null, 'new'), kinds)).to.deep.equal([
      'expected citations of kind PP, PMK, found UU'
    ])
  })
  it('holds for a row as well', async () => {
    const rows = [
      { ...row('only', null, 'head'), from: '2001-01-01', cites: [{ instrument: 'old' }] }
    ]
    const { problems } = await checkRules(
      smallRules({ instruments: [OLD, NEW], tables: [approver(rows)] })
    )
    expect(problems.map(({ text }) => text?.id)).to.include(
      'berlaku sejak 2001-01-01, tetapi pada 2013-01-01 tidak satu pun dasarnya berlaku: <old> 2001-01-01 sampai 2012-12-31'
    )
  })
})

describe('the first day that nothing covers', () => {
  const examples: readonly (readonly [
    string,
    ReturnType<typeof during>,
    readonly ReturnType<typeof during>[],
    string | null
  ])[] = [
    [
      'lies between two',
      during('2000-01-01', '2000-12-31'),
      [during('2000-01-01', '2000-03-31'), during('2000-05-01', null)],
      '2000-04-01'
    ],
    [
      'is none where the second begins on the next day',
      during('2000-01-01', '2000-12-31'),
      [during('2000-04-01', null), during('2000-01-01', '2000-03-31')],
      null
    ],
    ['is the first one', during('2000-01-01', null), [during('2000-01-02', null)], '2000-01-01'],
    [
      'is none before an open start',
      during(null, '2000-12-31'),
      [during('1999-01-01', null)],
      null
    ],
    [
      'is not looked for where no day is sure',
      during('2000', '2000'),
      [during('1990-01-01', '1990-01-01')],
      null
    ],
    ['is the first of all when there is nothing', during('2000-01-01', null), [], '2000-01-01']
  ]
  for (const [name, interval, others, day] of examples) {
    it(name, () => {
      expect(firstUncovered(interval, others)).to.equal(day)
    })
  }
})
