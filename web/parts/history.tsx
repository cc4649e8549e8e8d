import type { HistoryLine } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import type { LocalDate } from '../../engine/state.ts'
import { dateText, localDate, timeText } from './dates.tsx'
import { T } from './text.tsx'

const KINDS: { readonly [Kind in HistoryLine['kind']]: Text } = {
  started: { id: 'Mulai', en: 'Started' },
  task: { id: 'Tugas', en: 'Task' },
  decision: { id: 'Aturan', en: 'Rule' },
  job: { id: 'Sistem', en: 'System' },
  event: { id: 'Kejadian', en: 'Event' },
  letter: { id: 'Surat', en: 'Letter' },
  incident: { id: 'Insiden', en: 'Incident' },
  operation: { id: 'Pengelola', en: 'Operator' },
  ended: { id: 'Selesai', en: 'Ended' }
}

/** What happened, newest first, by day. The lines come in the order in which it happened. */
export function History({
  lines,
  zone
}: {
  readonly lines: readonly HistoryLine[]
  readonly zone: string
}) {
  return (
    <ol class="timeline">
      {byDay(lines.toReversed(), zone).map(({ day, lines: each }, place) => (
        <li key={place}>
          <h3>{dateText(day)}</h3>
          <ol>
            {each.map((line, index) => (
              <li key={index} class={`event-${line.kind}`}>
                <Line line={line} />
                <span class="by">
                  <time dateTime={line.at}>{timeText(line.at, zone)}</time> – <bdi>{line.by}</bdi>
                </span>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

interface Day {
  readonly day: LocalDate
  readonly lines: HistoryLine[]
}

/** A clock that was set back makes a day come twice. */
function byDay(lines: readonly HistoryLine[], zone: string): readonly Day[] {
  const days: Day[] = []
  for (const line of lines) {
    const day = localDate(line.at, zone)
    const last = days.at(-1)
    if (last?.day === day) last.lines.push(line)
    else days.push({ day, lines: [line] })
  }
  return days
}

/** Longer lines show their beginning, and all of it on demand. */
const LONG = 160
/** What stands before it names the line. */
const BODY = / = |: /

function Line({ line }: { readonly line: HistoryLine }) {
  const kind = KINDS[line.kind]
  const text = { id: without(line.text.id, kind.id), en: without(line.text.en, kind.en) }
  const [head = ''] = text.id.split(BODY)
  const [english = ''] = text.en.split(BODY)
  return (
    <>
      <strong>
        <T {...kind} />
      </strong>
      {': '}
      {text.id.length <= LONG ? (
        <T {...text} />
      ) : (
        <details>
          <summary>
            <T id={head} en={english} />
          </summary>
          <p>
            <T {...text} block />
          </p>
        </details>
      )}
    </>
  )
}

/** The text without a kind that it names itself. */
function without(text: string, kind: string): string {
  return text.startsWith(`${kind}: `) ? text.slice(kind.length + 2) : text
}
