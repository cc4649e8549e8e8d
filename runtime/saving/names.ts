import {
  attributeOf,
  elementsOf,
  localName,
  namespaceOf,
  prefixOf,
  type XmlAttribute,
  type XmlElement
} from '../xml/tree.ts'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/** An element's name with its namespace, whatever prefix it is written with. */
export function nameOf(element: XmlElement): string {
  return `{${namespaceOf(prefixOf(element), element) ?? ''}}${localName(element)}`
}

/** An attribute's name with its namespace; one without a prefix has none. */
export function attributeName({ name }: XmlAttribute, owner: XmlElement): string {
  const prefix = prefixOf({ name })
  return prefix === '' ? name : `{${namespaceOf(prefix, owner) ?? prefix}}${localName({ name })}`
}

export function declares({ name }: XmlAttribute): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:')
}

/** The attributes of an element by their names, without declarations of namespaces. */
export function attributesOf(element: XmlElement): ReadonlyMap<string, XmlAttribute> {
  const own = element.attributes.filter(each => !declares(each))
  return new Map(own.map(each => [attributeName(each, element), each]))
}

/** The text directly inside an element, entities as they are written. */
export function textOf(text: string, element: XmlElement): string {
  return element.children
    .map(({ kind, from, to }) => {
      if (kind === 'text') return text.slice(from, to)
      if (kind === 'cdata') return escaped(text.slice(from + 9, to - 3))
      return ''
    })
    .join('')
    .trim()
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** What an element says, without how it is written: two that say the same have the same meaning. */
export function meaningOf(text: string, element: XmlElement): string {
  const attributes = [...attributesOf(element)]
    .map(([name, { value }]) => [name, name === `{${XSI}}type` ? value.replace(/^.*:/, '') : value])
    .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1))
  const inside = elementsOf(element).map(each => meaningOf(text, each))
  const own = textOf(text, element).replaceAll('&gt;', '>').replaceAll('&quot;', '"')
  return JSON.stringify([nameOf(element), attributes, own, inside])
}

export function idOf(element: XmlElement): string | null {
  return attributeOf(element, 'id')
}

/** Where an element stands: its id, or its name below what has one. */
export function keyOf(element: XmlElement): string {
  const id = idOf(element)
  if (id !== null) return id
  return element.parent === null ? element.name : `${keyOf(element.parent)}/${element.name}`
}

/** Pairs the elements of two lists: by id, by meaning, then in the order of those of one name. */
export function pairs(
  left: readonly XmlElement[],
  leftText: string,
  right: readonly XmlElement[],
  rightText: string
): ReadonlyMap<XmlElement, XmlElement> {
  const found = new Map<XmlElement, XmlElement>()
  const taken = new Set<XmlElement>()
  const pair = (key: (text: string, element: XmlElement) => string | null) => {
    const byKey = new Map<string, XmlElement[]>()
    for (const each of right) {
      if (taken.has(each)) continue
      const name = key(rightText, each)
      if (name === null) continue
      const same = byKey.get(name)
      if (same === undefined) byKey.set(name, [each])
      else same.push(each)
    }
    for (const each of left) {
      if (found.has(each)) continue
      const other = byKey.get(key(leftText, each) ?? '')?.shift()
      if (other === undefined) continue
      found.set(each, other)
      taken.add(other)
    }
  }
  pair((_text, each) => (idOf(each) === null ? null : `${nameOf(each)} ${idOf(each)}`))
  pair((text, each) => (idOf(each) === null ? meaningOf(text, each) : null))
  pair((_text, each) => (idOf(each) === null ? nameOf(each) : null))
  return found
}
