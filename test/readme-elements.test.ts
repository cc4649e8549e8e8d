import { readFileSync } from 'node:fs'
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
})
