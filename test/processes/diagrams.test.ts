import { expect } from 'chai'
import { isActivity } from '../../engine/graph.ts'
import { type ProcessSource, readProcesses } from '../../runtime/library.ts'

describe('diagrams of the procedures', () => {
  let sources: readonly ProcessSource[]

  before(async () => {
    sources = await readProcesses('processes', { jobs: null, rules: null, templates: null })
  })

  it('add up to 83 minutes of standard time for an ITAS at Muara Enim, in 13 steps', () => {
    const { graph } = sources.find(each => each.graph.id === 'itas-from-vitas.kanim-mre') as ProcessSource
    const standards = Object.values(graph.nodes).flatMap(node =>
      isActivity(node) && node.standard !== null ? [node.standard] : []
    )
    expect(standards).to.have.length(13)
    expect(standards.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)).to.equal(83)
  })

  it('name elements in both languages, and give every task a role and every user task a form', () => {
    const missing = sources.flatMap(({ graph, forms }) =>
      Object.values(graph.nodes).flatMap(node => {
        if (node.name !== '' && node.english === '') return [`${graph.id}.${node.id}: English name`]
        if (node.type !== 'userTask' && node.type !== 'manualTask') return []
        if (node.role === null) return [`${graph.id}.${node.id}: role`]
        return node.type === 'userTask' && forms[node.id] === undefined ? [`${graph.id}.${node.id}: form`] : []
      })
    )
    expect(missing).to.deep.equal([])
  })

  it('vary a process that is there', () => {
    const ids = sources.map(({ graph }) => graph.id)
    const variants = sources.flatMap(({ graph }) => (graph.variantOf === null ? [] : [graph.variantOf]))
    expect(variants).to.deep.equal(['itk-extension'])
    expect(ids).to.include.members(variants)
  })
})
