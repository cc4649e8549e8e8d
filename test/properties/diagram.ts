import { compile } from '../../engine/compile/compile.ts'
import type { ElementId, ProcessGraph } from '../../engine/index.ts'
import { readDiagram } from '../../runtime/bpmn.ts'
import type { Block } from './blocks.ts'

type Ends = readonly [begin: ElementId, end: ElementId]

const formal = (name: string, text: string) =>
  `<bpmn:${name} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${name}>`
const TIMER = `<bpmn:timerEventDefinition>${formal('timeDuration', 'P1D')}</bpmn:timerEventDefinition>`
const MESSAGE = '<bpmn:messageEventDefinition messageRef="Note"/>'
const SIGNAL = '<bpmn:signalEventDefinition signalRef="Alarm"/>'

/** Writes blocks as BPMN. */
export class Diagram {
  /** The gateway that begins a block, by the one that joins it; not for those that may lose tokens. */
  readonly joins = new Map<ElementId, ElementId>()
  readonly #called: string[] = []
  #xml = ''
  #count = 0

  /** All processes: the one of the blocks first, then those that it calls. */
  get xml(): string {
    return definitions([this.#xml, ...this.#called])
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
    const inside = condition === null ? '' : formal('conditionExpression', condition)
    this.add(
      `<bpmn:sequenceFlow id="${this.id('flow')}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`
    )
  }

  /** Writes a block; gives where it begins and where it ends. */
  block(block: Block): Ends {
    switch (block.kind) {
      case 'user':
        return both(this.node('userTask'))
      case 'service':
        return both(this.node('serviceTask', 'alur:job="work"'))
      case 'task':
        return both(this.node('task'))
      case 'data': {
        const count = this.node(
          'scriptTask',
          'scriptFormat="feel" alur:result="x"',
          '<bpmn:script>if x = null then 1 else x + 1</bpmn:script>'
        )
        const [begin, end] = this.fork(
          'exclusiveGateway',
          'exclusiveGateway',
          [{ kind: 'task' }, { kind: 'user' }],
          () => 'x &gt; 2'
        )
        this.flow(count, begin)
        return [count, end]
      }
      case 'undoable': {
        const task = this.node('userTask')
        const undoes = this.node('userTask', 'isForCompensation="true"')
        const event = this.boundary(task, true, '<bpmn:compensateEventDefinition/>')
        this.add(
          `<bpmn:association id="${this.id('association')}" associationDirection="One" sourceRef="${event}" targetRef="${undoes}"/>`
        )
        return both(task)
      }
      case 'undo':
        return both(this.node('intermediateThrowEvent', '', '<bpmn:compensateEventDefinition/>'))
      case 'signal':
        return both(this.node('intermediateThrowEvent', '', SIGNAL))
      case 'listener': {
        const task = this.node('userTask')
        return this.merged(task, [task, this.boundary(task, true, SIGNAL)])
      }
      case 'hearer': {
        const task = this.node('userTask')
        const heard = this.node('userTask')
        this.flow(this.boundary(task, false, SIGNAL), heard)
        this.flow(heard, this.node('endEvent'))
        return both(task)
      }
      case 'race': {
        const gateway = this.node('eventBasedGateway')
        const catches = [TIMER, MESSAGE].map(on => this.node('intermediateCatchEvent', '', on))
        for (const each of catches) this.flow(gateway, each)
        return this.merged(gateway, catches)
      }
      case 'either':
        return both(this.node('intermediateCatchEvent', '', TIMER + MESSAGE))
      case 'both':
        return both(this.node('intermediateCatchEvent', 'parallelMultiple="true"', TIMER + MESSAGE))
      case 'watched': {
        const task = this.node('userTask')
        const condition = `<bpmn:conditionalEventDefinition>${formal('condition', 'x &gt; 2')}</bpmn:conditionalEventDefinition>`
        return this.merged(task, [task, this.boundary(task, true, condition)])
      }
      case 'job': {
        const task = this.node('serviceTask', 'alur:job="work"')
        const error = '<bpmn:errorEventDefinition errorRef="Fault"/>'
        return this.merged(task, [task, this.boundary(task, true, error)])
      }
      case 'terminated': {
        const id = this.id('sub')
        this.add(`<bpmn:subProcess id="${id}">`)
        const fork = this.node('parallelGateway')
        this.flow(this.node('startEvent'), fork)
        for (const on of ['', '<bpmn:terminateEventDefinition/>']) {
          const task = this.node('userTask')
          this.flow(fork, task)
          this.flow(task, this.node('endEvent', '', on))
        }
        this.add('</bpmn:subProcess>')
        return both(id)
      }
      case 'link': {
        const link = `<bpmn:linkEventDefinition name="${this.id('link')}"/>`
        const thrown = this.node('intermediateThrowEvent', '', link)
        return [thrown, this.node('intermediateCatchEvent', '', link)]
      }
      case 'message':
        return both(this.node('intermediateThrowEvent', '', MESSAGE))
      case 'told': {
        const loop = `<bpmn:multiInstanceLoopCharacteristics behavior="None" noneBehaviorEventRef="Each">${formal('loopCardinality', '2')}</bpmn:multiInstanceLoopCharacteristics>`
        const task = this.node('userTask', '', loop)
        const heard = this.boundary(
          task,
          false,
          '<bpmn:escalationEventDefinition escalationRef="Concern"/>'
        )
        this.flow(heard, this.node('endEvent'))
        return both(task)
      }
      case 'vanishing': {
        const task = this.node('userTask')
        this.flow(this.boundary(task, true, TIMER), this.node('endEvent'))
        return both(task)
      }
      case 'quantity': {
        const one = this.node('task', `completionQuantity="${block.count}"`)
        const other = this.node('userTask', `startQuantity="${block.count}"`)
        this.flow(one, other)
        return [one, other]
      }
      case 'sequence': {
        const parts = block.inside.map(each => this.block(each))
        parts.forEach(([begin], n) => {
          if (n > 0) this.flow((parts[n - 1] as Ends)[1], begin)
        })
        return [(parts[0] as Ends)[0], (parts.at(-1) as Ends)[1]]
      }
      case 'gather':
        return this.fork('parallelGateway', 'inclusiveGateway', block.inside, () => null)
      case 'parallel':
        return this.fork('parallelGateway', 'parallelGateway', block.inside, () => null)
      case 'first': {
        const enough = Math.min(block.enough, block.inside.length)
        const condition = formal('activationCondition', `activationCount &gt;= ${enough}`)
        return this.fork('parallelGateway', 'complexGateway', block.inside, () => null, condition)
      }
      case 'exclusive':
        return this.fork('exclusiveGateway', 'exclusiveGateway', block.inside, n =>
          String(n === block.taken)
        )
      case 'inclusive':
        return this.fork('inclusiveGateway', 'inclusiveGateway', block.inside, n =>
          String((block.taken >> n) % 2 === 1)
        )
      case 'sub':
        return both(this.scope('subProcess', '', block.inside[0]))
      case 'error': {
        const error = '<bpmn:errorEventDefinition errorRef="Fault"/>'
        const id = this.scope('subProcess', '', block.inside[0], error)
        return this.merged(id, [id, this.boundary(id, true, error)])
      }
      case 'escalation': {
        const escalation = '<bpmn:escalationEventDefinition escalationRef="Concern"/>'
        const id = this.scope('subProcess', '', block.inside[0], escalation)
        this.flow(this.boundary(id, false, escalation), this.node('endEvent'))
        return both(id)
      }
      case 'call': {
        const called = this.id('called')
        const outside = this.#xml
        this.#xml = ''
        this.whole(block.inside[0])
        this.#called.push(
          `<bpmn:process id="${called}" isExecutable="true">${this.#xml}</bpmn:process>`
        )
        this.#xml = outside
        return both(this.node('callActivity', `calledElement="${called}"`))
      }
      case 'transaction': {
        const cancel = '<bpmn:cancelEventDefinition/>'
        const id = this.scope('transaction', '', block.inside[0], block.ends ? cancel : '')
        return this.merged(id, [id, this.boundary(id, true, cancel)])
      }
      case 'guarded': {
        const id = this.id('sub')
        this.add(`<bpmn:subProcess id="${id}">`)
        this.whole(block.inside[0])
        this.add(`<bpmn:subProcess id="${this.id('event')}" triggeredByEvent="true">`)
        const start = this.node('startEvent', `isInterrupting="${block.ends}"`, MESSAGE)
        const task = this.node('userTask')
        this.flow(start, task)
        this.flow(task, this.node('endEvent'))
        this.add('</bpmn:subProcess></bpmn:subProcess>')
        return both(id)
      }
      case 'ad-hoc': {
        const id = this.id('adHoc')
        const order = block.sequential ? 'Sequential' : 'Parallel'
        this.add(`<bpmn:adHocSubProcess id="${id}" ordering="${order}">`)
        this.node('userTask')
        this.flow(this.node('userTask'), this.node('task'))
        this.add(block.asks ? formal('completionCondition', 'done') : '')
        this.add('</bpmn:adHocSubProcess>')
        return both(id)
      }
      case 'loop': {
        const loop = `<bpmn:standardLoopCharacteristics testBefore="${block.before}" loopMaximum="3">${formal(
          'loopCondition',
          `loopCounter &lt; ${block.count}`
        )}</bpmn:standardLoopCharacteristics>`
        return both(this.scope('subProcess', loop, block.inside[0]))
      }
      case 'many': {
        const until =
          block.until === null
            ? ''
            : formal('completionCondition', `numberOfCompletedInstances = ${block.until}`)
        const loop = `<bpmn:multiInstanceLoopCharacteristics isSequential="${block.sequential}" alur:output="given" alur:outputElement="loopCounter">${formal(
          'loopCardinality',
          String(block.count)
        )}${until}</bpmn:multiInstanceLoopCharacteristics>`
        return both(this.scope('subProcess', loop, block.inside[0]))
      }
      default:
        return block satisfies never
    }
  }

  /** A block between a start and an end event. */
  whole(block: Block, on = ''): void {
    const start = this.node('startEvent')
    const [begin, end] = this.block(block)
    this.flow(start, begin)
    this.flow(end, this.node('endEvent', '', on))
  }

  scope(type: string, before: string, block: Block, on = ''): ElementId {
    const id = this.id('sub')
    this.add(`<bpmn:${type} id="${id}">${before}`)
    this.whole(block, on)
    this.add(`</bpmn:${type}>`)
    return id
  }

  boundary(host: ElementId, interrupting: boolean, on: string): ElementId {
    const attributes = `attachedToRef="${host}" cancelActivity="${interrupting}"`
    return this.node('boundaryEvent', attributes, on)
  }

  /** Ways out that go on together as one. */
  merged(begin: ElementId, ends: readonly ElementId[]): Ends {
    const merge = this.node('exclusiveGateway')
    for (const end of ends) this.flow(end, merge)
    return [begin, merge]
  }

  /** Branches between two gateways; the last one is the default where there are conditions. */
  fork(
    fork: string,
    join: string,
    inside: readonly Block[],
    condition: (n: number) => string | null,
    content = ''
  ): Ends {
    const first = this.id(fork)
    const otherwise = this.id('flow')
    const decides = condition(0) !== null
    this.add(`<bpmn:${fork} id="${first}" ${decides ? `default="${otherwise}"` : ''} />`)
    const last = this.node(join, '', content)
    if (join !== 'complexGateway') this.joins.set(last, first)
    inside.forEach((each, n) => {
      const [begin, end] = this.block(each)
      if (decides && n === inside.length - 1) {
        this.add(
          `<bpmn:sequenceFlow id="${otherwise}" sourceRef="${first}" targetRef="${begin}" />`
        )
      } else this.flow(first, begin, condition(n))
      this.flow(end, last)
    })
    return [first, last]
  }
}

function both(id: ElementId): Ends {
  return [id, id]
}

/** A process of its elements, and further processes as they are. */
export function definitions([first, ...processes]: readonly string[]): string {
  return `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:alur="urn:alur:bpmn"
    id="Definitions" targetNamespace="urn:alur:processes">
    <bpmn:message id="Note" name="note"/><bpmn:signal id="Alarm" name="alarm"/>
    <bpmn:error id="Fault" name="fault" errorCode="FAULT"/>
    <bpmn:escalation id="Concern" name="concern" escalationCode="CONCERN"/>
    <bpmn:escalationEventDefinition id="Each" escalationRef="Concern"/>
    <bpmn:process id="p" isExecutable="true">${first}</bpmn:process>${processes.join('')}</bpmn:definitions>`
}

export async function graphsOf(xml: string): Promise<readonly ProcessGraph[]> {
  return compile(await readDiagram(xml, 'random.bpmn'), 1)
}
