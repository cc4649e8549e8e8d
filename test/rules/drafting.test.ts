import { expect } from 'chai'
import type { InvalidData } from '../../engine/errors.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'
import type { Edit } from '../../runtime/rules/edits.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { approver, days, removeFolders, row, smallRules, stated, test, value } from './folder.ts'

const AT = '2020-06-01T02:00:00.000Z'
const BY = { by: 'aturan', at: AT }
const GROUNDS = {
  cites: [{ instrument: 'law', pin: 'Ps 1' }],
  reason: { id: 'Contoh', en: 'A sample' }
} as const
const two: Edit = {
  kind: 'value',
  key: 'service.days',
  value: 2,
  from: '2020-07-01',
  to: null,
  ...GROUNDS
}

function open(folder: string): Promise<Rulebook> {
  return createRulebook({ folder, statements: sqliteStatements(openDatabase(':memory:')) })
}
const small = () =>
  open(
    smallRules({
      parameters: [days([value(4)])],
      tables: [
        approver([
          row('late', { all: [test('extension', 'greaterThan', 2)] }, 'region'),
          row('other', null, 'head')
        ])
      ],
      office: { values: [stated('service.days', 3)] }
    })
  )
async function enact(
  rulebook: Rulebook,
  scope: string,
  edits: readonly Edit[],
  changeSet = 'cs-1'
) {
  return rulebook.enact({ scope, edits, changeSet, by: 'aturan', at: AT }, async () => undefined)
}
const valueOn = (rulebook: Rulebook, date: string) =>
  rulebook.resolve('service.days', 'office-a', date, null).value

describe('a draft of local law', () => {
  after(removeFolders)

  it('is the law as it would be, and changes nothing', async () => {
    const rulebook = await small()
    const { laws, problems } = rulebook.draft('office-a', [two], BY)
    expect(problems).to.deep.equal([])
    const law = laws.get('office-a')
    expect(law?.timelines.valueAt('service.days', '2020-06-30')).to.equal(3)
    expect(law?.timelines.valueAt('service.days', '2020-07-01')).to.equal(2)
    expect(law?.release).not.to.equal(rulebook.release('office-a'))
    expect(laws.get('region-a')).to.equal(rulebook.standing().laws.get('region-a'))
    expect(valueOn(rulebook, '2020-07-01')).to.equal(3)
  })

  it('says all that is wrong, each at its place', async () => {
    const rulebook = await small()
    const { problems } = rulebook.draft(
      'office-a',
      [
        { ...two, value: 5, to: '2020-07-31' },
        { ...two, from: '2020-13-01' },
        { ...two, key: 'service.unknown' },
        { ...two, from: '2020-08-01', cites: [{ instrument: 'nothing', pin: null }] },
        {
          kind: 'remove',
          key: 'extension.approver',
          row: 'other',
          from: '2020-07-01',
          to: null,
          reason: GROUNDS.reason
        },
        {
          kind: 'bound',
          key: 'service.days',
          bound: { kind: 'locked' },
          from: '2020-07-01',
          to: null,
          ...GROUNDS
        },
        { kind: 'wish' } as unknown as Edit,
        { ...two, key: 'service.unknown', from: '2020-09-01' }
      ],
      BY
    )
    const said = problems.map(({ path, message }) => `${path}: ${message}`)
    for (const part of [
      '/edits/0/value: ',
      '/edits/1/from: ',
      '/edits/7/key: expected a key that is defined, found <service.unknown>',
      '/edits/3/cites/0: expected an instrument of the register, found <nothing>',
      '/edits/7: expected one edit of <service.unknown> for each day',
      '/edits/4/key: <office-a> states nothing of row <other> of <extension.approver>',
      '/edits/5/key: <office-a> may not bound anything',
      '/edits/6/kind: expected one of value, row'
    ]) {
      expect(
        said.some(line => line.startsWith(part)),
        `${part}\n${said.join('\n')}`
      ).to.equal(true)
    }
  })

  it('of the nation tells what it would suspend below, and does not forbid it', async () => {
    const rulebook = await small()
    const { problems, notices } = rulebook.draft('nation', [two], BY)
    expect(problems).to.deep.equal([])
    expect(notices.map(({ message }) => message).join('\n')).to.contain('office-a')
  })
})

