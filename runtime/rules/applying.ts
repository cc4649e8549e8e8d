import type { Bound } from '../../engine/rules/bounds.ts'
import type { Overlay, Row, Stated, StatedValue, Table } from '../../engine/rules/definitions.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { Authorship, Days } from '../../engine/rules/splice.ts'
import { splice } from '../../engine/rules/splice.ts'
import type { OfficeId } from '../../engine/state.ts'
import type {
  BoundEdit,
  CalendarEdit,
  CaseEdit,
  Edit,
  RemoveEdit,
  RowEdit,
  ValueEdit
} from './edits.ts'
import type { Findings } from './findings.ts'
import type { RuleCase } from './load.ts'
import { boundOutside, isRival } from './unit-bounds.ts'

/** All that units state, and the cases that it is held to. */
export interface Stating {
  readonly parts: ReadonlyMap<OfficeId, LawPart>
  readonly cases: readonly RuleCase[]
}

/** Makes edits of one unit, in order. What cannot be made is reported and left out. */
export function applyEdits(
  stating: Stating,
  scope: OfficeId,
  edits: readonly Edit[],
  by: Authorship,
  findings: Findings
): Stating {
  const before = stating.parts.get(scope)
  if (!before) {
    findings.all.push({
      kind: 'error',
      path: '/scope',
      message: `expected a unit, found <${scope}>`
    })
    return stating
  }
  let part = before
  let { cases } = stating
  edits.forEach((edit, index) => {
    findings.locate(edit, pointer => `/edits/${index}${pointer}`)
    if (edit.kind === 'case') cases = withCase(cases, edit, scope, findings)
    else part = applyEdit(part, edit, by, findings)
  })
  return { parts: new Map(stating.parts).set(scope, part), cases }
}

function applyEdit(
  part: LawPart,
  edit: Exclude<Edit, CaseEdit>,
  by: Authorship,
  findings: Findings
): LawPart {
  switch (edit.kind) {
    case 'value':
      return spliceValues(part, edit, edit.key, located(findings, edit, statedOf(edit, by)), by)
    case 'row':
      return applyRow(part, edit, by, findings)
    case 'remove':
      return inOrder(edit, findings) ? applyRemoval(part, edit, by, findings) : part
    case 'instrument':
      return withInstrument(part, located(findings, edit, edit.instrument, '/instrument'))
    case 'bound':
      return inOrder(edit, findings) ? withBound(part, edit, findings) : part
    case 'calendar':
      return withDays(part, edit, findings)
  }
}

/** What states something is held to its days with all else that is stated. */
function inOrder(edit: RemoveEdit | BoundEdit, findings: Findings): boolean {
  const { from, to } = edit
  if (to === null || from <= to) return true
  findings.error(
    edit,
    {
      id: `berakhir sebelum mulai: ${from} sampai ${to}`,
      en: `ends before it starts: ${from} to ${to}`
    },
    '/to'
  )
  return false
}

function located<Item extends object>(
  findings: Findings,
  edit: Edit,
  item: Item,
  inside = ''
): Item {
  findings.locate(item, pointer => findings.place(edit, `${inside}${pointer}`))
  return item
}

// values and rows ////////

function grounds(edit: ValueEdit | RowEdit, { at, changeSet }: Authorship): Stated {
  const { from, to, cites, reason, confidence = null, remark, sample, assumption } = edit
  return {
    from,
    to,
    cites: cites.map(({ instrument, pin }) => ({ instrument, pin: pin ?? null })),
    confidence,
    reason,
    ...(remark ? { remark } : {}),
    ...(sample ? { sample } : {}),
    ...(assumption ? { assumption } : {}),
    recordedAt: at,
    changeSet
  }
}

function statedOf(edit: ValueEdit, by: Authorship): StatedValue {
  return { key: edit.key, value: edit.value, ...grounds(edit, by) }
}

function overlayOf(edit: RowEdit, by: Authorship): Overlay {
  const { rule, row, replaces, before, conditions, outcome } = edit
  return {
    rule,
    id: row,
    ...(replaces === undefined ? { conditions } : { replaces }),
    ...(before === undefined ? {} : { before }),
    outcome,
    ...grounds(edit, by)
  }
}

function spliceValues(
  part: LawPart,
  days: Days,
  key: string,
  instead: StatedValue | null,
  by: Authorship
): LawPart {
  const own = part.values.filter(value => value.key === key)
  const { live, withdrawn } = splice(own, days, instead, by)
  return {
    ...part,
    values: [...part.values.filter(value => value.key !== key), ...live],
    ...withdrawing(part, { values: withdrawn, rows: [] })
  }
}

function spliceRows(
  part: LawPart,
  days: Days,
  { rule, id }: Pick<Overlay, 'rule' | 'id'>,
  instead: Overlay | null,
  by: Authorship
): LawPart {
  const isOwn = (row: Overlay) => row.rule === rule && row.id === id
  const { live, withdrawn } = splice(part.rows.filter(isOwn), days, instead, by)
  return {
    ...part,
    rows: [...part.rows.filter(row => !isOwn(row)), ...live],
    ...withdrawing(part, { values: [], rows: withdrawn })
  }
}

function withdrawing(
  { withdrawn: before }: LawPart,
  now: NonNullable<LawPart['withdrawn']>
): Pick<LawPart, 'withdrawn'> {
  if (now.values.length + now.rows.length === 0) return before ? { withdrawn: before } : {}
  return {
    withdrawn: {
      values: [...(before?.values ?? []), ...now.values],
      rows: [...(before?.rows ?? []), ...now.rows]
    }
  }
}

