import type { Edit, RowView, TableSubject } from '../../../api/law.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { Bound } from '../../../engine/rules/bounds.ts'
import type { Group } from '../../../engine/rules/definitions.ts'
import type { Value, Variables } from '../../../engine/state.ts'
import { isDay } from '../dates.tsx'
import type { Field, GroupField } from '../form-schema.ts'
import { type Posted, readForm, typed } from '../form-values.ts'
import { own } from '../values.tsx'
import { groupOf, linesOf, postedLines } from './condition-lines.ts'
import { documentsIn, knownDocuments } from './documents.tsx'
import { type EditDraft, idPart } from './edit-drafts.ts'
import { type Grounds, groundsIn, indexes } from './grounds.ts'
import { asksDocuments, outcomeForm, valueForm } from './schemas.ts'

/** What a posted form states: the edit, before it the office's own decision if one was entered. */
export interface ReadEdit {
  readonly edits: readonly Edit[]
  readonly problems: readonly Problem[]
}

/** Reads the form of an edit; the problems name its controls, in both languages. */
export function readEdit(draft: EditDraft, posted: Posted): ReadEdit {
  const asks = { days: draft.kind !== 'calendar', cites: draft.kind !== 'remove' }
  const { grounds, problems: common } = groundsIn(posted, draft.scope, asks)
  const { edit, problems } = editOf(draft, posted, grounds)
  const all = [...problems, ...common]
  if (edit === null || all.length > 0) return { edits: [], problems: all }
  return { edits: [...(grounds.own === null ? [] : [grounds.own]), edit], problems: [] }
}

interface OneEdit {
  readonly edit: Edit | null
  readonly problems: readonly Problem[]
}

function editOf(draft: EditDraft, posted: Posted, grounds: Grounds): OneEdit {
  const { subject, kind } = draft
  if (kind === 'calendar') return calendarEdit(posted, grounds)
  if (subject === null) return { edit: null, problems: [] }
  const { from, to, cites, reason } = grounds
  if (kind === 'remove') {
    const row = draft.row === null ? {} : { row: draft.row }
    return { edit: { kind, key: subject.key, ...row, from, to, reason }, problems: [] }
  }
  if (kind === 'bound') {
    const { bound, problems } = boundIn(posted)
    const edit = bound === null ? null : { kind, key: subject.key, bound, from, to, cites, reason }
    return { edit, problems }
  }
  if (subject.kind === 'table') return rowEdit(draft, subject, posted, grounds)
  const form = valueForm(subject)
  const read = readForm(form, posted, {}).value
  const value = read === undefined || read === '' ? null : read
  const field = form.fields[0]
  const problems = field === undefined ? [] : unfilled(field, value)
  return { edit: { kind: 'value', key: subject.key, value, from, to, cites, reason }, problems }
}

// rows ////////////////////////////////////////////////////////////////////////

/** The row that a draft is about. */
export function rowOf(draft: EditDraft): RowView | null {
  if (draft.subject?.kind !== 'table') return null
  return draft.subject.rows.find(({ id }) => id === draft.row) ?? null
}

function rowEdit(draft: EditDraft, table: TableSubject, posted: Posted, grounds: Grounds): OneEdit {
  const { from, to, cites, reason } = grounds
  const row = rowOf(draft)
  const { outcome, problems: ofOutcome } = outcomeIn(draft, table, posted)
  const conditions =
    draft.kind === 'replace' ? { group: null, problems: [] } : conditionsIn(draft, table, posted)
  const place = placeOf(draft, row, from)
  const needed =
    draft.kind !== 'before' || conditions.group !== null || conditions.problems.length > 0
      ? []
      : [
          {
            path: '/conditions',
            message:
              'Pengecualian perlu sedikitnya satu syarat / An exception needs at least one condition'
          }
        ]
  return {
    edit: {
      kind: 'row',
      rule: table.key,
      ...place,
      conditions: conditions.group,
      outcome,
      from,
      to,
      cites,
      reason
    },
    problems: [...conditions.problems, ...needed, ...ofOutcome]
  }
}

/** An own row keeps its name; another gets one of the office, the row and the first day. */
function placeOf(
  { kind, scope, edit }: EditDraft,
  row: RowView | null,
  from: string
): { readonly row: string; readonly replaces?: string; readonly before?: string } {
  if (edit?.kind === 'row') {
    const { row: id, replaces, before } = edit
    return {
      row: id,
      ...(replaces === undefined ? {} : { replaces }),
      ...(before === undefined ? {} : { before })
    }
  }
  const isOwn = row !== null && row.scope === scope
  const id = [idPart(scope), idPart(row?.id ?? 'baris'), kind === 'replace' ? '' : idPart(from)]
    .filter(part => part !== '')
    .join('-')
  if (kind === 'replace') {
    const target = row?.replaces ?? row?.id ?? ''
    if (isOwn && row.replaces === null) {
      // its own row that replaces nothing is stated anew under the same name
      return { row: row.id, ...(row.exceptionTo === null ? {} : { before: row.exceptionTo }) }
    }
    return { row: isOwn ? row.id : id, replaces: target }
  }
  return kind === 'before' && row !== null
    ? { row: id, before: row.replaces ?? row.id }
    : { row: id }
}

function conditionsIn(
  draft: EditDraft,
  table: TableSubject,
  posted: Posted
): { readonly group: Group | null; readonly problems: readonly Problem[] } {
  const kept = keptConditions(draft, table)
  if (kept !== null) return { group: kept, problems: [] }
  return groupOf(postedLines(posted, table.facts), table.facts)
}

