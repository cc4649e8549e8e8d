import type { Problem } from '../../../engine/errors.ts'
import type { FactType, Group, Operator, Test } from '../../../engine/rules/definitions.ts'
import { isDay } from '../dates.tsx'
import { all, type Posted, typed } from '../form-values.ts'

/** What one line of the conditions of a row holds: a comparison and what was typed beside it. */
export interface Line {
  readonly fact: string
  readonly index: number
  readonly operator: string
  readonly values: readonly string[]
}

type Facts = Readonly<Record<string, FactType>>

/** Where the controls of a line stand. */
export function linePath(fact: string, index: number): string {
  return `/conditions/${fact}/${index}`
}

/** How many lines a fact has in a posted form. */
export function lineCount(posted: Posted, fact: string): number {
  const count = Number(typed(posted, `/lines/${fact}`) ?? '1')
  return Number.isInteger(count) && count > 0 && count <= MOST_LINES ? count : 1
}

/** Lines of one fact that a form may grow to. */
export const MOST_LINES = 5

/** The lines of a posted form. */
export function postedLines(posted: Posted, facts: Facts): readonly Line[] {
  return Object.keys(facts).flatMap(fact =>
    Array.from({ length: lineCount(posted, fact) }, (_, index) => {
      const path = linePath(fact, index)
      return {
        fact,
        index,
        operator: typed(posted, `${path}/operator`) ?? '',
        values: [...all(posted, `${path}/value`), ...all(posted, `${path}/to`)].map(text =>
          text.trim()
        )
      }
    })
  )
}

/** The lines that say what conditions say; null: they are too involved for lines. */
export function linesOf(group: Group | null, facts: Facts): readonly Line[] | null {
  const tests = group === null ? [] : testsIn(group)
  if (tests === null) return null
  const counts = new Map<string, number>()
  const lines: Line[] = []
  for (const test of tests) {
    const type = Object.hasOwn(facts, test.fact) ? facts[test.fact] : undefined
    const line = type === undefined ? null : lineOf(test, type)
    if (line === null) return null
    const index = counts.get(test.fact) ?? 0
    counts.set(test.fact, index + 1)
    lines.push({ ...line, fact: test.fact, index })
  }
  return lines
}

/** The conditions that lines state; null with no problem: none. */
export function groupOf(
  lines: readonly Line[],
  facts: Facts
): { readonly group: Group | null; readonly problems: readonly Problem[] } {
  const tests: Test[] = []
  const problems: Problem[] = []
  for (const line of lines) {
    const type = facts[line.fact]
    if (line.operator === '' || type === undefined) continue
    const read = testsOf(line, type)
    if (Array.isArray(read)) tests.push(...read)
    else problems.push(read as Problem)
  }
  return { group: tests.length === 0 ? null : { all: tests }, problems }
}

/** The comparisons that fit a type; `empty` and `given` ask whether a fact that may be left out is there. */
export function operatorsFor({ type, nullable }: FactType): readonly string[] {
  const more = nullable === true ? ['empty', 'given'] : []
  switch (type) {
    case 'boolean':
      return ['true', 'false', ...more]
    case 'choice':
      return ['in', 'notIn', ...more]
    case 'set':
    case 'flags':
      return ['contains', 'doesNotContain']
    case 'text':
      return ['equal', 'notEqual', ...more]
    default:
      return [
        'equal',
        'between',
        'lessThanInclusive',
        'greaterThanInclusive',
        'lessThan',
        'greaterThan',
        'notEqual',
        ...more
      ]
  }
}

function testsIn(group: Group): readonly Test[] | null {
  if (!('all' in group)) return null
  const tests: Test[] = []
  for (const member of group.all) {
    if ('fact' in member) tests.push(member)
    else {
      const inner = testsIn(member)
      if (inner === null) return null
      tests.push(...inner)
    }
  }
  return tests
}

function lineOf(
  { operator, value }: Test,
  type: FactType
): Pick<Line, 'operator' | 'values'> | null {
  if (value === null) {
    if (operator === 'equal') return { operator: 'empty', values: [] }
    return operator === 'notEqual' ? { operator: 'given', values: [] } : null
  }
  const values = (Array.isArray(value) ? value : [value]).map(String)
  if (type.type === 'boolean') {
    const yes = operator === 'equal' ? values[0] === 'true' : values[0] !== 'true'
    return { operator: String(yes), values: [] }
  }
  if (type.type === 'choice') {
    const many = operator === 'equal' || operator === 'in' ? 'in' : 'notIn'
    return { operator: many, values }
  }
  return operatorsFor(type).includes(operator) ? { operator, values } : null
}

function testsOf(
  { fact, index, operator, values }: Line,
  type: FactType
): readonly Test[] | Problem {
  const path = `${linePath(fact, index)}/value`
  const given: Test = { fact, operator: 'notEqual', value: null }
  if (operator === 'empty') return [{ fact, operator: 'equal', value: null }]
  if (operator === 'given') return [given]
  if (operator === 'true' || operator === 'false') {
    return [{ fact, operator: 'equal', value: operator === 'true' }]
  }
  const filled = values.filter(value => value !== '')
  if (filled.length === 0) return { path, message: 'Isi nilainya / Give the value' }
  if (type.type === 'choice') {
    const [only] = filled
    if (filled.length === 1 && only !== undefined) {
      return [{ fact, operator: operator === 'in' ? 'equal' : 'notEqual', value: only }]
    }
    return [{ fact, operator: operator as Operator, value: filled }]
  }
  const wanted = operator === 'between' ? 2 : 1
  const read = filled.slice(0, wanted).map(text => scalarOf(text, type))
  if (read.length < wanted) {
    return { path, message: 'Isi nilai pertama dan terakhir / Give the first and the last value' }
  }
  if (read.some(value => value === null)) return { path, message: WRONG[type.type] ?? TEXT }
  const [first = null, last = null] = read
  if (wanted === 2 && first !== null && last !== null && first > last) {
    return {
      path,
      message: 'Nilai terakhir mendahului yang pertama / The last is before the first'
    }
  }
  const test: Test = {
    fact,
    operator: operator as Operator,
    value: wanted === 2 ? [first, last] : first
  }
  return type.nullable === true && ORDERING.includes(operator) ? [given, test] : [test]
}

const ORDERING = ['between', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive']
const TEXT = 'Isi dengan benar / Fill this in'
const WRONG: Readonly<Record<string, string>> = {
  integer: 'Isi bilangan bulat / Enter a whole number',
  number: 'Isi angka / Enter a number',
  money: 'Isi rupiah tanpa desimal / Enter whole rupiah',
  date: 'Isi tanggal / Enter a date'
}

function scalarOf(text: string, { type }: FactType): string | number | null {
  if (type === 'date') return isDay(text) ? text : null
  if (type !== 'integer' && type !== 'number' && type !== 'money') return text
  const plain = type === 'money' ? text.replace(/^Rp\.?\s*/i, '').replace(/[.\s]/g, '') : text
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null
  const number = Number(plain)
  return type === 'number' || Number.isSafeInteger(number) ? number : null
}
