import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { InvalidData } from '../../engine/errors.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { differenceOf } from '../../runtime/rules/difference.ts'
import { exportUnit } from '../../runtime/rules/exporting.ts'
import { Findings } from '../../runtime/rules/findings.ts'
import { importUnit } from '../../runtime/rules/importing.ts'
import { loadRules } from '../../runtime/rules/load.ts'
import { days, removeFolders, smallRules, stated, value } from './folder.ts'

const WORDS = { id: 'Impor', en: 'Import' }

function load(folder: string): LawPart {
  const findings = new Findings()
  const { parts } = loadRules(folder, findings)
  expect(findings.all).to.deep.equal([])
  return parts.get('office-a') as LawPart
}

function rules(): string {
  return smallRules({
    parameters: [days([value(4)])],
    office: { values: [stated('service.days', 3, '2020-01-01')] },
    files: {
      'offices/office-a/more.json': '{ "rows": [],   "values": [] }',
      'calendars/2026.office-a.json': JSON.stringify({
        year: 2026,
        scope: 'office-a',
        sample: true,
        cites: [],
        holidays: { '2026-06-01': 'A' },
        collectiveLeave: { '2026-06-02': 'B' }
      })
    }
  })
}

const CASE = {
  name: 'fast',
  rule: 'service.days',
  date: '2026-02-01',
  facts: { submitted: '2026-02-01' },
  outcome: 2
}

function laidIn(folder: string, files: ReturnType<typeof exportUnit>): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** What came of the files when they are laid over the rules. */
function laidOver(folder: string, files: ReturnType<typeof exportUnit>): LawPart {
  laidIn(folder, files)
  return load(folder)
}

describe('an office as one folder', () => {
  after(removeFolders)

  it('is its files, byte for byte, when nothing has been published', () => {
    const folder = rules()
    const files = exportUnit(folder, load(folder))
    expect(files.map(({ path }) => path)).to.deep.equal([
      'offices/office-a/more.json',
      'offices/office-a/office.json',
      'calendars/2026.office-a.json'
    ])
    for (const { path, text } of files)
      expect(text).to.equal(readFileSync(join(folder, path), 'utf8'))
  })

  it('leads to the same law again, with what was published and without what was taken back', () => {
    const folder = rules()
    const before = load(folder)
    const published = {
      ...stated('service.days', 2, '2026-01-01'),
      reason: { id: 'Cepat', en: 'Fast' },
      recordedAt: '2025-12-01T00:00:00.000Z'
    }
    const now = {
      ...before,
      values: [stated('service.days', 3, '2020-01-01', '2025-12-31'), published],
      calendars: {
        2026: { closed: { '2026-06-02': 'B', '2026-06-24': 'Pemilu' }, sample: true },
        2027: { closed: { '2027-01-01': 'Tahun Baru' }, sample: true }
      }
    } as unknown as LawPart
    const files = exportUnit(folder, now)
    expect(files.map(({ path }) => path)).to.deep.equal([
      'offices/office-a/more.json',
      'offices/office-a/office.json',
      'offices/office-a/published.json',
      'calendars/2026.office-a.json',
      'calendars/2027.office-a.json'
    ])
    const again = laidOver(folder, files)
    expect(differenceOf(now, again, WORDS)).to.deep.equal({ edits: [], problems: [] })
    expect(again.values.map(({ value }) => value)).to.have.members([3, 2])
    // and once more from there: nothing moves
    expect(exportUnit(folder, again).map(({ text }) => text)).to.have.members(
      files.map(({ text }) => text)
    )
  })

  it('is refused for a nation', () => {
    const nation = { ...load(rules()), level: 'national', unit: 'nation' } as const
    expect(() => exportUnit(rules(), nation)).to.throw(
      'expected a region or an office with a folder of its own, found <nation>'
    )
  })

  it('comes back as the edits that a reviewer made in it', () => {
    const folder = rules()
    const now = load(folder)
    const out = mkdtempSync(join(tmpdir(), 'alur-export-'))
    try {
      laidIn(out, exportUnit(folder, now))
      expect(importUnit(folder, out, now, [], WORDS)).to.deep.equal({ edits: [], problems: [] })
      const more = { values: [stated('service.days', 2, '2026-01-01')], cases: [CASE] }
      const cut = { values: [stated('service.days', 3, '2020-01-01', '2025-12-31')] }
      const file = join(out, 'offices/office-a/office.json')
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...cut }))
      writeFileSync(join(out, 'offices/office-a/more.json'), JSON.stringify(more))
      const { edits, problems } = importUnit(folder, out, now, [], WORDS)
      expect(problems).to.deep.equal([])
      expect(edits).to.deep.equal([
        {
          kind: 'value',
          key: 'service.days',
          value: 2,
          from: '2026-01-01',
          to: null,
          cites: [{ instrument: 'law' }],
          confidence: 'H',
          reason: WORDS
        },
        { kind: 'case', case: CASE }
      ])
      const missing = importUnit(
        folder,
        out,
        now,
        [{ ...CASE, name: 'old', scope: 'office-a' }],
        WORDS
      )
      expect(missing.problems.map(({ message }) => message)).to.deep.equal([
        'case <old> of <service.days> is missing: a published case is stated anew, not taken out'
      ])
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  })

  it('refuses a folder with all that is wrong in its files', () => {
    const folder = rules()
    const now = load(folder)
    const out = mkdtempSync(join(tmpdir(), 'alur-export-'))
    try {
      laidIn(out, exportUnit(folder, now))
      writeFileSync(join(out, 'offices/office-a/more.json'), '{"values": [{"key": 1}], "x": 2}')
      expect(() => importUnit(folder, out, now, [], WORDS))
        .to.throw(InvalidData)
        .with.property('problems')
        .that.has.lengthOf.above(2)
      expect(() => importUnit(folder, folder, { ...now, unit: 'office-b' }, [], WORDS)).to.throw(
        InvalidData
      )
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  })
})
