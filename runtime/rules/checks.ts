import type { Citation } from '../../engine/messages.ts'
import { findBreach } from '../../engine/rules/bounds.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import {
  dateProblem,
  describe,
  endsBeforeItStarts,
  isCertain,
  mayMeet,
  surelyMeet,
  sureStart
} from '../../engine/rules/dates.ts'
import type {
  Definition,
  Governed,
  Stated,
  StatedValue,
  Table
} from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { Findings } from './findings.ts'
import { shapeOf, valueFault } from './values.ts'

/** What the statements of the nation mean to everybody: definitions, tables and instruments by name. */
export interface NationalLaw {
  readonly definitions: ReadonlyMap<string, Definition>
  readonly tables: ReadonlyMap<string, Table>
  readonly instruments: ReadonlyMap<string, Instrument>
}

/** The law of the nation by name; a name that stands twice is reported. */
export function nationalLaw(nation: LawPart, findings: Findings): NationalLaw {
  const definitions = byName(nation.definitions, ({ key }) => key, 'key', findings)
  const tables = byName(nation.tables, ({ rule }) => rule, 'rule', findings)
  const instruments = byName(nation.instruments, ({ id }) => id, 'instrument', findings)
  for (const [rule, table] of tables) {
    if (definitions.has(rule)) findings.error(table, `<${rule}> is a key and a rule`)
  }
  return { definitions, tables, instruments }
}

export function checkInstruments(law: NationalLaw, findings: Findings): void {
  for (const instrument of law.instruments.values()) {
    checkInterval(instrument, instrument.inForce, findings)
    if (instrument.confidence === 'L' && !instrument.sample) {
      findings.error(instrument, 'confidence L is for samples only')
    }
    for (const id of [
      ...(instrument.amends ?? []),
      ...(instrument.repealedBy ? [instrument.repealedBy] : [])
    ]) {
      if (!law.instruments.has(id))
        findings.error(instrument, `expected an instrument of the register, found <${id}>`)
    }
  }
}

export function checkDefinitions(law: NationalLaw, findings: Findings): void {
  for (const definition of law.definitions.values()) {
    if (definition.type !== 'record') continue
    try {
      shapeOf(definition)
    } catch (error) {
      findings.error(
        definition,
        `the shape is no JSON Schema: ${(error as Error).message}`,
        '/shape'
      )
    }
  }
}

/** Checks the values that one unit states, with those of the units above it for the bounds. */
export function checkValues(
  part: LawPart,
  above: readonly LawPart[],
  law: NationalLaw,
  findings: Findings
): void {
  const byKey = new Map<string, StatedValue[]>()
  for (const value of part.values) {
    const definition = law.definitions.get(value.key)
    if (!definition) {
      findings.error(value, `expected a key that is defined, found <${value.key}>`, '/key')
      continue
    }
    const others = byKey.get(value.key) ?? []
    byKey.set(value.key, [...others, value])
    checkStated(value, definition, part, law, findings)
    const fault = valueFault(definition, value.value)
    if (fault) {
      findings.error(value, fault, '/value')
      continue
    }
    for (const other of others) {
      if (surelyMeet(other, value)) {
        findings.error(
          value,
          `<${part.unit}> states <${value.key}> twice at once: ${describe(other)} and ${describe(value)}`
        )
      }
    }
    if (part.level === 'national') {
      const breach = findBreach(
        definition.bounds.filter(({ kind }) => kind === 'range' || kind === 'oneOf'),
        value.value,
        undefined
      )
      if (breach) findings.error(value, breach, '/value')
    } else checkBounds(definition, value, part, above, findings)
  }
}

/** A value below is held to its bounds on its first day and on every day on which the level above changes. */
function checkBounds(
  definition: Definition,
  value: StatedValue,
  part: LawPart,
  above: readonly LawPart[],
  findings: Findings
): void {
  const layers = [...above, { ...part, values: [value] }].map(({ level, unit, values }) => ({
    level,
    scope: unit,
    statements: values.filter(({ key }) => key === definition.key)
  }))
  const days = layers
    .flatMap(({ statements }) => statements.filter(one => mayMeet(one, value)).map(sureStart))
    .filter(day => day !== null)
  for (const day of new Set(days)) {
    try {
      const { trail } = resolveValue(definition, layers, day)
      const own = trail.find(({ scope, status }) => scope === part.unit && status === 'suspended')
      if (own) findings.add('suspended', value, `on ${day}: ${own.why}`, '/value')
    } catch {
      // Nothing holds above on that day, so no bound can be broken by it.
    }
  }
}

/** What holds for a value and a row alike: who may state it, what it rests on, and when. */
export function checkStated(
  stated: Stated,
  governed: Governed,
  part: LawPart,
  law: NationalLaw,
  findings: Findings
): void {
  if (part.level !== 'national' && !governed.overridableAt.includes(part.level)) {
    const levels = governed.overridableAt.join(' and ') || 'the nation only'
    findings.error(stated, `<${part.unit}> may not state this: it is open to ${levels}`)
  }
  if ('key' in stated) {
    checkCitations(stated, governed, law, findings)
    checkInterval(stated, stated, findings)
  }
}

export function checkCitations(
  stated: Stated,
  governed: Governed,
  law: NationalLaw,
  findings: Findings
): void {
  if (stated.cites.length < governed.cites.min) {
    findings.error(
      stated,
      `expected at least ${governed.cites.min} citation, found ${stated.cites.length}`,
      '/cites'
    )
  }
  stated.cites.forEach((cite: Citation, index) => {
    const instrument = law.instruments.get(cite.instrument)
    if (!instrument) {
      findings.error(
        stated,
        `expected an instrument of the register, found <${cite.instrument}>`,
        `/cites/${index}`
      )
    } else if (!mayMeet(instrument.inForce, stated)) {
      findings.add(
        'notice',
        stated,
        `rests on <${cite.instrument}>, in force ${describe(instrument.inForce)} only`,
        `/cites/${index}`
      )
    }
  })
  if (stated.confidence === 'L' && !stated.sample && !stated.assumption) {
    findings.error(stated, 'confidence L needs sample or assumption', '/confidence')
  }
}

/** Dates of law that exist, in the right order; those not known to the day are listed. */
export function checkInterval(part: object, interval: Interval, findings: Findings): void {
  const dates = [interval.from, interval.to].filter(date => date !== null)
  const problems = dates.map(dateProblem).filter(problem => problem !== null)
  for (const problem of problems) findings.error(part, problem)
  for (const side of interval.unknown ?? []) {
    if (interval[side] !== null) findings.error(part, `<${side}> is given and unknown`)
  }
  if (problems.length > 0) return
  if (endsBeforeItStarts(interval))
    findings.error(part, `ends before it starts: ${describe(interval)}`)
  else if (!isCertain(interval))
    findings.add('notice', part, `not known to the day: ${describe(interval)}`)
}

function byName<Item extends object>(
  items: readonly Item[],
  name: (item: Item) => string,
  what: string,
  findings: Findings
): ReadonlyMap<string, Item> {
  const map = new Map<string, Item>()
  for (const item of items) {
    if (map.has(name(item))) findings.error(item, `${what} <${name(item)}> stands twice`)
    else map.set(name(item), item)
  }
  return map
}
