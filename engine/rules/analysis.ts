import { InvalidData } from '../errors.ts'
import type { Variables } from '../state.ts'
import type { Derived, Example } from './analysis-derived.ts'
import { derivedOf, exampleOf } from './analysis-derived.ts'
import type { Space } from './analysis-domains.ts'
import { nameOf, spaceOf } from './analysis-domains.ts'
import type { Box, Goal } from './analysis-search.ts'
import { Budget, everything, merge, search, TooMany } from './analysis-search.ts'
import { same } from './bounds.ts'
import type { Certainty } from './dates.ts'
import type { FactType, Group, Table } from './definitions.ts'
import { LEVELS } from './definitions.ts'
import { areRivals } from './hit-policy.ts'
import type { EffectiveRow } from './table.ts'

/**
 * What is to be known of a table: a gap is a combination of facts that no row fits; rows overlap where the
 * hit policy cannot choose between them; an unreachable row never decides; a superfluous one decides as the
 * rows after it would; a stated gap is none where a row fits in it.
 */
export interface TableFinding {
  readonly kind: 'gap' | 'overlap' | 'unreachable' | 'superfluous' | 'no-gap' | 'not-analysed'
  /** Whom it is about, the one to blame first; for `no-gap` the row that fits there. */
  readonly rows: readonly string[]
  /** The place of the stated gap that is none. */
  readonly gap?: number
  /** One combination of facts, as conditions read them (flags as the list of what is ticked); null when there is none. */
  readonly example: Variables | null
  /** Derived facts of the example that were taken as they are. */
  readonly assumed: readonly string[]
  /** All combinations that it is about, in words, or why it is not analysed. */
  readonly where: string
}
export interface TableAnalysis {
  readonly findings: readonly TableFinding[]
  /** How many boxes of facts were looked at. */
  readonly boxes: number
}

/** A combination that is left open on purpose. */
export interface OpenGap {
  readonly conditions: Group | null
  /** Whether it holds on the day. */
  readonly holds: Certainty
}

/** What is analysed: the rows of a table as they hold at one office on one date. */
export interface AnalysedTable {
  readonly hitPolicy: Table['hitPolicy']
  /** Facts that are read from parameters with the choices and bounds of these. */
  readonly facts: Readonly<Record<string, FactType>>
  readonly rows: readonly EffectiveRow[]
  readonly gaps: readonly OpenGap[]
  /** A day on which these rows hold. */
  readonly date: string
}

/** More boxes than this are not looked at: a finding says so. It takes a second or so. */
export const MOST_BOXES = 500_000

/**
 * Finds gaps, overlaps, unreachable and superfluous rows over all facts, each with an example. It is exact
 * over facts that are given; a fact that is worked out from others counts as far as others that give it can
 * be found, and is named under `assumed` otherwise. Conditions must have passed their checks.
 */
export function analyseTable(table: AnalysedTable, most = MOST_BOXES): TableAnalysis {
  return new Analyst(table, most).analyse()
}

class Analyst {
  readonly #table: AnalysedTable
  readonly #space: Space
  readonly #derived: Derived
  readonly #budget: Budget
  readonly #findings: TableFinding[] = []

  constructor(table: AnalysedTable, most: number) {
    this.#table = table
    this.#derived = derivable(table.facts)
    this.#budget = new Budget(most)
    const whole = this.#derived.finite ? new Set(this.#derived.inputs) : new Set<string>()
    const conditions = [...table.rows, ...table.gaps].map(one => one.conditions)
    this.#space = spaceOf(table.facts, conditions, whole, table.date)
  }

  analyse(): TableAnalysis {
    const { hitPolicy, rows } = this.#table
    try {
      if (hitPolicy !== 'collect') {
        this.#gaps()
        this.#statedGaps()
      }
      rows.forEach((row, index) => {
        if (this.#isUnreachable(row, index)) return
        if (hitPolicy === 'unique') this.#overlaps(row, index)
        if (hitPolicy === 'first') {
          this.#rivals(row, index)
          this.#isSuperfluous(row, index)
        }
      })
    } catch (error) {
      if (!(error instanceof TooMany)) throw error
      this.#add('not-analysed', [], null, `not analysed: ${error.message} of facts`)
    }
    return { findings: this.#findings, boxes: Math.min(this.#budget.used, this.#budget.most) }
  }

  #gaps(): void {
    const { rows, gaps } = this.#table
    const open = gaps.filter(gap => gap.holds !== 'no')
    const goals = [...rows, ...open].map(({ conditions }) => ({ conditions, hold: false }))
    const boxes: Box[] = []
    this.#search(goals, box => {
      if (this.#example(box)) boxes.push(box)
      return false
    })
    const merged = merge(boxes)
    for (const box of merged.slice(0, MOST_GAPS))
      this.#add('gap', [], this.#example(box), this.#where(box))
    const [next] = merged.slice(MOST_GAPS)
    if (next) {
      const others = `${this.#where(next)}, and ${merged.length - MOST_GAPS - 1} more such combinations`
      this.#add('gap', [], this.#example(next), others)
    }
  }

