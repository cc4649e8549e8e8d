import type { LocalDate } from '../../engine/state.ts'
import type { Edit } from './edits.ts'

/**
 * Edits as they would be if the change had begun on the first day of a period: of each thing that is stated,
 * what is stated first holds from that day on. What is stated of later days stays where it is.
 */
export function backdated(edits: readonly Edit[], from: LocalDate): readonly Edit[] {
  const first = new Map<string, LocalDate>()
  for (const edit of edits) {
    const subject = subjectOf(edit)
    if (subject === null || !('from' in edit)) continue
    const known = first.get(subject)
    if (known === undefined || edit.from < known) first.set(subject, edit.from)
  }
  return edits.map(edit => {
    const subject = subjectOf(edit)
    const begins = subject !== null && 'from' in edit && first.get(subject) === edit.from
    return begins && edit.from > from ? { ...edit, from } : edit
  })
}

function subjectOf(edit: Edit): string | null {
  switch (edit.kind) {
    case 'value':
    case 'bound':
      return `${edit.kind} ${edit.key}`
    case 'row':
      return `row ${edit.rule} ${edit.row}`
    case 'remove':
      return edit.row === undefined ? `value ${edit.key}` : `row ${edit.key} ${edit.row}`
    default:
      return null
  }
}
