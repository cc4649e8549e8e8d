import { expect } from 'chai'
import { RuleFailed } from '../../runtime/rulebook.ts'
import { checkRules } from '../../runtime/rules/check.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import type { SmallRules } from './folder.ts'
import { approver, days, removeFolders, row, smallRules, stated, test, value } from './folder.ts'

const text = (of: object) => JSON.stringify(of)

describe('bad input of local law', () => {
  after(removeFolders)
  const problems = async (rules: SmallRules) => (await checkRules(smallRules(rules))).problems

  const files: readonly (readonly [string, SmallRules, string])[] = [
    [
      'a fee of 1e309',
      {
        files: {
          'national/parameters/fee.json': text({ parameters: [days([value(4)])] }).replace(
            '"value":4',
            '"value":1e309'
          )
        }
      },
      'national/parameters/fee.json:1 /parameters/0/values/0/value: number <1e309> is larger than can be reckoned with'
    ],
    [
      '__proto__ as a key',
      {
        files: {
          'offices/office-a/more.json': '{\n  "values": [],\n  "__proto__": { "value": 1 }\n}'
        }
      },
      'offices/office-a/more.json:3 /__proto__: key <__proto__> may not be used'
    ],
    [
      'a file of 10 MB',
      {
        files: {
          'offices/office-a/more.json': `{"values": [], "notes": "${'x'.repeat(10_000_000)}"}`
        }
      },
      'offices/office-a/more.json:1: expected at most 1000000 characters, found 10000027'
    ],
    [
      'two equal rows',
      {
        tables: [
          approver([
            row('a', { all: [test('extension', 'equal', 1)] }, 'head'),
            row('b', { all: [test('extension', 'equal', 1)] }, 'head')
          ])
        ]
      },
      '/rows/1: rows <a> and <b> have equal conditions and hold at the same time'
    ],
    [
      'dates that overlap at an office',
      {
        parameters: [days([value(4)])],
        office: {
          values: [stated('service.days', 3, '2020-01-01'), stated('service.days', 2, '2020-06-01')]
        }
      },
      '/values/1: <office-a> states <service.days> twice at once: since 2020-01-01 and since 2020-06-01'
    ],
    [
      'an override of a locked key',
      {
        parameters: [days([value(4)], { overridableAt: [], bounds: [{ kind: 'locked' }] })],
        office: { values: [stated('service.days', 3)] }
      },
      '/values/0: <office-a> may not state this: it is open to the nation only'
    ]
  ]
  for (const [name, rules, message] of files) {
    it(`${name} is refused, with its place`, async () => {
      const found = await problems(rules)
      expect(found.map(({ path, message }) => `${path}: ${message}`).join('\n')).to.include(message)
    })
  }

  it('is told in both languages where people write it', async () => {
    const rulebook = await createRulebook({
      folder: smallRules({
        parameters: [
          days([value(4)]),
          days([value(4)], {
            key: 'service.locked',
            overridableAt: [],
            bounds: [{ kind: 'locked' }]
          })
        ],
        instruments: [
          { ...INSTRUMENT, id: 'law' },
          {
            ...INSTRUMENT,
            id: 'old',
            inForce: { from: '1990-01-01', to: '1999-12-31' },
            repealedBy: 'law'
          }
        ]
      }),
      statements: sqliteStatements(openDatabase(':memory:'))
    })
    const reason = { id: 'Alasan', en: 'Reason' }
    const edit = (more: object): Edit =>
      ({
        kind: 'value',
        key: 'service.days',
        value: 3,
        from: '2020-01-01',
        to: null,
        cites: [{ instrument: 'law', pin: null }],
        reason,
        ...more
      }) as Edit
    const by = { by: 'aturan', at: '2020-01-01T00:00:00Z', changeSet: 'cs-1' }
    const said = (more: object) =>
      rulebook
        .draft('office-a', [edit(more)], by)
        .problems.map(({ text, message }) => text?.id ?? message)

    expect(said({})).to.deep.equal([])
    expect(said({ cites: [{ instrument: 'old', pin: null }] })).to.deep.equal([
      'berdasar pada <old> yang hanya berlaku 1990-01-01 sampai 1999-12-31, tidak pada sejak 2020-01-01'
    ])
    expect(said({ key: 'service.locked' })[0]).to.equal(
      '<office-a> tidak boleh menetapkan ini: hanya terbuka bagi nasional'
    )
    expect(said({ value: 5 })).to.deep.equal([
      'pada 2020-01-01: diharapkan paling banyak 4 seperti di atasnya, ditemukan 5'
    ])
    expect(said({ to: '2019-12-31' })).to.have.lengthOf(1)
    expect(
      said(JSON.parse('{"__proto__x": 1, "__proto__": {"value": 2}}') as object).length
    ).to.be.greaterThan(0)
  })

  it('as a fact of another type is an error that names it, never false', async () => {
    const rulebook = await createRulebook({
      folder: smallRules({
        tables: [approver([row('only', { all: [test('extension', 'equal', 1)] }, 'head')])]
      }),
      statements: sqliteStatements(openDatabase(':memory:'))
    })
    const asked = {
      rule: 'extension.approver',
      office: 'office-a',
      date: '2020-01-01',
      release: null,
      at: '2020-01-01T00:00:00Z'
    }
    const failed = await rulebook
      .decide({ ...asked, facts: { extension: '1' } })
      .catch((error: unknown) => error)
    expect(failed).to.be.instanceOf(RuleFailed)
    expect((failed as RuleFailed).message)
      .to.include('extension')
      .and.to.include('"1"')
  })
})

const INSTRUMENT = {
  kind: 'UU',
  short: 'L',
  title: 'L',
  inForce: { from: '2000-01-01', to: null },
  confidence: 'H'
}
