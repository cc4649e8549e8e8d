import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { coverageLines } from '../bin/coverage.ts'
import type { ProcessGraph, Variables } from '../engine/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { Coverage, percent } from '../runtime/coverage.ts'
import { layoutOf } from '../runtime/layout.ts'
import { Player, type PlayMove } from '../runtime/player.ts'
import { wordsOf } from '../runtime/wording.ts'
import { renderPage } from '../web/render.ts'
import { CoveragePage } from '../web/reports/coverage.tsx'
import { load, office } from './play.ts'

/** Plays cases of the first process of a diagram, and gives what they covered of each. */
async function covered(
  diagram: string,
  ...cases: readonly { readonly variables: Variables; readonly moves?: readonly PlayMove[] }[]
) {
  const graphs = await load(diagram)
  const coverage = new Coverage(id => graphs.find(each => each.id === id) ?? null)
  for (const { variables, moves = [] } of cases) {
    const graph = graphs[0] as ProcessGraph
    const player = new Player(graph, { graphs, office, now: '2015-12-03T02:00:00.000Z' })
    await player.start(variables)
    for (const move of moves) await player.move(move)
    coverage.add(
      graph,
      player.events.map(({ event }) => event)
    )
  }
  return graphs.map(graph => coverage.of(graph))
}

describe('coverage', () => {
  it('counts what cases have taken, and both outcomes of a condition', async () => {
    const [small] = await covered('exclusive-default-first', {
      variables: { amount: 3 },
      moves: [{ complete: 'Small' }]
    })
    expect(small?.nodes.missing).to.deep.equal(['Large'])
    expect(small?.flows.missing).to.deep.equal(['How_Much_to_Large', 'Large_to_Done'])
    expect(small?.conditions.missing).to.deep.equal(['How_Much_to_Small not'])

    const [both] = await covered(
      'exclusive-default-first',
      { variables: { amount: 3 }, moves: [{ complete: 'Small' }] },
      { variables: { amount: 30 }, moves: [{ complete: 'Large' }] }
    )
    expect(both?.cases).to.equal(2)
    expect(both?.nodes.counts).to.include({ Received: 2, Small: 1, Large: 1 })
    expect([...(both?.flows.missing ?? []), ...(both?.conditions.missing ?? [])]).to.deep.equal([])
  })

  it('counts an activity only when it was completed', async () => {
    const [open] = await covered('exclusive-default-first', { variables: { amount: 3 } })
    expect(open?.nodes.missing).to.deep.equal(['Small', 'Large', 'Done'])
    expect(open?.flows.counts.How_Much_to_Small).to.equal(1)

    const [late] = await covered('boundary-timer', { variables: {}, moves: [{ wait: 'P2D' }] })
    expect(late?.nodes.counts).to.include({ Check: 0, Check_Late: 1 })
  })

  it('finds every flow that merges, and every condition that several flows are asked', async () => {
    const [joined] = await covered('inclusive-split-join', {
      variables: { site: true, title: true, tax: false },
      moves: [{ complete: 'Site' }, { complete: 'Title' }, { complete: 'Sign' }]
    })
    expect(joined?.flows.missing).to.deep.equal([
      'Which_to_Tax',
      'Which_to_Nothing',
      'Tax_to_Join',
      'Nothing_to_Join'
    ])
    expect(joined?.conditions.missing).to.deep.equal([
      'Which_to_Site not',
      'Which_to_Title not',
      'Which_to_Tax'
    ])
  })

  it('covers the process that is called, under its own name', async () => {
    const [caller, callee] = await covered('call-activity', {
      variables: { subject: 'x' },
      moves: [{ complete: 'Decide', variables: { verdict: { text: 'yes' } } }]
    })
    expect(caller?.nodes.missing).to.deep.equal(['Archive', 'Done'])
    expect(callee).to.include({ process: 'callee', cases: 1 })
    expect(callee?.nodes.missing).to.deep.equal([])
  })

  it('never rounds up to a hundred percent', () => {
    expect(percent({ covered: 999, total: 1000 })).to.equal(99)
    expect(percent({ covered: 0, total: 0 })).to.equal(100)
  })

  it('is said in a line, with the names of what is missing', async () => {
    const [report] = await covered('boundary-timer', {
      variables: {},
      moves: [{ complete: 'Check' }]
    })
    if (report === undefined) throw new Error('expected a report')
    expect(coverageLines(report)).to.deep.equal([
      'coverage BoundaryTimer: 1 case, 3 of 6 flow nodes (50 %), 2 of 4 sequence flows (50 %), 0 of 0 outcomes of conditions',
      '  not taken: Check_Late, Escalate, Escalated, Check_Late_to_Escalate, Escalate_to_Escalated'
    ])
  })

  it('is painted on the diagram: never by colour alone', async () => {
    const xml = await readFile('test/diagrams/boundary-timer.bpmn', 'utf8')
    const [graph] = await load('boundary-timer')
    const [report] = await covered('boundary-timer', {
      variables: {},
      moves: [{ complete: 'Check' }]
    })
    if (graph === undefined || report === undefined) throw new Error('expected a process')
    const drawing = layoutOf(await readDiagram(xml, 'boundary-timer.bpmn'), graph)
    const view = { ...report, name: 'Uji', english: 'Test', drawing, say: wordsOf(graph) }
    const html = renderPage(CoveragePage({ view }))
    expect(html).to.contain(
      '<g class="shape covered" data-element="Check"><title>Check (Check): 1×'
    )
    expect(html).to.contain('<g class="shape missing" data-element="Escalate">')
    expect(html).to.contain(
      '<g class="line sequenceFlow missing" data-element="Check_Late_to_Escalate">'
    )
    expect(html).to.contain(
      '.line.missing path { stroke: var(--red); stroke-width: 2.4; stroke-dasharray'
    )
    expect(html).not.to.match(/<script|src=|href=/)
  })
})
