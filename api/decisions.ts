import type { Citation, Text } from '../engine/messages.ts'
import type { Value } from '../engine/state.ts'
import type { CommitRecord } from '../runtime/store.ts'
import type { DecisionView, Notice } from './schemas.ts'
import { type FindProcess, walk } from './walk.ts'

/** How rules and citations are read. */
export interface RuleWords {
  readonly label: (rule: string) => Text
  readonly citation: (cite: Citation) => string
}

/** Every decision of a case, oldest first. */
export function decisionsOf(
  history: readonly CommitRecord[],
  findProcess: FindProcess,
  words: RuleWords
): readonly DecisionView[] {
  const decisions: DecisionView[] = []
  for (const { record, event, place } of walk(history, findProcess)) {
    if (event.type !== 'ruleDecided') continue
    decisions.push({
      at: record.at,
      element: event.element,
      elementName: place?.node.name ?? event.element,
      elementEnglish: place?.node.english ?? '',
      label: words.label(event.decision.rule),
      decision: event.decision,
      cites: event.decision.cites.map(words.citation)
    })
  }
  return decisions
}

/** What the latest decision of each rule wants the officer to see, gravest first. */
export function noticesOf(decisions: readonly DecisionView[]): readonly Notice[] {
  const latest = new Map(decisions.map(each => [`${each.element} ${each.decision.rule}`, each]))
  const notices = [...latest.values()].flatMap(({ decision, cites }) => [
    ...outcomeNotices(decision.outcome, cites),
    // a remark explains its rule; what the officer must heed, a rule says as its outcome
    ...decision.remarks.map((text): Notice => ({ level: 'info', text, cites }))
  ])
  const unique = new Map(notices.map(notice => [`${notice.level} ${notice.text.id}`, notice]))
  return [...unique.values()].sort((a, b) => GRAVITY[a.level] - GRAVITY[b.level])
}

const GRAVITY = { stop: 0, warning: 1, info: 2 } satisfies Record<Notice['level'], number>

function outcomeNotices(outcome: Value, cites: readonly string[]): readonly Notice[] {
  if (Array.isArray(outcome)) return outcome.flatMap(each => outcomeNotices(each as Value, cites))
  if (!isRecord(outcome)) return []
  const text = outcome.notice
  if (!isText(text)) return []
  const { level } = outcome
  const known = level === 'stop' || level === 'warning' || level === 'info'
  return [{ level: known ? level : 'info', text: { id: text.id, en: text.en }, cites }]
}

/** Whether a value is an object with names. */
export function isRecord(value: unknown): value is { readonly [name: string]: Value } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Whether a value is a text in both languages. */
export function isText(value: unknown): value is Text {
  return isRecord(value) && typeof value.id === 'string' && typeof value.en === 'string'
}
