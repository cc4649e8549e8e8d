import { Scroll } from './scroll.tsx'
import { type Bar, dayOf, type Lane, spanOf } from './timeline.ts'

const LEFT = 190
const WIDTH = 940
const TRACK = 34
const TOP = 30

/** Bars over time, a lane for what holds and one for each unit; the table beside it says the same. */
export function TimelineChart(props: {
  readonly lanes: readonly Lane[]
  readonly names: (lane: Lane) => string
  readonly today: string
  readonly title: string
}) {
  const { lanes, today } = props
  const { start, end } = spanOf(lanes, today)
  const x = (time: number) => LEFT + ((time - start) / (end - start)) * (WIDTH - LEFT)
  const at = (day: string) => x(Date.parse(`${day}T00:00:00Z`))
  const tops = lanes.map((_, index) =>
    lanes.slice(0, index).reduce((sum, { tracks }) => sum + tracks * TRACK + 14, TOP)
  )
  const height = lanes.reduce((sum, { tracks }) => sum + tracks * TRACK + 14, TOP) + 20
  const now = at(today)
  return (
    <Scroll id="Gambar garis waktu" en="Timeline picture">
      <svg
        class="chart law-timeline"
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={props.title}
      >
        <defs>
          <pattern
            id="hatch"
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="8" height="8" class="hatch-ground" />
            <line x1="0" y1="0" x2="0" y2="8" class="hatch-line" />
          </pattern>
        </defs>
        {yearsIn(start, end).map(year => (
          <g key={year}>
            <line
              class="chart-grid"
              x1={at(`${year}-01-01`)}
              x2={at(`${year}-01-01`)}
              y1={TOP - 8}
              y2={height - 20}
            />
            <text class="chart-axis" x={at(`${year}-01-01`) + 3} y={TOP - 12}>
              {year}
            </text>
          </g>
        ))}
        {lanes.map((lane, index) => (
          <g key={index}>
            <text class="chart-label" x={4} y={(tops[index] ?? 0) + 21}>
              {short(props.names(lane), 25)}
            </text>
            {lane.bars.map((bar, each) => (
              <BarShape
                key={each}
                bar={bar}
                level={lane.level}
                left={bar.from === null ? LEFT : Math.max(LEFT, at(dayOf(bar.from, 'first')))}
                right={bar.to === null ? WIDTH : at(dayOf(bar.to, 'last'))}
                top={(tops[index] ?? 0) + bar.track * TRACK}
              />
            ))}
          </g>
        ))}
        <line class="chart-now" x1={now} x2={now} y1={TOP - 8} y2={height - 18} />
        <text class="chart-now-label" x={now} y={height - 4} text-anchor="middle">
          hari ini · today
        </text>
      </svg>
    </Scroll>
  )
}

function BarShape(props: {
  readonly bar: Bar
  readonly level: Lane['level']
  readonly left: number
  readonly right: number
  readonly top: number
}) {
  const { bar, level, left, right, top } = props
  const width = Math.max(4, right - left - 1)
  const room = Math.floor((width - 12) / 7.2)
  const hatched = bar.kind === 'suspended' || bar.kind === 'ignored'
  return (
    <g class={`bar bar-${bar.kind} bar-level-${level}`}>
      <rect
        x={left}
        y={top}
        width={width}
        height={TRACK - 6}
        rx={3}
        {...(hatched ? { fill: 'url(#hatch)' } : {})}
      />
      {room >= 3 && (
        <text
          x={left + 6}
          y={top + 19}
          {...(bar.kind === 'withdrawn' ? { 'text-decoration': 'line-through' } : {})}
        >
          {short(bar.text.id, room)}
        </text>
      )}
    </g>
  )
}

function yearsIn(start: number, end: number): readonly number[] {
  const first = new Date(start).getUTCFullYear() + 1
  const last = new Date(end).getUTCFullYear()
  const every = Math.max(1, Math.ceil((last - first + 1) / 12))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
    year => year % every === 0
  )
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}
