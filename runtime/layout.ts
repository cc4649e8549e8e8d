import type { ElementId, ProcessGraph } from '../engine/graph.ts'

/** Where the shapes and lines of a diagram stand, as its drawing tool left them. */
export interface Layout {
  readonly shapes: readonly Shape[]
  readonly lines: readonly Line[]
}
export interface Shape {
  readonly id: ElementId
  /** The element's BPMN name: `userTask`, `participant`, `textAnnotation`. */
  readonly type: string
  /** What an event is about: `timer`, or null. */
  readonly definition: string | null
  /** Empty where the diagram says nothing. */
  readonly name: string
  readonly box: Box
  readonly label: Box | null
  /** False for a sub-process whose inside is not drawn here. */
  readonly expanded: boolean
  /** False for an event that leaves its activity or scope running. */
  readonly interrupting: boolean
}
export interface Line {
  readonly id: ElementId
  readonly type: string
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: Box | null
  /** The default flow of its element. */
  readonly usual: boolean
}
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The parser's tree has no types; this is what is read of it. */
interface Drawn {
  readonly $type: string
  readonly bpmnElement?: Named
  readonly bounds?: Box
  readonly label?: { readonly bounds?: Box }
  readonly waypoint?: readonly { readonly x: number; readonly y: number }[]
  readonly isExpanded?: boolean
}
interface Named {
  readonly $type: string
  readonly id: string
  readonly name?: string
  readonly text?: string
  readonly eventDefinitions?: readonly { readonly $type: string }[]
  readonly triggeredByEvent?: boolean
  readonly isInterrupting?: boolean
  readonly cancelActivity?: boolean
  readonly sourceRef?: { readonly default?: unknown }
}
interface Tree {
  readonly diagrams?: readonly { readonly plane?: { readonly planeElement?: readonly Drawn[] } }[]
}

/** The drawing of a process, from the parsed diagram; without shapes when the diagram has none of it. */
export function layoutOf(definitions: unknown, graph: ProcessGraph): Layout {
  const shapes: Shape[] = []
  const lines: Line[] = []
  for (const { plane } of (definitions as Tree).diagrams ?? []) {
    const drawn = plane?.planeElement ?? []
    if (!drawn.some(({ bpmnElement }) => bpmnElement && graph.nodes[bpmnElement.id])) continue
    for (const each of drawn) {
      const { bpmnElement: element, bounds, waypoint } = each
      if (element === undefined) continue
      if (each.$type === 'bpmndi:BPMNShape' && bounds) shapes.push(shapeOf(each, element, bounds))
      if (each.$type === 'bpmndi:BPMNEdge' && waypoint) lines.push(lineOf(each, element, waypoint))
    }
  }
  return { shapes, lines }
}

function shapeOf(drawn: Drawn, element: Named, bounds: Box): Shape {
  const definition = element.eventDefinitions?.[0]?.$type ?? null
  return {
    id: element.id,
    type: typeOf(element.$type),
    definition: definition === null ? null : typeOf(definition).replace(/EventDefinition$/, ''),
    name: element.name ?? element.text ?? '',
    box: boxOf(bounds),
    label: drawn.label?.bounds ? boxOf(drawn.label.bounds) : null,
    expanded: drawn.isExpanded ?? false,
    interrupting: element.isInterrupting !== false && element.cancelActivity !== false
  }
}

function lineOf(
  drawn: Drawn,
  element: Named,
  points: readonly { readonly x: number; readonly y: number }[]
): Line {
  return {
    id: element.id,
    type: typeOf(element.$type),
    name: element.name ?? '',
    points: points.map(({ x, y }) => ({ x, y })),
    label: drawn.label?.bounds ? boxOf(drawn.label.bounds) : null,
    usual: element.sourceRef?.default === element
  }
}

function boxOf({ x, y, width, height }: Box): Box {
  return { x, y, width, height }
}

function typeOf(type: string): string {
  const name = type.replace(/^.*:/, '')
  return name.charAt(0).toLowerCase() + name.slice(1)
}