describe('enacting', () => {
  after(removeFolders)

  it('makes edits hold, with a trail that names the change set', async () => {
    const rulebook = await small()
    const { heads } = await enact(rulebook, 'office-a', [two])
    expect(Object.keys(heads)).to.deep.equal(['office-a'])
    expect(heads['office-a']).to.equal(rulebook.release('office-a'))
    expect(valueOn(rulebook, '2020-06-30')).to.equal(3)
    expect(valueOn(rulebook, '2020-07-01')).to.equal(2)
    const { trail } = rulebook.resolve('service.days', 'office-a', '2020-07-01', null)
    expect(trail.at(-1)).to.include({ scope: 'office-a', changeSet: 'cs-1' })
  })

  it('takes back what the unit states, so that the level above holds', async () => {
    const rulebook = await small()
    await enact(rulebook, 'office-a', [
      {
        kind: 'remove',
        key: 'service.days',
        from: '2020-07-01',
        to: '2020-07-31',
        reason: GROUNDS.reason
      }
    ])
    expect(
      ['2020-06-30', '2020-07-01', '2020-07-31', '2020-08-01'].map(date => valueOn(rulebook, date))
    ).to.deep.equal([3, 4, 4, 3])
  })

  it('changes a row of the nation in its place, and keeps it before the day', async () => {
    const rulebook = await small()
    await enact(rulebook, 'nation', [
      {
        kind: 'row',
        rule: 'extension.approver',
        row: 'late',
        conditions: { all: [{ fact: 'extension', operator: 'greaterThan', value: 1 }] },
        outcome: { approver: 'region' },
        from: '2020-07-01',
        to: null,
        ...GROUNDS
      }
    ])
    const decide = async (date: string) =>
      (
        await rulebook.decide({
          rule: 'extension.approver',
          office: 'office-a',
          facts: { extension: 2 },
          date,
          release: null,
          at: AT
        })
      ).rows
    expect(await decide('2020-06-30')).to.deep.equal(['other'])
    expect(await decide('2020-07-01')).to.deep.equal(['late'])
  })

  it('bounds what is below from a day on', async () => {
    const rulebook = await small()
    await enact(rulebook, 'nation', [
      {
        kind: 'bound',
        key: 'service.days',
        bound: { kind: 'locked' },
        from: '2020-07-01',
        to: '2020-07-31',
        ...GROUNDS
      }
    ])
    expect(
      ['2020-06-30', '2020-07-01', '2020-07-31', '2020-08-01'].map(date => valueOn(rulebook, date))
    ).to.deep.equal([3, 4, 4, 3])
  })

  it('lets an office cite a decision of its own', async () => {
    const rulebook = await small()
    await enact(rulebook, 'office-a', [
      {
        kind: 'instrument',
        instrument: {
          id: 'kep-12-2025',
          kind: 'KEP',
          short: 'KEP-12/2025',
          title: 'Standar pelayanan',
          inForce: { from: '2020-01-01', to: null },
          confidence: 'H'
        }
      },
      { ...two, cites: [{ instrument: 'kep-12-2025', pin: 'angka 3' }] }
    ])
    const { cites } = rulebook.resolve('service.days', 'office-a', '2020-07-01', null)
    expect(cites.map(cite => rulebook.citation(cite))).to.deep.equal(['KEP-12/2025, angka 3'])
  })

  it('closes a day of the calendar', async () => {
    const rulebook = await open(
      smallRules({
        calendars: [
          {
            year: 2020,
            scope: 'nation',
            cites: [],
            sample: true,
            holidays: {},
            collectiveLeave: {}
          }
        ] as never
      })
    )
    await enact(rulebook, 'office-a', [
      { kind: 'calendar', closed: { '2020-12-09': 'Pemilihan' }, opened: [], ...GROUNDS }
    ])
    const { closed } = rulebook.office('office-a', AT).calendar.years['2020'] ?? {}
    expect(closed).to.deep.include({ '2020-12-09': 'Pemilihan' })
  })

  it('changes nothing when it cannot be kept', async () => {
    const rulebook = await small()
    const release = rulebook.release('office-a')
    const failed = await rulebook
      .enact({ scope: 'office-a', edits: [two], changeSet: 'cs-1', by: 'aturan', at: AT }, () =>
        Promise.reject(new Error('the disk is full'))
      )
      .catch((error: Error) => error.message)
    expect(failed).to.equal('the disk is full')
    expect(rulebook.release('office-a')).to.equal(release)
    expect(rulebook.publications()).to.deep.equal([])
  })

  it('refuses what does not hold, one after the other', async () => {
    const rulebook = await small()
    const refused = await enact(rulebook, 'office-a', [{ ...two, value: 9 }]).catch(
      (error: InvalidData) => error.problems.map(({ path }) => path)
    )
    expect(refused).to.deep.equal(['/edits/0/value'])
  })
})
