import { T } from '../parts/text.tsx'
import { ReportPage } from './coverage.tsx'
import { type Drawing, type Paint, Picture } from './picture.tsx'

interface Words {
  readonly id: string
  readonly en: string
}
interface Summary {
  readonly count: number
  readonly mean: number
  readonly median: number
  readonly p90: number
  readonly max: number
}
interface Step {
  readonly process: string
  readonly element: string
  readonly name: string
  readonly english: string
  readonly kind: 'task' | 'job' | 'event'
  readonly role: string
  readonly waiting: Summary
  readonly processing: Summary
  readonly due: number
  readonly late: number
}
/** What came of a simulation, as the report shows it. */
export interface SimulationView {
  readonly process: string
  readonly name: string
  readonly english: string
  readonly office: string
  readonly seed: string
  readonly from: string
  readonly until: string
  readonly instances: Readonly<
    Record<'started' | 'completed' | 'stuck' | 'open' | 'refused', number>
  >
  readonly ends: Readonly<Record<string, number>>
  readonly throughputPerDay: number
  readonly arrivalsPerDay: number
  readonly cycle: { readonly calendar: Summary; readonly opening: Summary }
  readonly steps: readonly Step[]
  readonly roles: readonly {
    readonly role: string
    readonly officers: number
    readonly utilisation: number
    readonly inRole: number
    readonly queue: { readonly mean: number; readonly most: number }
    readonly waiting: Summary
    readonly processing: Summary
  }[]
  readonly late: number
  readonly bottleneck: {
    readonly role: string
    readonly element: string
    readonly reason: Words
  } | null
  readonly stuck: readonly {
    readonly element: string
    readonly message: string
    readonly count: number
  }[]
  readonly assumptions: readonly Words[]
}

/** The report of a simulation: for those who would rather look than read. */
export function SimulationPage(props: {
  readonly figures: SimulationView
  readonly drawing: Drawing
}) {
  const { figures, drawing } = props
  const { bottleneck } = figures
  return (
    <ReportPage
      title={{
        id: `Simulasi: ${figures.name}`,
        en: `Simulation: ${figures.english || figures.name}`
      }}
    >
      <p>
        <T
          id={`${figures.instances.started} permohonan di ${figures.office} sejak ${figures.from.slice(0, 10)}, benih acak ${figures.seed}. Semua angka adalah hasil simulasi, bukan pengukuran.`}
          en={`${figures.instances.started} cases at ${figures.office} from ${figures.from.slice(0, 10)}, seed ${figures.seed}. All figures are simulated, none is measured.`}
        />
      </p>
      <h2>
        <T id="Titik sumbatan" en="Bottleneck" />
      </h2>
      <p>
        {bottleneck === null ? (
          <T
            id="Tidak ada: permohonan hampir tidak menunggu petugas."
            en="None: cases hardly wait for officers."
          />
        ) : (
          <>
            <strong>{bottleneck.role}: </strong>
            <T {...bottleneck.reason} />
          </>
        )}
      </p>
      <Overview figures={figures} />
      <h2>
        <T id="Kesibukan petugas" en="How busy officers are" />
      </h2>
      <Bars
        unit="%"
        rows={figures.roles.map(each => ({
          name: `${each.role} (${each.officers})`,
          value: each.utilisation * 100,
          most: each.role === bottleneck?.role
        }))}
        full={100}
      />
      <h2>
        <T id="Waktu tunggu dan kerja per tugas" en="Waiting and work per task" />
      </h2>
      <p>
        <T
          id="Menit jam buka, rata-rata; gelap: menunggu, terang: dikerjakan"
          en="Minutes of opening time, mean; dark: waiting, light: work"
        />
      </p>
      <Bars
        unit="min"
        rows={tasksOf(figures).map(({ name, element, waiting, processing }) => ({
          name: name || element,
          value: waiting.mean,
          second: processing.mean,
          most: element === bottleneck?.element
        }))}
      />
      {drawing.shapes.length === 0 ? null : (
        <>
          <h2>
            <T id="Tempat menunggu pada diagram" en="Where cases wait, on the diagram" />
          </h2>
          <p>
            <T
              id="Angka: rata-rata menit menunggu, lalu + menit kerja; makin gelap, makin lama menunggu"
              en="Numbers: mean minutes of waiting, then + of work; the darker, the longer the wait"
            />
          </p>
          <div class="scroll">
            <Picture drawing={drawing} paint={heatOf(figures)} title={figures.name} />
          </div>
        </>
      )}
      <Tables figures={figures} />
      <h2>
        <T id="Asumsi" en="Assumptions" />
      </h2>
      <ul>
        {figures.assumptions.map(each => (
          <li key={each.en}>
            <T {...each} />
          </li>
        ))}
      </ul>
    </ReportPage>
  )
}