/** A row of a table of the nation keeps its place in it; any other is laid over the table. */
function applyRow(part: LawPart, edit: RowEdit, by: Authorship, findings: Findings): LawPart {
  const table = baseTable(part, edit.rule, edit.row)
  if (!table) {
    const overlay = located(findings, edit, overlayOf(edit, by))
    return spliceRows(part, edit, overlay, overlay, by)
  }
  const row: Row = located(findings, edit, {
    id: edit.row,
    conditions: edit.conditions,
    outcome: edit.outcome,
    ...grounds(edit, by)
  })
  return withRows(part, table, edit.row, edit, row, by)
}

function applyRemoval(
  part: LawPart,
  edit: RemoveEdit,
  by: Authorship,
  findings: Findings
): LawPart {
  const { key, row } = edit
  const changed = removed(part, edit, by)
  if (changed) return changed
  const what = row === undefined ? `<${key}>` : `row <${row}> of <${key}>`
  findings.error(edit, `<${part.unit}> states nothing of ${what} that could be taken back`, '/key')
  return part
}

function removed(part: LawPart, edit: RemoveEdit, by: Authorship): LawPart | null {
  const { key, row } = edit
  if (row === undefined) {
    if (!part.values.some(value => value.key === key)) return null
    return spliceValues(part, edit, key, null, by)
  }
  const table = baseTable(part, key, row)
  if (table) return withRows(part, table, row, edit, null, by)
  if (!part.rows.some(({ rule, id }) => rule === key && id === row)) return null
  return spliceRows(part, edit, { rule: key, id: row }, null, by)
}

function baseTable(part: LawPart, rule: string, row: string): Table | null {
  const table = part.tables.find(one => one.rule === rule)
  return table?.rows.some(({ id }) => id === row) ? table : null
}

function withRows(
  part: LawPart,
  table: Table,
  row: string,
  days: Days,
  instead: Row | null,
  by: Authorship
): LawPart {
  const { live, withdrawn } = splice(
    table.rows.filter(({ id }) => id === row),
    days,
    instead,
    by
  )
  const place = table.rows.findIndex(({ id }) => id === row)
  const others = table.rows.filter(({ id }) => id !== row)
  const rows = [...others.slice(0, place), ...live, ...others.slice(place)]
  return {
    ...part,
    tables: part.tables.map(one => (one === table ? { ...table, rows } : one)),
    ...withdrawing(part, {
      values: [],
      rows: withdrawn.map(gone => ({ rule: table.rule, ...gone }))
    })
  }
}

// the register, bounds, days and cases ////////

function withInstrument(part: LawPart, instrument: Instrument): LawPart {
  const others = part.instruments.filter(({ id }) => id !== instrument.id)
  return { ...part, instruments: [...others, instrument] }
}

/** A bound takes the place of those of its kind on the same member, for its days. */
function withBound(part: LawPart, edit: BoundEdit, findings: Findings): LawPart {
  const { key, bound, from, to } = edit
  const change = (bounds: readonly Bound[]): readonly Bound[] => [
    ...bounds.flatMap(one => (isRival(one, bound) ? boundOutside(one, edit) : [one])),
    ...(edit.lifted ? [] : [{ ...bound, from, ...(to === null ? {} : { to }) }])
  ]
  const known =
    part.definitions.some(one => one.key === key) || part.tables.some(({ rule }) => rule === key)
  if (!known) {
    findings.error(
      edit,
      part.level === 'national'
        ? `expected a key that is defined, found <${key}>`
        : `<${part.unit}> may not bound anything: only the nation may`,
      '/key'
    )
    return part
  }
  return {
    ...part,
    definitions: part.definitions.map(one =>
      one.key === key ? { ...one, bounds: change(one.bounds) } : one
    ),
    tables: part.tables.map(one =>
      one.rule === key ? { ...one, bounds: change(one.bounds) } : one
    )
  }
}

function withDays(part: LawPart, edit: CalendarEdit, findings: Findings): LawPart {
  const years: Record<string, LawPart['calendars'][string]> = { ...part.calendars }
  for (const [date, name] of Object.entries(edit.closed)) {
    const year = date.slice(0, 4)
    if (part.level === 'national' && !Object.hasOwn(years, year)) {
      findings.error(edit, `<${part.unit}> has no calendar of ${year} yet`, `/closed/${date}`)
      continue
    }
    const { closed, ...known } = years[year] ?? { closed: {}, sample: false }
    years[year] = { ...known, closed: { ...closed, [date]: name } }
  }
  for (const date of edit.opened) {
    const year = date.slice(0, 4)
    const known = years[year]
    if (!known || !Object.hasOwn(known.closed, date)) {
      findings.error(
        edit,
        `expected a day that <${part.unit}> has closed, found <${date}>`,
        '/opened'
      )
      continue
    }
    const { [date]: _, ...closed } = known.closed
    years[year] = { ...known, closed }
  }
  return { ...part, calendars: years }
}

function withCase(
  cases: readonly RuleCase[],
  edit: CaseEdit,
  scope: OfficeId,
  findings: Findings
): readonly RuleCase[] {
  const one = located(findings, edit, { ...edit.case, scope } as RuleCase, '/case')
  const isSame = ({ rule, name, scope: other }: RuleCase) =>
    rule === one.rule && name === one.name && other === scope
  return [...cases.filter(other => !isSame(other)), one]
}
