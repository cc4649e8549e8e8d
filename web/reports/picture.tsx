import type { ComponentChildren } from 'preact'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Shape {
  readonly id: string
  readonly type: string
  readonly definition: string | null
  readonly name: string
  readonly box: Box
  readonly label: Box | null
  readonly expanded: boolean
  readonly interrupting: boolean
}
interface Line {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: Box | null
  readonly usual: boolean
}
/** Where the shapes and lines of a diagram stand. */
export interface Drawing {
  readonly shapes: readonly Shape[]
  readonly lines: readonly Line[]
}

/** How one element of a diagram is painted: a class for the style, and words beside it. */
export interface Paint {
  readonly class: string
  /** A few characters on the corner of a shape, or in the middle of a line. */
  readonly badge: string
  /** What is said when one rests on it. */
  readonly title: string
  /** The ground of a shape, when the class does not say it. */
  readonly fill?: string
}

const MARGIN = 20
const GLYPHS: Readonly<Record<string, string>> = {
  timer: '◷',
  message: '✉',
  signal: '△',
  error: 'ϟ',
  escalation: '⇧',
  conditional: '☰',
  link: '➔',
  compensate: '⏪',
  cancel: '✕',
  terminate: '●'
}
const MARKS: Readonly<Record<string, string>> = {
  exclusiveGateway: '×',
  parallelGateway: '+',
  inclusiveGateway: '○',
  eventBasedGateway: '⬠',
  complexGateway: '✳'
}
const KINDS: Readonly<Record<string, string>> = {
  userTask: '☺',
  manualTask: '✋',
  serviceTask: '⚙',
  sendTask: '✉',
  receiveTask: '✉',
  scriptTask: '≡',
  businessRuleTask: '▤'
}

/** A BPMN diagram as SVG that needs nothing else: its own layout, painted by element. */
export function Picture({
  drawing,
  paint,
  title
}: {
  readonly drawing: Drawing
  readonly paint: (id: string) => Paint | null
  readonly title: string
}) {
  const { shapes, lines } = drawing
  if (shapes.length === 0) return null
  const xs = [
    ...shapes.flatMap(({ box }) => [box.x, box.x + box.width]),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x))
  ]
  const ys = [
    ...shapes.flatMap(({ box, label }) => [
      box.y,
      Math.max(bottom(box), label ? bottom(label) : 0)
    ]),
    ...lines.flatMap(({ points }) => points.map(({ y }) => y))
  ]
  const left = Math.min(...xs) - MARGIN
  const top = Math.min(...ys) - MARGIN
  const width = Math.max(...xs) + MARGIN - left
  const height = Math.max(...ys) + MARGIN - top
  const size = { viewBox: `${left} ${top} ${width} ${height}`, width, height }
  const under = shapes.filter(isGround)
  return (
    <svg class="picture" {...size} role="img" aria-label={title} xmlns="http://www.w3.org/2000/svg">
      <defs>
        <marker
          id="tip"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerUnits="userSpaceOnUse"
          markerWidth="10"
          markerHeight="10"
          orient="auto"
        >
          <path d="M0 1 10 5 0 9z" />
        </marker>
      </defs>
      {under.map(shape => (
        <ShapeOf key={shape.id} shape={shape} paint={paint(shape.id)} />
      ))}
      {lines.map(line => (
        <LineOf key={line.id} line={line} paint={paint(line.id)} />
      ))}
      {shapes
        .filter(shape => !isGround(shape))
        .map(shape => (
          <ShapeOf key={shape.id} shape={shape} paint={paint(shape.id)} />
        ))}
    </svg>
  )
}

function bottom({ y, height }: Box): number {
  return y + height
}

/** What others stand on: pools, lanes, groups, and sub-processes that show their inside. */
function isGround({ type, expanded }: Shape): boolean {
  return type === 'participant' || type === 'lane' || type === 'group' || expanded
}

function ShapeOf({ shape, paint }: { readonly shape: Shape; readonly paint: Paint | null }) {
  const { type, box } = shape
  const style = paint?.fill === undefined ? {} : { style: `fill:${paint.fill}` }
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  return (
    <g class={`shape ${paint?.class ?? 'plain'}`} data-element={shape.id}>
      <title>{paint?.title ?? shape.name}</title>
      {outline(shape, style)}
      {words(shape, middle)}
      {paint !== null && paint.badge !== '' && type !== 'participant' ? (
        <Badge x={box.x + box.width} y={box.y} text={paint.badge} />
      ) : null}
    </g>
  )
}

