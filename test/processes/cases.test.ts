import { expect } from 'chai'
import { openRulebook } from '../../bin/rules.ts'
import type { ProcessGraph } from '../../engine/index.ts'
import { type CaseFile, playCase, readCases, runCase } from '../../runtime/cases.ts'
import { Coverage } from '../../runtime/coverage.ts'
import { type ProcessSource, readProcesses } from '../../runtime/library.ts'
import type { Rulebook } from '../../runtime/rulebook.ts'

const files: readonly CaseFile[] = await readCases('processes')

describe('example cases of the procedures', () => {
  let sources: readonly ProcessSource[]
  let rulebook: Rulebook
  const graphOf = (process: string): ProcessGraph => {
    const found = sources.find(({ graph }) => graph.id === process)
    if (found === undefined) throw new Error(`expected the process <${process}>`)
    return found.graph
  }
  const coverage = new Coverage(graphOf)

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
        const graph = graphOf(process)
        const rules = publishes ? await openRulebook() : rulebook
        const { player, problems } = await playCase(graph, example, sources, rules)
        expect(problems).to.deep.equal([])
        coverage.add(
          graph,
          player.events.map(({ event }) => event)
        )
      })
    }
  }

  for (const process of [
    'itk-extension',
    'itk-extension.kanim-mre',
    'itk-regional-approval',
    'pite'
  ]) {
    it(`take every flow of ${process}`, () => {
      const { nodes, flows } = coverage.of(graphOf(process))
      expect([...nodes.missing, ...flows.missing]).to.deep.equal([])
    })
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
