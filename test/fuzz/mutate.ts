import type { Chance } from './chance.ts'

const NODES = [
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'scriptTask',
  'sendTask',
  'receiveTask',
  'businessRuleTask',
  'subProcess',
  'transaction',
  'adHocSubProcess',
  'callActivity',
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'complexGateway',
  'eventBasedGateway'
] as const

const formal = (name: string, text: string) =>
  `<bpmn:${name} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${name}>`

/** What may stand where a number, a condition or a time stood. */
const VALUES = [
  '',
  '0',
  '-1',
  '1',
  '3',
  '1.5',
  '999999',
  '1e400',
  'NaN',
  'null',
  'true',
  'false',
  'x',
  'x &gt; 1',
  'nothing.at.all',
  'loopCounter &lt; 3',
  'activationCount &gt;= 2',
  '[1, 2, 3]',
  '&quot;text&quot;',
  '= 1 +',
  'for i in 1..9 return i',
  'some i in 1..1000, j in 1..1000 satisfies i + j &lt; 0',
  'P1D',
  'PT0S',
  '-P1D',
  'R/PT0S',
  'R3/PT1H',
  'R999999999/PT1S',
  '2015-02-30',
  '9999-12-31T23:59:59Z',
  '0 0 30 2 *',
  '*/1 * * * *',
  '__proto__',
  'constructor',
  'ä\u0000',
  '😀'
] as const

/** What may be put inside an activity or an event. */
const INSIDE = [
  `<bpmn:standardLoopCharacteristics testBefore="true">${formal('loopCondition', 'loopCounter &lt; 2')}</bpmn:standardLoopCharacteristics>`,
  `<bpmn:standardLoopCharacteristics loopMaximum="2">${formal('loopCondition', 'true')}</bpmn:standardLoopCharacteristics>`,
  `<bpmn:multiInstanceLoopCharacteristics>${formal('loopCardinality', '3')}</bpmn:multiInstanceLoopCharacteristics>`,
  `<bpmn:multiInstanceLoopCharacteristics isSequential="true">${formal('loopCardinality', '2')}${formal('completionCondition', 'true')}</bpmn:multiInstanceLoopCharacteristics>`,
  '<bpmn:terminateEventDefinition/>',
  '<bpmn:cancelEventDefinition/>',
  '<bpmn:compensateEventDefinition/>',
  '<bpmn:signalEventDefinition/>',
  '<bpmn:errorEventDefinition/>',
  `<bpmn:timerEventDefinition>${formal('timeDuration', 'P1D')}</bpmn:timerEventDefinition>`,
  `<bpmn:conditionalEventDefinition>${formal('condition', 'true')}</bpmn:conditionalEventDefinition>`
] as const

const ATTRIBUTES = [
  'isForCompensation="true"',
  'startQuantity="2"',
  'completionQuantity="3"',
  'triggeredByEvent="true"',
  'cancelActivity="false"',
  'isInterrupting="false"',
  'parallelMultiple="true"',
  'instantiate="true"',
  'eventGatewayType="Parallel"',
  'ordering="Sequential"',
  'cancelRemainingInstances="false"'
] as const

interface Tag {
  readonly name: string
  readonly id: string
  readonly from: number
  readonly to: number
  readonly closed: boolean
}

/** A diagram with a few faults or additions in it, mostly still XML; now and then as it was. */
export function mutate(xml: string, chance: Chance): string {
  let text = xml
  for (let times = chance.whole(4); times > 0; times--) text = once(text, chance)
  return text
}

