import { Scroll } from './scroll.tsx'

/** One line of a chart: what it stands for, and how much before and after. */
export interface BarPair {
  readonly label: string
  readonly before: number
  readonly after: number
}

const LEFT = 230
const WIDTH = 760
const RIGHT = 120

/** Pairs of bars, before hatched and after full; the table beside them says the same. */
export function BarChart(props: {
  /** Unique on its page. */
  readonly name: string
  readonly title: string
  readonly pairs: readonly BarPair[]
  readonly format: (value: number) => string
}) {
  const { name, title, pairs, format } = props
  const most = Math.max(1, ...pairs.flatMap(({ before, after }) => [before, after]))
  const wide = (value: number) => Math.max(1, (value / most) * (WIDTH - LEFT - RIGHT))
  const height = pairs.length * 52 + 8
  return (
    <Scroll id={title} en="">
      <svg class="chart bar-chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={title}>
        <defs>
          <pattern
            id={`hatch-${name}`}
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="7" height="7" class="hatch-ground" />
            <line x1="0" y1="0" x2="0" y2="7" class="hatch-line" />
          </pattern>
        </defs>
        {pairs.map(({ label, before, after }, index) => {
          const top = index * 52 + 6
          return (
            <g key={index}>
              <text class="chart-label" x={0} y={top + 25}>
                {label.length > 31 ? `${label.slice(0, 30)}…` : label}
              </text>
              <rect
                class="pair-before"
                x={LEFT}
                y={top}
                width={wide(before)}
                height={18}
                fill={`url(#hatch-${name})`}
              />
              <text class="chart-figure" x={LEFT + wide(before) + 6} y={top + 14}>
                {format(before)}
              </text>
              <rect class="pair-after" x={LEFT} y={top + 21} width={wide(after)} height={18} />
              <text class="chart-figure" x={LEFT + wide(after) + 6} y={top + 35}>
                {format(after)}
              </text>
            </g>
          )
        })}
      </svg>
    </Scroll>
  )
}
