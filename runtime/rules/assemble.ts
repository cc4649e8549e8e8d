import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import { holdsOn } from '../../engine/rules/dates.ts'
import type { Overlay, StatedValue } from '../../engine/rules/definitions.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import type { LocalDate, OfficeId } from '../../engine/state.ts'
import { type Above, checkDefinitions, checkValues, nationalLaw } from './checks.ts'
import { Findings } from './findings.ts'
import { checkInstruments, registerOf } from './instruments.ts'
import type { Invariant } from './invariants.ts'
import { checkInvariants } from './invariants.ts'
import type { PublishedStatement } from './statements.ts'
import { checkOverlays, checkTables } from './table-checks.ts'
import { checkUnits } from './units.ts'

/** Checks the sense of all that was read; the findings say what does not hold. */
export function checkSense(
  tree: OfficeTree,
  parts: ReadonlyMap<OfficeId, LawPart>,
  findings: Findings,
  invariants: readonly Invariant[] = []
): void {
  checkUnits(tree, findings)
  const nation = [...parts.values()].find(({ level }) => level === 'national')
  if (!nation) return
  checkNation(nation, findings)
  checkInvariants(invariants, nationalLaw(nation, new Findings()), findings)
  for (const part of parts.values()) checkPart(tree, parts, part, findings)
}

/** Checks what the nation alone may state: definitions, tables and the register. */
export function checkNation(nation: LawPart, findings: Findings): void {
  const law = nationalLaw(nation, findings)
  checkInstruments(nation.instruments, law.instruments, findings)
  checkDefinitions(law, findings)
  checkTables(law, findings)
}

/** Checks what one unit states against all that stands above it. */
export function checkPart(
  tree: OfficeTree,
  parts: ReadonlyMap<OfficeId, LawPart>,
  part: LawPart,
  findings: Findings
): void {
  const times = ancestorsOf(tree, part.unit)
  const units = new Set(times.map(({ unit }) => unit.id))
  const line = [...units].map(id => parts.get(id)!)
  const above = line.filter(({ unit }) => unit !== part.unit)
  const nation = line.find(({ level }) => level === 'national')
  if (!nation) return
  // what stands twice further up is told there
  const higher = registerOf(above, new Findings())
  const own = part.level === 'national' ? new Findings() : findings
  const instruments = registerOf([part], own, higher)
  const law = {
    definitions: new Map(nation.definitions.map(one => [one.key, one])),
    tables: new Map(nation.tables.map(one => [one.rule, one])),
    instruments
  }
  if (part.level !== 'national') checkInstruments(part.instruments, instruments, findings)
  const isAbove = (unit: OfficeId, day: LocalDate) =>
    times.some(
      one => one.unit.id === unit && (one.while === null || holdsOn(one.while, day) !== 'no')
    )
  const standsAbove: Above = {
    parts: above,
    on: day => above.filter(({ unit }) => isAbove(unit, day)),
    moves: times.flatMap(one => one.while ?? [])
  }
  checkValues(part, standsAbove, law, findings)
  checkOverlays(part, standsAbove, law, findings)
}

/** The parts with what was published since the files were written. */
export function withPublished(
  parts: ReadonlyMap<OfficeId, LawPart>,
  published: readonly PublishedStatement[],
  findings: Findings
): ReadonlyMap<OfficeId, LawPart> {
  const all = new Map(parts)
  for (const statement of published) {
    const { scope, kind } = statement
    const part = all.get(scope)
    const stated = kind === 'value' ? publishedValue(statement) : publishedRow(statement)
    findings.locate(stated, pointer => `${placeOf(statement)} ${pointer}`.trimEnd())
    if (!part) {
      findings.error(stated, `expected a unit, found <${scope}>`)
      continue
    }
    all.set(
      scope,
      kind === 'value'
        ? { ...part, values: [...part.values, stated as StatedValue] }
        : { ...part, rows: [...part.rows, stated as Overlay] }
    )
  }
  return all
}

function publishedValue(statement: PublishedStatement): StatedValue {
  const { key, content, from, to, cites, reason, at } = statement
  return { key, value: content, from, to, cites, confidence: null, reason, recordedAt: at }
}

function publishedRow(statement: PublishedStatement): Overlay {
  const { key, content, from, to, cites, reason, at } = statement
  const row = content as unknown as Pick<
    Overlay,
    'id' | 'before' | 'replaces' | 'conditions' | 'outcome' | 'remark'
  >
  return { rule: key, ...row, from, to, cites, confidence: null, reason, recordedAt: at }
}

/** What findings call a published statement. */
export function placeOf({ key, scope, at }: PublishedStatement): string {
  return `published <${key}> of <${scope}>, ${at}`
}
