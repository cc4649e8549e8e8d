import type { Problem } from '../engine/errors.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import { parseDateTime } from '../engine/time.ts'
import { suggestion } from './nearest.ts'

/** What cases may name. */
export interface CaseWords {
  /** The process of the cases, and those that it may call. */
  readonly graphs: readonly ProcessGraph[]
  /** Null: not known. */
  readonly offices: readonly string[] | null
  readonly jobs: readonly string[] | null
}

const MEMBERS = ['name', 'title', 'office', 'at', 'start', 'jobs', 'dataStores', 'moves', 'expect']
const START = ['element', 'variables', 'refused']
const EXPECT = [
  'status',
  'end',
  'tasks',
  'letters',
  'passed',
  'outcomes',
  'rows',
  'variables',
  'dataStores'
]
/** The moves that name an element, and their other members. */
const MOVES: Readonly<Record<string, readonly string[]>> = {
  complete: ['variables', 'by', 'refused'],
  job: ['result', 'refused'],
  failJob: ['code', 'because', 'refused'],
  throwError: ['code', 'variables', 'refused'],
  trigger: ['variables', 'refused'],
  decide: ['outcome', 'refused'],
  resolve: ['variables', 'reason', 'refused'],
  begin: ['variables', 'by', 'refused'],
  end: ['by', 'refused'],
  incident: ['says'],
  due: ['at'],
  claim: ['by', 'refused'],
  unclaim: ['by', 'reason', 'refused'],
  assign: ['to', 'by', 'reason', 'refused'],
  delegate: ['to', 'by', 'reason', 'refused'],
  skip: ['variables', 'reason', 'refused'],
  moveToken: ['to', 'variables', 'reason', 'refused']
}
/** Those that name something else. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  message: ['key', 'variables', 'refused'],
  signal: ['variables', 'refused'],
  wait: ['refused'],
  terminate: ['refused'],
  set: ['reason', 'refused'],
  suspend: ['refused'],
  resume: ['refused'],
  publish: ['by']
}
const KINDS = [...Object.keys(MOVES), ...Object.keys(OTHERS)]

type Written = Readonly<Record<string, unknown>>

/**
 * What is wrong with cases as they were written, before any is played: each problem with its file, case and
 * place. A word that is misspelt would otherwise expect nothing, and pass.
 */
export function caseProblems(file: string, written: unknown, words: CaseWords): readonly Problem[] {
  if (!isRecord(written)) return [{ path: file, message: 'expected an object' }]
  const { process, cases } = written
  if (typeof process !== 'string') return [{ path: file, message: 'expected the id of a process' }]
  if (!Array.isArray(cases)) return [{ path: file, message: 'expected a list of cases' }]
  const seen = new Set<unknown>()
  return cases.flatMap((example: unknown, n) => {
    const name = isRecord(example) ? example.name : undefined
    const place = typeof name === 'string' ? `${file}#${name}` : `${file}#cases[${n}]`
    const problems: Problem[] = []
    const tell: Tell = (path, message) => problems.push({ path: `${place}: ${path}`, message })
    if (!isRecord(example)) {
      tell('case', 'expected an object')
      return problems
    }
    if (typeof name !== 'string' || name === '') tell('name', 'expected a name')
    if (seen.has(name)) tell('name', `expected no other case <${name}>`)
    seen.add(name)
    checkCase(example, new Words(words), tell)
    return problems
  })
}

type Tell = (path: string, message: string) => void

class Words {
  readonly elements: ReadonlySet<ElementId>
  readonly given: CaseWords

  constructor(given: CaseWords) {
    this.given = given
    this.elements = new Set(given.graphs.flatMap(({ nodes }) => Object.keys(nodes)))
  }

  element(id: unknown, path: string, tell: Tell): void {
    if (typeof id === 'string' && this.elements.has(id)) return
    const near = typeof id === 'string' ? suggestion(id, [...this.elements]) : ''
    tell(path, `expected an element of the diagrams, found <${id}>${near}`)
  }
}

