import { expect } from 'chai'
import fc from 'fast-check'
import { holdsOn } from '../../engine/rules/dates.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { addDays } from '../../engine/time.ts'
import { applyEdits } from '../../runtime/rules/applying.ts'
import { differenceOf } from '../../runtime/rules/difference.ts'
import { Findings } from '../../runtime/rules/findings.ts'
import { numRuns, seed } from '../properties/seed.ts'
import { instrument, stated } from './folder.ts'

const WORDS = { id: 'Impor', en: 'Import' }

function part(values: readonly object[], more: object = {}): LawPart {
  const nothing = { definitions: [], tables: [], instruments: [], rows: [], calendars: {} }
  return { unit: 'office-a', level: 'office', ...nothing, values, ...more } as unknown as LawPart
}

function edits(before: LawPart, after: LawPart) {
  const { edits: found, problems } = differenceOf(before, after, WORDS)
  expect(problems).to.deep.equal([])
  return found
}

describe('the difference of two states of a unit', () => {
  it('is nothing for the same statements in another order', () => {
    const [one, two] = [stated('a', 1), stated('b', 2, '2020-01-01')]
    expect(edits(part([one, two]), part([two, one]))).to.deep.equal([])
  })

  it('is what is new on its days', () => {
    const found = edits(part([]), part([stated('a', 3, '2026-01-01', '2026-06-30')]))
    expect(found).to.deep.equal([
      {
        kind: 'value',
        key: 'a',
        value: 3,
        from: '2026-01-01',
        to: '2026-06-30',
        cites: [{ instrument: 'law' }],
        confidence: 'H',
        reason: WORDS
      }
    ])
  })

  it('leaves the days alone on which the same is said', () => {
    const before = part([stated('a', 3)])
    const after = part([stated('a', 3, null, '2025-12-31'), stated('a', 2, '2026-01-01')])
    expect(edits(before, after).map(edit => ({ ...edit, cites: 0, confidence: 0 }))).to.deep.equal([
      {
        kind: 'value',
        key: 'a',
        value: 2,
        from: '2026-01-01',
        to: null,
        cites: 0,
        confidence: 0,
        reason: WORDS
      }
    ])
  })

  it('takes back what is no longer stated, for as long as it was', () => {
    const before = part([stated('a', 3, '2020-01-01')])
    expect(edits(before, part([stated('a', 3, '2020-01-01', '2024-12-31')]))).to.deep.equal([
      { kind: 'remove', key: 'a', from: '2025-01-01', to: null, reason: WORDS }
    ])
  })

  it('is one edit where two statements of before make way for one', () => {
    const before = part([
      stated('a', 1, '2020-01-01', '2020-12-31'),
      stated('a', 2, '2021-01-01', null)
    ])
    const found = edits(before, part([stated('a', 3, '2020-01-01')]))
    expect(found).to.have.length(1)
    expect(found[0]).to.include({ value: 3, from: '2020-01-01', to: null })
  })

  it('names rows by rule and row', () => {
    const row = (outcome: string) => ({
      rule: 'r',
      id: 'x',
      before: 'y',
      from: '2020-01-01',
      to: null,
      conditions: null,
      outcome,
      cites: [],
      confidence: null
    })
    const found = edits(part([], { rows: [row('old')] }), part([], { rows: [row('new')] }))
    expect(found).to.have.length(1)
    expect(found[0]).to.include({ kind: 'row', rule: 'r', row: 'x', before: 'y', outcome: 'new' })
    expect(edits(part([], { rows: [row('old')] }), part([]))).to.deep.equal([
      { kind: 'remove', key: 'r', row: 'x', from: '2020-01-01', to: null, reason: WORDS }
    ])
  })

  it('adds instruments and says of one that is missing that it cannot be', () => {
    const own = instrument('kep-1')
    expect(edits(part([]), part([], { instruments: [own] }))).to.deep.equal([
      { kind: 'instrument', instrument: own }
    ])
    const { problems } = differenceOf(part([], { instruments: [own] }), part([]), WORDS)
    expect(problems.map(({ message }) => message)).to.deep.equal([
      'instrument <kep-1> is missing: an instrument is never taken out of the register, its end is stated'
    ])
  })

  it('closes and opens days', () => {
    const calendars = (closed: object) => ({ calendars: { 2026: { closed, sample: false } } })
    const before = part([], calendars({ '2026-06-01': 'A', '2026-06-02': 'B' }))
    const after = part([], calendars({ '2026-06-02': 'B', '2026-06-03': 'C' }))
    expect(edits(before, after)).to.deep.equal([
      {
        kind: 'calendar',
        closed: { '2026-06-03': 'C' },
        opened: ['2026-06-01'],
        cites: [],
        reason: WORDS
      }
    ])
  })

  it('refuses what is not known to the day, and what reaches back without end', () => {
    const messages = (before: LawPart, after: LawPart) =>
      differenceOf(before, after, WORDS).problems.map(({ message }) => message)
    expect(messages(part([stated('a', 3, '2015')]), part([stated('a', 4, '2015')]))).to.deep.equal([
      '<a>, since 2015: expected a statement whose first and last day are known; this one can only be changed in the files',
      '<a>, since 2015: expected a statement whose first and last day are known; this one can only be changed in the files'
    ])
    expect(messages(part([stated('a', 3)]), part([stated('a', 4)]))).to.deep.equal([
      '<a>: expected a change from a day on, found one that reaches back without end; it can only be made in the files'
    ])
  })

  it('leads from any state to any other, when it is made as edits', () => {
    const random = fc
      .array(fc.record({ days: fc.integer({ min: 1, max: 30 }), value: fc.option(fc.nat(2)) }), {
        maxLength: 5
      })
      .map(stretches => {
        let from = '2020-01-01'
        return stretches.flatMap(({ days, value }, index) => {
          const start = from
          from = addDays(from, days)
          const to = index === stretches.length - 1 && days > 15 ? null : addDays(from, -1)
          return value === null ? [] : [stated('a', value, start, to)]
        })
      })
    const days = Array.from({ length: 160 }, (_, index) => addDays('2020-01-01', index))
    const heldBy = ({ values }: LawPart) =>
      days.map(day => values.filter(one => holdsOn(one, day) === 'yes').map(({ value }) => value))
    const property = fc.property(random, random, (old, now) => {
      const [before, after] = [part(old), part(now)]
      const findings = new Findings()
      const made = applyEdits(
        { parts: new Map([['office-a', before]]), cases: [] },
        'office-a',
        edits(before, after),
        { at: '2026-01-01T00:00:00.000Z', changeSet: 'cs-1' },
        findings
      )
      expect(findings.all).to.deep.equal([])
      const reached = made.parts.get('office-a') as LawPart
      expect(heldBy(reached)).to.deep.equal(heldBy(after))
    })
    fc.assert(property, { seed, numRuns })
  })
})
