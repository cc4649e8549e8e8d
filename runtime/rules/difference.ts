import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import { describe, isCertain } from '../../engine/rules/dates.ts'
import type { Overlay, Stated, StatedValue } from '../../engine/rules/definitions.ts'
import { canonicalText, type LawPart } from '../../engine/rules/release.ts'
import type { LocalDate } from '../../engine/state.ts'
import { addDays } from '../../engine/time.ts'
import type { Edit, RemoveEdit, ValueEdit } from './edits.ts'

/** What stands in another state of one unit's law: how to come from the one to the other. */
export interface Difference {
  readonly edits: readonly Edit[]
  /** What cannot be said as an edit, because it is not known to the day or reaches back without end. */
  readonly problems: readonly Problem[]
}

type Days = Pick<RemoveEdit, 'from' | 'to'>
type Grounds = Omit<ValueEdit, 'kind' | 'key' | 'value' | 'from' | 'to'>

/**
 * How to come from one state of a unit's law to another, as edits. What is the same on a day is not
 * touched on that day, also when other reasons are given for it. The words are for edits whose statement gives none.
 */
export function differenceOf(before: LawPart, after: LawPart, words: Text): Difference {
  const edits: Edit[] = []
  const problems: Problem[] = []
  const values = byName<StatedValue>([before.values, after.values], ({ key }) => key)
  for (const [key, [old, now]] of values) {
    const subject: Subject<StatedValue> = {
      name: `<${key}>`,
      stated: (value, days) => ({
        kind: 'value',
        key,
        value: value.value,
        ...days,
        ...grounds(value, words)
      }),
      removed: days => ({ kind: 'remove', key, ...days, reason: words })
    }
    compare(subject, old, now, edits, problems)
  }
  const rows = byName<Overlay>([before.rows, after.rows], ({ rule, id }) => `${rule} ${id}`)
  for (const [, [old, now]] of rows) {
    const { rule, id } = (old[0] ?? now[0])!
    const subject: Subject<Overlay> = {
      name: `row <${id}> of <${rule}>`,
      stated: (row, days) => ({
        kind: 'row',
        rule,
        row: id,
        conditions: row.conditions ?? null,
        outcome: row.outcome,
        ...(row.replaces === undefined ? {} : { replaces: row.replaces }),
        ...(row.before === undefined ? {} : { before: row.before }),
        ...days,
        ...grounds(row, words)
      }),
      removed: days => ({ kind: 'remove', key: rule, row: id, ...days, reason: words })
    }
    compare(subject, old, now, edits, problems)
  }
  edits.push(...instrumentEdits(before, after, problems), ...calendarEdits(before, after, words))
  return { edits, problems }
}

interface Subject<Item> {
  readonly name: string
  stated(item: Item, days: Days): Edit
  removed(days: Days): Edit
}

function compare<Item extends Stated>(
  { name, stated, removed }: Subject<Item>,
  old: readonly Item[],
  now: readonly Item[],
  edits: Edit[],
  problems: Problem[]
): void {
  const same = new Set(old.map(lawOf))
  const still = new Set(now.map(lawOf))
  const gone = old.filter(one => !still.has(lawOf(one)))
  const come = now.filter(one => !same.has(lawOf(one)))
  const unsure = [...gone, ...come].filter(one => !isCertain(one))
  for (const one of unsure) {
    problems.push({
      path: name,
      message: `${name}, ${describe(one)}: expected a statement whose first and last day are known; this one can only be changed in the files`
    })
  }
  if (unsure.length > 0) return

  const days = [...new Set([...gone, ...come].flatMap(edgesOf))].sort()
  const stretches = days.map((from, index) => ({
    from,
    to: index + 1 < days.length ? addDays(days[index + 1]!, -1) : null
  }))
  if ([...gone, ...come].some(({ from }) => from === null))
    stretches.unshift({ from: FIRST, to: days.length > 0 ? addDays(days[0]!, -1) : null })
  let last: Edit | null = null
  for (const days of stretches) {
    const was = gone.find(one => covers(one, days.from))
    const is = come.find(one => covers(one, days.from))
    if (was === undefined && is === undefined) {
      last = null
      continue
    }
    if (was !== undefined && is !== undefined && saysTheSame(was, is)) {
      last = null
      continue
    }
    if (days.from === FIRST) {
      problems.push({
        path: name,
        message: `${name}: expected a change from a day on, found one that reaches back without end; it can only be made in the files`
      })
      continue
    }
    const edit: Edit = is === undefined ? removed(days) : stated(is, days)
    const joined: Edit | null = last === null ? null : join(last, edit)
    if (joined === null) edits.push(edit)
    else edits[edits.length - 1] = joined
    last = joined ?? edit
  }
}

