import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Command,
  CommandRefused,
  type MigrationPlan,
  type ProcessGraph,
  proposePlan,
  reversePlan
} from '../../engine/index.ts'
import { person } from '../play.ts'
import { Case, oka, omar, versionOf } from './case.ts'

/** What happens next: a number chooses what, others choose where. */
interface Move {
  readonly what: number
  readonly which: number
  readonly where: number
}
const reason = 'at random'

/** Chance does anything that operators, officers, jobs and events may do, allowed or not. */
class Chance {
  readonly it1: Case
  readonly #plan: MigrationPlan
  readonly #graphs: readonly ProcessGraph[]

  constructor(graphs: readonly ProcessGraph[]) {
    this.#graphs = graphs
    this.#plan = proposePlan(graphs[0] as ProcessGraph, graphs[1] as ProcessGraph).plan
    this.it1 = new Case(graphs).start()
  }

  do(move: Move): boolean {
    const { it1 } = this
    const command = this.#command(move)
    if (command === null) return false
    const actor = move.where % 2 === 0 ? oka : omar
    const officer = person(`officer${move.where % 3}`, 'status-section', 'drafter')
    it1.now = new Date(Date.parse(it1.now) + 3_600_000).toISOString()
    try {
      it1.do(command, command.type === 'completeUserTask' ? officer : actor)
      return true
    } catch (error) {
      if (error instanceof CommandRefused) return false
      throw error
    }
  }

  #command({ what, which, where }: Move): Command | null {
    const { state } = this.it1
    const tokens = Object.values(state.tokens)
    const token = tokens[which % Math.max(tokens.length, 1)]
    const elements = this.#graphs.flatMap(({ nodes }) => Object.keys(nodes))
    const element = elements[where % elements.length] as string
    const restart = { type: 'restart', element, variables: {}, reason } as const
    if (state.status !== 'running') return restart
    if (token === undefined) return null
    const open = Object.values(state.subscriptions)
    const jobs = tokens.flatMap(({ wait }) => (wait?.for === 'job' ? [wait.job] : []))
    switch (what % 14) {
      case 0:
        return { type: 'suspend', reason }
      case 1:
      case 2:
        return { type: 'resume', reason }
      case 3:
        return { type: 'skip', token: token.id, variables: {}, reason }
      case 4:
        return { type: 'moveToken', token: token.id, to: element, via: null, variables: {}, reason }
      case 5: {
        const scope = where % 3 === 0 ? null : token.id
        return { type: 'addToken', element, scope, via: null, variables: {}, reason }
      }
      case 6:
        return { type: 'removeToken', token: token.id, reason }
      case 7:
        return { type: 'setVariables', scope: null, variables: { again: where % 2 === 0 }, reason }
      case 8:
        return where % 5 === 0 ? restart : null
      case 9: {
        const { plan } = { plan: this.#plan }
        const given = state.processVersion === 1 ? plan : (reversePlan(plan) as MigrationPlan)
        return { type: 'migrate', plan: given, restore: [], reason }
      }
      case 10: {
        const job = jobs[which % Math.max(jobs.length, 1)]
        if (job === undefined) return null
        return where % 2 === 0
          ? { type: 'completeJob', job, variables: {} }
          : { type: 'failJob', job, code: 'down', message: 'no answer' }
      }
      case 11: {
        const subscription = open[which % Math.max(open.length, 1)]?.id
        return subscription === undefined ? null : { type: 'trigger', subscription, variables: {} }
      }
      default:
        return { type: 'completeUserTask', token: token.id, variables: {} }
    }
  }
}

/** Every reference of a state names what the state has. */
function checkWhole(it1: Case, graphs: readonly ProcessGraph[]): void {
  const { state } = it1
  const graph = graphs.find(({ version }) => version === state.processVersion) as ProcessGraph
  for (const { id, at, scope } of Object.values(state.tokens)) {
    expect(graph.nodes, `where ${id} rests`).to.have.property(at)
    const around = scope === null ? null : state.tokens[scope]
    expect(around, `the scope of ${id}`).not.to.equal(undefined)
    if (around != null && around.at !== at) {
      expect(graph.nodes[at]?.parent, `the parent of ${at}`).to.equal(around.at)
    } else if (around === null) expect(graph.nodes[at]?.parent ?? null).to.equal(null)
  }
  for (const { id, token, element } of Object.values(state.subscriptions)) {
    if (token !== null) expect(state.tokens, `who holds ${id}`).to.have.property(token)
    expect(graph.nodes, `the event of ${id}`).to.have.property(element)
  }
  for (const scope of Object.values(state.tokens)) {
    if (scope.wait?.for !== 'children') continue
    const inside = Object.values(state.tokens).filter(each => each.scope === scope.id)
    expect(inside, `inside ${scope.at}`).not.to.have.length(0)
  }
  if (state.status === 'running') expect(Object.keys(state.tokens)).not.to.have.length(0)
}

/** Both halves of the pair were never left out by the same person, nor done by one who left the other out. */
function checkDuties({ state }: Case): void {
  const done = state.performers['operate-case'] ?? {}
  for (const person of ['oka', 'omar']) {
    const hands = new Set(state.operators[person]?.map(key => key.split(':')[1]))
    for (const task of ['Draft', 'Approve']) {
      if (done[task]?.includes(person)) hands.add(task)
    }
    expect([...hands], person).not.to.include.members(['Draft', 'Approve'])
  }
}

describe('operations at random', () => {
  it('leave every token a reason to wait, and every reference whole; replay gives the state', async () => {
    const graphs = [await versionOf('operate-case', 1), await versionOf('operate-case-2', 2)]
    let carriedOut = 0
    const move = fc.record({ what: fc.nat(13), which: fc.nat(7), where: fc.nat(40) })
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 40 }), moves => {
        const chance = new Chance(graphs)
        for (const each of moves) {
          if (chance.do(each)) carriedOut += 1
          checkWhole(chance.it1, graphs)
          checkDuties(chance.it1)
        }
      }),
      { numRuns: 150 }
    )
    expect(carriedOut, 'that something was carried out').to.be.greaterThan(500)
  }).timeout(60_000)
})
