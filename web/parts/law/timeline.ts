import type { TimelineView } from '../../../api/law.ts'
import type { Level } from '../../../engine/graph.ts'
import type { Text } from '../../../engine/messages.ts'
import { valueText } from './value-text.ts'

export type BarKind = 'applied' | 'future' | 'suspended' | 'ignored' | 'withdrawn' | 'missing'

/** One stretch of time in which a unit says something, or something holds. */
export interface Bar {
  readonly from: string | null
  readonly to: string | null
  readonly text: Text
  readonly kind: BarKind
  /** Where it stands among those of its lane that overlap, from 0. */
  readonly track: number
}

/** The bars of one unit, or those of what holds. */
export interface Lane {
  readonly level: Level | 'effective'
  readonly scope: string | null
  readonly bars: readonly Bar[]
  readonly tracks: number
}

/** The lanes of a timeline: what holds first, then what each unit states from the nation down. */
export function lanesOf(view: TimelineView, unit: string | null, today: string): readonly Lane[] {
  const effective = view.effective.map(({ from, to, value, missing }) => ({
    from,
    to,
    text: missing === null ? valueText(value, unit) : { id: 'tidak ada', en: 'nothing' },
    kind: missing === null ? later(from, today) : ('missing' as const)
  }))
  const scopes = [...new Set(view.stated.map(({ scope }) => scope))]
  const stated = LEVELS.flatMap(level =>
    scopes.flatMap(scope => {
      const own = view.stated.filter(each => each.scope === scope && each.level === level)
      return own.length === 0 ? [] : [{ level, scope, own }]
    })
  )
  return [
    laneOf('effective', null, effective),
    ...stated.map(({ level, scope, own }) =>
      laneOf(
        level,
        scope,
        own.map(each => ({
          from: each.from,
          to: each.to,
          text: valueText(each.value, unit),
          kind: kindOf(each, today)
        }))
      )
    )
  ]
}

/** How a statement stands, of several signs the gravest. */
export function kindOf(
  stated: TimelineView['stated'][number],
  today: string
): Exclude<BarKind, 'missing'> {
  if (stated.withdrawnAt !== null) return 'withdrawn'
  if (stated.status === 'suspended') return 'suspended'
  if (stated.status === 'ignored') return 'ignored'
  return later(stated.from, today)
}

const LEVELS: readonly Level[] = ['national', 'region', 'office']

function later(from: string | null, today: string): 'future' | 'applied' {
  return from !== null && dayOf(from, 'first') > today ? 'future' : 'applied'
}

function laneOf(
  level: Lane['level'],
  scope: string | null,
  bars: readonly Omit<Bar, 'track'>[]
): Lane {
  const ends: string[] = []
  const placed = [...bars]
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
    .map(bar => {
      const from = bar.from === null ? '' : dayOf(bar.from, 'first')
      const free = ends.findIndex(end => end < from)
      const track = free < 0 ? ends.length : free
      ends[track] = bar.to === null ? '9999' : dayOf(bar.to, 'last')
      return { ...bar, track }
    })
  return { level, scope, bars: placed, tracks: Math.max(1, ends.length) }
}

/** The first or the last day that a date of law may mean. */
export function dayOf(date: string, end: 'first' | 'last'): string {
  if (date.length === 4) return end === 'first' ? `${date}-01-01` : `${date}-12-31`
  if (date.length === 7) return end === 'first' ? `${date}-01` : `${date}-28`
  return date
}

/** From the earliest to the latest day that is named, and a fifth of that on both sides. */
export function spanOf(
  lanes: readonly Lane[],
  today: string
): { readonly start: number; readonly end: number } {
  const days = lanes.flatMap(({ bars }) =>
    bars.flatMap(({ from, to }) => [
      ...(from === null ? [] : [dayOf(from, 'first')]),
      ...(to === null ? [] : [dayOf(to, 'last')])
    ])
  )
  const times = [...days, today].map(day => Date.parse(`${day}T00:00:00Z`)).filter(Number.isFinite)
  const first = Math.min(...times)
  const last = Math.max(...times)
  const margin = Math.max((last - first) / 5, 200 * 86_400_000)
  return { start: first - margin, end: last + margin }
}
