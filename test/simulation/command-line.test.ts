import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { called as alur } from '../called.ts'

describe('alur simulate', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-simulate-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const FEW = ['simulate', 'itas-from-vitas.kanim-mre', '--instances', '30']

  it('plays a procedure with its rules and forms, and says where cases wait', async () => {
    const page = join(folder, 'report.html')
    const { code, out } = await alur([...FEW, '--html', page])
    expect(code).to.equal(0)
    expect(out).to.contain('30 completed')
    expect(out).to.match(/bottleneck {2}\w+/)
    expect(out).to.contain('assumed     SAMPLE')
    const html = await readFile(page, 'utf8')
    expect(html).to.contain('Titik sumbatan').and.to.contain('<svg class="chart"')
    expect(html).to.match(/<g class="shape (warm|hottest)" data-element="Receive_Application">/)
    expect(html).not.to.match(/<script|src=|href=/)
  }).timeout(60_000)

  it('gives the same bytes for the same seed', async () => {
    const first = await alur([...FEW, '--json', '--seed', 'x'])
    expect(JSON.parse(first.out)).to.deep.include({
      process: 'itas-from-vitas.kanim-mre',
      seed: 'x'
    })
    expect((await alur([...FEW, '--json', '--seed', 'x'])).out).to.equal(first.out)
    expect((await alur([...FEW, '--json', '--seed', 'y'])).out).not.to.equal(first.out)
  }).timeout(60_000)

  it('takes officers, arrivals and hours from its options', async () => {
    const busy = async (...options: readonly string[]) => {
      const { out } = await alur([...FEW, '--json', '--arrivals', '30/day', ...options])
      const { roles } = JSON.parse(out) as { roles: { role: string; utilisation: number }[] }
      return roles.find(({ role }) => role === 'counter')?.utilisation ?? 0
    }
    const one = await busy('--officers', 'counter=1')
    expect(await busy('--officers', 'counter=3')).to.be.lessThan(one)
    const hours = 'mon-fri=08:00-09:00'
    const short = await alur([...FEW, '--json', '--hours', hours])
    expect(JSON.parse(short.out).openingMinutesPerDay).to.equal(60)
  }).timeout(60_000)

  it('names the option or the place of a scenario that does not do', async () => {
    const said = async (...args: readonly string[]) => (await alur(['simulate', ...args])).errors
    expect(await said('itk-extensio')).to.contain('(do you mean <itk-extension>?)')
    expect(await said('pite', '--arrivals', 'often')).to.contain('--arrivals: expected 12/day')
    expect(await said('pite', '--officers', 'conter=2')).to.contain('(do you mean <counter>?)')
    expect(await said('pite', '--officers', 'two')).to.contain('--officers: expected counter=2')
    expect(await said('pite', '--hours', 'mon=9-12')).to.contain('--hours: expected times of day')
    expect(await said('pite', '--office', 'kanim-tj')).to.contain('do you mean <kanim-tju>?')
    const file = join(folder, 'wrong.json')
    await writeFile(file, JSON.stringify({ elements: { Forwrd_File: {} } }))
    expect(await said('pite', '--scenario', file)).to.contain(
      'elements.Forwrd_File: expected an element of pite'
    )
    // the calendar of the year is missing: nothing is guessed
    expect(await said('pite', '--from', '2019-01-01')).to.contain('to have the year <2019>')
  }).timeout(60_000)
})
