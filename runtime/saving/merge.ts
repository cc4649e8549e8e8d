import { groupBy } from '../../engine/compile/elements.ts'
import { plainNamespaces } from '../xml/plain.ts'
import {
  elementsOf,
  localName,
  namespaceOf,
  prefixOf,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode
} from '../xml/tree.ts'
import {
  attributeName,
  attributesOf,
  declares,
  idOf,
  keyOf,
  meaningOf,
  nameOf,
  pairs,
  textOf
} from './names.ts'

/** Something that was in the original and that the change leaves out. */
export interface LeftOut {
  /** `Task@camunda:assignee`, `Task/camunda:properties`, or the id of an element. */
  readonly path: string
  /** What the engine does not read: nobody can tell whether it was meant to go. */
  readonly foreign: boolean
}

/** An element of the original, as an editor shows it, and what that became; null when it is gone. */
interface Shown {
  readonly o: XmlElement
  readonly u: XmlElement
  readonly c: XmlElement | null
}

/** The original, what an editor makes of it untouched, and what it was changed to. */
export interface Versions {
  readonly original: XmlDocument
  readonly untouched: XmlDocument
  readonly changed: XmlDocument
}

/**
 * Applies a change to the text of the original: what was not touched keeps its text, with comments, foreign matter
 * and all that an editor cannot hold.
 *
 * What an editor shows of the original without any change tells what it cannot hold at all, and so what was not
 * left out on purpose.
 */
export class Merge {
  readonly leftOut: LeftOut[] = []
  readonly #versions: Versions
  readonly #deleted: ReadonlySet<string>
  readonly #originals: ReadonlyMap<string, XmlElement>
  readonly #untouched: ReadonlyMap<string, XmlElement>
  readonly #changed: ReadonlyMap<string, XmlElement>
  /** Namespaces that the change brings along, by prefix. */
  readonly #brought = new Map<string, string>()

  constructor(versions: Versions, deleted: ReadonlySet<string>) {
    this.#versions = versions
    this.#deleted = deleted
    this.#originals = byId(versions.original.root)
    this.#untouched = byId(versions.untouched.root)
    this.#changed = byId(versions.changed.root)
  }

  /** The text to be saved. */
  text(): string {
    const { original, untouched, changed } = this.#versions
    const root = this.#element(original.root, untouched.root, changed.root)
    const declared = [...this.#brought].map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('')
    const at = `<${original.root.name}`.length
    return (
      original.text.slice(0, original.root.from) +
      root.slice(0, at) +
      declared +
      root.slice(at) +
      original.text.slice(original.root.to)
    )
  }

  #element(o: XmlElement, u: XmlElement, c: XmlElement): string {
    const { original, untouched, changed } = this.#versions
    const whole = original.text.slice(o.from, o.to)
    const now = meaningOf(changed.text, c)
    if (now === meaningOf(untouched.text, u) || now === meaningOf(original.text, o)) return whole
    const { tag, end } = this.#startTag(o, u, c)
    const inside = this.#content(o, u, c)
    if (o.opened === o.to) return inside === '' ? tag + end : `${tag}>${inside}</${o.name}>`
    return `${tag}${end}${inside}</${o.name}>`
  }

  // attributes //////////////////////////////////////////////////////////////

