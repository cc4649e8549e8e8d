import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { buildWeb, readAssets } from '../../web/build.ts'

describe('what the browser loads', () => {
  let folder: string
  let names: Readonly<Record<string, string>>
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-web-'))
    await buildWeb(folder)
    names = await readAssets(folder)
  })
  after(() => rm(folder, { recursive: true }))
  const size = async (name: string) => gzipSync(await readFile(join(folder, names[name]!))).length

  it('carries its hash in its name', () => {
    expect(names['style.css']).to.match(/^style\.[0-9a-f]{12}\.css$/)
    expect(Object.keys(names)).to.have.members([
      'style.css',
      'diagram.css',
      'diagram.js',
      'forms.js',
      'tasks.js',
      'verify.js',
      'waiting.js'
    ])
  })

  it('stays below 10 KB of script on a page without a diagram, and 70 KB with one', async () => {
    for (const name of ['forms.js', 'tasks.js', 'verify.js'])
      expect(await size(name), name).to.be.below(10_000)
    expect(await size('diagram.js')).to.be.below(70_000)
    expect(await size('style.css')).to.be.below(10_000)
  })

  it('fetches nothing from elsewhere', async () => {
    for (const name of ['style.css', 'diagram.css', 'forms.js', 'tasks.js', 'verify.js']) {
      const text = await readFile(join(folder, names[name]!), 'utf8')
      expect(text.replaceAll(/\/\*.*?\*\//gs, ''), name).to.not.match(
        /(url\(|import |fetch\()["']?(https?:)?\/\/[a-z]/
      )
    }
  })

  it('says so when nothing has been built', async () => {
    const error = await readAssets(join(folder, 'nothing')).catch((reason: unknown) => reason)
    expect(error).to.be.an('error')
    expect(String(error)).to.contain('npm run setup')
  })
})
