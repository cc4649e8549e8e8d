import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { settableClock } from '../../runtime/clock.ts'
import { openLibrary } from '../../runtime/library.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteDeployments } from '../../runtime/stores/sqlite-deployments.ts'
import { PROCESSES } from './processes.ts'

describe('a variant of a national process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alur-variants-'))
  const database = openDatabase(':memory:')
  const logged: unknown[] = []
  after(() => {
    rmSync(folder, { recursive: true })
    database.close()
  })

  const national = readFileSync(join(PROCESSES, 'permit.bpmn'), 'utf8')
  const write = (file: string, xml: string) => writeFileSync(join(folder, file), xml)
  const variantOf = (xml: string) =>
    xml.replace('id="permit"', 'id="permit.kanim" alur:variantOf="permit"')
  async function open() {
    logged.length = 0
    return openLibrary({
      folder,
      known: { jobs: null, rules: null, templates: null, roles: null },
      deployments: sqliteDeployments(database),
      clock: settableClock('2015-12-01T02:00:00.000Z'),
      log: {
        info: (message, more) => {
          if (message.startsWith('variant')) logged.push(more)
        },
        warn() {},
        error() {}
      }
    })
  }
  const texts = (list: readonly { readonly text: { readonly en: string } }[] | undefined) =>
    list?.map(({ text }) => text.en)

  it('has no differences while it says the same', async () => {
    write('permit.bpmn', national)
    write('permit.kanim.bpmn', variantOf(national))
    const library = await open()

    expect(library.differences('permit')).to.equal(null)
    expect(library.differences('permit.kanim')).to.deep.include({ differences: [], since: null })
    expect(logged).to.deep.equal([
      {
        process: 'permit.kanim',
        version: 1,
        national: 'permit',
        nationalVersion: 1,
        differences: 0
      }
    ])
  })

  it('is compared anew when it changes', async () => {
    write('permit.kanim.bpmn', variantOf(national).replace('test.approver', 'own.approver'))
    const found = (await open()).differences('permit.kanim')

    expect(found?.differences.map(({ kind }) => kind)).to.deep.equal(['rule'])
    expect(texts(found?.since?.added)).to.deep.equal(texts(found?.differences))
    expect(found?.since).to.deep.include({ version: 1, nationalVersion: 1, gone: [] })
    expect(logged).to.deep.equal([
      {
        process: 'permit.kanim',
        version: 2,
        national: 'permit',
        nationalVersion: 1,
        differences: 1,
        added: 1,
        gone: 0
      }
    ])
  })

  it('is compared anew when the nation changes', async () => {
    write('permit.bpmn', national.replace('test.approver', 'own.approver'))
    const found = (await open()).differences('permit.kanim')

    expect(found?.differences).to.deep.equal([])
    expect(found?.since?.gone.map(({ kind }) => kind)).to.deep.equal(['rule'])
    expect(found?.since).to.deep.include({ version: 2, nationalVersion: 1, added: [] })
  })

  it('says nothing when nothing has changed', async () => {
    const library = await open()
    expect(library.differences('permit.kanim')?.nationalVersion).to.equal(2)
    expect(logged).to.deep.equal([])
  })
})
