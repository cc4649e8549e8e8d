import {
  placeIn,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  XmlInvalid,
  type XmlLimits,
  type XmlNode
} from './tree.ts'

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*)?/uy
const BLANKS = /[ \t\r\n]*/y
/** What XML 1.0 allows as text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are refused
const NO_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  apos: "'",
  quot: '"'
}

/**
 * Parses XML 1.0 strictly and without losing anything: every part knows its place in the text. There is no
 * DTD, and so no entity of its own; processing instructions are refused as well.
 *
 * Takes time in proportion to the text, whatever stands in it.
 *
 * @throws XmlInvalid with every danger, and the first place at which it is no XML
 */
export function parseXml(text: string, limits: XmlLimits): XmlDocument {
  return new Parser(text, limits).parse()
}

class Parser {
  readonly #text: string
  readonly #limits: XmlLimits
  readonly #problems: string[] = []
  readonly #top: XmlNode[] = []
  #at = 0
  #open: XmlElement | null = null
  #depth = 0
  #elements = 0
  #deepest = 0

  constructor(text: string, limits: XmlLimits) {
    this.#text = text
    this.#limits = limits
  }

  parse(): XmlDocument {
    const text = this.#text
    const bad = NO_CHARACTER.exec(text)
    if (bad !== null) {
      const code = bad[0].charCodeAt(0)
      const what = code === 0 ? 'a zero byte' : `the character ${code}`
      this.#fatal(`expected text in UTF-8, found ${what}`, bad.index)
    }
    const declaration = /^<\?xml[ \t\r\n][^?]*\?>/.exec(text)
    if (declaration !== null) this.#leaf('instruction', declaration[0].length)
    while (this.#at < text.length) this.#next()
    if (this.#open !== null)
      this.#fatal(`expected </${this.#open.name}>, found the end`, text.length)
    this.#checkSize()
    const roots = this.#top.filter((node): node is XmlElement => node.kind === 'element')
    const [root] = roots
    if (root === undefined) this.#fatal('expected an element, found none', text.length)
    if (roots.length > 1) this.#fatal('expected one root element', roots[1]!.from)
    if (this.#problems.length > 0) throw new XmlInvalid(this.#problems)
    return { text, root: root!, children: this.#top }
  }

  #next(): void {
    const text = this.#text
    const at = this.#at
    if (text[at] !== '<') {
      const end = text.indexOf('<', at)
      const to = end < 0 ? text.length : end
      const raw = text.slice(at, to)
      if (this.#open === null && raw.trim() !== '')
        this.#fatal('expected an element, found text', at)
      this.#decode(raw, at)
      return this.#leaf('text', to)
    }
    if (text.startsWith('<!--', at)) return this.#leaf('comment', this.#past('-->', at + 4))
    if (text.startsWith('<![CDATA[', at)) {
      if (this.#open === null) this.#fatal('expected an element, found CDATA', at)
      return this.#leaf('cdata', this.#past(']]>', at + 9))
    }
    if (text.startsWith('<?', at)) {
      this.#danger('expected no processing instruction', at)
      return this.#leaf('instruction', this.#past('?>', at + 2))
    }
    if (text.startsWith('<!', at)) return this.#declaration()
    if (text.startsWith('</', at)) return this.#endTag()
    this.#startTag()
  }

  /** A document type, or a declaration that stands alone; both are refused, and stepped over. */
  #declaration(): void {
    const at = this.#at
    let depth = 0
    let end = at
    for (; end < this.#text.length; end++) {
      const sign = this.#text[end]
      if (sign === '[') depth++
      if (sign === ']') depth--
      if (sign === '>' && depth <= 0) break
    }
    const found = this.#text.slice(at, end)
    if (/^<!DOCTYPE/i.test(found))
      this.#danger('expected no DOCTYPE: a diagram needs no document type', at)
    if (/<!ENTITY/i.test(found)) this.#danger('expected no ENTITY: a diagram needs no entities', at)
    if (!/<!(DOCTYPE|ENTITY)/i.test(found)) this.#fatal('expected an element, found <!', at)
    this.#at = end + 1
  }

  #startTag(): void {
    const from = this.#at
    this.#at += 1
    const name = this.#name('an element')
    const attributes: XmlAttribute[] = []
    const seen = new Set<string>()
    for (;;) {
      const before = this.#at
      this.#blanks()
      const sign = this.#text[this.#at]
      if (sign === '>' || sign === '/') break
      if (sign === undefined) this.#fatal(`expected <${name}> to go on, found the end`, this.#at)
      if (before === this.#at) this.#fatal(`expected a blank in <${name}>`, this.#at)
      const attribute = this.#attribute(name)
      if (seen.has(attribute.name))
        this.#fatal(`expected ${attribute.name} of <${name}> once, found it again`, attribute.from)
      seen.add(attribute.name)
      attributes.push(attribute)
    }
    const closed = this.#text[this.#at] === '/'
    if (closed) this.#at += 1
    if (this.#text[this.#at] !== '>') this.#fatal(`expected <${name}> to end with >`, this.#at)
    this.#at += 1
    const to = this.#at
    this.#measure(name, to - from, attributes.length, from)
    const parent = this.#open
    const element: XmlElement = {
      kind: 'element',
      name,
      attributes,
      children: [],
      parent,
      from,
      opened: to,
      closing: to,
      to
    }
    this.#keep(element)
    this.#elements += 1
    this.#deepest = Math.max(this.#deepest, this.#depth + 1)
    if (this.#elements > this.#limits.elements * 2 || this.#depth > this.#limits.depth * 2) {
      // nothing more is to be learned from the rest
      this.#checkSize()
      throw new XmlInvalid(this.#problems)
    }
    if (closed) return
    this.#open = element
    this.#depth += 1
  }

  #endTag(): void {
    const at = this.#at
    this.#at += 2
    const name = this.#name('an end tag')
    this.#blanks()
    if (this.#text[this.#at] !== '>') this.#fatal(`expected </${name}> to end with >`, this.#at)
    this.#at += 1
    if (this.#open?.name !== name) {
      const wanted = this.#open === null ? 'no end tag' : `</${this.#open.name}>`
      this.#fatal(`expected ${wanted}, found </${name}>`, at)
    }
    const element = this.#open!
    element.closing = at
    element.to = this.#at
    this.#open = element.parent
    this.#depth -= 1
  }

  #attribute(element: string): XmlAttribute {
    const from = this.#at
    const name = this.#name(`an attribute of <${element}>`)
    this.#blanks()
    if (this.#text[this.#at] !== '=') this.#fatal(`expected ${name}="…" in <${element}>`, this.#at)
    this.#at += 1
    this.#blanks()
    const quote = this.#text[this.#at]
    if (quote !== '"' && quote !== "'")
      this.#fatal(`expected the value of ${name} in quotes`, this.#at)
    const start = this.#at + 1
    const end = this.#text.indexOf(quote!, start)
    if (end < 0) this.#fatal(`expected the value of ${name} to end`, start)
    const raw = this.#text.slice(start, end)
    if (raw.includes('<')) this.#fatal(`expected no < in the value of ${name}`, start)
    this.#at = end + 1
    const value = this.#decode(raw.replace(/[\t\r\n]/g, ' '), start)
    return { name, raw, value, from, to: this.#at }
  }

  /** Resolves the five entities of XML and the numbers of characters; no other entity exists. */
  #decode(raw: string, from: number): string {
    if (!raw.includes('&')) return raw
    return raw.replace(/&([^;&\s]{0,40};?)/g, (whole, inner: string, offset: number) => {
      const name = inner.endsWith(';') ? inner.slice(0, -1) : null
      if (name !== null && Object.hasOwn(ENTITIES, name)) return ENTITIES[name] as string
      const digits = name === null ? null : /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
      const code =
        digits === null ? -1 : Number.parseInt(digits[1] ?? digits[2]!, digits[1] ? 16 : 10)
      if (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)) {
        const character = String.fromCodePoint(code)
        if (!NO_CHARACTER.test(character)) return character
      }
      this.#danger(`expected an entity of XML such as &amp;, found ${whole}`, from + offset)
      return whole
    })
  }

  // parts ///////////////////////////////////////////////////////////////////

  #name(what: string): string {
    NAME.lastIndex = this.#at
    const found = NAME.exec(this.#text)
    if (found === null) this.#fatal(`expected the name of ${what}`, this.#at)
    this.#at += found![0].length
    return found![0]
  }

  #blanks(): void {
    BLANKS.lastIndex = this.#at
    this.#at += BLANKS.exec(this.#text)?.[0].length ?? 0
  }

  #past(end: string, from: number): number {
    const found = this.#text.indexOf(end, from)
    if (found < 0) this.#fatal(`expected ${end}, found the end`, from)
    return found + end.length
  }

  #leaf(kind: 'text' | 'cdata' | 'comment' | 'instruction', to: number): void {
    this.#keep({ kind, parent: this.#open, from: this.#at, to })
    this.#at = to
  }

  #keep(node: XmlNode): void {
    if (this.#open === null) this.#top.push(node)
    else this.#open.children.push(node)
  }

  // what is too much, and what is wrong /////////////////////////////////////

  #measure(name: string, length: number, count: number, at: number): void {
    const { attribute, attributes } = this.#limits
    if (length > attribute)
      this.#danger(
        `expected attributes of at most ${attribute} characters in all, found ${length} in <${name}>`,
        at
      )
    if (count > attributes)
      this.#danger(`expected at most ${attributes} attributes, found ${count} in <${name}>`, at)
  }

  #checkSize(): void {
    const { elements, depth } = this.#limits
    if (this.#elements > elements)
      this.#problems.push(`expected at most ${elements} elements, found ${this.#elements}`)
    if (this.#deepest > depth)
      this.#problems.push(`expected elements at most ${depth} deep, found ${this.#deepest}`)
  }

  /** Something that refuses the document; the rest is read for more. */
  #danger(message: string, at: number): void {
    if (this.#problems.length < 100)
      this.#problems.push(`${message} (at ${placeIn(this.#text, at)})`)
  }

  /** Something after which nothing can be made out. */
  #fatal(message: string, at: number): never {
    this.#danger(message, at)
    throw new XmlInvalid(this.#problems)
  }
}
