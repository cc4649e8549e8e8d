import type { Condition, Group } from '../../engine/rules/definitions.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'

/** A row of the nation as it holds somewhere; its outcome is its id. */
export function row(
  id: string,
  conditions: Group | null,
  more: Partial<EffectiveRow> = {}
): EffectiveRow {
  return {
    id,
    level: 'national',
    scope: 'nation',
    conditions,
    outcome: id,
    cites: [],
    confidence: 'H',
    remarks: [],
    perhaps: false,
    replaces: null,
    exceptionTo: null,
    ...more
  }
}
export function all(...members: Condition[]): Group {
  return { all: members }
}
export function is(fact: string, operator: string, value: unknown): Condition {
  return { fact, operator, value } as Condition
}
