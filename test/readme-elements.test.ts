import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { behaviors, eventDefinitions } from '../engine/index.ts'

const README = readFileSync(new URL('../processes/README.md', import.meta.url), 'utf8')

/** The names in the first column of the table below a heading. */
function namesBelow(heading: string): readonly string[] {
  const at = README.indexOf(`\n### ${heading}\n`)
  expect(at, `the heading «${heading}»`).to.be.at.least(0)
  const [, section = ''] = README.slice(at).split(/\n#+ .*\n/)
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name as string)
}

describe('processes/README.md', () => {
  it('lists the flow nodes that run, no more and no fewer', () => {
    expect(namesBelow('Flow nodes')).to.have.members(Object.keys(behaviors))
  })

  it('lists the event definitions that run, no more and no fewer', () => {
    expect(namesBelow('What an event is about')).to.have.members(Object.keys(eventDefinitions))
  })

  it('names tests that are there beside each sentence on how it runs', () => {
    const [, section = ''] = README.split('\n### How it runs\n')
    const table = section.split(/\n#+ /)[0] ?? ''
    const names = table
      .split('\n')
      .filter(line => line.startsWith('| ') && !line.startsWith('| Sentence'))
      .map(line =>
        [...(line.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name)
      )

    expect(names).to.have.length.above(10)
    for (const row of names) {
      expect(row).not.to.deep.equal([])
      for (const name of row) {
        const file = new URL(`../test/${name}.test.ts`, import.meta.url)
        expect(existsSync(file), `test/${name}.test.ts`).to.equal(true)
      }
    }
  })
})
