import { readFile } from 'node:fs/promises'
import { expect } from 'chai'

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

describe('lock file', () => {
  it('has every optional package, of other platforms too: npm ci refuses it otherwise', async () => {
    const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
      readonly packages: Readonly<Record<string, Locked>>
    }
    const wanted = Object.values(packages).flatMap(each =>
      Object.keys(each.optionalDependencies ?? {})
    )
    const missing = wanted.filter(name => packages[`node_modules/${name}`] === undefined)
    expect(missing).to.deep.equal([])
    expect(wanted).to.include('@libsql/linux-x64-gnu')
  })
})