  #statedGaps(): void {
    const { rows, gaps } = this.#table
    gaps.forEach((gap, index) => {
      if (gap.holds !== 'yes') return
      for (const row of rows) {
        if (row.perhaps) continue
        const found = this.#find([gap, row], [])
        if (!found) continue
        this.#add('no-gap', [row.id], found.example, this.#where(found.box), index)
        return
      }
    })
  }

  /** Rows of a level below stand before others on purpose: they make none unreachable. */
  #isUnreachable(row: EffectiveRow, index: number): boolean {
    const { rows, hitPolicy } = this.#table
    const fits = this.#find([row], [])
    if (!fits) {
      this.#add('unreachable', [row.id], null, 'its conditions never hold together')
      return true
    }
    if (hitPolicy !== 'first') return false
    const earlier = rows.slice(0, index).filter(one => !one.perhaps && !isBelow(one, row))
    if (this.#find([row], earlier)) return false
    const one = earlier.find(other => !this.#find([row], [other]))
    const takers = one ? [one] : earlier.filter(other => this.#find([row, other], []))
    const { example, box } = this.#find([row, takers[0]!], [])!
    this.#add('unreachable', [row.id, ...takers.map(({ id }) => id)], example, this.#where(box))
    return true
  }

  #overlaps(row: EffectiveRow, index: number): void {
    for (const other of this.#table.rows.slice(index + 1)) {
      const found = this.#find([row, other], [])
      if (found) this.#add('overlap', [other.id, row.id], found.example, this.#where(found.box))
    }
  }

  /** Only where the first that fits is one of two of equal rank is the decision refused. */
  #rivals(row: EffectiveRow, index: number): void {
    const { rows } = this.#table
    for (const other of rows.slice(index + 1).filter(one => areRivals(row, one))) {
      const found = this.#find([row, other], rows.slice(0, index))
      if (found) this.#add('overlap', [other.id, row.id], found.example, this.#where(found.box))
    }
  }

  /** Without it the same rows would give the same outcome. */
  #isSuperfluous(row: EffectiveRow, index: number): void {
    const { rows } = this.#table
    const before = rows.slice(0, index)
    const after = rows.slice(index + 1)
    if (row.perhaps || this.#find([row], [...before, ...after])) return
    const alike: EffectiveRow[] = []
    for (const next of after) {
      if (!next.perhaps && same(next.outcome, row.outcome)) alike.push(next)
      else if (this.#find([row, next], [...before, ...alike])) return
    }
    const follows = alike.filter(next => this.#find([row, next], before))
    // what stands before it, of a level below, takes everything
    if (follows.length === 0) return
    const { example, box } = this.#find([row, follows[0]!], before)!
    this.#add('superfluous', [row.id, ...follows.map(({ id }) => id)], example, this.#where(box))
  }

  // looking ////////

  #search(goals: readonly Goal[], visit: (box: Box) => boolean): void {
    search(this.#space, everything(this.#space), goals, this.#budget, visit)
  }

  #find(
    holding: readonly { readonly conditions: Group | null }[],
    failing: readonly { readonly conditions: Group | null }[]
  ): { readonly box: Box; readonly example: Example } | null {
    let found: { readonly box: Box; readonly example: Example } | null = null
    const goals = [
      ...holding.map(({ conditions }) => ({ conditions, hold: true })),
      ...failing.map(({ conditions }) => ({ conditions, hold: false }))
    ]
    this.#search(goals, box => {
      const example = this.#example(box)
      if (!example) return false
      found ??= { box, example }
      if (example.assumed.length > 0) return false
      found = { box, example }
      return true
    })
    return found
  }

  #example(box: Box): Example | null {
    return exampleOf(this.#space, box, this.#table.facts, this.#derived, this.#table.date)
  }

  #add(
    kind: TableFinding['kind'],
    rows: readonly string[],
    example: Example | null,
    where: string,
    gap?: number
  ): void {
    const { facts = null, assumed = [] } = example ?? {}
    const at = gap === undefined ? {} : { gap }
    this.#findings.push({ kind, rows, ...at, example: facts, assumed, where })
  }

  #where(box: Box): string {
    const parts = this.#space.variables.flatMap(({ fact, member, classes }, index) => {
      const left = box[index]!
      if (left.length === classes.length) return []
      const name = nameOf(left.flatMap(at => classes[at]!.labels))
      return [`${fact}${member === null ? '' : ':'} ${name}`]
    })
    return parts.join(', ') || 'any facts'
  }
}

/** More gaps than this are counted only. */
const MOST_GAPS = 50

function isBelow(row: EffectiveRow, other: EffectiveRow): boolean {
  return LEVELS.indexOf(row.level) > LEVELS.indexOf(other.level)
}

/** Expressions that do not compile are reported elsewhere; here such a fact may be anything. */
function derivable(facts: AnalysedTable['facts']): Derived {
  try {
    return derivedOf(facts)
  } catch (error) {
    if (error instanceof InvalidData) return { names: [], inputs: [], finite: true }
    throw error
  }
}