function outline({ type, box, definition, interrupting, expanded }: Shape, style: object) {
  const { x, y, width, height } = box
  const middle = { x: x + width / 2, y: y + height / 2 }
  const radius = Math.min(width, height) / 2
  if (type.endsWith('Event')) {
    const twice = type.startsWith('intermediate') || type === 'boundaryEvent'
    const dashes = interrupting ? {} : { 'stroke-dasharray': '4 2' }
    return (
      <>
        <circle
          cx={middle.x}
          cy={middle.y}
          r={radius}
          {...style}
          {...dashes}
          class={type === 'endEvent' ? 'thick' : ''}
        />
        {twice ? (
          <circle cx={middle.x} cy={middle.y} r={radius - 3} fill="none" {...dashes} />
        ) : null}
        <Glyph
          x={middle.x}
          y={middle.y}
          text={definition === null ? '' : (GLYPHS[definition] ?? '')}
        />
      </>
    )
  }
  if (type.endsWith('Gateway')) {
    const points = `${middle.x},${y} ${x + width},${middle.y} ${middle.x},${y + height} ${x},${middle.y}`
    return (
      <>
        <polygon points={points} {...style} />
        <Glyph x={middle.x} y={middle.y} text={MARKS[type] ?? ''} large />
      </>
    )
  }
  if (type === 'textAnnotation') {
    return <path class="note" d={`M${x + 12} ${y}H${x}V${y + height}H${x + 12}`} />
  }
  const square = type === 'participant' || type === 'lane' || type.startsWith('data')
  return (
    <>
      <rect
        {...{ x, y, width, height }}
        rx={square ? 0 : 8}
        {...style}
        class={type === 'callActivity' ? 'thick' : ''}
      />
      {KINDS[type] === undefined ? null : <Glyph x={x + 12} y={y + 13} text={KINDS[type] ?? ''} />}
      {(type === 'subProcess' || type === 'callActivity') && !expanded ? (
        <Glyph x={middle.x} y={y + height - 9} text="⊞" />
      ) : null}
    </>
  )
}

function Glyph(props: {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly large?: boolean
}) {
  if (props.text === '') return null
  return (
    <text class={props.large ? 'glyph large' : 'glyph'} x={props.x} y={props.y}>
      {props.text}
    </text>
  )
}

function words(shape: Shape, middle: { readonly x: number; readonly y: number }) {
  const { type, name, box, label, expanded } = shape
  if (name === '') return null
  if (type === 'participant' || type === 'lane') {
    const x = box.x + 15
    return (
      <text class="name" x={x} y={middle.y} transform={`rotate(-90 ${x} ${middle.y})`}>
        {name}
      </text>
    )
  }
  if (type.endsWith('Event') || type.endsWith('Gateway')) {
    const place = label ?? { x: middle.x - 45, y: bottom(box) + 2, width: 90, height: 14 }
    return (
      <Text
        lines={wrapped(name, Math.max(place.width, 80))}
        x={place.x + place.width / 2}
        y={place.y + 7}
      />
    )
  }
  if (type === 'textAnnotation') {
    const lines = wrapped(name, box.width - 8)
    return <Text lines={lines} x={box.x + 6} y={box.y + 10} class="note" />
  }
  const lines = wrapped(name, box.width - 10)
  const y = expanded ? box.y + 12 : middle.y - (lines.length - 1) * 6.5
  return <Text lines={lines} x={middle.x} y={y} />
}

