import { expect } from 'chai'
import type { InvalidData } from '../../engine/errors.ts'
import { hoursFault, hoursProblems, minutesPerWeek } from '../../engine/offices/hours.ts'
import { hoursOn } from '../../engine/working-time.ts'
import { createRulebook } from '../../runtime/rules/rulebook.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteStatements } from '../../runtime/stores/sqlite-statements.ts'
import { RULES, removeFolders, smallRules } from './folder.ts'

const WEEK = { 'mon-fri': ['08:00-12:00', '13:00-16:30'] }
const HOURS = {
  key: 'office.hours',
  label: { id: 'Jam kerja', en: 'Working hours' },
  type: 'record',
  shape: { type: 'object' },
  overridableAt: ['region', 'office'],
  bounds: [{ kind: 'range', path: 'minutesPerWeek', min: 1950, max: 2250 }],
  asOf: 'today',
  rebind: 'always',
  cites: { min: 1 },
  values: [stated({ week: WEEK, minutesPerWeek: 2250 }, '2020-01-01', null)]
}

function stated(value: object, from: string | null, to: string | null) {
  return { value, from, to, cites: [{ instrument: 'law' }], confidence: 'H' }
}

async function officeBy(given: Parameters<typeof smallRules>[0]) {
  const statements = sqliteStatements(openDatabase(':memory:'))
  return (await createRulebook({ folder: smallRules(given), statements })).office(
    'office-a',
    '2026-01-12T02:00:00.000Z'
  )
}

describe('office hours', () => {
  after(removeFolders)

  it('say what is wrong with them', () => {
    const [problem] = hoursProblems({ 'mon-thu': ['08:00-12:00'], wed: ['11:00-13:00'] })
    expect(problem).to.contain('<wed>').and.to.contain('12:00').and.to.contain('11:00')
    expect(hoursProblems({ someday: ['8-12'] })).to.have.length(2)
    expect(minutesPerWeek(WEEK)).to.equal(2250)
    expect(hoursFault('office.hours', { week: WEEK, minutesPerWeek: 2000 })).to.contain('2250')
    const four = { 'mon-thu': WEEK['mon-fri'] }
    expect(hoursFault('office.hours', { week: four, minutesPerWeek: 1800 })).to.contain('fri')
  })

  it('of the nation hold until an office states its own for some dates, within the bounds', async () => {
    const own = { 'mon-fri': ['08:00-14:30'] }
    const office = await officeBy({
      parameters: [HOURS],
      office: {
        values: [
          {
            key: 'office.hours',
            ...stated({ week: own, minutesPerWeek: 1950 }, '2026-02-18', '2026-03-19')
          }
        ]
      }
    })
    expect(office.calendar.hours).to.deep.equal([
      { from: null, hours: null },
      { from: '2020-01-01', hours: WEEK },
      { from: '2026-02-18', hours: own },
      { from: '2026-03-20', hours: WEEK }
    ])
    expect(hoursOn('2026-03-01', office.calendar)).to.deep.equal(own)
  })

  it('out of bounds are suspended: those of the nation hold', async () => {
    const short = { 'mon-fri': ['09:00-10:00'] }
    const value = {
      key: 'office.hours',
      ...stated({ week: short, minutesPerWeek: 300 }, '2026-01-01', null)
    }
    const { calendar } = await officeBy({ parameters: [HOURS], office: { values: [value] } })
    expect(hoursOn('2026-01-12', calendar)).to.deep.equal(WEEK)
  })

  it('change the version of the calendar, as days do', async () => {
    const value = {
      key: 'office.hours',
      ...stated({ week: { 'mon-fri': ['08:00-15:00'] }, minutesPerWeek: 2100 }, '2026-01-01', null)
    }
    const versions = [
      await officeBy({ parameters: [HOURS] }),
      await officeBy({ parameters: [HOURS], office: { values: [value] } }),
      await officeBy({ parameters: [HOURS] })
    ].map(({ calendar }) => calendar.version)
    expect(versions[0]).to.equal(versions[2])
    expect(versions[0]).not.to.equal(versions[1])
  })

  it('that do not add up are refused with their place', async () => {
    const wrong = { ...HOURS, values: [stated({ week: WEEK, minutesPerWeek: 2000 }, null, null)] }
    try {
      await officeBy({ parameters: [wrong] })
      expect.fail('expected the rules to be refused')
    } catch (error) {
      expect((error as InvalidData).problems?.[0]?.message).to.contain('expected minutesPerWeek')
      expect((error as InvalidData).problems?.[0]?.path).to.contain('/value')
    }
  })

  it('of the product are those of Perpres 21/2023', async () => {
    const statements = sqliteStatements(openDatabase(':memory:'))
    const rulebook = await createRulebook({ folder: RULES, statements })
    const { calendar } = rulebook.office('kanim-djj', '2026-01-12T02:00:00.000Z')
    expect(minutesPerWeek(hoursOn('2026-01-12', calendar) ?? {})).to.equal(37.5 * 60)
    expect(hoursOn('2022-06-07', calendar), 'before it').to.equal(null)
    const { value } = rulebook.resolve('counter.hours', 'kanim-djj', '2026-01-12', null)
    expect(value).to.deep.equal({ week: { 'mon-fri': ['08:00-16:00'] } })
  })
})