function tasksOf({ steps }: SimulationView): readonly Step[] {
  return steps.filter(({ kind }) => kind === 'task')
}

function Overview({ figures }: { readonly figures: SimulationView }) {
  const { instances, cycle } = figures
  const due = figures.steps.reduce((sum, step) => sum + step.due, 0)
  const rows: readonly (readonly [string, string, string])[] = [
    ['Selesai', 'Completed', `${instances.completed} / ${instances.started}`],
    ['Macet karena kendala', 'Stuck with an incident', String(instances.stuck)],
    ['Menunggu yang tidak pernah datang', 'Waits for what never comes', String(instances.open)],
    ['Ditolak di awal', 'Refused at the start', String(instances.refused)],
    ['Masuk per hari', 'Arrivals a day', String(figures.arrivalsPerDay)],
    ['Selesai per hari', 'Completed a day', String(figures.throughputPerDay)],
    [
      'Lama proses, hari kalender: rata-rata, median, p90',
      'Cycle time, calendar days: mean, median, p90',
      [cycle.calendar.mean, cycle.calendar.median, cycle.calendar.p90].map(days).join(' · ')
    ],
    [
      'Lama proses, jam buka: rata-rata, median, p90',
      'Cycle time, opening hours: mean, median, p90',
      [cycle.opening.mean, cycle.opening.median, cycle.opening.p90].map(hours).join(' · ')
    ],
    ['Melewati batas waktu', 'Later than due', `${figures.late} / ${due}`],
    ...Object.entries(figures.ends).map(
      ([id, count]) => [`Berakhir di ${id}`, `Ended at ${id}`, String(count)] as const
    )
  ]
  return (
    <table>
      <tbody>
        {rows.map(([id, en, value]) => (
          <tr key={en}>
            <th scope="row">
              <T id={id} en={en} />
            </th>
            <td class="number">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function days(minutes: number): string {
  return (minutes / 1440).toFixed(1)
}

function hours(minutes: number): string {
  return (minutes / 60).toFixed(1)
}

interface Bar {
  readonly name: string
  readonly value: number
  readonly second?: number
  readonly most: boolean
}

const NAMES = 300
const WIDE = 560
const HIGH = 26

function Bars(props: {
  readonly rows: readonly Bar[]
  readonly unit: string
  readonly full?: number
}) {
  const { rows, unit } = props
  const longest = Math.max(...rows.map(({ value, second = 0 }) => value + second), 0.001)
  const full = Math.max(props.full ?? 0, longest)
  const scale = (value: number) => (value / full) * WIDE
  const size = { width: NAMES + WIDE + 130, height: rows.length * HIGH + 4 }
  return (
    <svg class="chart" {...size} viewBox={`0 0 ${size.width} ${size.height}`} role="img">
      <title>{rows.map(row => `${row.name}: ${text(row)} ${unit}`).join('; ')}</title>
      {rows.map((row, n) => {
        const y = n * HIGH + 4
        return (
          <g key={row.name}>
            <text x={NAMES - 8} y={y + 14} text-anchor="end">
              {row.most ? `▶ ${row.name}` : row.name}
            </text>
            <rect
              class={row.most ? 'bar most' : 'bar'}
              x={NAMES}
              y={y}
              width={scale(row.value)}
              height={18}
            />
            <rect
              class="second"
              x={NAMES + scale(row.value)}
              y={y}
              width={scale(row.second ?? 0)}
              height={18}
            />
            <text x={NAMES + scale(row.value + (row.second ?? 0)) + 6} y={y + 14}>
              {text(row)} {unit}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function text({ value, second }: Bar): string {
  return second === undefined ? value.toFixed(0) : `${value.toFixed(1)} + ${second.toFixed(1)}`
}

/** Ground from white to orange by the mean waiting, with the numbers on it. */
function heatOf(figures: SimulationView): (id: string) => Paint | null {
  const tasks = tasksOf(figures).filter(({ process }) => process === figures.process)
  const most = Math.max(...tasks.map(({ waiting }) => waiting.mean), 0.001)
  return id => {
    const step = tasks.find(({ element }) => element === id)
    if (step === undefined) return null
    const { waiting, processing } = step
    const light = Math.round(100 - 40 * Math.sqrt(waiting.mean / most))
    return {
      class: id === figures.bottleneck?.element ? 'hottest' : 'warm',
      badge: `${waiting.mean.toFixed(0)}+${processing.mean.toFixed(0)}`,
      title: `${step.name}: ${waiting.count}×, ${waiting.mean.toFixed(1)} + ${processing.mean.toFixed(1)} min`,
      fill: `hsl(28 95% ${light}%)`
    }
  }
}

function Tables({ figures }: { readonly figures: SimulationView }) {
  return (
    <>
      <h2>
        <T id="Angka per peran" en="Figures per role" />
      </h2>
      <Table
        head={ROLE_HEAD}
        rows={figures.roles.map(each => [
          each.role,
          String(each.officers),
          `${Math.round(each.utilisation * 100)} %`,
          `${Math.round(each.inRole * 100)} %`,
          each.queue.mean.toFixed(2),
          String(each.queue.most),
          each.waiting.mean.toFixed(1),
          each.waiting.p90.toFixed(1),
          each.processing.mean.toFixed(1)
        ])}
      />
      <h2>
        <T id="Angka per langkah" en="Figures per step" />
      </h2>
      <Table
        head={STEP_HEAD}
        rows={figures.steps.map(each => [
          `${each.name || each.element} (${each.element})`,
          each.role,
          String(each.waiting.count),
          each.waiting.mean.toFixed(1),
          each.waiting.p90.toFixed(1),
          each.processing.mean.toFixed(1),
          each.due === 0 ? '' : `${each.late} / ${each.due}`
        ])}
      />
      {figures.stuck.length === 0 ? null : (
        <>
          <h2>
            <T id="Kendala" en="Incidents" />
          </h2>
          <ul>
            {figures.stuck.map(({ element, message, count }) => (
              <li key={`${element} ${message}`}>
                {count}× {element}: {message}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const ROLE_HEAD: readonly Words[] = [
  { id: 'Peran', en: 'Role' },
  { id: 'Petugas', en: 'Officers' },
  { id: 'Sibuk', en: 'Busy' },
  { id: 'Dalam peran ini', en: 'In this role' },
  { id: 'Antrean', en: 'In line' },
  { id: 'Terbanyak', en: 'Most' },
  { id: 'Tunggu (menit)', en: 'Waiting (min)' },
  { id: 'p90', en: '' },
  { id: 'Kerja (menit)', en: 'Work (min)' }
]
const STEP_HEAD: readonly Words[] = [
  { id: 'Langkah', en: 'Step' },
  { id: 'Peran', en: 'Role' },
  { id: 'Kali', en: 'Times' },
  { id: 'Tunggu (menit)', en: 'Waiting (min)' },
  { id: 'p90', en: '' },
  { id: 'Kerja (menit)', en: 'Work (min)' },
  { id: 'Terlambat', en: 'Late' }
]

function Table(props: {
  readonly head: readonly Words[]
  readonly rows: readonly (readonly string[])[]
}) {
  const left = (n: number) => n === 0 || props.head[n]?.en === 'Role'
  return (
    <table>
      <thead>
        <tr>
          {props.head.map((each, n) => (
            <th key={each.id} scope="col" class={left(n) ? '' : 'number'}>
              <T {...each} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(row => (
          <tr key={row[0]}>
            {row.map((cell, n) => (
              <td key={props.head[n]?.id} class={left(n) ? '' : 'number'}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
