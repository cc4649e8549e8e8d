import { expect } from 'chai'
import type { InvalidData } from '../../engine/errors.ts'
import type { Variables } from '../../engine/state.ts'
import type { Rulebook, Statement } from '../../runtime/rulebook.ts'
import { type RuleFailed, UnknownOffice } from '../../runtime/rulebook.ts'
import { decideFromCommandLine } from '../../runtime/rules/command-line.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import type { Database } from '../../runtime/stores/database.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import {
  approver,
  days,
  instrument,
  RULES,
  removeFolders,
  row,
  smallRules,
  stated,
  test,
  value
} from './folder.ts'

const AT = '2020-06-01T02:00:00.000Z'

async function open(
  folder: string,
  database: Database = openDatabase(':memory:')
): Promise<Rulebook> {
  return createRulebook({ folder, statements: sqliteStatements(database) })
}
function ask(
  rulebook: Rulebook,
  rule: string,
  facts: Variables,
  more: { office?: string; date?: string | null; release?: string | null } = {}
) {
  const { office = 'office-a', date = '2020-06-01', release = null } = more
  return rulebook.decide({ rule, office, facts, date, release, at: AT })
}
async function failure(promise: Promise<unknown>): Promise<{ code?: string; message: string }> {
  return promise.then(
    () => ({ message: 'no error' }),
    (error: RuleFailed) => error
  )
}
function statement(more: Partial<Statement> = {}): Statement {
  return {
    scope: 'office-a',
    key: 'service.days',
    kind: 'value',
    from: '2020-01-01',
    to: null,
    content: 2,
    cites: [{ instrument: 'law', pin: 'Ps 1' }],
    reason: { id: 'Contoh', en: 'A sample' },
    ...more
  }
}
const late = { all: [test('extension', 'greaterThan', 2)] }

describe('rulebook', () => {
  after(removeFolders)

  it('decides a table with its rows, reasons, sources and trail', async () => {
    const rulebook = await open(
      smallRules({ tables: [approver([row('late', late, 'region'), row('other', null, 'head')])] })
    )
    const decision = await ask(rulebook, 'extension.approver', { extension: 2 })
    expect(decision).to.deep.include({
      rule: 'extension.approver',
      office: 'office-a',
      date: '2020-06-01',
      facts: { extension: 2 },
      outcome: { approver: 'head' },
      rows: ['other'],
      cites: [{ instrument: 'law', pin: null }],
      confidence: 'H',
      rebinds: false,
      release: rulebook.release('office-a')
    })
    expect(decision.reasons.map(({ row, fits }) => [row, fits])).to.deep.equal([
      ['late', false],
      ['other', true]
    ])
    expect(decision.trail.map(({ scope, status }) => [scope, status])).to.deep.equal([
      ['nation', 'applied'],
      ['region-a', 'none'],
      ['office-a', 'none']
    ])
  })

  it('reads a parameter', async () => {
    const rulebook = await open(
      smallRules({
        parameters: [days([value(4)])],
        office: { values: [stated('service.days', 2)] }
      })
    )
    const decision = await ask(rulebook, 'service.days', {})
    expect(decision).to.deep.include({ outcome: 2, rows: [], reasons: [], facts: {} })
  })

  it('takes the date from the facts when none is given', async () => {
    const rulebook = await open(
      smallRules({ parameters: [days([value(4, null, '2019-12-31'), value(3, '2020-01-01')])] })
    )
    expect(
      (await ask(rulebook, 'service.days', { submitted: '2019-12-31' }, { date: null })).outcome
    ).to.equal(4)
    expect((await failure(ask(rulebook, 'service.days', {}, { date: null }))).message).to.contain(
      'expected fact <submitted>'
    )
    expect(
      (await failure(ask(rulebook, 'service.days', { submitted: 2019 }, { date: null }))).message
    ).to.contain('to be a date')
  })

  it('takes the day of the decision, in the zone of the office, for what is billed', async () => {
    const changes = days([value(4, null, '2020-05-31'), value(3, '2020-06-01')], { asOf: 'billed' })
    const folder = smallRules({ parameters: [changes], office: { timeZone: 'Asia/Jayapura' } })
    const rulebook = await open(folder)
    const decide = (at: string) =>
      rulebook.decide({
        rule: 'service.days',
        office: 'office-a',
        facts: {},
        date: null,
        release: null,
        at
      })
    expect((await decide('2020-05-31T14:59:00.000Z')).outcome).to.equal(4)
    expect((await decide('2020-05-31T15:00:00.000Z')).outcome).to.equal(3)
  })

  it('says exactly what is missing', async () => {
    const rulebook = await open(
      smallRules({
        tables: [
          approver([
            row('late', late, 'region'),
            row('new', { all: [test('extension', 'equal', 1)] }, 'head', { from: '2021-01-01' })
          ])
        ]
      })
    )
    const found = await failure(ask(rulebook, 'extension.approver', { extension: 1 }))
    expect(found).to.include({
      code: 'no-rule',
      message:
        'rule <extension.approver> at office <office-a> on 2020-06-01: with extension 1: no row fits; ' +
        'row <late>: expected extension greaterThan 2, found 1; on other days only: row <new> holds since 2021-01-01'
    })
    expect((await failure(ask(rulebook, 'extension.approver', {}))).message).to.contain(
      'expected fact <extension>, found none'
    )
    expect((await failure(ask(rulebook, 'gone.rule', {}))).message).to.contain(
      'expected a rule or a parameter, found <gone.rule>'
    )
  })

  it('says which year has no calendar', async () => {
    const facts = {
      expires: { type: 'date' },
      last: { type: 'date', lastWorkingDayBefore: 'expires' }
    }
    const calendar = {
      year: 2026,
      scope: 'nation',
      sample: true,
      cites: [],
      holidays: { '2026-01-02': 'x' },
      collectiveLeave: {}
    }
    const rulebook = await open(
      smallRules({
        tables: [approver([row('only', null, 'head')], { facts })],
        calendars: [calendar]
      })
    )
    const known = await ask(rulebook, 'extension.approver', { expires: '2026-01-01' }).catch(
      error => error as RuleFailed
    )
    expect(known).to.include({ code: 'no-calendar' }).and.property('message').contain('<2025>')
    const { facts: read, remarks } = await ask(rulebook, 'extension.approver', {
      expires: '2026-02-02'
    })
    expect(read.last).to.equal('2026-01-30')
    expect(remarks.map(({ en }) => en)).to.deep.equal([
      'The calendar of 2026 is a sample: it does not have every holiday'
    ])
  })

  it('does not know an office that is not there', async () => {
    const rulebook = await open(smallRules())
    expect(() => rulebook.office('gone', AT)).to.throw(
      UnknownOffice,
      'expected an office of the tree, found <gone>'
    )
  })

  it('refuses rules with problems, and lists them', async () => {
    const opening = open(smallRules({ parameters: [days([value('four')])] }))
    expect(await opening.catch(error => (error as Error).message)).to.contain(
      'expected a number of days'
    )
  })
})