function once(xml: string, chance: Chance): string {
  const tags = tagsOf(xml)
  const nodes = tags.filter(({ name }) => (NODES as readonly string[]).includes(name))
  if (tags.length === 0 || nodes.length === 0) return xml
  switch (chance.whole(16)) {
    case 0:
    case 1:
    case 12:
    case 13:
    case 14:
      return crossed(xml, nodes, chance)
    case 2: {
      const id = `Late_${chance.whole(1000)}`
      const host = chance.of(nodes)
      const event = `<bpmn:boundaryEvent id="${id}" attachedToRef="${host.id}" cancelActivity="${chance.once(2)}">${chance.of(INSIDE)}</bpmn:boundaryEvent>`
      return inserted(xml, host, event + flow(chance, id, chance.of(nodes).id))
    }
    case 3:
      return within(xml, chance.of(nodes), chance.of(INSIDE))
    case 4: {
      const node = chance.of(nodes)
      const at = node.from + '<bpmn:'.length + node.name.length
      return `${xml.slice(0, at)} ${chance.of(ATTRIBUTES)}${xml.slice(at)}`
    }
    case 5:
      return renamed(xml, chance.of(nodes), chance.of(NODES))
    case 6:
      return removed(xml, chance.of(tags))
    case 7: {
      const tag = chance.of(tags)
      const copy = wholeOf(xml, tag).replace(/\bid="([^"]+)"/g, `id="$1_${chance.whole(1000)}"`)
      return inserted(xml, tag, copy)
    }
    case 8:
    case 9:
      return replaced(xml, />([^<>]*\S[^<>]*)</g, chance, () => `>${chance.of(VALUES)}<`)
    case 10: {
      const other = chance.once(2) ? chance.of(tags).id : chance.of(VALUES)
      return replaced(xml, /="([^"]*)"/g, chance, () => `="${other}"`)
    }
    default: {
      const at = chance.whole(xml.length)
      if (chance.once(3)) return xml.slice(0, at)
      return xml.slice(0, at) + chance.of(['<', '&', '"', '>', 'x', '\u0000']) + xml.slice(at + 1)
    }
  }
}

/** A further flow, mostly between elements that may have one. */
function crossed(xml: string, nodes: readonly Tag[], chance: Chance): string {
  const fits = (name: string) => nodes.filter(each => each.name !== name || chance.once(20))
  const [sources, targets] = [fits('endEvent'), fits('startEvent')]
  if (sources.length === 0 || targets.length === 0) return xml
  const source = chance.of(sources)
  // those that stand near are more often in the same sub-process
  const at = nodes.indexOf(source)
  const near = targets.filter(each => Math.abs(nodes.indexOf(each) - at) < 4)
  return inserted(
    xml,
    source,
    flow(chance, source.id, chance.of(near.length > 0 ? near : targets).id)
  )
}

function tagsOf(xml: string): readonly Tag[] {
  return [...xml.matchAll(/<bpmn:(\w+)\b[^<>]*?\bid="([^"]+)"[^<>]*?(\/?)>/g)].map(match => ({
    name: match[1] as string,
    id: match[2] as string,
    from: match.index,
    to: match.index + match[0].length,
    closed: match[3] === '/'
  }))
}

function flow(chance: Chance, source: string, target: string): string {
  const condition = chance.once(3) ? formal('conditionExpression', chance.of(VALUES)) : ''
  return `<bpmn:sequenceFlow id="More_${chance.whole(10_000)}" sourceRef="${source}" targetRef="${target}">${condition}</bpmn:sequenceFlow>`
}

/** Puts XML before an element. */
function inserted(xml: string, { from }: Tag, more: string): string {
  return xml.slice(0, from) + more + xml.slice(from)
}

/** Puts XML at the end of an element's content. */
function within(xml: string, tag: Tag, more: string): string {
  const { from, to, name, closed } = tag
  if (closed) {
    return `${xml.slice(0, to).replace(/\/>$/, '>')}${more}</bpmn:${name}>${xml.slice(to)}`
  }
  const end = from + wholeOf(xml, tag).lastIndexOf('</')
  return xml.slice(0, end) + more + xml.slice(end)
}

function wholeOf(xml: string, { from, to, name, closed }: Tag): string {
  if (closed) return xml.slice(from, to)
  const end = `</bpmn:${name}>`
  const at = xml.indexOf(end, to)
  return at < 0 ? xml.slice(from, to) : xml.slice(from, at + end.length)
}

function removed(xml: string, tag: Tag): string {
  return xml.replace(wholeOf(xml, tag), () => '')
}

function renamed(xml: string, tag: Tag, name: string): string {
  const whole = wholeOf(xml, tag)
  const other = whole
    .replace(`<bpmn:${tag.name}`, `<bpmn:${name}`)
    .replace(new RegExp(`</bpmn:${tag.name}>$`), `</bpmn:${name}>`)
  return xml.replace(whole, () => other)
}

/** One match of many replaced. */
function replaced(xml: string, what: RegExp, chance: Chance, by: () => string): string {
  const matches = [...xml.matchAll(what)]
  if (matches.length === 0) return xml
  const match = chance.of(matches)
  return xml.slice(0, match.index) + by() + xml.slice(match.index + match[0].length)
}
