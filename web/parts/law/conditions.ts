import type { Text } from '../../../engine/messages.ts'
import type { Condition, Group, Test } from '../../../engine/rules/definitions.ts'
import type { Value } from '../../../engine/state.ts'
import { operatorText } from '../decisions.tsx'
import { valueText } from './value-text.ts'
import { nameText } from './words.ts'

/** Conditions as the columns of a table show them: what each fact must be, and what fits no column. */
export interface Columns {
  readonly facts: ReadonlyMap<string, readonly Text[]>
  readonly others: readonly Text[]
}

/** Reads conditions that all must hold by fact; `any` and `not` stand beside them in words. */
export function columnsOf(group: Group | null, labels: Readonly<Record<string, Text>>): Columns {
  const facts = new Map<string, Text[]>()
  const others: Text[] = []
  const read = (condition: Condition): void => {
    if ('fact' in condition) {
      facts.set(condition.fact, [...(facts.get(condition.fact) ?? []), testText(condition)])
    } else if ('all' in condition) {
      condition.all.forEach(read)
    } else {
      others.push(conditionText(condition, labels))
    }
  }
  if (group !== null) read(group)
  return { facts, others }
}

/** The facts that conditions look at, in order, each once. */
export function factsIn(condition: Condition | null): readonly string[] {
  if (condition === null) return []
  if ('fact' in condition) return [condition.fact]
  const members =
    'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition.not]
  return [...new Set(members.flatMap(factsIn))]
}

/** A condition in a sentence. */
export function conditionText(
  condition: Condition,
  labels: Readonly<Record<string, Text>> = {}
): Text {
  if ('fact' in condition) {
    const name = nameText(condition.fact, labels[condition.fact])
    const said = testText(condition)
    return { id: `${name.id}: ${said.id}`, en: `${name.en}: ${said.en}` }
  }
  if ('not' in condition) {
    const inner = conditionText(condition.not, labels)
    return { id: `bukan (${inner.id})`, en: `not (${inner.en})` }
  }
  const all = 'all' in condition
  const members = (all ? condition.all : condition.any).map(each => conditionText(each, labels))
  return {
    id: members.map(({ id }) => id).join(all ? ' dan ' : ' atau '),
    en: members.map(({ en }) => en).join(all ? ' and ' : ' or ')
  }
}

/** What a fact must be, without its name: `1 sampai 2`. */
export function testText({ operator, value }: Test): Text {
  const empty = value === null
  if (empty && operator === 'equal') return { id: 'tidak ada', en: 'not given' }
  if (empty && operator === 'notEqual') return { id: 'ada', en: 'given' }
  if (operator === 'equal') return valueText(value)
  if (operator === 'between' && Array.isArray(value)) return joinedBy(value, 'sampai', 'to')
  if (operator === 'in' && Array.isArray(value)) return joinedBy(value, 'atau', 'or')
  if (operator === 'notIn' && Array.isArray(value)) {
    const list = joinedBy(value, 'atau', 'or')
    return { id: `bukan ${list.id}`, en: `not ${list.en}` }
  }
  const said = valueText(value)
  if (operator === 'notEqual') return { id: `bukan ${said.id}`, en: `not ${said.en}` }
  const words = operatorText(operator)
  const en = words.en.replace(/^is /, '')
  return { id: `${words.id} ${said.id}`, en: `${en} ${said.en}` }
}

function joinedBy(values: readonly Value[], id: string, en: string): Text {
  const texts = values.map(each => valueText(each))
  return {
    id: texts.map(text => text.id).join(` ${id} `),
    en: texts.map(text => text.en).join(` ${en} `)
  }
}