describe('a release', () => {
  after(removeFolders)

  it('has the same id for the same law, in whatever order it is written', async () => {
    const two = [days([value(4)]), days([value(1)], { key: 'other.days' })]
    const one = await open(smallRules({ parameters: two }))
    const other = await open(smallRules({ parameters: [...two].reverse() }))
    expect(one.release('office-a'))
      .to.match(/^[0-9a-f]{64}$/)
      .and.equal(other.release('office-a'))
    expect(one.release('office-a')).not.to.equal(
      (await open(smallRules({ parameters: [days([value(3)])] }))).release('office-a')
    )
  })

  it('stays readable for the cases that pinned it, also after a restart', async () => {
    const database = openDatabase(':memory:')
    const folder = smallRules({ parameters: [days([value(4)])] })
    const before = await open(folder, database)
    const pinned = before.release('office-a')
    const published = await before.publish(statement(), 'tarif', AT)
    expect(published).not.to.equal(pinned)
    expect(before.release('office-a')).to.equal(published)

    const after = await open(folder, database)
    expect(after.release('office-a')).to.equal(published)
    expect((await ask(after, 'service.days', {}, { release: pinned })).outcome).to.equal(4)
    expect((await ask(after, 'service.days', {})).outcome).to.equal(2)
    expect(after.statements()).to.deep.equal([{ ...statement(), by: 'tarif', at: AT }])
  })

  it('is not kept to for a key that rebinds, and the decision says so', async () => {
    const rulebook = await open(
      smallRules({ parameters: [days([value(4)], { rebind: 'always' })] })
    )
    const pinned = rulebook.release('office-a')
    await rulebook.publish(statement(), 'tarif', AT)
    const decision = await ask(rulebook, 'service.days', {}, { release: pinned })
    expect(decision).to.include({
      outcome: 2,
      rebinds: true,
      release: rulebook.release('office-a')
    })
  })

  it('is new only for the offices that a statement concerns', async () => {
    const place = { timeZone: 'Asia/Jakarta', place: 'x', province: 'x' }
    const other = {
      'offices/office-b/office.json': JSON.stringify({
        id: 'office-b',
        extends: 'region-a',
        name: 'B',
        ...place
      })
    }
    const rulebook = await open(smallRules({ parameters: [days([value(4)])], files: other }))
    const [a, b] = [rulebook.release('office-a'), rulebook.release('office-b')]
    await rulebook.publish(statement(), 'tarif', AT)
    expect(rulebook.release('office-a')).not.to.equal(a)
    expect(rulebook.release('office-b')).to.equal(b)
  })

  it('that nobody made is an error', async () => {
    const rulebook = await open(smallRules({ parameters: [days([value(4)])] }))
    expect(
      await failure(ask(rulebook, 'service.days', {}, { release: 'f'.repeat(64) }))
    ).to.include({ code: 'no-rule' })
  })
})

