import { canonicalText } from '../../engine/rules/release.ts'
import type { Value, Variables } from '../../engine/state.ts'
import type { LoggedDecision, Recorded } from './decision-log.ts'
import type { ImpactReport } from './impact.ts'
import type { OpenLaw } from './laws.ts'
import { approverOf, documentsOf, rupiahOf, weekOf } from './outcomes.ts'

/** A decision as it was, and as the draft makes it. */
export interface Compared {
  readonly logged: LoggedDecision<Recorded>
  readonly law: OpenLaw
  readonly zone: string
  readonly before: Value
  readonly after: Value
  readonly changed: boolean
}

interface RuleTally {
  replayed: number
  changed: number
  readonly moves: Map<string, number>
  readonly money: { before: number; after: number } | null
}
const MOST_MOVES = 20
const MOST_EXAMPLES = 10

/** Adds decisions up; what it keeps does not grow with their number. */
export class Tally {
  readonly #rules = new Map<string, RuleTally>()
  readonly #approvers = new Map<string, { before: number; after: number }>()
  readonly #documents = new Map<string, { newlyAsked: number; noLongerAsked: number }>()
  readonly #examples: {
    readonly move: string
    readonly example: ImpactReport['examples'][number]
  }[] = []
  #unchanged = 0
  #changed = 0

  add(compared: Compared): void {
    const { logged, law, before, after, changed } = compared
    const { rule } = logged.decision
    const money = rupiahOf(law, rule, before, logged.decision.facts)
    const known = this.#rules.get(rule) ?? {
      ...{ replayed: 0, changed: 0, moves: new Map<string, number>() },
      money: money === null ? null : { before: 0, after: 0 }
    }
    this.#rules.set(rule, known)
    known.replayed += 1
    this.#addApprover(compared)
    if (known.money && money !== null) {
      known.money.before += money
      known.money.after += changed
        ? (rupiahOf(law, rule, after, logged.decision.facts) ?? 0)
        : money
    }
    if (!changed) {
      this.#unchanged += 1
      return
    }
    this.#changed += 1
    known.changed += 1
    const move = `${canonicalText(before)}\n${canonicalText(after)}`
    known.moves.set(move, (known.moves.get(move) ?? 0) + 1)
    this.#addDocuments(before, after)
    this.#addExample(`${rule}\n${move}`, compared)
  }

  #addApprover({ logged, before, after, zone }: Compared): void {
    const [was, is] = [approverOf(before), approverOf(after)]
    if (was === null && is === null) return
    const week = weekOf(logged.at, zone)
    for (const [role, side] of [
      [was, 'before'],
      [is, 'after']
    ] as const) {
      if (role === null) continue
      const key = `${week} ${role}`
      const counts = this.#approvers.get(key) ?? { before: 0, after: 0 }
      counts[side] += 1
      this.#approvers.set(key, counts)
    }
  }

  #addDocuments(before: Value, after: Value): void {
    const [was, is] = [new Set(documentsOf(before)), new Set(documentsOf(after))]
    const count = (code: string, how: 'newlyAsked' | 'noLongerAsked'): void => {
      const counts = this.#documents.get(code) ?? { newlyAsked: 0, noLongerAsked: 0 }
      counts[how] += 1
      this.#documents.set(code, counts)
    }
    for (const code of is) if (!was.has(code)) count(code, 'newlyAsked')
    for (const code of was) if (!is.has(code)) count(code, 'noLongerAsked')
  }

  /** Examples of different moves first; further ones of the same only where there is room. */
  #addExample(move: string, { logged, law, before, after }: Compared): void {
    const full = this.#examples.length >= MOST_EXAMPLES
    const doubled = this.#examples.findLastIndex(
      (one, index) => this.#examples.findIndex(other => other.move === one.move) < index
    )
    const isNew = this.#examples.every(one => one.move !== move)
    if (full && (!isNew || doubled < 0)) return
    if (full) this.#examples.splice(doubled, 1)
    const { rule, date, facts } = logged.decision
    const example = {
      ...{ case: masked(logged.number), rule, date, before, after },
      facts: withoutTexts(law, rule, facts)
    }
    this.#examples.push({ move, example })
  }

  report(labelOf: (rule: string) => ImpactReport['rules'][number]['label']): Pick<
    ImpactReport,
    'rules' | 'money' | 'approvers' | 'documents' | 'examples'
  > & {
    readonly unchanged: number
    readonly changed: number
  } {
    const rules = [...this.#rules].map(([rule, { replayed, changed, moves }]) => ({
      ...{ rule, label: labelOf(rule), replayed, changed },
      moves: [...moves]
        .map(([move, count]) => {
          const [from = '', to = ''] = move.split('\n')
          return { from, to, count }
        })
        .sort((a, b) => b.count - a.count || byText(a.from + a.to, b.from + b.to))
        .slice(0, MOST_MOVES)
    }))
    const byRule = [...this.#rules].flatMap(([rule, { money }]) =>
      money === null ? [] : [{ rule, before: money.before, after: money.after }]
    )
    const before = byRule.reduce((sum, one) => sum + one.before, 0)
    const after = byRule.reduce((sum, one) => sum + one.after, 0)
    return {
      unchanged: this.#unchanged,
      changed: this.#changed,
      rules: rules.sort((a, b) => b.changed - a.changed || byText(a.rule, b.rule)),
      money: {
        ...{ before, after, difference: after - before },
        byRule: byRule.sort((a, b) => byText(a.rule, b.rule))
      },
      approvers: [...this.#approvers]
        .sort(([a], [b]) => byText(a, b))
        .map(([key, counts]) => {
          const [week = '', role = ''] = key.split(' ')
          return { week, role, ...counts }
        }),
      documents: [...this.#documents]
        .sort(([a], [b]) => byText(a, b))
        .map(([code, counts]) => ({ code, ...counts })),
      examples: this.#examples.map(({ example }) => example)
    }
  }
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A case number of which only the last two signs can be read. */
function masked(number: string): string {
  return number.slice(0, -2).replace(/[\p{L}\p{N}]/gu, '•') + number.slice(-2)
}

/** Free text may name a person or a document. */
function withoutTexts(law: OpenLaw, rule: string, facts: Variables): Variables {
  const types = law.tables.get(rule)?.facts ?? {}
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      types[name]?.type === 'text' && value !== null ? '•••' : value
    ])
  )
}
