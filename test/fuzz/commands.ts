import type {
  Actor,
  Command,
  Decision,
  ProcessGraph,
  ProcessInstance,
  Value,
  Variables
} from '../../engine/index.ts'
import { person, system } from '../play.ts'
import type { Chance } from './chance.ts'

const ODD: readonly Value[] = [
  null,
  true,
  false,
  0,
  -1,
  3,
  1e21,
  '',
  'x',
  '2015-12-03',
  'P1D',
  [],
  [1, 2, 3],
  {},
  { a: { b: null } }
]
const NAMES = ['x', 'done', 'amount', 'site', 'title', 'items', 'applicant', '__proto__', 'office']

/** One thing that somebody wants of an instance: mostly what fits, now and then what does not. */
export function anyCommand(
  state: ProcessInstance,
  graphs: readonly ProcessGraph[],
  chance: Chance
): { readonly command: Command; readonly actor: Actor } {
  const actor = chance.once(8)
    ? chance.of([person('ani'), person('budi', 'operator'), person('supervisor', 'supervisor')])
    : null
  const command = (chance.once(4) ? odd : fitting)(state, graphs, chance)
  return { command, actor: actor ?? usual(command, state, graphs) }
}

export function anyVariables(chance: Chance): Variables {
  const names = NAMES.filter(() => chance.once(3))
  return Object.fromEntries(names.map(name => [name, chance.of(ODD)]))
}

/** Who mostly gives such a command. */
function usual(command: Command, state: ProcessInstance, graphs: readonly ProcessGraph[]): Actor {
  const operations = ['suspend', 'resume', 'skip', 'moveToken', 'addToken', 'removeToken']
  const further = ['setVariables', 'restart', 'resolveIncident', 'terminate', 'migrate']
  if ([...operations, ...further].includes(command.type)) return person('oka', 'operator')
  const byPeople = ['completeUserTask', 'startActivity', 'endSelection', 'claimTask']
  if (!byPeople.includes(command.type) || !('token' in command)) return system
  const wait = state.tokens[command.token]?.wait
  const role = wait?.for === 'user' || wait?.for === 'selection' ? wait.role : null
  const unit = wait?.for === 'user' || wait?.for === 'selection' ? wait.unit : 'kanim-tju'
  const lanes = graphs.flatMap(({ lanes }) => Object.values(lanes).map(each => each.role))
  const roles = [role, ...lanes].filter(each => each !== null)
  return { id: 'ani', name: 'Ani', kind: 'person', unit, roles }
}

/** Something that the state waits for. */
function fitting(state: ProcessInstance, graphs: readonly ProcessGraph[], chance: Chance): Command {
  const all: Command[] = []
  const variables = anyVariables(chance)
  for (const { id, at, wait } of Object.values(state.tokens)) {
    switch (wait?.for) {
      case 'user':
        all.push({ type: 'completeUserTask', token: id, variables })
        break
      case 'job':
        all.push({ type: 'completeJob', job: wait.job, variables })
        all.push({ type: 'failJob', job: wait.job, code: 'fault', message: 'it broke' })
        all.push({ type: 'throwJobError', job: wait.job, code: 'UNKNOWN', variables })
        break
      case 'decision':
        all.push({ type: 'decide', token: id, decision: decided(wait.rule, chance.of(ODD)) })
        all.push({ type: 'failDecision', token: id, code: 'no-rule', message: 'no row fits' })
        break
      case 'incident':
        all.push({ type: 'resolveIncident', token: id, variables, reason: 'mended' })
        break
      case 'selection': {
        const node = graphs.map(({ nodes }) => nodes[at]).find(each => each !== undefined)
        const starts = node?.type === 'adHocSubProcess' ? node.starts : []
        all.push({ type: 'endSelection', token: id })
        if (starts.length > 0) {
          all.push({ type: 'startActivity', token: id, element: chance.of(starts), variables })
        }
        break
      }
      default:
    }
  }
  for (const { id, on } of Object.values(state.subscriptions)) {
    if (on.kind !== 'conditional') all.push({ type: 'trigger', subscription: id, variables })
    if (on.kind === 'signal') all.push({ type: 'signal', signal: on.signal, variables })
  }
  return all.length === 0 ? odd(state, graphs, chance) : chance.of(all)
}

/** Anything, of any token, to any element. */
function odd(state: ProcessInstance, graphs: readonly ProcessGraph[], chance: Chance): Command {
  const reason = 'at random'
  const variables = anyVariables(chance)
  const tokens = [...Object.keys(state.tokens), 't999', '__proto__']
  const token = chance.of(tokens)
  const elements = graphs.flatMap(({ nodes }) => Object.keys(nodes))
  const element = chance.of([...elements, 'Nowhere', 'constructor'])
  const scope = chance.once(2) ? null : token
  const to = { id: 'budi', name: 'Budi', unit: 'kanim-tju', roles: [] }
  return chance.of<Command>([
    { type: 'completeUserTask', token, variables },
    { type: 'completeJob', job: `j${chance.whole(20)}`, variables },
    { type: 'failJob', job: `j${chance.whole(20)}`, code: '', message: '' },
    { type: 'trigger', subscription: `s${chance.whole(20)}`, variables },
    { type: 'signal', signal: 'nobody', variables },
    { type: 'decide', token, decision: decided('rule', chance.of(ODD)) },
    { type: 'resolveIncident', token, variables, reason },
    { type: 'startActivity', token, element, variables },
    { type: 'endSelection', token },
    { type: 'claimTask', token },
    { type: 'unclaimTask', token, reason },
    { type: 'assignTask', token, to, reason },
    { type: 'delegateTask', token, to, reason },
    { type: 'returnTask', token, reason },
    { type: 'prioritizeTask', token, priority: chance.whole(300) - 100, reason },
    { type: 'suspend', reason },
    { type: 'resume', reason },
    { type: 'resume', reason },
    { type: 'skip', token, variables, reason },
    { type: 'moveToken', token, to: element, via: null, variables, reason },
    { type: 'addToken', element, scope, via: null, variables, reason },
    { type: 'removeToken', token, reason },
    { type: 'setVariables', scope, variables, reason },
    { type: 'restart', element, variables, reason },
    ...(chance.once(5) ? [{ type: 'terminate', reason } as const] : [])
  ])
}

function decided(rule: string, outcome: Value): Decision {
  return {
    rule,
    office: 'kanim-tju',
    release: 'r1',
    date: '2015-12-03',
    facts: {},
    outcome,
    rows: [],
    reasons: [],
    trail: [],
    cites: [],
    confidence: null,
    remarks: [],
    rebinds: false
  }
}