function LineOf({ line, paint }: { readonly line: Line; readonly paint: Paint | null }) {
  const { points, type } = line
  const d = points.map(({ x, y }, n) => `${n === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  const tip = type === 'association' ? {} : { 'marker-end': 'url(#tip)' }
  const half = middleOf(points)
  return (
    <g class={`line ${type} ${paint?.class ?? 'plain'}`} data-element={line.id}>
      <title>{paint?.title ?? line.name}</title>
      <path d={d} fill="none" {...tip} />
      {line.name === '' ? null : (
        <Text
          lines={wrapped(line.name, Math.max(line.label?.width ?? 0, 80))}
          x={line.label ? line.label.x + line.label.width / 2 : half.x}
          y={line.label ? line.label.y + 7 : half.y - 8}
        />
      )}
      {paint === null || paint.badge === '' ? null : (
        <Badge x={half.x} y={half.y} text={paint.badge} />
      )}
    </g>
  )
}

/** The point half way along a line. */
function middleOf(points: Line['points']): { readonly x: number; readonly y: number } {
  const lengths = points.slice(1).map((to, n) => {
    const from = points[n] as { x: number; y: number }
    return Math.hypot(to.x - from.x, to.y - from.y)
  })
  let left = lengths.reduce((sum, each) => sum + each, 0) / 2
  for (const [n, length] of lengths.entries()) {
    const from = points[n] as { x: number; y: number }
    const to = points[n + 1] as { x: number; y: number }
    if (left <= length && length > 0) {
      const share = left / length
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
    }
    left -= length
  }
  return points[0] ?? { x: 0, y: 0 }
}

function Badge({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  const width = text.length * 6.4 + 8
  return (
    <g class="badge">
      <rect x={x - width / 2} y={y - 8} width={width} height={16} rx={8} />
      <text x={x} y={y + 0.5}>
        {text}
      </text>
    </g>
  )
}

function Text(props: {
  readonly lines: readonly string[]
  readonly x: number
  readonly y: number
  readonly class?: string
}): ComponentChildren {
  return (
    <text class={`name ${props.class ?? ''}`} x={props.x} y={props.y}>
      {props.lines.map((line, n) => (
        <tspan key={line} x={props.x} dy={n === 0 ? 0 : 13}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

/** Words on lines of about this width, at 11 pixels a letter is about 5.8 wide. */
function wrapped(text: string, width: number): readonly string[] {
  const most = Math.max(4, Math.floor(width / 5.8))
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}

/** The style of pictures and of the pages around them; colour is never the only sign. */
export const REPORT_STYLE = `
:root { color-scheme: light; --ink: #16222e; --soft: #47545f; --line: #74818b; --green: #17633a; --red: #a61b1b; }
body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 "Noto Sans", "Segoe UI", system-ui, "Liberation Sans", Arial, sans-serif; }
h1, h2 { line-height: 1.25; } h2 { margin-top: 2rem; }
.en { color: var(--soft); font-size: .86em; font-weight: 400; } h1 .en, p .en { display: block; }
th .en, td .en, li .en { display: inline; margin-left: .35em; }
table { border-collapse: collapse; margin: 0 0 1rem; } caption { text-align: left; font-weight: 600; }
th, td { border-bottom: 1px solid #c9cfd3; padding: .3rem .7rem; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; border: 1px solid #c9cfd3; }
.picture text { font: 11px "Noto Sans", "Segoe UI", "Liberation Sans", Arial, sans-serif; fill: var(--ink);
  text-anchor: middle; dominant-baseline: middle; stroke: none; }
.picture text.note { text-anchor: start; fill: var(--soft); }
.picture text.glyph { font-size: 14px; } .picture text.large { font-size: 22px; }
.picture .shape > :is(rect, circle, polygon, path) { fill: #fff; stroke: var(--line); stroke-width: 1.3; }
.picture .shape > path.note { fill: none; } .picture .shape > .thick { stroke-width: 3.5; }
.picture .line path { stroke: var(--line); stroke-width: 1.3; } #tip path { fill: var(--ink); stroke: none; }
.picture .association path, .picture .dataInputAssociation path, .picture .messageFlow path { stroke-dasharray: 2 3; }
.picture .badge rect { fill: var(--ink); } .picture .badge text { fill: #fff; font-size: 10px; font-weight: 600; }
.picture .covered > :is(rect, circle, polygon) { stroke: var(--green); stroke-width: 2.4; }
.picture .shape.covered > :is(rect, circle, polygon) { fill: #e6f2ea; }
.picture .line.covered path { stroke: var(--green); stroke-width: 2.6; }
.picture .missing > :is(rect, circle, polygon) { stroke: var(--red); stroke-width: 2.4; stroke-dasharray: 7 4; }
.picture .shape.missing > :is(rect, circle, polygon) { fill: #fbeaea; }
.picture .line.missing path { stroke: var(--red); stroke-width: 2.4; stroke-dasharray: 7 4; }
.picture .missing .badge rect { fill: var(--red); }
.picture .warm > rect { stroke: var(--ink); } .picture .hottest > rect { stroke: var(--red); stroke-width: 4; }
.picture .ground > rect { fill: none; }
.key { display: flex; gap: 1.5rem; flex-wrap: wrap; padding: 0; list-style: none; }
.key svg { vertical-align: middle; margin-right: .4rem; }
.chart text { font: 12px "Noto Sans", "Segoe UI", "Liberation Sans", Arial, sans-serif; fill: var(--ink); }
.chart .bar { fill: #0f4c5c; } .chart .bar.most { fill: var(--red); } .chart .second { fill: #7fa9b3; }
@media (max-width: 60rem) { body { padding: .8rem; } table { display: block; overflow-x: auto; } .chart { max-width: 100%; height: auto; } }
@media print { body { padding: 0; } .scroll { overflow: visible; } .picture { max-width: 100%; height: auto; } }
`
