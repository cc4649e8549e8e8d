import { expect } from 'chai'
import fc from 'fast-check'
import { compile } from '../engine/compile/compile.ts'
import {
  apply,
  type Command,
  type Context,
  type ElementId,
  type Event,
  type ProcessGraph,
  type ProcessInstance,
  replay,
  step,
  type Token
} from '../engine/index.ts'
import { readDiagram } from '../runtime/bpmn.ts'
import { office, person, system } from './play.ts'

// Random processes //////////////////////////////////////////////////////////

/** A piece of a process with one way in and one way out. */
type Block =
  | { readonly kind: 'user' | 'service' | 'task' }
  /** A user task whose timer leads to an end: its token may disappear. */
  | { readonly kind: 'vanishing' }
  | { readonly kind: 'sequence'; readonly inside: readonly Block[] }
  | {
      readonly kind: 'exclusive' | 'parallel'
      readonly inside: readonly Block[]
      readonly taken: number
    }
  /** `taken` says, bit by bit, which conditions hold. */
  | { readonly kind: 'inclusive'; readonly inside: readonly Block[]; readonly taken: number }
  /** All branches are begun and an inclusive gateway joins them: some may disappear. */
  | { readonly kind: 'gather'; readonly inside: readonly Block[] }
  | { readonly kind: 'sub'; readonly inside: readonly [Block] }
  | {
      readonly kind: 'many'
      readonly inside: readonly [Block]
      readonly count: number
      readonly sequential: boolean
      readonly until: number | null
    }

const branches = (block: fc.Arbitrary<Block>) => fc.array(block, { minLength: 1, maxLength: 3 })