/** Conditions of an edit that no lines can say: the form shows them and leaves them as they are. */
export function keptConditions(draft: EditDraft, table: TableSubject): Group | null {
  if (draft.edit?.kind !== 'row' || draft.edit.conditions === null) return null
  return linesOf(draft.edit.conditions, table.facts) === null ? draft.edit.conditions : null
}

function outcomeIn(
  draft: EditDraft,
  table: TableSubject,
  posted: Posted
): { readonly outcome: Value; readonly problems: readonly Problem[] } {
  const form = outcomeForm(table)
  const read = readForm(form, posted, {}).outcome
  const outcome: Variables = isRecord(read) ? read : {}
  const field = form.fields[0]
  const problems =
    field === undefined || !isGroup(field)
      ? []
      : field.fields.flatMap(each => unfilled(each, outcome[each.key] ?? null))
  if (!asksDocuments(table)) return { outcome, problems }
  const before = draft.edit?.kind === 'row' ? draft.edit.outcome : rowOf(draft)?.outcome
  const { documents, problems: ofDocuments } = documentsIn(posted, knownDocuments(before, table))
  const list = documents.map(({ code, label, required }) => ({
    code,
    label: { id: label.id, en: label.en },
    required
  }))
  return { outcome: { ...outcome, documents: list }, problems: [...problems, ...ofDocuments] }
}

// bounds and calendars ////////////////////////////////////////////////////////

function boundIn(posted: Posted): {
  readonly bound: Bound | null
  readonly problems: readonly Problem[]
} {
  const kind = typed(posted, '/bound/kind') ?? ''
  if (
    ['locked', 'atMostParent', 'atLeastParent', 'subsetOfParent', 'supersetOfParent'].includes(kind)
  ) {
    return { bound: { kind } as Bound, problems: [] }
  }
  if (kind !== 'range') {
    return {
      bound: null,
      problems: [{ path: '/bound/kind', message: 'Pilih batasnya / Choose the bound' }]
    }
  }
  const [min, max] = (['min', 'max'] as const).map(end =>
    (typed(posted, `/bound/${end}`) ?? '').trim()
  )
  const problems = [
    ...(isNumber(min ?? '') ? [] : [{ path: '/bound/min', message: 'Isi angka / Enter a number' }]),
    ...(isNumber(max ?? '') ? [] : [{ path: '/bound/max', message: 'Isi angka / Enter a number' }]),
    ...(min === '' && max === ''
      ? [
          {
            path: '/bound/min',
            message:
              'Isi paling sedikit, paling banyak, atau keduanya / Give the least, the most, or both'
          }
        ]
      : [])
  ]
  const bound: Bound = {
    kind: 'range',
    ...(min === '' ? {} : { min: Number(min) }),
    ...(max === '' ? {} : { max: Number(max) })
  }
  return { bound, problems }
}

function calendarEdit(posted: Posted, { cites, reason }: Grounds): OneEdit {
  const problems: Problem[] = []
  const closed: Record<string, string> = {}
  const opened: string[] = []
  for (const index of days()) {
    const date = (typed(posted, `/closed/${index}/date`) ?? '').trim()
    const name = (typed(posted, `/closed/${index}/name`) ?? '').trim()
    if (date === '' && name === '') continue
    if (!isDay(date))
      problems.push({ path: `/closed/${index}/date`, message: 'Isi tanggalnya / Give the date' })
    if (name === '')
      problems.push({ path: `/closed/${index}/name`, message: 'Isi sebabnya / Say why' })
    closed[date] = name
  }
  for (const index of indexes()) {
    const date = (typed(posted, `/opened/${index}`) ?? '').trim()
    if (date === '') continue
    if (isDay(date)) opened.push(date)
    else
      problems.push({
        path: `/opened/${index}`,
        message: 'Tanggal ini tidak ada / This date does not exist'
      })
  }
  if (problems.length === 0 && Object.keys(closed).length === 0 && opened.length === 0) {
    problems.push({
      path: '/closed/0/date',
      message: 'Isi sedikitnya satu hari / Give at least one day'
    })
  }
  return { edit: { kind: 'calendar', closed, opened, cites, reason }, problems }
}

/** The lines of closed days that one form takes. */
export function days(): readonly number[] {
  return [0, 1, 2, 3, 4, 5]
}

// values //////////////////////////////////////////////////////////////////////

/** What is not filled in, or not of its type. */
function unfilled(field: Field, value: Value): readonly Problem[] {
  if (isGroup(field))
    return field.fields.flatMap(each => unfilled(each, own(value, each.key) ?? null))
  const path = field.pointer
  if (value === null || value === '') {
    const empty =
      field.required && !field.nullable && field.kind !== 'boolean' && field.kind !== 'choices'
    return empty ? [{ path, message: 'Wajib diisi / Required' }] : []
  }
  if (field.kind === 'number' || field.kind === 'money') {
    return Number.isSafeInteger(value)
      ? []
      : [{ path, message: 'Isi bilangan bulat / Enter a whole number' }]
  }
  return []
}

function isGroup(field: Field): field is GroupField {
  return field.kind === 'group' || field.kind === 'mrz'
}

function isNumber(text: string): boolean {
  return /^-?\d*$/.test(text)
}

function isRecord(value: Value | undefined): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
