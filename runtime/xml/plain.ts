import { linesOf } from './lines.ts'
import { expectedValue, placeOf, plainBoolean } from './schema.ts'
import {
  elementsOf,
  localName,
  prefixOf,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode
} from './tree.ts'

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const ALUR = 'urn:alur:bpmn'
const XML = 'http://www.w3.org/XML/1998/namespace'
/** What the engine reads; everything else is kept in the file and never looked at. */
const READ: ReadonlySet<string> = new Set([
  '',
  MODEL,
  ALUR,
  XML,
  'http://www.omg.org/spec/BPMN/20100524/DI',
  'http://www.omg.org/spec/DD/20100524/DC',
  'http://www.omg.org/spec/DD/20100524/DI',
  'http://www.w3.org/2001/XMLSchema-instance'
])
/** What is text, in which a tool may put markup. */
const TEXTS = new Set(['documentation', 'text', 'script'])
/** Namespaces that bring in other documents. */
const INCLUDES = new Set(['http://www.w3.org/2001/XInclude', 'http://www.w3.org/2003/XInclude'])
/** Names that mean something to JavaScript itself. */
const HOSTILE = new Set(Object.getOwnPropertyNames(Object.prototype))

/** A problem and the element that has it; null stands for the document. */
export interface PlainProblem {
  readonly id: string | null
  readonly message: string
}

/** The namespaces that are declared at an element, by prefix. */
type Scope = ReadonlyMap<string, string>

/**
 * Writes a document again as the parser of BPMN reads it: without comments and foreign matter, markup in
 * texts as text, every line where it was. What that parser would misread or pass over in silence is a
 * problem.
 */
export function plainOf(document: XmlDocument): {
  readonly xml: string
  readonly elements: number
  readonly problems: readonly PlainProblem[]
} {
  const plain = new Plain(document)
  return { xml: plain.write(), elements: plain.elements, problems: plain.problems }
}

class Plain {
  readonly problems: PlainProblem[] = []
  elements = 0
  readonly #document: XmlDocument
  readonly #out: string[] = []
  readonly #lines: ReturnType<typeof linesOf>
  /** Where each id stands first. */
  readonly #ids = new Map<string, number>()
  readonly #strange = new Set<string>()

  constructor(document: XmlDocument) {
    this.#document = document
    this.#lines = linesOf(document.text)
  }

  write(): string {
    const { root, children } = this.#document
    for (const node of children) {
      if (node.kind !== 'element') this.#skip(node.from, node.to)
      else this.#element(node, new Map([['xml', XML]]), null)
    }
    const uri = scopeOf(root, new Map()).get(prefixOf(root)) ?? ''
    if (uri !== MODEL || localName(root) !== 'definitions') {
      const message = `expected <definitions> of BPMN 2.0 (${MODEL}), found <${root.name}> of <${uri}>`
      this.problems.unshift({ id: null, message })
    }
    return this.#out.join('')
  }

  #element(node: XmlElement, around: Scope, owner: string | null): void {
    this.elements += 1
    const scope = scopeOf(node, around)
    const id = node.attributes.find(({ name }) => name === 'id')?.value.trim() ?? null
    const me = id ?? owner
    if (id !== null) this.#checkId(id, node)
    const uri = scope.get(prefixOf(node))
    if (uri === undefined && prefixOf(node) !== '') this.#undeclared(prefixOf(node), me)
    if (uri === MODEL && localName(node) === 'extension') {
      this.#mustUnderstand(node, me)
      return this.#skip(node.from, node.to)
    }
    const kept = node.attributes.filter(each => this.#isRead(each, scope, me))
    const { text } = this.#document
    this.#out.push(`<${node.name}`)
    const type = uri === MODEL ? localName(node) : ''
    for (const { name, raw, value, to } of kept) {
      const quote = text[to - 1]
      const expected = expectedValue(type, name, value)
      if (expected !== null)
        this.#add(me, `expected ${name} of <${node.name}> to be ${expected}, found <${value}>`)
      const written = plainBoolean(type, name, value) ?? raw
      this.#out.push(` ${name}=${quote}${written}${quote}`)
    }
    const inside = kept.reduce((sum, { raw }) => sum + raw.split('\n').length - 1, 0)
    this.#out.push('\n'.repeat(this.#lines.between(node.from, node.opened) - inside))
    if (node.to === node.opened) {
      this.#out.push('/>')
      return
    }
    this.#out.push('>')
    const name = uri === MODEL ? localName(node) : ''
    if (name !== '') this.#checkPlaces(node, name, scope, me)
    for (const child of node.children) this.#content(child, node, name, scope, me)
    this.#out.push(`</${node.name}>`)
  }

