import type { Problem } from '../errors.ts'
import { compileExpression, ExpressionInvalid } from '../expression.ts'

/**
 * An element of the parser's tree. bpmn-moddle has no types, so this is the one place where its
 * properties are read as they come.
 */
export interface Element {
  readonly $type: string
  id?: string
  readonly name?: string
  readonly $attrs?: Readonly<Record<string, string>>
  // biome-ignore lint/suspicious/noExplicitAny: the parser's tree has no types
  readonly [property: string]: any
}

/** Characters that an expression of a diagram may have, when nobody says otherwise. */
export const EXPRESSION_LIMIT = 5_000

/** Collects what is wrong with a diagram, each with its element. */
export class Problems {
  readonly all: Problem[] = []
  /** Characters that an expression may have. */
  readonly longest: number
  /** The language of expressions that do not state theirs; null: FEEL. */
  readonly language: string | null
  constructor(longest = EXPRESSION_LIMIT, language: string | null = null) {
    this.longest = longest
    this.language = language
  }

  add(element: Element | string, message: string): void {
    const id = typeof element === 'string' ? element : (element.id ?? element.$type)
    const name = typeof element === 'string' ? '' : nameOf(element) || endsOf(element)
    this.all.push({ path: id, message: name === '' ? message : `«${name}»: ${message}` })
  }

  /** Whether an element has been found at fault already. */
  has(id: string): boolean {
    return this.all.some(({ path }) => path === id)
  }
}

const nameOf = ({ name }: Element): string => (name ?? '').replace(/\s+/g, ' ').trim()

/** What a flow without a name is known by: the names of its ends. */
function endsOf({ $type, sourceRef, targetRef }: Element): string {
  if ($type !== 'bpmn:SequenceFlow' && $type !== 'bpmn:MessageFlow') return ''
  const ends: readonly (Element | undefined)[] = [sourceRef, targetRef]
  const names = ends.map(end => (end === undefined ? '' : nameOf(end)))
  return names.includes('') ? '' : names.join(' → ')
}

export function listOf(element: Element, property: string): readonly Element[] {
  const value = element[property] as Element | readonly Element[] | undefined
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value as Element]
}

/** The attribute `alur:<name>`, or null. */
export function attribute(element: Element, name: string): string | null {
  return element.$attrs?.[`alur:${name}`] ?? null
}

export function flag(element: Element, name: string, problems: Problems): boolean {
  const text = attribute(element, name)
  if (text === null || text === 'false') return false
  if (text !== 'true')
    problems.add(element, `expected alur:${name} to be true or false, found <${text}>`)
  return text === 'true'
}

/** The elements `alur:<name>` below `extensionElements`. */
export function extensions(element: Element, name: string): readonly Element[] {
  const values = element.extensionElements?.values as readonly Element[] | undefined
  return (values ?? []).filter(({ $type }) => $type === `alur:${name}`)
}

export function documentationOf(element: Element): string {
  return listOf(element, 'documentation')
    .map(each => String(each.text ?? '').trim())
    .join('\n')
}

const FEEL_LANGUAGES = /^(feel|.*\/dmn\/.*feel\/?|urn:.*feel.*)$/i
/** Drawing tools write the schema's default, XPath, over expressions of any language. */
const DEFAULT_LANGUAGE = /^(https?:\/\/www\.w3\.org\/(1999\/XPath|TR\/xpath.*)\/?)?$/i

/** The expression language that definitions state for all; null when that is FEEL or says nothing. */
export function languageOf(definitions: Element): string | null {
  const language = String(definitions.expressionLanguage ?? '').trim()
  return DEFAULT_LANGUAGE.test(language) || FEEL_LANGUAGES.test(language) ? null : language
}

/** The FEEL text of an expression element, parsed; null when there is none or it does not hold. */
export function feelOf(
  owner: Element,
  expression: Element | undefined | null,
  what: string,
  problems: Problems
): string | null {
  if (expression === undefined || expression === null) return null
  const stated = expression.language as string | undefined
  const language = stated === undefined || stated === '' ? problems.language : stated
  if (language !== null && !FEEL_LANGUAGES.test(language)) {
    problems.add(owner, `${what}: expected an expression in FEEL, found the language <${language}>`)
    return null
  }
  return feel(owner, String(expression.body ?? ''), what, problems)
}

/** A FEEL text without its leading `=`, parsed once so that what is wrong shows now. */
export function feel(
  owner: Element,
  text: string,
  what: string,
  problems: Problems
): string | null {
  const bare = text.trim().replace(/^=/, '').trim()
  if (bare === '') {
    problems.add(owner, `${what}: expected an expression, found none`)
    return null
  }
  if (/^[$#]\{[\s\S]*\}$/.test(bare)) {
    problems.add(owner, `${what}: expected an expression in FEEL, found one in JUEL: ${bare}`)
    return null
  }
  if (bare.length > problems.longest) {
    problems.add(
      owner,
      `${what}: expected an expression of at most ${problems.longest} characters, found ${bare.length}`
    )
    return null
  }
  try {
    compileExpression(bare)
    return bare
  } catch (error) {
    if (!(error instanceof ExpressionInvalid)) throw error
    for (const problem of error.problems) {
      problems.add(owner, `${what}: ${bare}: ${problem.message} (at ${problem.path})`)
    }
    return null
  }
}

/** The items of a list by a key of theirs, in order. */
export function groupBy<Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
