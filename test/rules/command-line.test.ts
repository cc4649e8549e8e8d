import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqlitePeople } from '../../runtime/stores/sqlite-people.ts'
import { type Called, called } from '../called.ts'

const PASSWORD = 'rahasia-sekali'

describe('local law from the command line', function () {
  this.timeout(120_000)
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-rules-cli-'))
    const database = openDatabase(join(folder, 'alur.db'))
    const people = sqlitePeople(database)
    const add = (id: string, role: string) =>
      people.add({
        id,
        name: id,
        unit: 'kanim-tju',
        roles: [role],
        demo: false,
        nip: null,
        password: PASSWORD
      })
    await add('aturan.tju', 'rule-editor')
    await add('kakanim.tju', 'kakanim')
    database.close()
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const environment = () => ({ ALUR_DATA: folder, ALUR_CLOCK: '2026-11-30T09:00:00+07:00' })
  const rules = (...args: readonly string[]) => called(['rules', ...args], environment())

  /** The same with a password on standard input, which a process of its own reads. */
  function signedIn(name: string, ...args: readonly string[]): Promise<Called> {
    return new Promise(done => {
      const child = execFile(
        process.execPath,
        ['bin/alur.mjs', 'rules', ...args, '--by', name],
        { env: { ...process.env, ...environment() }, maxBuffer: 50_000_000 },
        (error, out, errors) =>
          done({ code: typeof error?.code === 'number' ? error.code : 0, out, errors })
      )
      child.stdin?.end(`${PASSWORD}\n`)
    })
  }

  it('says which verbs there are', async () => {
    const { code, errors } = await rules('sing')
    expect(code).to.equal(2)
    expect(errors).to.contain('expected one of check, resolve, diff').and.to.contain('found <sing>')
  })

  it('resolves a key, with what every level said', async () => {
    const asked = ['--office', 'kanim-dps', '--date', '2022-06-07']
    const { code, out } = await rules('resolve', 'itk.service.days', ...asked)
    expect(code).to.equal(0)
    expect(out).to.contain('by the office level').and.to.contain('office kanim-dps applied')
    const wrong = await rules('resolve', 'itk.service.days', '--office', 'kanim-dsp', '--date', '1')
    expect(wrong.code).to.equal(2)
    expect(wrong.errors).to.contain('--date: expected a day such as 2026-01-01, found <1>')
  })

  it('tells how two folders of rules differ, by meaning', async () => {
    const changed = join(folder, 'rules')
    await cp('rules', changed, { recursive: true })
    expect((await rules('diff', 'rules', changed)).errors).to.contain('no differences')
    const file = join(changed, 'offices/kanim-dps/office.json')
    const office = JSON.parse(await readFile(file, 'utf8'))
    office.values.push({
      key: 'itk.filing.earliestDays',
      value: 30,
      from: '2027-01-01',
      to: null,
      cites: [{ instrument: 'standar-dps', pin: 'angka 3' }],
      confidence: 'M'
    })
    await writeFile(file, JSON.stringify(office))
    const { code, out } = await rules('diff', 'rules', changed)
    expect(code).to.equal(0)
    expect(out.trim()).to.equal(
      'kanim-dps: <itk.filing.earliestDays> is 30 from 2027-01-01 (standar-dps, angka 3)'
    )
  })

  it('takes an office out as a folder, and what is changed in it to law by two people', async () => {
    const out = join(folder, 'tju')
    expect((await rules('export', 'kanim-tju', '--out', out)).code).to.equal(0)
    const file = join(out, 'offices/kanim-tju/office.json')
    const before = readFileSync(file, 'utf8')
    expect(before).to.equal(readFileSync('rules/offices/kanim-tju/office.json', 'utf8'))
    const office = JSON.parse(before)
    const interview = office.values.find(
      (value: { readonly key: string }) => value.key === 'itk.interview.within'
    )
    office.values.push({
      ...interview,
      value: { ...interview.value, days: 2 },
      from: '2027-01-01'
    })
    interview.to = '2026-12-31'
    office.cases = [
      ...(office.cases ?? []),
      {
        name: 'two-days',
        rule: 'itk.interview.within',
        date: '2027-01-01',
        facts: {},
        outcome: { ...interview.value, days: 2 }
      }
    ]
    writeFileSync(file, JSON.stringify(office, null, 2))

    const unit = ['--unit', 'kanim-tju']
    const dry = await rules('import', out, ...unit, '--dry-run')
    expect([dry.code, dry.out.trim()]).to.deep.equal([
      0,
      '<itk.interview.within> is {"days":2,"workingDays":false,"from":"received"} from 2027-01-01 (standar-tju, angka 5)\ncase <two-days> of <itk.interview.within>'
    ])
    const words = ['--title', 'Wawancara dua hari', '--reason', 'Standar 2027']
    const imported = await signedIn('aturan.tju', 'import', out, ...unit, ...words)
    expect(imported.code, imported.errors).to.equal(0)
    expect(imported.out).to.contain('cs-2026-0001 submitted kanim-tju')

    const own = await signedIn('aturan.tju', 'publish', 'cs-2026-0001')
    expect(own.code).to.equal(1)
    expect(own.errors).to.contain('not-allowed')
    const published = await signedIn('kakanim.tju', 'publish', 'cs-2026-0001')
    expect(published.code, published.errors).to.equal(0)
    expect(published.out).to.contain('cs-2026-0001 scheduled')
    expect((await rules('import', out, ...unit, '--dry-run')).errors).to.contain('nothing differs')

    const reverted = await signedIn(
      'aturan.tju',
      'revert',
      'cs-2026-0001',
      ...['--from', '2027-02-01', '--reason', 'Keliru']
    )
    expect(reverted.out + reverted.errors).to.contain('cs-2026-0002')
    const replayed = await rules('replay')
    expect([replayed.code, replayed.out.trim()]).to.deep.equal([
      0,
      '0 of 0 decisions came out again'
    ])
  })

  it('says in one line what is refused', async () => {
    const unknown = await signedIn('kakanim.tju', 'show', 'cs-2026-0099')
    expect([unknown.code, unknown.errors.trim()]).to.deep.equal([
      1,
      'unknown-change: no change set <cs-2026-0099> is known here'
    ])
    expect((await rules('export', 'ditjen-imigrasi', '--out', folder)).errors).to.contain(
      'expected a region or an office of the rules, found <ditjen-imigrasi>'
    )
    expect((await rules('publish', 'cs-2026-0001')).code).to.equal(2)
  })
})
