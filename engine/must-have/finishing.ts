import { isActivity } from '../graph.ts'
import { jumps, mayBeSkipped, type Spot, type Terrain } from './terrain.ts'

/**
 * From which spots what is around them can come to its end without completing what `counts`. All that
 * is split off must end, unless something there ends everything at once.
 */
export function finishing(
  { spots }: Terrain,
  counts: (spot: Spot) => boolean
): (key: string) => boolean {
  const can = new Set<string>()
  const stopped = new Set(
    [...spots.values()]
      .filter(({ node }) => node.type === 'endEvent' && node.on.kind === 'terminate')
      .map(({ scope }) => scope)
  )
  const all = [...spots.values()].reverse()
  for (let before = -1; before < can.size; ) {
    before = can.size
    for (const spot of all) if (!can.has(spot.key) && finishes(spot)) can.add(spot.key)
  }
  return key => can.has(key)

  function finishes(spot: Spot): boolean {
    const { node, inside, prefix } = spot
    if (node.boundary.some(id => can.has(prefix + id))) return true
    if (counts(spot)) return false
    if (inside !== null && !mayBeSkipped(node)) {
      const ends =
        inside.starts.every(key => can.has(key)) || inside.events.some(key => can.has(key))
      if (!ends) return false
    }
    return goesOn(spot)
  }

  function goesOn(spot: Spot): boolean {
    const { node, graph, prefix, scope } = spot
    const next = [
      ...node.outgoing.map(id => {
        const flow = graph.flows[id]
        const open = flow?.condition !== null || ('defaultFlow' in node && node.defaultFlow === id)
        return { key: prefix + (flow?.target ?? ''), open }
      }),
      ...jumps(spot).map(key => ({ key, open: true }))
    ]
    if (next.length === 0) return true
    const splits = node.type === 'parallelGateway' || isActivity(node) || 'on' in node
    const sure = splits && !stopped.has(scope) ? next.filter(({ open }) => !open) : []
    if (sure.length > 0) return sure.every(({ key }) => can.has(key))
    return next.some(({ key }) => can.has(key))
  }
}
