/** An XML document in which every part knows where it stands in the text. */
export interface XmlDocument {
  readonly text: string
  readonly root: XmlElement
  /** The root and what stands beside it: comments, blanks. */
  readonly children: readonly XmlNode[]
}
export type XmlNode = XmlElement | XmlLeaf
export interface XmlElement {
  readonly kind: 'element'
  /** As it is written, with its prefix. */
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: XmlNode[]
  readonly parent: XmlElement | null
  readonly from: number
  /** Where its start tag ends. */
  readonly opened: number
  /** Where its end tag begins; the end of the start tag when that closes itself. */
  closing: number
  to: number
}
export interface XmlLeaf {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction'
  readonly parent: XmlElement | null
  readonly from: number
  readonly to: number
}
export interface XmlAttribute {
  readonly name: string
  /** As it stands between its quotes. */
  readonly raw: string
  /** With the five entities and the numbers of characters resolved. */
  readonly value: string
  readonly from: number
  readonly to: number
}

/** How large and how deep a document may be. */
export interface XmlLimits {
  readonly elements: number
  readonly depth: number
  readonly attribute: number
  readonly attributes: number
}

/** What is wrong with a text that is no XML, or more of it than anyone draws. */
export class XmlInvalid extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('; '))
    this.name = 'XmlInvalid'
    this.problems = problems
  }
}

// reading in it ///////////////////////////////////////////////////////////////

export function elementsOf({ children }: { readonly children: readonly XmlNode[] }) {
  return children.filter((node): node is XmlElement => node.kind === 'element')
}

/** The name without its prefix. */
export function localName({ name }: { readonly name: string }): string {
  return name.slice(name.indexOf(':') + 1)
}

export function prefixOf({ name }: { readonly name: string }): string {
  const colon = name.indexOf(':')
  return colon < 0 ? '' : name.slice(0, colon)
}

export function attributeOf(element: XmlElement, attribute: string): string | null {
  return element.attributes.find(({ name }) => name === attribute)?.value ?? null
}

/** The namespace that a prefix stands for at an element; null when it is not declared there. */
export function namespaceOf(prefix: string, element: XmlElement | null): string | null {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace'
  if (prefix === 'xmlns') return 'http://www.w3.org/2000/xmlns/'
  const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`
  for (let each = element; each !== null; each = each.parent) {
    const declared = attributeOf(each, name)
    if (declared !== null) return declared
  }
  return prefix === '' ? '' : null
}

/** Line and column of a place, both from 1. */
export function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${offset - before.lastIndexOf('\n')}`
}
