import { expect } from 'chai'
import { isActivity } from '../../engine/graph.ts'
import { type ProcessSource, readProcesses } from '../../runtime/library.ts'

describe('diagrams of the procedures', () => {
  let sources: readonly ProcessSource[]

  before(async () => {
    sources = await readProcesses('processes', {
      jobs: null,
      rules: null,
      templates: null,
      roles: null
    })
  })

  it('add up to 83 minutes of standard time for an ITAS at Muara Enim, in 13 steps', () => {
    const { graph } = sources.find(
      each => each.graph.id === 'itas-from-vitas.kanim-mre'
    ) as ProcessSource
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
        return node.type === 'userTask' && forms[node.id] === undefined
          ? [`${graph.id}.${node.id}: form`]
          : []
      })
    )
    expect(missing).to.deep.equal([])
  })

  it('tell the applicant where a case stands, from the start to each end of the case itself', () => {
    // a non-interrupting reminder ends beside the case
    const beside = ['End_Reminder', 'End_Reminded']
    const untold = sources.flatMap(({ graph }) => {
      const nodes = Object.values(graph.nodes)
      if (!nodes.some(({ stage }) => stage !== null)) return []
      return nodes
        .filter(
          ({ type, id }) => (type === 'startEvent' || type === 'endEvent') && !beside.includes(id)
        )
        .filter(({ stage, incoming }) => stage === null && !tells(graph, incoming))
        .map(({ id }) => `${graph.id}.${id}`)
    })
    const told = sources.filter(({ graph }) =>
      Object.values(graph.nodes).some(({ stage }) => stage?.name === 'received')
    )
    expect(untold).to.deep.equal([])
    expect(told.map(({ graph }) => graph.id)).to.have.members([
      'itk-extension',
      'itk-extension.kanim-mre',
      'itas-from-vitas.kanim-mre',
      'itas-online.kanim-bgl'
    ])
  })

  it('let applicants start ITAS online themselves, and the counter for them', () => {
    const lanes = sources.flatMap(({ graph }) =>
      Object.values(graph.lanes).flatMap(lane =>
        lane.role === 'applicant' ? [{ process: graph.id, ...lane }] : []
      )
    )
    expect(lanes).to.have.length(1)
    expect(lanes[0]).to.include({ process: 'itas-online.kanim-bgl', onBehalf: 'counter' })
  })

  it('vary a process that is there', () => {
    const ids = sources.map(({ graph }) => graph.id)
    const variants = sources.flatMap(({ graph }) =>
      graph.variantOf === null ? [] : [graph.variantOf]
    )
    expect(variants).to.deep.equal(['itk-extension'])
    expect(ids).to.include.members(variants)
  })
})

/** Whether the element before has said already how it ends. */
function tells({ nodes, flows }: ProcessSource['graph'], incoming: readonly string[]): boolean {
  return incoming.every(flow => {
    const before = nodes[flows[flow]?.source ?? '']
    return before?.stage?.name === 'refused' || before?.stage?.name === 'closed'
  })
}
