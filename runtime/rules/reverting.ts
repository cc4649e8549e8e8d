import type { Text } from '../../engine/messages.ts'
import { clip, type Interval, mayMeet, possibleDays } from '../../engine/rules/dates.ts'
import type { Overlay, StatedValue } from '../../engine/rules/definitions.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import { dayBehind } from '../../engine/rules/splice.ts'
import type { LocalDate } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'
import type { Stating } from './applying.ts'
import type { BoundEdit, CalendarEdit, CaseEdit, Edit } from './edits.ts'
import { boundsWithin } from './unit-bounds.ts'

/** What a change set published, and the law of its unit now and just before it. */
export interface Revertable {
  readonly changeSet: string
  readonly scope: string
  readonly edits: readonly Edit[]
  readonly before: Stating
  readonly now: Stating
}

/**
 * The edits that bring back, from a day on, what the unit stated before a change set, wherever what that one
 * stated still holds. What others have stated since is left alone. A new entry of the register and a new case stay.
 */
export function inverseEdits(change: Revertable, from: LocalDate, reason: Text): readonly Edit[] {
  const { scope, edits } = change
  const before = change.before.parts.get(scope)
  const now = change.now.parts.get(scope)
  if (!before || !now) return []
  const subjects = new Map<string, Statement>()
  for (const edit of edits) {
    if (edit.kind === 'value') subjects.set(edit.key, valueStatement(edit.key, before, now))
    if (edit.kind === 'row')
      subjects.set(`${edit.rule} ${edit.row}`, rowStatement(edit.rule, edit.row, before, now))
    if (edit.kind === 'remove') {
      const { key, row } = edit
      const name = row === undefined ? key : `${key} ${row}`
      const made = row === undefined ? valueStatement(key, before, now) : null
      subjects.set(name, made ?? rowStatement(key, row!, before, now))
    }
  }
  return [
    ...[...subjects.values()].flatMap(subject => restored(subject, change, from, reason)),
    ...edits.flatMap(edit => otherInverse(edit, change, before, now, from, reason))
  ]
}

/** What was and is stated of one key, or of one row. */
interface Statement {
  readonly key: string
  readonly row?: string
  readonly before: readonly (StatedValue | Overlay)[]
  readonly now: readonly (StatedValue | Overlay)[]
}

function valueStatement(key: string, before: LawPart, now: LawPart): Statement {
  const of = ({ values }: LawPart) => values.filter(value => value.key === key)
  return { key, before: of(before), now: of(now) }
}

function rowStatement(rule: string, row: string, before: LawPart, now: LawPart): Statement {
  const of = ({ rows, tables }: LawPart): readonly Overlay[] => [
    ...rows.filter(one => one.rule === rule && one.id === row),
    ...tables
      .filter(table => table.rule === rule)
      .flatMap(table => table.rows.filter(({ id }) => id === row).map(one => ({ rule, ...one })))
  ]
  return { key: rule, row, before: of(before), now: of(now) }
}

function restored(
  subject: Statement,
  { changeSet, edits }: Revertable,
  from: LocalDate,
  reason: Text
): readonly Edit[] {
  const { key, row } = subject
  const own = subject.now
    .filter(stated => stated.changeSet === changeSet)
    .flatMap(stated => windowOf(clip(stated, from, null), from))
  const removed = edits.flatMap(edit => {
    if (edit.kind !== 'remove' || edit.key !== key || edit.row !== row) return []
    const window = windowOf(clip({ from: edit.from, to: edit.to }, from, null), from)
    return window.flatMap(days => gapsIn(days, subject.now))
  })
  return [
    ...own.flatMap(window => restatements(subject, window, true, reason)),
    ...removed.flatMap(window => restatements(subject, window, false, reason))
  ]
}

interface Window {
  readonly from: LocalDate
  readonly to: LocalDate | null
}

/** The days of an interval from a day on. */
function windowOf(interval: Interval | null, first: LocalDate): readonly Window[] {
  return interval === null ? [] : [within(interval, { from: first, to: null })]
}

/** Within some days, what was stated before; and where there was nothing, that nothing is. */
function restatements(
  subject: Statement,
  window: Window,
  removing: boolean,
  reason: Text
): readonly Edit[] {
  const pieces = subject.before
    .filter(stated => mayMeet(stated, window))
    .map(stated => ({ stated, days: within(stated, window) }))
  const { key, row } = subject
  const gaps = removing
    ? gapsIn(
        window,
        pieces.map(({ days }) => days)
      )
    : []
  return [
    ...pieces.map(({ stated, days }) => editOf(stated, days, reason)),
    ...gaps.map(
      (days): Edit => ({
        kind: 'remove',
        key,
        ...(row === undefined ? {} : { row }),
        ...days,
        reason
      })
    )
  ]
}