describe('publishing', () => {
  after(removeFolders)

  async function refused(more: Partial<Statement>): Promise<readonly string[]> {
    const rulebook = await open(
      smallRules({
        parameters: [days([value(4)]), days([value(4)], { key: 'locked.days', overridableAt: [] })],
        tables: [approver([row('late', late, 'region')])],
        office: { values: [stated('service.days', 3, '2019-01-01', '2019-12-31')] }
      })
    )
    const before = rulebook.release('office-a')
    const problems = await rulebook.publish(statement(more), 'tarif', AT).then(
      () => [],
      error => (error as InvalidData).problems.map(({ path, message }) => `${path} ${message}`)
    )
    expect(rulebook.release('office-a')).to.equal(before)
    expect(rulebook.statements()).to.deep.equal([])
    return problems
  }
  const content = {
    id: 'first',
    before: 'late',
    conditions: { all: [test('extension', 'equal', 3)] },
    outcome: { approver: 'nation' }
  }

  const bad: readonly (readonly [string, Partial<Statement>, string])[] = [
    [
      'a value out of bounds',
      { content: 9 },
      'on 2020-01-01: expected at most 4 as above, found 9'
    ],
    ['a value of the wrong type', { content: 'two' }, '/value expected a number of days'],
    ['a locked key', { key: 'locked.days' }, '<office-a> may not state this'],
    ['an unknown key', { key: 'gone.days' }, 'expected a key that is defined, found <gone.days>'],
    ['an unknown scope', { scope: 'office-z' }, 'expected a unit, found <office-z>'],
    ['no citation', { cites: [] }, 'expected at least 1 citation, found 0'],
    ['an unknown instrument', { cites: [{ instrument: 'gone', pin: null }] }, 'found <gone>'],
    ['an end before the start', { to: '2019-12-31' }, 'ends before it starts'],
    ['a day that no calendar has', { from: '2020-02-30' }, 'must match format'],
    ['an overlap', { from: '2019-12-31' }, '<office-a> states <service.days> twice at once'],
    [
      'a row with an unknown fact',
      {
        kind: 'row',
        key: 'extension.approver',
        content: { ...content, conditions: { all: [test('age', 'equal', 3)] } }
      } as never,
      'found <age>'
    ],
    [
      'a row of another shape',
      {
        kind: 'row',
        key: 'extension.approver',
        content: { ...content, outcome: { approver: 'king' } }
      } as never,
      '/outcome/approver expected one of'
    ],
    [
      'a row that is no row',
      { kind: 'row', key: 'extension.approver', content: 7 },
      '/content must be object'
    ],
    [
      'a row of an id that is taken',
      { kind: 'row', key: 'extension.approver', content: { ...content, id: 'late' } } as never,
      'row <late> stands twice'
    ],
    [
      'a row below the authority above',
      {
        kind: 'row',
        key: 'extension.approver',
        content: { ...content, outcome: { approver: 'head' } }
      } as never,
      'an authority of at least "region"'
    ]
  ]
  for (const [what, more, message] of bad) {
    it(`refuses ${what}`, async () => {
      expect((await refused(more)).join('\n')).to.contain(message)
    })
  }

  it('takes a row of the nation where there was none, and a case is decided by it', async () => {
    const rulebook = await open(
      smallRules({ tables: [approver([row('late', late, 'region')], { rebind: 'always' })] })
    )
    const pinned = rulebook.release('office-a')
    expect(await failure(ask(rulebook, 'extension.approver', { extension: 1 }))).to.include({
      code: 'no-rule'
    })
    const row1 = {
      id: 'first',
      conditions: { all: [test('extension', 'equal', 1)] },
      outcome: { approver: 'head' }
    }
    await rulebook.publish(
      statement({
        scope: 'nation',
        key: 'extension.approver',
        kind: 'row',
        content: row1 as never
      }),
      'tarif',
      AT
    )
    const decision = await ask(
      rulebook,
      'extension.approver',
      { extension: 1 },
      { release: pinned }
    )
    expect(decision).to.deep.include({
      outcome: { approver: 'head' },
      rows: ['first'],
      confidence: null,
      rebinds: true
    })
    expect(decision.cites).to.deep.equal([{ instrument: 'law', pin: 'Ps 1' }])
  })

  it('takes two at once one after the other', async () => {
    const rulebook = await open(smallRules({ parameters: [days([value(4)])] }))
    const results = await Promise.allSettled([
      rulebook.publish(statement(), 'a', AT),
      rulebook.publish(statement({ content: 3 }), 'b', AT)
    ])
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected'])
  })

  it('marks what rests on a fictitious instrument', async () => {
    const rulebook = await open(
      smallRules({
        parameters: [days([value(4)])],
        instruments: [instrument('law'), { ...instrument('sample'), kind: 'SAMPLE', sample: true }]
      })
    )
    await rulebook.publish(statement({ cites: [{ instrument: 'sample', pin: null }] }), 'tarif', AT)
    expect((await ask(rulebook, 'service.days', {})).remarks.map(({ en }) => en)).to.deep.equal([
      'A sample: SAMPLE is fictitious'
    ])
  })

  it('by the nation suspends a value of an office that it leaves out of bounds', async () => {
    const folder = smallRules({
      parameters: [days([value(4, null, '2019-12-31')])],
      office: { values: [stated('service.days', 3)] }
    })
    const rulebook = await open(folder)
    await rulebook.publish(statement({ scope: 'nation', content: 2 }), 'tarif', AT)
    const { outcome, trail } = await ask(rulebook, 'service.days', {})
    expect(outcome).to.equal(2)
    expect(trail.at(-1)).to.include({ status: 'suspended', value: 3 })
  })
})