function checkCase(example: Written, words: Words, tell: Tell): void {
  members(example, MEMBERS, '', tell)
  const { offices, jobs } = words.given
  const { office, at, start } = example
  if (offices !== null && !offices.includes(office as string))
    tell('office', `expected an office, found <${office}>${suggestion(String(office), offices)}`)
  if (!isMoment(at))
    tell('at', `expected a moment such as 2015-12-03T09:00:00+07:00, found <${at}>`)
  if (!isRecord(start) || !isRecord(start.variables)) tell('start', 'expected its variables')
  else {
    members(start, START, 'start', tell)
    if (start.element !== undefined) words.element(start.element, 'start.element', tell)
    if (start.refused !== undefined && !isTexts(start.refused))
      tell('start.refused', 'expected a list of texts')
  }
  for (const [key, result] of Object.entries(record(example.jobs))) {
    if (jobs !== null && !jobs.includes(key) && !words.elements.has(key))
      tell(`jobs.${key}`, `expected an element or a kind of job${suggestion(key, jobs)}`)
    if (!isRecord(result)) tell(`jobs.${key}`, 'expected the results as an object')
  }
  if (example.moves !== undefined && !Array.isArray(example.moves))
    tell('moves', 'expected a list of moves')
  for (const [n, move] of (Array.isArray(example.moves) ? example.moves : []).entries())
    checkMove(move, words, `moves[${n}]`, tell)
  checkExpectation(record(example.expect), words, tell)
}

function checkMove(move: unknown, words: Words, path: string, tell: Tell): void {
  if (!isRecord(move)) return tell(path, 'expected an object')
  // `due` and `set` have members that are moves as well
  const kind = KINDS.find(each => each in move)
  if (kind === undefined) {
    const [found = ''] = Object.keys(move)
    return tell(path, `expected a move, found <${found}>${suggestion(found, KINDS)}`)
  }
  members(move, [kind, ...(MOVES[kind] ?? OTHERS[kind] ?? [])], path, tell)
  if (kind in MOVES) words.element(move[kind], path, tell)
  if (kind === 'moveToken') words.element(move.to, `${path}.to`, tell)
  if (kind === 'incident' && typeof move.says !== 'string')
    tell(path, 'expected what the incident says')
  if (kind === 'due' && !isMoment(move.at)) tell(path, `expected a moment, found <${move.at}>`)
  if (move.refused !== undefined && !isTexts(move.refused))
    tell(`${path}.refused`, 'expected a list of texts')
}

function checkExpectation(expect: Written, words: Words, tell: Tell): void {
  members(expect, EXPECT, 'expect', tell)
  const { status, end, tasks, passed, letters, outcomes, rows } = expect
  const statuses = ['running', 'completed', 'terminated', 'failed']
  if (status !== undefined && !statuses.includes(status as string))
    tell('expect.status', `expected one of ${statuses.join(', ')}, found <${status}>`)
  if (end !== undefined) words.element(end, 'expect.end', tell)
  if (letters !== undefined && !isTexts(letters))
    tell('expect.letters', 'expected a list of templates')
  for (const [name, list] of Object.entries({ tasks, passed })) {
    if (list === undefined) continue
    if (isTexts(list)) for (const each of list) words.element(each, `expect.${name}`, tell)
    else tell(`expect.${name}`, 'expected a list of elements')
  }
  for (const [name, by] of Object.entries({ outcomes, rows }))
    for (const element of Object.keys(record(by))) words.element(element, `expect.${name}`, tell)
}

function members(value: Written, names: readonly string[], path: string, tell: Tell): void {
  for (const name of Object.keys(value)) {
    if (!names.includes(name))
      tell(path === '' ? name : `${path}.${name}`, `is not known${suggestion(name, names)}`)
  }
}

function isMoment(text: unknown): boolean {
  if (typeof text !== 'string') return false
  try {
    parseDateTime(text, 'UTC')
    return true
  } catch {
    return false
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}

function isRecord(value: unknown): value is Written {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function record(value: unknown): Written {
  return isRecord(value) ? value : {}
}