/** The days of a window on which something may have held. */
function within(stated: Interval, { from, to }: Window): Window {
  const { from: first, to: last } = possibleDays(stated)
  return {
    from: first !== null && first > from ? first : from,
    to: last !== null && (to === null || last < to) ? last : to
  }
}

/** The days of a window on which none of some statements holds. */
function gapsIn(window: Window, statements: readonly Interval[]): readonly Window[] {
  let gaps: readonly Window[] = [window]
  for (const stated of statements) {
    gaps = gaps.flatMap(gap => {
      if (!mayMeet(stated, gap)) return [gap]
      const { from, to } = within(stated, gap)
      const before: readonly Window[] =
        from > gap.from ? [{ from: gap.from, to: addDays(from, -1) }] : []
      const next = to === null ? null : dayBehind(to)
      const after: readonly Window[] =
        next !== null && (gap.to === null || next <= gap.to) ? [{ from: next, to: gap.to }] : []
      return [...before, ...after]
    })
  }
  return gaps
}

function editOf(stated: StatedValue | Overlay, days: Window, reason: Text): Edit {
  const { cites, confidence, remark, sample, assumption } = stated
  const grounds = {
    cites,
    confidence,
    reason: stated.reason ?? reason,
    ...(remark ? { remark } : {}),
    ...(sample ? { sample } : {}),
    ...(assumption ? { assumption } : {})
  }
  if ('key' in stated)
    return { kind: 'value', key: stated.key, value: stated.value, ...days, ...grounds }
  const { rule, id, replaces, before, conditions, outcome } = stated
  return {
    kind: 'row',
    rule,
    row: id,
    ...(replaces === undefined ? {} : { replaces }),
    ...(before === undefined ? {} : { before }),
    conditions: conditions ?? null,
    outcome,
    ...days,
    ...grounds
  }
}

function otherInverse(
  edit: Edit,
  { before: stating, scope }: Revertable,
  before: LawPart,
  now: LawPart,
  from: LocalDate,
  reason: Text
): readonly Edit[] {
  switch (edit.kind) {
    case 'instrument': {
      const old = before.instruments.find(({ id }) => id === edit.instrument.id)
      const differs = old && canonicalText(old) !== canonicalText(edit.instrument)
      return differs ? [{ kind: 'instrument', instrument: old }] : []
    }
    case 'bound':
      return boundInverse(edit, before, from, reason)
    case 'calendar':
      return daysInverse(edit, before, now, from, reason)
    case 'case': {
      const { name, rule } = edit.case
      const old = stating.cases.find(
        one => one.scope === scope && one.rule === rule && one.name === name
      )
      if (!old) return []
      const { scope: _, ...content } = old
      return [{ kind: 'case', case: content as CaseEdit['case'] }]
    }
    default:
      return []
  }
}

function boundInverse(
  edit: BoundEdit,
  before: LawPart,
  day: LocalDate,
  reason: Text
): readonly Edit[] {
  const from = edit.from > day ? edit.from : day
  const { to, key, bound, cites } = edit
  if (to !== null && to < from) return []
  const old = boundsWithin(before, key, bound, { from, to })
  const covered = old.map(one => ({ from: one.from ?? from, to: one.to ?? to }))
  return [
    ...old.map(
      ({ from: _from, to: _to, ...kind }, index): Edit => ({
        kind: 'bound',
        key,
        bound: kind as BoundEdit['bound'],
        ...covered[index]!,
        cites,
        reason
      })
    ),
    ...gapsIn({ from, to }, covered).map(
      (days): Edit => ({
        kind: 'bound',
        key,
        bound,
        lifted: true,
        ...days,
        cites,
        reason
      })
    )
  ]
}

function daysInverse(
  edit: CalendarEdit,
  before: LawPart,
  now: LawPart,
  from: LocalDate,
  reason: Text
): readonly Edit[] {
  const closedIn = ({ calendars }: LawPart, date: LocalDate) =>
    calendars[date.slice(0, 4)]?.closed[date]
  const days = [...Object.keys(edit.closed), ...edit.opened].filter(
    date => date >= from && closedIn(before, date) !== closedIn(now, date)
  )
  if (days.length === 0) return []
  const closed = Object.fromEntries(
    days.flatMap(date => {
      const name = closedIn(before, date)
      return name === undefined ? [] : [[date, name]]
    })
  )
  const opened = days.filter(date => !(date in closed))
  return [{ kind: 'calendar', closed, opened, cites: edit.cites, reason }]
}
