import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'chai'

interface Ran {
  readonly code: number
  readonly out: string
  readonly errors: string
}

function alur(
  args: readonly string[],
  input = '',
  environment: Record<string, string> = {}
): Promise<Ran> {
  return new Promise(done => {
    const child = execFile(
      process.execPath,
      ['bin/alur.mjs', ...args],
      { env: { ...process.env, ...environment }, maxBuffer: 50_000_000 },
      (error, out, errors) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, errors })
    )
    child.stdin?.end(input)
  })
}

describe('command line', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-cli-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('shows how it is used, and says what it does not understand', async () => {
    expect(await alur([])).to.include({ code: 0 })
    expect((await alur(['--help'])).out).to.contain('npx alur <command>')
    expect(await alur(['dance'])).to.include({ code: 2 })
    const { code, errors } = await alur(['run'])
    expect(code).to.equal(2)
    expect(errors).to.contain('expected one file')
  })

  describe('save', () => {
    const original = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="urn:v" targetNamespace="t">
      <!-- kept --><process id="P" isExecutable="true"><task id="A" v:n="1" /></process></definitions>`

    it('writes a change into the original, and loses only what is named', async () => {
      const [before, after] = [join(folder, 'original.bpmn'), join(folder, 'changed.bpmn')]
      await writeFile(before, original)
      await writeFile(after, original.replace('<!-- kept -->', '').replace(' v:n="1"', ' name="B"'))

      const refused = await alur(['save', before, after])
      expect(refused.code).to.equal(1)
      expect(refused.errors).to.contain('A@v:n: was there and would be lost')
      expect(await readFile(before, 'utf8')).to.equal(original)

      const { code, out } = await alur(['save', before, after, '--delete', 'A@v:n'])
      expect(code).to.equal(0)
      expect(out).to.contain('deleted: A@v:n')
      expect(await readFile(before, 'utf8')).to.equal(original.replace(' v:n="1"', ' name="B"'))
    })
  })

  describe('run', () => {
    it('warns of what a diagram may run into, and plays it', async () => {
      const { out, errors } = await alur(['run', 'test/diagrams/parallel-incomplete-join.bpmn'])
      expect(errors).to.match(/^warning: parallel-incomplete-join.bpmn#Join: .*may wait for ever/)
      expect(out).to.contain('activate Received')
    })

    const diagram = 'test/diagrams/exclusive-split.bpmn'

    it('prints the trace as text, and where the instance rests', async () => {
      const { code, out } = await alur(['run', 'test/diagrams/manual-task.bpmn'])
      expect(code).to.equal(0)
      expect(out).to.match(/^activate /)
      expect(out).to.contain('for user')
      expect(out).to.contain('status running')
    })

    it('prints every event as a line of JSON, and the state that they lead to', async () => {
      const { out } = await alur(['run', 'test/diagrams/plain-task.bpmn', '--json'])
      const lines = out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(lines[0]).to.include({ type: 'instanceStarted' })
      expect(lines.at(-1)).to.have.nested.property('state.status', 'completed')
    })

    it('refuses a move that does not fit, and tells what waits', async () => {
      const { code, errors } = await alur(['run', diagram, '--moves', '[{"complete":"Nowhere"}]'])
      expect(code).to.equal(1)
      expect(errors).to.contain('move 1').and.to.contain('not-waiting')
    })

    it('lists every problem of a diagram that cannot run', async () => {
      const file = join(folder, 'broken.bpmn')
      const xml = await readFile(diagram, 'utf8')
      await writeFile(
        file,
        xml.replace(
          /<bpmn:exclusiveGateway /,
          '<bpmn:exclusiveGateway gatewayDirection="Converging" '
        )
      )
      const { code, errors } = await alur(['run', file])
      expect(code).to.equal(1)
      expect(errors).to.contain('gatewayDirection="Converging"')
      expect(errors).to.match(/\d+ problems?\n$/)
    })

    it('decides with the rules of an office, on a date', async () => {
      const { out } = await alur([
        'run',
        'processes/national/overstay-charge.bpmn',
        '--office',
        'kanim-mre',
        '--now',
        '2022-06-15T09:00:00+07:00',
        '--variables',
        '{"reported":"2022-06-15","entry":{"date":"2022-05-15","atTpi":false}}'
      ])
      expect(out).to.contain('decide').and.to.contain('1000000')
    })
  })

  describe('decide', () => {
    const question = ['itk.extension.approver', '--office', 'kanim-tju', '--date', '2015-12-03']

    it('gives the outcome with its reasons and sources', async () => {
      const facts = '{"regime":"legacy-1995","extension":5,"submitted":"2015-12-03"}'
      const { code, out } = await alur(['decide', ...question, '--facts', facts])
      expect(code).to.equal(0)
      expect(out)
        .to.contain('{"approver":"dirjen"}')
        .and.to.contain('does not fit')
        .and.to.contain('F-309')
      const json = JSON.parse((await alur(['decide', ...question, '--facts', facts, '--json'])).out)
      expect(json).to.have.nested.property('outcome.approver', 'dirjen')
    })

    it('says what is missing instead of guessing', async () => {
      const { code, errors } = await alur([
        'decide',
        ...question,
        '--facts',
        '{"regime":"legacy-1995"}'
      ])
      expect(code).to.equal(1)
      expect(errors).to.contain('extension')
    })
  })

  it('plays an example beside a diagram, and holds it to what it expects', async () => {
    const diagram = 'processes/national/itk-extension.bpmn'
    const played = await alur(['run', diagram, '--case', 'second-extension'])
    expect(played.errors).to.equal('')
    expect(played.code).to.equal(0)
    expect(played.out).to.contain('status completed').and.to.contain('as expected')

    const refused = await alur(['run', diagram, '--case', 'sixth-extension'])
    expect(refused).to.include({ code: 0 })

    const elsewhere = ['--case', 'second-extension', '--office', 'kanim-mre']
    const other = await alur(['run', diagram, ...elsewhere])
    expect(other.code).to.equal(1)
    expect(other.errors).to.match(/^(moves\[\d+\]|start|expect\.\w+)/)

    const unknown = await alur(['run', diagram, '--case', 'second-extention'])
    expect(unknown.code).to.equal(2)
    expect(unknown.errors).to.contain('do you mean <second-extension>?')
  }).timeout(60_000)

  it('names the option whose value does not do, in one line', async () => {
    const decide = (office: string, date: string) =>
      alur(['decide', 'service.days', '--office', office, '--date', date])
    expect(await decide('kanim-tju', '2015-13-03')).to.deep.include({
      code: 2,
      errors: 'alur decide: --date: expected a day such as 2015-12-03, found <2015-13-03>\n'
    })
    expect(await decide('kanim-tj', '2015-12-03')).to.deep.include({
      code: 2,
      errors:
        'alur decide: --office: expected an office of the rules, found <kanim-tj> (do you mean <kanim-tju>?)\n'
    })
  })

  describe('check', () => {
    it('says what kind of folder it expects', async () => {
      const { code, errors } = await alur(['check', 'test/foreign'])
      expect(code).to.equal(2)
      expect(errors).to.contain('no processes/').and.to.contain('npx alur run')
    })

    it('finds nothing wrong with what is shipped', async () => {
      const { code, out } = await alur(['check'])
      expect(out).to.contain('no problems')
      expect(code).to.equal(0)
    }).timeout(60_000)

    it('names the file and the place of every problem, of diagrams, rules and templates alike', async () => {
      for (const part of ['processes', 'rules', 'templates'])
        await cp(part, join(folder, part), { recursive: true })
      await symlink(resolve('node_modules'), join(folder, 'node_modules'))
      await replace(
        'processes/national/pite.bpmn',
        'alur:job="issue-letter"',
        'alur:job="isue-letter"'
      )
      await replace('templates/national/pite-approval.json', '"applicant.name"', '"applicant.nam"')
      const { code, errors } = await alur(['check', folder])
      expect(code).to.equal(1)
      expect(errors).to.contain('pite.bpmn').and.to.contain('<isue-letter>')
      expect(errors).to.contain('pite-approval').and.to.contain('do you mean <issue-letter>?')
    }).timeout(60_000)

    it('finds a role that nobody has and a variable that nothing sets', async () => {
      const own = join(folder, 'misspelt')
      await mkdir(own)
      for (const part of ['processes', 'rules', 'templates'])
        await cp(part, join(own, part), { recursive: true })
      await symlink(resolve('node_modules'), join(own, 'node_modules'))
      const extension = 'misspelt/processes/national/itk-extension.bpmn'
      await replace(extension, 'alur:role="treasurer"', 'alur:role="tresurer"')
      const first = await alur(['check', own])
      expect(first.code).to.equal(1)
      expect(first.errors).to.match(
        /itk-extension\.bpmn#\w+: role <tresurer> is not known \(do you mean <treasurer>\?\)/
      )
      expect(first.out)
        .to.contain('diagrams read')
        .and.to.match(/\d+ problems?\n/)

      await replace(extension, 'alur:role="tresurer"', 'alur:role="treasurer"')
      await replace(extension, 'decision.outcome =', 'decison.outcome =')
      const second = await alur(['check', own])
      expect(second.code).to.equal(1)
      expect(second.errors).to.match(
        /itk-extension\.bpmn#\w+: reads <decison>, which nothing sets \(do you mean <decision>\?\)/
      )
    }).timeout(60_000)

    async function replace(file: string, from: string, to: string): Promise<void> {
      const path = join(folder, file)
      const text = await readFile(path, 'utf8')
      expect(text, file).to.contain(from)
      await writeFile(path, text.replaceAll(from, to))
    }
  })

  describe('person add', () => {
    const someone = [
      'person',
      'add',
      'ani.tju',
      '--name',
      'Ani',
      '--unit',
      'kanim-tju',
      '--roles',
      'counter'
    ]
    const add = (args: readonly string[], password: string) =>
      alur(args, `${password}\n`, { ALUR_DATA: join(folder, 'data') })

    it('takes a person once, with a password that is not guessed', async () => {
      expect((await add(someone, 'short')).errors).to.contain('at least 12 characters')
      expect(await add(someone, 'kuda-baterai-staples')).to.include({ code: 0 })
      expect((await add(someone, 'kuda-baterai-staples')).errors).to.contain('taken')
    })

    it('names every thing that is wrong', async () => {
      const wrong = [
        'person',
        'add',
        'B B',
        '--name',
        'B',
        '--unit',
        'kanim-xyz',
        '--roles',
        'counter',
        '--nip',
        '12'
      ]
      const { code, errors } = await add(wrong, 'kuda-baterai-staples')
      expect(code).to.equal(1)
      expect(errors.trim().split('\n')).to.have.length(3)
    })
  })
})
