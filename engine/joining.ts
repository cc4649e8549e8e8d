import { fireComplex } from './complex-join.ts'
import type { ComplexGateway, InclusiveGateway } from './graph.ts'
import { mayFire, type Place } from './inclusive-join.ts'
import type { Run } from './run.ts'
import type { Token, TokenId } from './state.ts'

/**
 * Lets one inclusive or complex join go on, if one may: after every change that it goes by, not only on
 * arrival.
 */
export function fireJoin(run: Run, joins: Iterable<TokenId>): boolean {
  const { since } = run
  const asked = new Set<string>()
  for (const id of joins) {
    const token = run.state.tokens[id] as Token
    const node = run.nodeOf(token)
    if (node.type !== 'inclusiveGateway' && node.type !== 'complexGateway') continue
    const complex = node.type === 'complexGateway'
    if (since.scopes?.has(token.scope) === false && !(complex && since.data)) continue
    // all tokens on a gateway wait for the same
    const place = `${token.scope} ${node.id}`
    if (asked.has(place)) continue
    asked.add(place)
    const under = run.arrivalsIn(token.scope)
    const others = run.tokensIn(token.scope)
    if (complex) {
      const first = others.find(({ at }) => at === node.id) as Token
      if (fireComplexGateway(run, node, first, others, under)) return true
      continue
    }
    if (!mayFire(run.graphIn(token.scope), node, others, under)) continue
    run.attempt(token, 'activate', () => fireInclusive(run, node, token))
    return true
  }
  since.scopes = new Set()
  since.data = false
  return false
}

/** Whether a complex gateway has gone on, or got stuck; the token is the first of those on it. */
function fireComplexGateway(
  run: Run,
  node: ComplexGateway,
  token: Token,
  others: readonly Token[],
  under: readonly Place[]
): boolean {
  let fired = false
  const resume = token.wait?.for === 'reset' ? 'leave' : 'activate'
  const well = run.attempt(token, resume, () => {
    fired = fireComplex(run, node, token.scope, others, under)
  })
  return fired || !well
}

/** Consumes one token of each filled flow and goes on. BPMN 2.0.2, 13.4.3. */
export function fireInclusive(run: Run, node: InclusiveGateway, token: Token): void {
  const flows = run.conditionalFlows(node, node.defaultFlow, token.scope)
  const taken = new Set([token.via])
  for (const other of run.tokensIn(token.scope)) {
    if (other.at !== node.id || other.wait?.for !== 'join' || taken.has(other.via)) continue
    taken.add(other.via)
    run.consume(other)
  }
  run.complete(token, flows)
}
