import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openInstallation } from '../../bin/installation.ts'
import { SYSTEM } from '../../runtime/door.ts'

const PASSWORD = 'kuda-baterai-staples'
const reason = ['--by', 'tu.mre', '--reason', 'putusan pengadilan']

describe('npx alur instance', () => {
  let data: string
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'alur-instance-'))
    const before = process.env.ALUR_DATA
    process.env.ALUR_DATA = data
    const { people, runtime, close } = await openInstallation()
    const someone = { name: 'Tata Usaha', unit: 'kanim-mre', nip: null, demo: false }
    await people.add({ ...someone, id: 'tu.mre', roles: ['operator'], password: PASSWORD })
    await people.add({ ...someone, id: 'loket.mre', roles: ['counter'], password: PASSWORD })
    const given = { process: 'itas-from-vitas', office: 'kanim-mre', variables: {}, by: SYSTEM }
    for (const instance of ['case-1', 'case-2']) await runtime.start({ ...given, instance })
    await close()
    if (before === undefined) delete process.env.ALUR_DATA
    else process.env.ALUR_DATA = before
  })
  after(() => rm(data, { recursive: true }))

  function alur(...args: readonly string[]) {
    return new Promise<{ code: number; out: string; errors: string }>(done => {
      const env = { ...process.env, ALUR_DATA: data }
      const child = execFile(
        process.execPath,
        ['bin/alur.mjs', 'instance', ...args],
        { env },
        (error, out, errors) =>
          done({ code: typeof error?.code === 'number' ? error.code : 0, out, errors })
      )
      child.stdin?.end(`${PASSWORD}\n`)
    })
  }

  it('tries first, carries out, and goes on with the same batch', async () => {
    const filter = ['--process', 'itas-from-vitas.kanim-mre', '--status', 'running']
    const tried = await alur('suspend', ...filter, ...reason, '--dry-run')
    expect(tried.code, tried.errors).to.equal(0)
    expect(tried.out.match(/ would/g)).to.have.length(2)

    const done = await alur('suspend', ...filter, ...reason, '--batch', 'b1', '--json')
    expect(done.code, done.errors).to.equal(0)
    const lines = done.out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines.map(({ outcome }) => outcome)).to.deep.equal(['did', 'did'])

    const again = await alur('suspend', ...filter, ...reason, '--batch', 'b1')
    expect(again.errors).to.contain('batch b1: 2 instances')
    const back = await alur('resume', ...filter, ...reason, '--batch', 'b1')
    expect(back).to.include({ code: 2 })
    expect(back.errors).to.contain('--batch: batch <b1> is to suspend')
    const other = await alur('suspend', '--instance', 'case-1', ...reason)
    expect(other.out).to.contain('nothing: it is suspended already')
    expect((await alur('resume', '--instance', 'case-1', ...reason)).out).to.contain(' did')
  }).timeout(180_000)

  it('asks who it is, and lets operators only', async () => {
    const officer = ['--by', 'loket.mre', '--reason', 'x']
    const refused = await alur('terminate', '--instance', 'case-1', ...officer)
    expect(refused.code).to.equal(1)
    expect(refused.out).to.contain('expected an operator of <kanim-mre>')
    const nobody = await alur('terminate', '--instance', 'case-1', '--by', 'x', '--reason', 'x')
    expect(nobody.code).to.equal(1)
    expect(nobody.errors).to.contain('the password on standard input')
  }).timeout(120_000)

  it('says what it does not understand', async () => {
    expect((await alur('suspend', '--instance', 'case-1', '--by', 'tu.mre')).errors).to.contain(
      'expected --reason'
    )
    expect((await alur('suspend', ...reason)).errors).to.contain('expected --instance, or a filter')
    const slip = await alur('suspend', '--status', 'runing', ...reason)
    expect(slip.errors).to.contain('(do you mean <running>?)')
    const other = await alur('suspend', '--process', 'pites', ...reason)
    expect(other.errors).to.contain('(do you mean <pite>?)')
    expect((await alur('dance', ...reason)).errors).to.contain('found <dance>')
    const plan = join(data, 'plan.json')
    await writeFile(plan, '{"process":"x"}')
    const migrate = ['migrate', '--instance', 'case-1', '--plan', `@${plan}`]
    const wrong = await alur(...migrate, ...reason)
    expect(wrong).to.include({ code: 2 })
    expect(wrong.errors).to.contain('--plan: expected { "process"')
    const versions = await alur('plan', '--process', 'pite', '--version', '1', '--to', '9')
    expect(versions.errors).to.contain('expected two deployed versions of <pite>')
  }).timeout(120_000)
})