  #content(
    node: XmlNode,
    parent: XmlElement,
    name: string,
    scope: Scope,
    owner: string | null
  ): void {
    if (node.kind === 'comment' || node.kind === 'instruction') {
      this.#skip(node.from, node.to)
    } else if (node.kind !== 'element') {
      this.#out.push(this.#document.text.slice(node.from, node.to))
    } else if (TEXTS.has(name)) {
      this.#markup(node)
    } else if (name === 'extensionElements' || localName(parent) === 'extension') {
      const uri = scopeOf(node, scope).get(prefixOf(node))
      if (uri !== undefined && !READ.has(uri)) this.#skip(node.from, node.to)
      else this.#element(node, scope, owner)
    } else {
      this.#element(node, scope, owner)
    }
  }

  /** Of what may stand once the parser keeps the last; a second one is told. */
  #checkPlaces(node: XmlElement, name: string, scope: Scope, owner: string | null): void {
    const taken = new Set<string>()
    for (const child of elementsOf(node)) {
      if (scopeOf(child, scope).get(prefixOf(child)) !== MODEL) continue
      const place = placeOf(name, localName(child))
      if (place === null) continue
      if (taken.has(place))
        this.#add(owner, `expected one ${place} in <${node.name}>, found several`)
      taken.add(place)
    }
  }

  /** Only the text of what stands in a text. */
  #markup(node: XmlElement): void {
    this.#skip(node.from, node.opened)
    for (const child of node.children) {
      if (child.kind === 'element') this.#markup(child)
      else if (child.kind === 'text' || child.kind === 'cdata')
        this.#out.push(this.#document.text.slice(child.from, child.to))
      else this.#skip(child.from, child.to)
    }
    this.#skip(node.closing, node.to)
  }

  /** Leaves something out, but its line breaks. */
  #skip(from: number, to: number): void {
    this.#out.push('\n'.repeat(this.#lines.between(from, to)))
  }

  #isRead({ name, value }: XmlAttribute, scope: Scope, owner: string | null): boolean {
    if (name === 'xmlns' || name.startsWith('xmlns:')) {
      this.#checkNamespace(name.slice(6), value, owner)
      return true
    }
    const prefix = prefixOf({ name })
    const uri = prefix === '' ? '' : scope.get(prefix)
    if (uri === undefined) this.#undeclared(prefix, owner)
    return uri === undefined || READ.has(uri)
  }

  /** Told once, whatever has it. */
  #undeclared(prefix: string, owner: string | null): void {
    if (this.#strange.has(prefix)) return
    this.#strange.add(prefix)
    this.#add(owner, `expected xmlns:${prefix}="…", for the prefix <${prefix}> is used here`)
  }

  #checkNamespace(prefix: string, uri: string, owner: string | null): void {
    if (INCLUDES.has(uri)) this.#add(owner, `expected no other document to be included (${uri})`)
    if ((prefix === 'alur') === (uri === ALUR)) return
    this.#add(
      null,
      `expected the namespace ${ALUR} under the prefix alur and no other, found ${prefix}="${uri}"`
    )
  }

  #checkId(id: string, node: XmlElement): void {
    if (HOSTILE.has(id)) this.#add(id, `expected another id than <${id}>`)
    if (id.length > 200)
      this.#add(id.slice(0, 40), `expected an id of at most 200 characters, found ${id.length}`)
    const first = this.#ids.get(id)
    if (first === undefined) this.#ids.set(id, node.from)
    else {
      const places = [first, node.from].map(at => this.#lines.lineOf(at))
      this.#add(
        id,
        `duplicate ID <${id}>: expected every id once, found it in the lines ${places.join(' and ')}`
      )
    }
  }

  /** An extension may say that whoever does not know it must not run the diagram. BPMN 2.0.2, 8.2.3. */
  #mustUnderstand({ attributes }: XmlElement, owner: string | null): void {
    const value = (wanted: string) => attributes.find(({ name }) => name === wanted)?.value ?? ''
    if (!['true', '1'].includes(value('mustUnderstand'))) return
    this.#add(
      owner,
      `the extension <${value('definition')}> must be understood (mustUnderstand), and is not`
    )
  }

  #add(id: string | null, message: string): void {
    this.problems.push({ id, message })
  }
}

function scopeOf({ attributes }: XmlElement, around: Scope): Scope {
  const declared = attributes.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return around
  return new Map([...around, ...declared.map(each => [each.name.slice(6), each.value] as const)])
}

/** The namespaces that the engine reads, and that of the elements of BPMN. */
export const plainNamespaces = { model: MODEL, read: READ } as const
