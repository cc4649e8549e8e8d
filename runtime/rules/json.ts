import type { Problem } from '../../engine/errors.ts'
import type { Value } from '../../engine/state.ts'

/** A JSON text that was read, and the line of every member by its JSON pointer. */
export interface ReadJson {
  readonly value: Value
  readonly lines: ReadonlyMap<string, number>
}

/** A megabyte of rules by hand is a mistake. */
const MOST_CHARACTERS = 1_000_000
const DEEPEST = 60

/**
 * Reads JSON more strictly than `JSON.parse`: a key that stands twice, a key that reaches into
 * prototypes, and a number that a computer cannot hold are problems, with their line.
 */
export function readJson(text: string): ReadJson | readonly Problem[] {
  if (text.length > MOST_CHARACTERS) {
    return [
      { path: '1', message: `expected at most ${MOST_CHARACTERS} characters, found ${text.length}` }
    ]
  }
  const reader = new Reader(text)
  try {
    const value = reader.whole()
    return reader.problems.length > 0 ? reader.problems : { value, lines: reader.lines }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return [...reader.problems, { path: String(reader.line()), message: error.message }]
  }
}

class Unreadable extends Error {}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON does not allow them in a text
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SPACE = /[ \t\r\n]*/y
const WORD = /true|false|null/y

class Reader {
  readonly problems: Problem[] = []
  readonly lines = new Map<string, number>()
  readonly #text: string
  #at = 0
  #line = 1
  #counted = 0

  constructor(text: string) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text
  }

  /** The line of the place that was read last, from 1. */
  line(): number {
    for (; this.#counted < this.#at; this.#counted++) {
      if (this.#text.charCodeAt(this.#counted) === 10) this.#line++
    }
    return this.#line
  }

  whole(): Value {
    const value = this.#value('', 0)
    this.#skip()
    if (this.#at < this.#text.length)
      throw new Unreadable(`expected the end, found <${this.#here()}>`)
    return value
  }

  #value(pointer: string, depth: number): Value {
    if (depth > DEEPEST) throw new Unreadable(`expected at most ${DEEPEST} levels`)
    this.#skip()
    this.lines.set(pointer, this.line())
    const next = this.#text[this.#at]
    if (next === '{') return this.#object(pointer, depth)
    if (next === '[') return this.#array(pointer, depth)
    if (next === '"') return this.#string()
    const word = this.#match(WORD)
    if (word !== null) return JSON.parse(word) as Value
    const number = this.#match(NUMBER)
    if (number === null) throw new Unreadable(`expected a value, found <${this.#here()}>`)
    return this.#number(number, pointer)
  }

  #object(pointer: string, depth: number): Value {
    const object: Record<string, Value> = {}
    this.#at++
    this.#skip()
    if (this.#take('}')) return object
    for (;;) {
      this.#skip()
      if (this.#text[this.#at] !== '"')
        throw new Unreadable(`expected a key, found <${this.#here()}>`)
      const key = this.#string()
      const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (FORBIDDEN.has(key)) this.#refuse(place, `key <${key}> may not be used`)
      else if (Object.hasOwn(object, key)) this.#refuse(place, `key <${key}> stands twice`)
      this.#skip()
      if (!this.#take(':')) throw new Unreadable(`expected <:>, found <${this.#here()}>`)
      const value = this.#value(place, depth + 1)
      if (!FORBIDDEN.has(key)) object[key] = value
      this.#skip()
      if (this.#take('}')) return object
      if (!this.#take(',')) throw new Unreadable(`expected <,> or <}>, found <${this.#here()}>`)
    }
  }

  #array(pointer: string, depth: number): Value {
    const array: Value[] = []
    this.#at++
    this.#skip()
    if (this.#take(']')) return array
    for (;;) {
      array.push(this.#value(`${pointer}/${array.length}`, depth + 1))
      this.#skip()
      if (this.#take(']')) return array
      if (!this.#take(',')) throw new Unreadable(`expected <,> or <]>, found <${this.#here()}>`)
    }
  }

  #string(): string {
    const text = this.#match(STRING)
    if (text === null) throw new Unreadable('expected a text that ends on its line')
    return JSON.parse(text) as string
  }

  #number(text: string, pointer: string): number {
    const value = Number(text)
    const whole = Number.isInteger(value)
    if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
      this.#refuse(pointer, `number <${text}> is larger than can be reckoned with`)
    }
    return value
  }

  #refuse(pointer: string, message: string): void {
    this.problems.push({ path: `${this.line()} ${pointer}`, message })
  }

  #skip(): void {
    this.#match(SPACE)
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const [found] = pattern.exec(this.#text) ?? []
    if (found === undefined) return null
    this.#at += found.length
    return found
  }

  #here(): string {
    return this.#text.slice(this.#at, this.#at + 12) || 'the end'
  }
}
