import { expect } from 'chai'
import { checkRules } from '../../runtime/rules/check.ts'
import type { SmallRules } from './folder.ts'
import {
  approver,
  CITED,
  days,
  instrument,
  removeFolders,
  row,
  smallRules,
  stated,
  test,
  value
} from './folder.ts'

async function problems(rules: SmallRules): Promise<readonly string[]> {
  const { problems } = await checkRules(smallRules(rules))
  return problems.map(({ path, message }) => `${path}: ${message}`)
}
const REACHED = [{ name: 'one', date: '2020-01-01', facts: { extension: 1 }, row: 'only' }]

describe('loading rules', () => {
  after(removeFolders)

  it('finds nothing wrong with rules that are right', async () => {
    const found = await problems({
      parameters: [days([value(4)])],
      tables: [approver([row('only', null, 'head')], { cases: REACHED })],
      office: {
        values: [stated('service.days', 2)],
        cases: [{ rule: 'service.days', name: 'two', date: '2020-01-01', facts: {}, outcome: 2 }]
      }
    })
    expect(found).to.deep.equal([])
  })

  const bad: readonly (readonly [string, SmallRules, string])[] = [
    [
      'a condition on an unknown fact',
      { tables: [approver([row('only', { all: [test('extensions', 'equal', 1)] }, 'head')])] },
      '/rows/0/conditions/all/0/fact: expected a fact that the table declares (extension), found <extensions>'
    ],
    [
      'a pattern whose numbers would come again next year',
      {
        parameters: [
          {
            ...days([value('{unit}-{seq}')], { key: 'letter.numberPattern', type: 'text' }),
            contains: ['{seq}', '{year}']
          }
        ]
      },
      'expected {year} in "{unit}-{seq}"'
    ],
    [
      'an operator that does not fit the type',
      { tables: [approver([row('only', { all: [test('extension', 'contains', 'a')] }, 'head')])] },
      '<contains> does not fit fact <extension> of type integer'
    ],
    [
      'a list that may be null',
      {
        tables: [
          approver([row('only', { all: [test('papers', 'contains', 'a')] }, 'head')], {
            facts: { papers: { type: 'set', nullable: true } }
          })
        ]
      },
      '<contains> expects a list, and fact <papers> may be null'
    ],
    [
      'a gap in a table that has none',
      {
        tables: [
          approver([row('only', null, 'head')], {
            hitPolicy: 'collect',
            gaps: [{ conditions: null, reason: { id: 'Tidak ada', en: 'None' } }]
          })
        ]
      },
      '/gaps/0: a table of hit policy collect has no gaps'
    ],
    [
      'a gap with conditions on an unknown fact',
      {
        tables: [
          approver([row('only', null, 'head')], {
            gaps: [
              {
                conditions: { all: [test('extensions', 'equal', 1)] },
                reason: { id: 'Tidak ada', en: 'None' }
              }
            ]
          })
        ]
      },
      '/gaps/0/conditions/all/0/fact: expected a fact that the table declares (extension), found <extensions>'
    ],
    [
      'a value of another type',
      { tables: [approver([row('only', { all: [test('extension', 'equal', '1')] }, 'head')])] },
      'expected a whole number from 1 to any for fact <extension>, found "1"'
    ],
    [
      'an order asked of what may be null',
      {
        tables: [
          approver([row('only', { all: [test('extension', 'lessThan', 3)] }, 'head')], {
            facts: { extension: { type: 'integer', nullable: true } }
          })
        ]
      },
      'fact <extension> may be null: put <extension notEqual null> beside <lessThan>'
    ],
    [
      'dates that overlap',
      { parameters: [days([value(4, null, '2020-01-01'), value(3, '2020-01-01')])] },
      '<nation> states <service.days> twice at once: until 2020-01-01 and since 2020-01-01'
    ],
    [
      'an interval that ends before it starts',
      { parameters: [days([value(4, '2020-01-02', '2020-01-01')])] },
      'ends before it starts: 2020-01-02 to 2020-01-01'
    ],
    [
      'a day that no calendar has',
      { parameters: [days([value(4, '2019-02-29')])] },
      'expected a day, a month or a year that exists, found <2019-02-29>'
    ],
    [
      'a missing citation',
      { parameters: [days([{ ...value(4), cites: [] }])] },
      '/parameters/0/values/0/cites: expected at least 1 citation, found 0'
    ],
    [
      'an unknown instrument',
      { parameters: [days([{ ...value(4), cites: [{ instrument: 'decree-of-nowhere' }] }])] },
      'expected an instrument of the register, found <decree-of-nowhere>'
    ],
    [
      'confidence L without a mark',
      { parameters: [days([{ ...value(4), confidence: 'L' }])] },
      'confidence L needs sample or assumption'
    ],
    [
      'an override of a locked key',
      {
        parameters: [days([value(4)], { overridableAt: [] })],
        office: { values: [stated('service.days', 2)] }
      },
      '<office-a> may not state this: it is open to the nation only'
    ],
    [
      'a value out of bounds',
      {
        parameters: [days([value(4)])],
        office: { values: [stated('service.days', 9, '2020-01-01')] }
      },
      'on 2020-01-01: expected at most 4 as above, found 9'
    ],
    [
      'a value that is out of bounds from the day on which the nation tightens',
      {
        parameters: [days([value(4, '2019-01-01', '2020-12-31'), value(2, '2021-01-01')])],
        office: { values: [stated('service.days', 3, '2019-01-01')] }
      },
      'on 2021-01-01: expected at most 2 as above, found 3'
    ],
    [
      'a value of the wrong type',
      { parameters: [days([value('four')])] },
      'expected a number of days, found "four"'
    ],
    [
      'two equal rows',
      {
        tables: [
          approver([
            row('a', { all: [test('extension', 'equal', 1)] }, 'head'),
            row('b', { all: [test('extension', 'equal', 1)] }, 'region')
          ])
        ]
      },
      'rows <a> and <b> have equal conditions and hold at the same time'
    ],
    [
      'two equal rows of an office',
      {
        tables: [approver([row('only', null, 'head')])],
        office: {
          rows: ['a', 'b'].map(id => ({
            ...row(id, { all: [test('extension', 'equal', 4)] }, 'nation'),
            rule: 'extension.approver',
            before: 'only'
          }))
        }
      },
      'rows <a> and <b> of <office-a> are of equal rank and hold at the same time'
    ],
    [
      'a row that is never reached',
      {
        tables: [
          approver([
            row('all', null, 'head'),
            row('b', { all: [test('extension', 'equal', 1)] }, 'region')
          ])
        ]
      },
      'row <b> is never reached: row <all> before it always fits'
    ],
    [
      'an outcome of another shape',
      { tables: [approver([row('only', null, 'minister')])] },
      '/rows/0/outcome/approver: expected one of head, region, nation'
    ],
    [
      'a row over one that is not there',
      {
        tables: [approver([row('only', null, 'head')])],
        office: {
          rows: [
            {
              rule: 'extension.approver',
              id: 'a',
              replaces: 'gone',
              from: null,
              to: null,
              outcome: { approver: 'nation' },
              ...CITED
            }
          ]
        }
      },
      'expected a row of <extension.approver>, found <gone>'
    ],
    [
      'an office that extends itself',
      { office: { extends: 'office-a' } },
      'offices/office-a/office.json:3 /extends: <office-a> extends itself'
    ],
    [
      'an office that extends another',
      { office: { extends: 'nation' } },
      'expected a unit of level region, found <nation> of level national'
    ],
    [
      'an instrument that stands twice',
      { instruments: [instrument('law'), instrument('law')] },
      'instrument <law> stands twice'
    ],
    [
      'a fee of 1e309',
      { files: { 'offices/office-a/more.json': '{ "values": [ { "value": 1e309 } ] }' } },
      'offices/office-a/more.json:1 /values/0/value: number <1e309> is larger than can be reckoned with'
    ],
    [
      'a key __proto__',
      { files: { 'offices/office-a/more.json': '{\n"__proto__": {} }' } },
      'offices/office-a/more.json:2 /__proto__: key <__proto__> may not be used'
    ],
    [
      'a key that stands twice',
      { files: { 'offices/office-a/more.json': '{ "values": [],\n "values": [] }' } },
      'offices/office-a/more.json:2 /values: key <values> stands twice'
    ],
    [
      'a file that is not JSON',
      { files: { 'offices/office-a/more.json': '{ values }' } },
      'offices/office-a/more.json:1: expected a key'
    ],
    [
      'a key that the schema does not know',
      { office: { unitcode: 'W.6' } },
      'offices/office-a/office.json:1: key <unitcode> is not known here'
    ],
    [
      'a path into a fact, which json-rules-engine would evaluate',
      {
        tables: [
          approver([
            row('only', { all: [{ ...test('extension', 'equal', 1), path: '$..x' }] }, 'head')
          ])
        ]
      },
      'key <path> is not known here'
    ],
    [
      'an empty group',
      { tables: [approver([row('only', { all: [] }, 'head')])] },
      'must NOT have fewer than 1 items'
    ],
    [
      'an expression over a fact that does not stand above',
      {
        tables: [
          approver([row('only', null, 'head')], {
            facts: { left: { type: 'integer', expression: 'maximum - 1' } }
          })
        ]
      },
      'expected a fact that stands above, found <maximum>'
    ],
    [
      'a calendar with days of another year',
      {
        calendars: [
          {
            year: 2026,
            scope: 'nation',
            sample: true,
            cites: [],
            holidays: { '2025-01-01': 'x' },
            collectiveLeave: {}
          } as { year: number }
        ]
      },
      'expected days of 2026, found <2025-01-01>'
    ],
    [
      'a case that does not hold, with the office',
      {
        tables: [
          approver([row('only', null, 'head')], {
            cases: [
              ...REACHED,
              { name: 'two', date: '2020-01-01', facts: { extension: 1 }, row: 'other' }
            ]
          })
        ]
      },
      'case <two> at office-a: expected row other, found row only: {"approver":"head"}'
    ],
    [
      'a row that no case reaches',
      { tables: [approver([row('only', null, 'head')])] },
      'no case of <extension.approver> reaches row <only>'
    ]
  ]
  for (const [what, rules, message] of bad) {
    it(`reports ${what}`, async () => {
      const found = await problems(rules)
      expect(found.join('\n')).to.contain(message)
    })
  }

  it('reports all problems at once', async () => {
    const found = await problems({
      parameters: [days([{ ...value('four', '2020-01-02', '2020-01-01'), cites: [] }])],
      office: { extends: 'office-a', values: [stated('gone.key', 1)] }
    })
    expect(found.join('\n'))
      .to.contain('expected a number of days')
      .and.contain('ends before it starts')
      .and.contain('expected at least 1 citation')
      .and.contain('extends itself')
  })

  it('lists dates of law that are not known to the day, and goes on', async () => {
    const { problems, summary } = await checkRules(
      smallRules({ parameters: [days([value(4, '2015')])] })
    )
    expect(problems).to.deep.equal([])
    expect(summary.notices.map(({ message }) => message)).to.deep.equal([
      'not known to the day: since 2015'
    ])
  })

  it('lets an office replace a case of the nation, unless it must hold', async () => {
    const local = {
      rows: [
        {
          rule: 'extension.approver',
          id: 'here',
          replaces: 'only',
          from: null,
          to: null,
          outcome: { approver: 'nation' },
          ...CITED
        }
      ],
      cases: [
        {
          rule: 'extension.approver',
          name: 'here',
          replaces: 'one',
          date: '2020-01-01',
          facts: { extension: 1 },
          row: 'here'
        }
      ]
    }
    const table = (kind: string) =>
      approver([row('only', null, 'head')], { cases: [{ ...REACHED[0], kind }] })
    expect(await problems({ tables: [table('default')], office: local })).to.deep.equal([])
    const found = await problems({ tables: [table('mustHold')], office: local })
    expect(found.join('\n'))
      .to.contain('<one> must hold everywhere and cannot be replaced')
      .and.contain('case <one> at office-a: expected row only, found row here')
  })
})
