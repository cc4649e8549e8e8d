import type { Days } from '../../engine/rules/splice.ts'
import type { Edit } from './edits.ts'

/** The first day on which edits change something; null: they have no days. A draft may lack any part. */
export function firstDay(edits: readonly Edit[]): string | null {
  const days = edits.flatMap((edit): readonly unknown[] => {
    const { from, closed, opened } = edit as object as { readonly [name: string]: unknown }
    const shut = typeof closed === 'object' && closed !== null ? Object.keys(closed) : []
    return [from, ...shut, ...(Array.isArray(opened) ? opened : [])]
  })
  return days.filter(day => typeof day === 'string').sort()[0] ?? null
}

/** Edits that hold until a day at most. */
export function endingBy(edits: readonly Edit[], last: string): readonly Edit[] {
  return edits.flatMap<Edit>(edit => {
    if (!('from' in edit)) return [edit]
    if (edit.from > last) return []
    return [{ ...edit, to: edit.to !== null && edit.to < last ? edit.to : last }]
  })
}

/** Whether two edits are about the same thing on a day that both name. */
export function meet(a: Edit, b: Edit): boolean {
  if (subjectOf(a) !== subjectOf(b)) return false
  if (!('from' in a) || !('from' in b)) return true
  const follows = (one: Days, other: Days) =>
    one.to !== null && other.from !== null && one.to < other.from
  return !follows(a, b) && !follows(b, a)
}

/** What an edit is about, as one text. */
export function subjectOf(edit: Edit): string {
  switch (edit.kind) {
    case 'value':
      return edit.key
    case 'row':
      return `${edit.rule} ${edit.row}`
    case 'remove':
      return edit.row === undefined ? edit.key : `${edit.key} ${edit.row}`
    case 'instrument':
      return `instrument ${edit.instrument.id}`
    case 'bound':
      return `bound ${edit.key} ${edit.bound.kind}`
    case 'calendar':
      return 'calendar'
    case 'case':
      return `case ${edit.case.rule} ${edit.case.name}`
  }
}
