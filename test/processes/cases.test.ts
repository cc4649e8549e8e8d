import { expect } from 'chai'
import { openRulebook } from '../../bin/rules.ts'
import { type CaseFile, readCases, runCase } from '../../runtime/cases.ts'
import { type ProcessSource, readProcesses } from '../../runtime/library.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'

const files: readonly CaseFile[] = await readCases('processes')

describe('example cases of the procedures', () => {
  let sources: readonly ProcessSource[]
  let rulebook: Rulebook

  before(async () => {
    sources = await readProcesses('processes', {
      jobs: null,
      rules: null,
      templates: null,
      roles: null
    })
    rulebook = await openRulebook()
  })

  for (const { process, cases } of files) {
    for (const example of cases) {
      it(`${process}: ${example.title.en}`, async () => {
        const publishes = example.moves?.some(move => 'publish' in move) ?? false
        const problems = await runCase(process, example, sources, async () =>
          publishes ? openRulebook() : rulebook
        )
        expect(problems).to.deep.equal([])
      })
    }
  }

  it('tells where a case turns out otherwise', async () => {
    const file = files.find(each => each.process === 'itk-extension') as CaseFile
    const [first] = file.cases
    if (first === undefined) throw new Error('expected a case')
    const wrong = { ...first, expect: { ...first.expect, end: 'End_Refused', letters: [] } }
    const problems = await runCase(file.process, wrong, sources, async () => rulebook)
    expect(problems.map(({ path }) => path)).to.deep.equal(['expect.end', 'expect.letters'])
  })
})