  /** The start tag and how it ends: the attributes in their order, the changed ones changed. */
  #startTag(o: XmlElement, u: XmlElement, c: XmlElement): { tag: string; end: string } {
    const { text } = this.#versions.original
    const before = attributesOf(u)
    const after = attributesOf(c)
    let tag = `<${o.name}`
    let at = o.from + tag.length
    const own = attributesOf(o)
    for (const each of o.attributes) {
      const gap = text.slice(at, each.from)
      at = each.to
      const name = attributeName(each, o)
      const now = after.get(name)
      if (declares(each)) tag += gap + text.slice(each.from, each.to)
      else if (now === undefined && before.has(name)) {
        if (!this.#mayGo(`${keyOf(o)}@${each.name}`, isForeign(each, o))) {
          tag += gap + text.slice(each.from, each.to)
        }
      } else if (
        now === undefined ||
        now.value === before.get(name)?.value ||
        now.value === each.value
      )
        tag += gap + text.slice(each.from, each.to)
      else tag += `${gap}${each.name}=${this.#quoted(now, c, o)}`
    }
    for (const [name, each] of after) {
      if (own.has(name) || before.get(name)?.value === each.value) continue
      tag += ` ${this.#spelt(each.name, c, o)}=${this.#quoted(each, c, o)}`
    }
    return { tag, end: text.slice(at, o.opened) }
  }

  #quoted({ name, raw }: XmlAttribute, c: XmlElement, o: XmlElement): string {
    const typed = localName({ name }) === 'type' && prefixOf({ name }) !== '' && raw.includes(':')
    const value = typed ? this.#spelt(raw, c, o) : raw
    return value.includes('"') ? `'${value}'` : `"${value}"`
  }

  /** Whether something may be left out; if it may not, it is kept and told. */
  #mayGo(path: string, foreign: boolean): boolean {
    const meant = !foreign || this.#deleted.has(path)
    this.leftOut.push({ path, foreign: !meant })
    return meant
  }

  // content /////////////////////////////////////////////////////////////////

  #content(o: XmlElement, u: XmlElement, c: XmlElement): string {
    const { original, untouched, changed } = this.#versions
    const leaf = [o, u, c].every(each => elementsOf(each).length === 0)
    const texts = [textOf(untouched.text, u), textOf(changed.text, c)]
    const sameText = texts[0] === texts[1]
    if (leaf && !sameText) {
      const comments = o.children.filter(({ kind }) => kind === 'comment')
      const kept = comments.map(({ from, to }) => original.text.slice(from, to)).join('')
      return changed.text.slice(c.opened, c.closing) + kept
    }
    if (!sameText && textOf(original.text, o) !== '' && elementsOf(o).length > 0) {
      // markup inside a text that has become another
      for (const each of elementsOf(o)) {
        if (nameOf(each).startsWith(`{${plainNamespaces.model}}`)) continue
        this.#mayGo(`${keyOf(o)}/${each.name}`, true)
      }
      return changed.text.slice(c.opened, c.closing)
    }
    return this.#children(o, u, c)
  }

  #children(o: XmlElement, u: XmlElement, c: XmlElement): string {
    const { original, untouched, changed } = this.#versions
    const ofOriginal = pairs(elementsOf(u), untouched.text, elementsOf(o), original.text)
    const inChange = pairs(elementsOf(u), untouched.text, elementsOf(c), changed.text)
    /** For each element of the original that an editor shows: what it shows, and what that became. */
    const shown = new Map<XmlElement, Shown>()
    for (const each of elementsOf(u)) {
      const here = ofOriginal.get(each)
      if (here !== undefined) shown.set(here, { o: here, u: each, c: inChange.get(each) ?? null })
    }
    this.#inOrderOfChange(shown, c)
    const placed = new Set([...inChange.values()])
    /** New elements, by the element of the change that they follow. */
    const news = new Map<XmlElement | null, XmlElement[]>()
    let last: XmlElement | null = null
    for (const each of elementsOf(c)) {
      if (placed.has(each)) last = each
      else news.set(last, [...(news.get(last) ?? []), each])
    }

    const blank = blankIn(original.text, o)
    const out: string[] = []
    const add = (each: XmlElement) => out.push(blank.before, this.#added(each, o))
    const addAfter = (each: XmlElement | null) => {
      for (const one of news.get(each) ?? []) add(one)
      news.delete(each)
    }
    addAfter(null)
    for (const node of o.children) {
      const now = node.kind === 'element' ? shown.get(node) : undefined
      if (node.kind !== 'element' || now === undefined) {
        out.push(original.text.slice(node.from, node.to))
      } else if (now.c !== null) {
        out.push(this.#element(now.o, now.u, now.c))
        addAfter(now.c)
      } else if (!this.#leaves(node)) {
        out.push(original.text.slice(node.from, node.to))
      } else if (/^\s*$/.test(out.at(-1) ?? 'x')) {
        out.pop()
      }
    }
    const rest = [...news.values()].flat()
    if (rest.length > 0) {
      const end = /^\s*$/.test(out.at(-1) ?? 'x') ? (out.pop() as string) : blank.after
      for (const each of rest) add(each)
      out.push(end)
    } else if (o.children.length === 0 && out.length > 0) out.push(blank.after)
    return out.join('')
  }

  /** Those of one name stand in the order of the change: the order of outgoing flows means something. */
  #inOrderOfChange(shown: Map<XmlElement, Shown>, c: XmlElement): void {
    const order = new Map(elementsOf(c).map((each, index) => [each, index]))
    const placeOf = (now: Shown) => (now.c === null ? 0 : (order.get(now.c) ?? 0))
    const byName = groupBy(
      [...shown.keys()].filter(each => idOf(each) === null && shown.get(each)?.c !== null),
      nameOf
    )
    for (const slots of byName.values()) {
      const now = slots.map(each => shown.get(each) as Shown)
      now.sort((a, b) => placeOf(a) - placeOf(b))
      for (const [index, slot] of slots.entries()) shown.set(slot, now[index] as Shown)
    }
  }

  /** Whether an element that the change does not show leaves the text; it may have moved. */
  #leaves(node: XmlElement): boolean {
    const id = idOf(node)
    const moved = id !== null && this.#changed.has(id)
    if (moved) return true
    const path = id ?? `${keyOf(node.parent ?? node)}/${node.name}`
    return this.#mayGo(path, isForeignElement(node))
  }

  /** An element that is new where it stands: one that has moved keeps its text, another is written as it came. */
  #added(c: XmlElement, around: XmlElement): string {
    const id = idOf(c)
    const o = id === null ? undefined : this.#originals.get(id)
    const u = id === null ? undefined : this.#untouched.get(id)
    if (o !== undefined && u !== undefined && nameOf(o) === nameOf(c)) return this.#element(o, u, c)
    return this.#written(c, around)
  }

  /** An element of the change in the prefixes of the original. */
  #written(c: XmlElement, around: XmlElement): string {
    const { text } = this.#versions.changed
    const name = this.#spelt(c.name, c, around)
    const attributes = c.attributes
      .filter(each => !declares(each))
      .map(each => ` ${this.#spelt(each.name, c, around, true)}=${this.#quoted(each, c, around)}`)
    const head = `<${name}${attributes.join('')}`
    if (c.opened === c.to) return `${head}/>`
    const inside = c.children.map((node: XmlNode) =>
      node.kind === 'element' ? this.#added(node, around) : text.slice(node.from, node.to)
    )
    return `${head}>${inside.join('')}</${name}>`
  }

  /** A name of the change with the prefix that its namespace has in the original. */
  #spelt(name: string, c: XmlElement, around: XmlElement, attribute = true): string {
    const prefix = prefixOf({ name })
    if (prefix === '' && attribute && c.name !== name) return name
    const uri = namespaceOf(prefix, c)
    const local = localName({ name })
    if (uri === null || namespaceOf(prefix, around) === uri) return name
    const known = prefixFor(uri, around, name !== c.name)
    if (known !== null) return known === '' ? local : `${known}:${local}`
    let fresh = prefix === '' ? 'ns' : prefix
    for (
      let n = 1;
      namespaceOf(fresh, this.#versions.original.root) !== null && this.#brought.get(fresh) !== uri;
      n++
    )
      fresh = `${prefix === '' ? 'ns' : prefix}${n}`
    this.#brought.set(fresh, uri)
    return `${fresh}:${local}`
  }
}