/** Blocks; those that may vanish only where nobody waits for all branches. */
const { solid, vanishing } = fc.letrec<{ solid: Block; vanishing: Block }>(tie => {
  const leaf = fc.constantFrom<Block>({ kind: 'user' }, { kind: 'service' }, { kind: 'task' })
  const around = (inner: fc.Arbitrary<Block>) => [
    fc.record({ kind: fc.constant('sequence' as const), inside: branches(inner) }),
    fc.record({
      kind: fc.constant('exclusive' as const),
      inside: branches(inner),
      taken: fc.nat(3)
    }),
    fc.record({
      kind: fc.constant('inclusive' as const),
      inside: branches(inner),
      taken: fc.nat(7)
    }),
    fc.record({
      kind: fc.constant('parallel' as const),
      inside: branches(tie('solid')),
      taken: fc.constant(0)
    }),
    fc.record({ kind: fc.constant('sub' as const), inside: fc.tuple(tie('vanishing')) }),
    fc.record({
      kind: fc.constant('many' as const),
      inside: fc.tuple(tie('vanishing')),
      count: fc.nat(3),
      sequential: fc.boolean(),
      until: fc.option(fc.integer({ min: 1, max: 3 }))
    })
  ]
  return {
    solid: fc.oneof(
      { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
      leaf,
      ...around(tie('solid'))
    ),
    vanishing: fc.oneof(
      { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.constant<Block>({ kind: 'vanishing' }),
      ...around(tie('vanishing')),
      fc.record({ kind: fc.constant('gather' as const), inside: branches(tie('vanishing')) })
    )
  }
})

/** Writes blocks as BPMN. */
class Diagram {
  /** The gateway that begins a block, by the one that joins it; not for those that may lose tokens. */
  readonly joins = new Map<ElementId, ElementId>()
  #xml = ''
  #count = 0

  get xml(): string {
    return this.#xml
  }

  id(what: string): ElementId {
    return `${what}_${++this.#count}`
  }

  add(xml: string): void {
    this.#xml += `${xml}\n`
  }

  node(type: string, attributes = '', content = ''): ElementId {
    const id = this.id(type)
    this.add(`<bpmn:${type} id="${id}" ${attributes}>${content}</bpmn:${type}>`)
    return id
  }

  flow(source: ElementId, target: ElementId, condition: string | null = null): void {
    const inside =
      condition === null
        ? ''
        : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
    this.add(
      `<bpmn:sequenceFlow id="${this.id('flow')}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`
    )
  }

  /** Writes a block; gives where it begins and where it ends. */
  block(block: Block): readonly [ElementId, ElementId] {
    switch (block.kind) {
      case 'user':
        return both(this.node('userTask'))
      case 'service':
        return both(this.node('serviceTask', 'alur:job="work"'))
      case 'task':
        return both(this.node('task'))
      case 'vanishing': {
        const task = this.node('userTask')
        const timer =
          '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>'
        const late = this.node('boundaryEvent', `attachedToRef="${task}"`, timer)
        this.flow(late, this.node('endEvent'))
        return both(task)
      }
      case 'sequence': {
        const parts = block.inside.map(each => this.block(each))
        parts.forEach(([begin], n) => {
          if (n > 0) this.flow((parts[n - 1] as readonly [string, string])[1], begin)
        })
        return [
          (parts[0] as readonly [string, string])[0],
          (parts.at(-1) as readonly [string, string])[1]
        ]
      }
      case 'gather':
        return this.fork('parallelGateway', 'inclusiveGateway', block.inside, () => null)
      case 'parallel':
        return this.fork('parallelGateway', 'parallelGateway', block.inside, () => null)
      case 'exclusive':
        return this.fork(
          'exclusiveGateway',
          'exclusiveGateway',
          block.inside,
          n => n === block.taken
        )
      case 'inclusive':
        return this.fork(
          'inclusiveGateway',
          'inclusiveGateway',
          block.inside,
          n => (block.taken >> n) % 2 === 1
        )
      case 'sub':
      case 'many': {
        const loop =
          block.kind === 'sub'
            ? ''
            : `<bpmn:multiInstanceLoopCharacteristics isSequential="${block.sequential}" alur:output="given" alur:outputElement="loopCounter">
                <bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">${block.count}</bpmn:loopCardinality>${
                  block.until === null
                    ? ''
                    : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">numberOfCompletedInstances = ${block.until}</bpmn:completionCondition>`
                }</bpmn:multiInstanceLoopCharacteristics>`
        const id = this.id('sub')
        this.add(`<bpmn:subProcess id="${id}">${loop}`)
        this.whole(block.inside[0])
        this.add('</bpmn:subProcess>')
        return both(id)
      }
      default:
        return block satisfies never
    }
  }

  /** A block between a start and an end event. */
  whole(block: Block): void {
    const start = this.node('startEvent')
    const [begin, end] = this.block(block)
    this.flow(start, begin)
    this.flow(end, this.node('endEvent'))
  }

  /** Branches between two gateways; the last one is the default where there are conditions. */
  fork(
    fork: string,
    join: string,
    inside: readonly Block[],
    condition: (n: number) => boolean | null
  ): readonly [ElementId, ElementId] {
    const first = this.id(fork)
    const otherwise = this.id('flow')
    const decides = condition(0) !== null
    this.add(`<bpmn:${fork} id="${first}" ${decides ? `default="${otherwise}"` : ''} />`)
    const last = this.node(join)
    this.joins.set(last, first)
    inside.forEach((each, n) => {
      const [begin, end] = this.block(each)
      const holds = condition(n)
      if (decides && n === inside.length - 1) {
        this.add(
          `<bpmn:sequenceFlow id="${otherwise}" sourceRef="${first}" targetRef="${begin}" />`
        )
      } else this.flow(first, begin, holds === null ? null : String(holds))
      this.flow(end, last)
    })
    return [first, last]
  }
}

function both(id: ElementId): readonly [ElementId, ElementId] {
  return [id, id]
}

async function graphOf(content: string): Promise<ProcessGraph> {
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:alur="urn:alur:bpmn"
    id="Definitions" targetNamespace="urn:alur:processes"><bpmn:process id="p" isExecutable="true">${content}</bpmn:process></bpmn:definitions>`
  const [graph] = compile(await readDiagram(xml, 'random.bpmn'), 1)
  return graph as ProcessGraph
}

// Random playing ////////////////////////////////////////////////////////////

/** An instance that is played by numbers: each picks one of the things that may happen. */
class Playing {
  state: ProcessInstance
  readonly events: Event[] = []
  readonly #effects = new Set<string>()
  readonly graph: ProcessGraph
  readonly #context: Omit<Context, 'actor'>

  constructor(graph: ProcessGraph) {
    this.graph = graph
    this.#context = { now: '2015-12-03T02:00:00.000Z', office, findProcess: () => null }
    this.state = this.do(null, {
      type: 'start',
      instance: 'i1',
      office: office.id,
      variables: {},
      element: null,
      release: null
    })
  }

  /** What may happen next. */
  get choices(): readonly Command[] {
    const { tokens, subscriptions } = this.state
    const work = Object.values(tokens).flatMap(({ id, wait }): readonly Command[] => {
      switch (wait?.for) {
        case 'user':
          return [{ type: 'completeUserTask', token: id, variables: {} }]
        case 'job':
          return [
            { type: 'completeJob', job: wait.job, variables: {} },
            { type: 'failJob', job: wait.job, code: 'fault', message: 'it broke' }
          ]
        case 'incident':
          return [{ type: 'resolveIncident', token: id, variables: {}, reason: 'mended' }]
        default:
          return []
      }
    })
    const timers = Object.keys(subscriptions).map(
      (subscription): Command => ({ type: 'trigger', subscription, variables: {} })
    )
    return [...work, ...timers]
  }

  pick(number: number): void {
    const { choices } = this
    this.state = this.do(this.state, choices[number % choices.length] as Command)
  }

  /** One step, with all that must hold after each. */
  do(before: ProcessInstance | null, command: Command): ProcessInstance {
    const actor = command.type === 'completeUserTask' ? person('ani') : system
    const take = () => step(this.graph, before, command, { ...this.#context, actor })
    const was = JSON.stringify(before)
    const first = take()
    expect(take(), 'the same step again').to.deep.equal(first)
    expect(JSON.stringify(before), 'the state before').to.equal(was)
    this.events.push(...first.events)
    for (const { id } of first.effects) {
      expect(this.#effects.has(id), `effect ${id} is asked for once`).to.equal(false)
      this.#effects.add(id)
    }

    const { state } = first
    const stored = JSON.parse(JSON.stringify(state)) as ProcessInstance
    expect(stored, 'through JSON').to.deep.equal(state)
    expect(replay(this.events), 'replayed').to.deep.equal(state)
    expect(state.version).to.equal(this.events.length)
    for (const token of Object.values(state.tokens)) this.#rests(state, token)
    for (const { token, element } of Object.values(state.subscriptions)) {
      expect(state.tokens[token ?? ''], `who waits for ${element}`).to.not.equal(undefined)
    }
    if (state.status !== 'running') expect(state.tokens).to.deep.equal({})
    return stored
  }

  /** A token has a reason to wait, its scope lives, and a scope holds something. */
  #rests(state: ProcessInstance, { id, at, scope, wait }: Token): void {
    expect(wait, `why ${id} rests on ${at}`).to.not.equal(null)
    if (scope !== null)
      expect(state.tokens[scope]?.wait?.for, `the scope of ${id} on ${at}`).to.equal('children')
    if (wait?.for === 'children') {
      const inside = Object.values(state.tokens).filter(each => each.scope === id)
      expect(inside, `what is inside ${id} on ${at}`).to.not.be.empty
    }
    const node = this.graph.nodes[at]
    if (wait?.for === 'join' && node?.type === 'inclusiveGateway') {
      const places = Object.values(state.tokens).filter(token => token.scope === scope)
      expect(
        mayFire(this.graph, places, node.id),
        `${at} waits, and 13.4.3 lets it go on`
      ).to.equal(false)
    }
  }

  completed(element: ElementId): number {
    return this.events.filter(
      event => event.type === 'elementCompleted' && event.element === element
    ).length
  }
}

// 13.4.3, word by word //////////////////////////////////////////////////////

/**
 * BPMN 2.0.2, 13.4.3, transcribed without cleverness: every path is walked. The gateway is activated
 * when an incoming flow has a token and, for every path that starts at a token elsewhere, ends at an
 * incoming flow without a token and does not visit the gateway, there is a path from the same token to
 * an incoming flow with one that does not visit the gateway either.
 */
function mayFire(graph: ProcessGraph, tokens: readonly Place[], gateway: ElementId): boolean {
  const incoming = Object.values(graph.flows).filter(({ target }) => target === gateway)
  const hasToken = (flow: ElementId) => tokens.some(({ at, via }) => at === gateway && via === flow)
  if (!incoming.some(({ id }) => hasToken(id))) return false

  for (const token of tokens) {
    if (token.at === gateway) continue
    const ends = pathsFrom(graph, token.at, gateway)
    const toEmpty = ends.some(flow => !hasToken(flow))
    const toFilled = ends.some(flow => hasToken(flow))
    if (toEmpty && !toFilled) return false
  }
  return true
}

/** A token of one scope: where it rests, or is about to arrive, and by which flow. */
type Place = Pick<Token, 'at' | 'via'>

/** The incoming flows of the gateway in which the paths from an element end, one entry per path. */
function pathsFrom(graph: ProcessGraph, from: ElementId, gateway: ElementId): readonly ElementId[] {
  const ends: ElementId[] = []
  const walk = (at: ElementId, visited: readonly ElementId[]) => {
    const exits = [
      at,
      ...Object.values(graph.nodes).flatMap(node =>
        node.type === 'boundaryEvent' && node.attachedTo === at ? [node.id] : []
      )
    ]
    for (const { id, source, target } of Object.values(graph.flows)) {
      if (!exits.includes(source)) continue
      if (target === gateway) ends.push(id)
      else if (!visited.includes(target)) walk(target, [...visited, target])
    }
  }
  walk(from, [from])
  return ends
}

/**
 * Expects that every inclusive join of a process without scopes went on only when 13.4.3 allowed it.
 * All conditions hold, so the tokens on their way are known: one on each flow out of what completed.
 */
function expectJoinsAllowed({ graph, events }: Playing): void {
  let state: ProcessInstance | null = null
  let before: readonly Place[] | null = null
  const way: Place[] = []
  for (const event of events) {
    const joining: ElementId | null =
      (event.type === 'tokenConsumed' || event.type === 'elementCompleted') &&
      graph.nodes[event.element]?.type === 'inclusiveGateway'
        ? event.element
        : null
    if (joining !== null)
      before ??= [...Object.values((state as ProcessInstance | null)?.tokens ?? {}), ...way]
    if (event.type === 'elementCompleted') {
      if (joining !== null && graph.nodes[joining]!.incoming.length > 1) {
        expect(
          mayFire(graph, before ?? [], joining),
          `${joining} went on, and 13.4.3 lets it wait`
        ).to.equal(true)
      }
      before = null
      for (const via of graph.nodes[event.element]!.outgoing)
        way.push({ at: graph.flows[via]!.target, via })
    }
    if (event.type === 'elementActivated' && event.token.via !== null) {
      const { via } = event.token
      const arrived = way.findIndex(each => each.via === via)
      expect(arrived, `on the way by ${via}`).to.be.at.least(0)
      way.splice(arrived, 1)
    }
    state = apply(state, event)
  }
}

// Properties ////////////////////////////////////////////////////////////////

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
const numRuns = Number(process.env.RUNS ?? 100)
const picks = fc.array(fc.nat(1000), { minLength: 150, maxLength: 150 })

describe(`random processes (SEED=${seed})`, function () {
  this.timeout(120_000)

  it('that are made of blocks always complete, whoever is faster', async () => {
    await fc.assert(
      fc.asyncProperty(several(vanishing), picks, async (block, numbers) => {
        const diagram = new Diagram()
        diagram.whole(block)
        const playing = new Playing(await graphOf(diagram.xml))
        for (const number of numbers) {
          if (playing.state.status !== 'running') break
          playing.pick(number)
        }
        // whatever is left is done without further failures
        for (let n = 0; n < 500 && playing.state.status === 'running'; n++) playing.pick(0)
        expect(playing.state.status).to.equal('completed')
        for (const [join, fork] of diagram.joins) {
          expect(playing.completed(join), `${join} fires once for ${fork} at most`).to.be.at.most(
            join.startsWith('exclusive') ? Infinity : playing.completed(fork)
          )
        }
      }),
      { seed, numRuns }
    )
  })

  it('in which no token disappears join exactly what they forked', async () => {
    await fc.assert(
      fc.asyncProperty(several(solidOnly(solid)), picks, async (block, numbers) => {
        const diagram = new Diagram()
        diagram.whole(block)
        const playing = new Playing(await graphOf(diagram.xml))
        for (const number of numbers) {
          if (playing.state.status !== 'running') break
          playing.pick(number)
        }
        for (let n = 0; n < 500 && playing.state.status === 'running'; n++) playing.pick(0)
        expect(playing.state.status).to.equal('completed')
        for (const [join, fork] of diagram.joins) {
          expect(playing.completed(join), join).to.equal(playing.completed(fork))
        }
      }),
      { seed, numRuns }
    )
  })

  it('of any shape, loops included, leave no inclusive join waiting that 13.4.3 lets go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        tangle(),
        fc.array(fc.nat(1000), { maxLength: 25 }),
        async (content, numbers) => {
          const playing = new Playing(await graphOf(content))
          for (const number of numbers) {
            if (playing.choices.length === 0 || playing.state.status !== 'running') break
            playing.pick(number)
          }
          expectJoinsAllowed(playing)
        }
      ),
      { seed, numRuns: numRuns * 2 }
    )
  })
})

function several(block: fc.Arbitrary<Block>): fc.Arbitrary<Block> {
  return fc
    .array(block, { minLength: 1, maxLength: 4 })
    .map(inside => ({ kind: 'sequence', inside }))
}

/** Blocks without anything that ends a token or an instance early. */
function solidOnly(block: fc.Arbitrary<Block>): fc.Arbitrary<Block> {
  const isSolid = (each: Block): boolean =>
    each.kind !== 'vanishing' &&
    (each.kind !== 'many' || each.until === null) &&
    (!('inside' in each) || (each.inside as readonly Block[]).every(isSolid))
  return block.filter(isSolid)
}

/** A process without blocks: tasks and gateways whose flows lead anywhere. */
function tangle(): fc.Arbitrary<string> {
  const tasks = 4
  const joins = 3
  const anywhere = fc.nat(tasks + joins)
  return fc
    .record({
      begun: fc.uniqueArray(fc.nat(tasks - 1), { minLength: 1 }),
      tasks: fc.array(anywhere, { minLength: tasks, maxLength: tasks }),
      late: fc.array(fc.option(fc.nat(tasks)), { minLength: tasks, maxLength: tasks }),
      joins: fc.array(fc.uniqueArray(fc.nat(tasks), { minLength: 1, maxLength: 2 }), {
        minLength: joins,
        maxLength: joins
      })
    })
    .map(shape => {
      const name = (n: number) =>
        n < tasks ? `Task_${n}` : n === tasks ? 'End' : `Join_${n - tasks - 1}`
      let flows = 0
      let xml =
        '<bpmn:startEvent id="Start" /><bpmn:parallelGateway id="Fork" /><bpmn:endEvent id="End" />'
      const flow = (source: string, target: string, condition = '') => {
        xml += `<bpmn:sequenceFlow id="f${++flows}" sourceRef="${source}" targetRef="${target}">${condition}</bpmn:sequenceFlow>`
      }
      flow('Start', 'Fork')
      const reached = [...shape.tasks, ...shape.late, ...shape.joins.flat()]
      for (let n = 0; n <= tasks + joins; n++) {
        if (shape.begun.includes(n) || n === tasks || !reached.includes(n)) flow('Fork', name(n))
      }
      shape.tasks.forEach((target, n) => {
        xml += `<bpmn:userTask id="Task_${n}" />`
        flow(`Task_${n}`, name(target))
      })
      shape.late.forEach((target, n) => {
        if (target === null) return
        xml += `<bpmn:boundaryEvent id="Late_${n}" attachedToRef="Task_${n}"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`
        flow(`Late_${n}`, name(target))
      })
      shape.joins.forEach((targets, n) => {
        xml += `<bpmn:inclusiveGateway id="Join_${n}" />`
        const always =
          '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">true</bpmn:conditionExpression>'
        for (const target of targets)
          flow(`Join_${n}`, name(target), targets.length > 1 ? always : '')
      })
      return xml
    })
}