/** Two edits of the same words, the second on the day after the first. */
function join(first: Edit, second: Edit): Edit | null {
  if (!('from' in first && 'from' in second) || first.to === null) return null
  const { from: _, to: __, ...one } = first
  const { from, to, ...other } = second
  const next = addDays(first.to, 1) === from && canonicalText(one) === canonicalText(other)
  return next ? { ...first, to } : null
}

/** Before every day that a change may begin on. */
const FIRST: LocalDate = '0001-01-01'

function edgesOf({ from, to }: Stated): readonly LocalDate[] {
  const ends = to === null ? [] : [addDays(to, 1)]
  return from === null ? ends : [from, ...ends]
}

function covers({ from, to }: Stated, day: LocalDate): boolean {
  return (from === null || from <= day) && (to === null || to >= day)
}

/** What it says, whenever it holds. */
function saysTheSame(a: Stated, b: Stated): boolean {
  const [one, other] = [a, b].map(stated => {
    const { from: _, to: __, reason: ___, ...rest } = known(stated)
    return canonicalText(rest)
  })
  return one === other
}

/** What of a statement is law; why it was stated so is not. */
function lawOf(stated: Stated): string {
  const { reason: _, ...law } = known(stated)
  return canonicalText(law)
}

/** What a statement says, as canonical text, whenever and however it was entered. */
export function contentOf(stated: Stated): string {
  return canonicalText(known(stated))
}

/** Without when and how it was entered: only what it says is compared. */
function known<Item extends Stated>(stated: Item): Item {
  const said = Object.entries(stated).filter(
    ([name, value]) => value !== undefined && !ENTERED.has(name)
  )
  const cites = stated.cites.map(({ instrument, pin }) =>
    pin ? { instrument, pin } : { instrument }
  )
  return { ...Object.fromEntries(said), cites } as unknown as Item
}
const ENTERED = new Set(['recordedAt', 'withdrawnAt', 'withdrawnBy', 'changeSet'])

function grounds(stated: Stated, words: Text): Grounds {
  const { cites, confidence, remark, reason, sample, assumption } = known(stated)
  return {
    cites,
    confidence,
    reason: reason ?? words,
    ...(remark === undefined ? {} : { remark }),
    ...(sample === undefined ? {} : { sample }),
    ...(assumption === undefined ? {} : { assumption })
  }
}

function byName<Item>(
  [before, after]: readonly [readonly Item[], readonly Item[]],
  name: (item: Item) => string
): ReadonlyMap<string, readonly [readonly Item[], readonly Item[]]> {
  const names = [...new Set([...before, ...after].map(name))].sort()
  const of = (items: readonly Item[], wanted: string) => items.filter(one => name(one) === wanted)
  return new Map(names.map(wanted => [wanted, [of(before, wanted), of(after, wanted)] as const]))
}

function instrumentEdits(before: LawPart, after: LawPart, problems: Problem[]): readonly Edit[] {
  for (const { id } of before.instruments) {
    if (after.instruments.some(one => one.id === id)) continue
    problems.push({
      path: `<${id}>`,
      message: `instrument <${id}> is missing: an instrument is never taken out of the register, its end is stated`
    })
  }
  const same = new Set(before.instruments.map(canonicalText))
  return after.instruments
    .filter(one => !same.has(canonicalText(one)))
    .map(instrument => ({ kind: 'instrument', instrument }))
}

function calendarEdits(before: LawPart, after: LawPart, words: Text): readonly Edit[] {
  const closedIn = ({ calendars }: LawPart): Readonly<Record<LocalDate, string>> =>
    Object.assign({}, ...Object.values(calendars).map(({ closed }) => closed))
  const [old, now] = [closedIn(before), closedIn(after)]
  const closed = Object.fromEntries(
    Object.entries(now).filter(([date, name]) => old[date] !== name)
  )
  const opened = Object.keys(old).filter(date => !Object.hasOwn(now, date))
  if (Object.keys(closed).length === 0 && opened.length === 0) return []
  return [{ kind: 'calendar', closed, opened: opened.sort(), cites: [], reason: words }]
}