function byId(root: XmlElement): ReadonlyMap<string, XmlElement> {
  const found = new Map<string, XmlElement>()
  const open = [root]
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const id = idOf(each)
    if (id !== null && !found.has(id)) found.set(id, each)
    open.push(...elementsOf(each))
  }
  return found
}

function isForeign(attribute: XmlAttribute, owner: XmlElement): boolean {
  const prefix = prefixOf(attribute)
  return prefix !== '' && !plainNamespaces.read.has(namespaceOf(prefix, owner) ?? '')
}

/** Whether it is, or without an id of its own holds, what the engine does not read. */
function isForeignElement(element: XmlElement): boolean {
  if (!plainNamespaces.read.has(namespaceOf(prefixOf(element), element) ?? '')) return true
  if (idOf(element) !== null) return false
  const own = element.attributes.some(each => !declares(each) && isForeign(each, element))
  return own || elementsOf(element).some(isForeignElement)
}

function prefixFor(uri: string, at: XmlElement, forAttribute: boolean): string | null {
  for (let each: XmlElement | null = at; each !== null; each = each.parent) {
    for (const attribute of each.attributes) {
      if (!declares(attribute) || attribute.value !== uri) continue
      const prefix = attribute.name.slice(6)
      if (prefix === '' && forAttribute) continue
      if (namespaceOf(prefix, at) === uri) return prefix
    }
  }
  return null
}

/** The line break and indentation before the elements inside an element, and before its end. */
function blankIn(text: string, element: XmlElement): { before: string; after: string } {
  const blanks = element.children
    .filter(({ kind }) => kind === 'text')
    .map(({ from, to }) => text.slice(from, to))
    .filter(blank => /^\s*\n\s*$/.test(blank))
  const line = text.slice(text.lastIndexOf('\n', element.from) + 1, element.from)
  const own = `\n${/^\s*/.exec(line)?.[0] ?? ''}`
  return {
    before: blanks[0]?.replace(/^\s*\n(?=\s*\n)/, '') ?? `${own}  `,
    after: blanks.at(-1) ?? own
  }
}
