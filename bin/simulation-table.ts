import { type Figures, lengthText, type Summary } from '../runtime/simulation/figures.ts'

/** The figures of a simulation in lines for a terminal. */
export function figureLines(figures: Figures): readonly string[] {
  const { instances, cycle, roles, steps, stuck, bottleneck } = figures
  const rest = [
    ...(instances.stuck > 0 ? [`${instances.stuck} rest with an incident`] : []),
    ...(instances.open > 0 ? [`${instances.open} wait for what never comes`] : []),
    ...(instances.refused > 0 ? [`${instances.refused} were refused at the start`] : [])
  ]
  const tasks = steps.filter(({ kind }) => kind === 'task')
  const others = steps.filter(({ kind, waiting, processing }) => {
    return kind !== 'task' && waiting.max + processing.max > 0
  })
  return [
    `${figures.process} at ${figures.office}, seed ${figures.seed}: ${instances.started} instances from ${day(figures.from)}, the last arrives ${day(figures.lastArrival)}, over ${day(figures.until)}`,
    `${instances.completed} completed${rest.map(each => `, ${each}`).join('')}; ends: ${
      Object.entries(figures.ends)
        .map(([id, count]) => `${id} ${count}`)
        .join(', ') || 'none'
    }`,
    '',
    `throughput  ${figures.throughputPerDay} a day of ${lengthText(figures.openingMinutesPerDay)} (arrivals ${figures.arrivalsPerDay})`,
    `cycle time  ${summaryText(cycle.calendar, daysText)} by the calendar`,
    `            ${summaryText(cycle.opening, lengthText)} of opening time`,
    `deadlines   ${figures.late} of ${steps.reduce((sum, { due }) => sum + due, 0)} due tasks were late`,
    '',
    ...table(
      ['role', 'officers', 'busy', 'in role', 'in line', 'most', 'waiting', 'p90', 'work a task'],
      roles.map(each => [
        each.role,
        String(each.officers),
        `${Math.round(each.utilisation * 100)} %`,
        `${Math.round(each.inRole * 100)} %`,
        each.queue.mean.toFixed(2),
        String(each.queue.most),
        lengthText(each.waiting.mean),
        lengthText(each.waiting.p90),
        lengthText(each.processing.mean)
      ])
    ),
    '',
    ...table(
      ['task', 'role', 'times', 'waiting', 'p90', 'work', 'p90', 'late'],
      tasks.map(each => [
        each.element,
        each.role,
        String(each.waiting.count),
        lengthText(each.waiting.mean),
        lengthText(each.waiting.p90),
        lengthText(each.processing.mean),
        lengthText(each.processing.p90),
        each.due === 0 ? '-' : `${each.late} of ${each.due}`
      ])
    ),
    ...(others.length === 0
      ? []
      : [
          '',
          ...table(
            ['job or event', 'times', 'takes', 'p90'],
            others.map(({ element, kind, waiting, processing }) => {
              const length = kind === 'job' ? processing : waiting
              return [element, String(length.count), daysText(length.mean), daysText(length.p90)]
            })
          )
        ]),
    '',
    bottleneck === null
      ? 'bottleneck  none: cases hardly wait for officers'
      : `bottleneck  ${bottleneck.role}, at ${bottleneck.element}: ${bottleneck.reason.en}`,
    ...stuck.map(({ element, message, count }) => `stuck       ${count} at ${element}: ${message}`),
    ...figures.assumptions.map(({ en }) => `assumed     ${en}`)
  ]
}

function summaryText(
  { mean, median, p90, max }: Summary,
  text: (minutes: number) => string
): string {
  return `mean ${text(mean)}, median ${text(median)}, p90 ${text(p90)}, at most ${text(max)}`
}

/** A length by the calendar. */
function daysText(minutes: number): string {
  return minutes < 2 * 1440 ? lengthText(minutes) : `${(minutes / 1440).toFixed(1)} d`
}

function day(instant: string): string {
  return instant.slice(0, 10)
}

/** Columns as wide as their widest cell: words to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((name, n) =>
    Math.max(name.length, ...rows.map(row => row[n]?.length ?? 0))
  )
  const isText = head.map(name => name === 'role' || name === 'task' || name === 'job or event')
  return [head, ...rows].map(row =>
    row
      .map((cell, n) => (isText[n] ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd()
  )
}