describe('the sample offices', () => {
  let rulebook: Rulebook
  before(async () => {
    rulebook = await open(RULES)
  })
  const decide = (rule: string, office: string, date: string, facts: Variables = {}) =>
    rulebook.decide({ rule, office, facts, date, release: null, at: `${date}T03:00:00.000Z` })

  it('of Tanjung Uban goes by the older rules, and the officer is told of the clash', async () => {
    const { outcome, remarks } = await decide('itk.regime', 'kanim-tju', '2015-12-03')
    expect(outcome).to.equal('legacy-1995')
    expect(remarks[0]!.en).to.contain('clash with PP 31/2013')
    expect((await decide('itk.regime', 'kanim-bgl', '2015-12-03')).outcome).to.equal('pp-31-2013')
  })

  it('of Muara Enim changes its regime on 12 May 2022', async () => {
    expect((await decide('itk.regime', 'kanim-mre', '2022-05-11')).outcome).to.equal('pp-31-2013')
    expect((await decide('itk.regime', 'kanim-mre', '2022-05-12')).outcome).to.equal('se-0093-2022')
    expect((await decide('itk.service.days', 'kanim-mre', '2022-06-15')).outcome).to.deep.equal({
      days: 2,
      workingDays: true,
      from: 'payment'
    })
  })

  it('say who approves, and fail for a sixth extension', async () => {
    const at = (extension: number) =>
      decide('itk.extension.approver', 'kanim-tju', '2015-12-03', { extension })
    expect((await at(2)).outcome).to.deep.equal({ approver: 'kakanim' })
    expect((await at(5)).outcome).to.deep.equal({ approver: 'dirjen' })
    expect((await at(5)).remarks.length).to.be.greaterThan(0)
    expect(await failure(at(6))).to.include({ code: 'no-rule' })
  })

  it('charge a day of overstay by the date', async () => {
    expect((await decide('overstay.perDay', 'kanim-mre', '2019-05-02')).outcome).to.equal(300_000)
    expect((await decide('overstay.perDay', 'kanim-mre', '2019-05-03')).outcome).to.equal(1_000_000)
    expect(
      (await decide('overstay.perDay', 'kanim-mre', '2025-01-02')).remarks
        .map(({ en }) => en)
        .join()
    ).to.contain('was not seen')
  })

  it('have no service time where the sources give none', async () => {
    expect(await failure(decide('itk.service.days', 'kanim-bpn', '2022-06-15'))).to.include({
      code: 'no-value'
    })
  })

  it('call roles by their dated and local names', () => {
    const label = (unit: string, role: string, year: number) =>
      rulebook.roleLabel(unit, role, `${year}-07-01T00:00:00.000Z`)
    expect(label('kanim-tju', 'section-head', 2015)).to.equal(
      'Kepala Seksi Lalu Lintas dan Status Keimigrasian'
    )
    expect(label('kanim-tju', 'section-head', 2020)).to.equal(
      'Kepala Seksi Lalu Lintas dan Izin Tinggal Keimigrasian'
    )
    expect(label('kanim-tju', 'section-head', 2018)).to.contain(' / ')
    expect(label('kanim-mre', 'records', 2022)).to.equal('Insarkom')
    expect(label('kanim-bgl', 'records', 2022)).to.equal(
      'Teknologi Informasi dan Komunikasi Keimigrasian'
    )
    expect(label('kanwil-kepri', 'kadiv', 2015)).to.equal('Kepala Divisi Keimigrasian')
  })

  it('are bound to their processes', () => {
    expect(rulebook.bound('kanim-mre', 'itk-extension')).to.equal('itk-extension.kanim-mre')
    expect(rulebook.bound('kanim-tju', 'itk-extension')).to.equal('itk-extension')
    expect(rulebook.bound('kanim-tju', 'pite')).to.equal('pite')
    expect(rulebook.bound('kanim-tju', 'itas-from-vitas')).to.equal(null)
    expect(rulebook.services('kanim-mre')).to.deep.equal(['itas-from-vitas', 'itk-extension'])
    expect(rulebook.services('ditjen-imigrasi')).to.deep.equal([])
  })

  it('supply processes for extension points, each for itself', () => {
    expect(rulebook.extension('kanim-dps', 'local-check')).to.equal('local-check.kanim-dps')
    expect(rulebook.extension('kanim-tju', 'local-check')).to.equal(null)
    expect(rulebook.extension('kanim-dps', 'nothing')).to.equal(null)
    expect(rulebook.extensions()).to.deep.include({
      unit: 'kanim-dps',
      point: 'local-check',
      process: 'local-check.kanim-dps'
    })
  })

  it('stand in their zone, under their region, on the paper of their time', () => {
    const { timeZone, line, facts } = rulebook.office('kanim-tju', '2015-12-03T02:00:00.000Z')
    expect(timeZone).to.equal('Asia/Jakarta')
    expect(line.map(({ id }) => id)).to.deep.equal(['kanim-tju', 'kanwil-kepri', 'ditjen-imigrasi'])
    expect(facts).to.include({
      name: 'Kantor Imigrasi Kelas II Tanjung Uban',
      ministry: 'KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA'
    })
    expect(rulebook.office('kanim-dps', AT).timeZone).to.equal('Asia/Makassar')
    expect(rulebook.office('kanim-tju', '2026-01-05T02:00:00.000Z').facts.ministry).to.equal(
      'KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN'
    )
  })

  it('have the days off of 2026, and sample years that say so', () => {
    const { years } = rulebook.office('kanim-mre', AT).calendar
    expect(Object.keys(years['2026']!.closed)).to.have.length(25)
    expect(years['2026']!.sample).to.equal(false)
    expect(years['2015']!.sample).to.equal(true)
    expect(years['2019']).to.equal(undefined)
  })

  it('can be asked from the command line', async () => {
    const options = {
      folder: RULES,
      rule: 'itk.extension.approver',
      office: 'kanim-tju',
      date: '2015-12-03',
      at: AT
    }
    const { ok, text } = await decideFromCommandLine({ ...options, facts: '{"extension": 5}' })
    expect(ok).to.equal(true)
    expect(text)
      .to.contain('outcome {"approver":"dirjen"}')
      .and.contain('row legacy-director-general fits')
      .and.contain('yes extension equal 5, found 5')
      .and.contain('office kanim-tju applied: itk.regime: instead of "pp-31-2013"')
    expect(await decideFromCommandLine({ ...options, facts: '{"extension": 9}' })).to.include({
      ok: false
    })
    expect((await decideFromCommandLine({ ...options, facts: '[]' })).text).to.contain(
      'expected facts such as'
    )
    expect(
      (await decideFromCommandLine({ ...options, office: 'kanim-x', facts: '{}' })).text
    ).to.contain('<kanim-x>')
  })
})
