import { BpmnModdle } from 'bpmn-moddle'
import { InvalidData, type Problem } from '../engine/errors.ts'
import { DIAGRAM_LIMITS, type DiagramLimits, readXml } from './bpmn.ts'
import { Merge } from './saving/merge.ts'
import { attributeName, attributesOf, declares, keyOf, textOf } from './saving/names.ts'
import { parseXml } from './xml/parse.ts'
import { plainOf } from './xml/plain.ts'
import { elementsOf, type XmlDocument, type XmlElement } from './xml/tree.ts'

/** A diagram that was changed, as it is to be kept. */
export interface SavedDiagram {
  /** The original with the change applied to it. */
  readonly xml: string
  /** What the change deleted: ids of elements, and attributes and content as `Task@name`, `Task/child`. */
  readonly deleted: readonly string[]
}

/**
 * Applies what an editor made of a diagram to the text of the original, so that saving loses nothing that the editor
 * cannot hold: comments, extensions, layout that it does not know, markup in texts, the order of things,
 * and how it is written. What belongs to other tools and is gone in the change is not given up in silence.
 *
 * @throws InvalidData with everything that would be lost; a path in `deleted` says that it is meant
 */
export async function saveDiagram(
  original: string,
  changed: string,
  file: string,
  {
    deleted = [],
    limits = DIAGRAM_LIMITS
  }: { readonly deleted?: readonly string[]; readonly limits?: DiagramLimits } = {}
): Promise<SavedDiagram> {
  const before = readXml(original, file, limits)
  const after = readXml(changed, file, limits)
  const [shown] = await shownOf([before.text])
  const untouched = readXml(shown as string, file, limits)
  const merge = new Merge({ original: before, untouched, changed: after }, new Set(deleted))
  const xml = merge.text()
  const lost = merge.leftOut.filter(({ foreign }) => foreign)
  if (lost.length > 0) {
    throw new InvalidData(
      file,
      lost.map(({ path }) => ({
        path,
        message: 'was there and would be lost; expected it to be kept, or to be named as deleted'
      }))
    )
  }
  const gone = merge.leftOut.map(({ path }) => path)
  const saved = readXml(xml, file, limits)
  const problems = await astray(saved, { before, after }, file, limits, new Set(gone))
  if (problems.length > 0) throw new InvalidData(file, problems)
  return { xml, deleted: gone }
}

interface Moddle {
  fromXML(xml: string): Promise<{ readonly rootElement: unknown }>
  toXML(root: unknown, options: { readonly format: boolean }): Promise<{ readonly xml: string }>
}

/**
 * What an editor on bpmn-moddle writes of diagrams that nobody has touched. Where it cannot read one of them, all
 * are shown without what is foreign.
 */
async function shownOf(texts: readonly string[]): Promise<readonly string[]> {
  const written = async (xml: string) => {
    const moddle = new BpmnModdle() as unknown as Moddle
    const { rootElement } = await moddle.fromXML(xml)
    return (await moddle.toXML(rootElement, { format: true })).xml
  }
  const all = await Promise.allSettled(texts.map(written))
  if (all.every(({ status }) => status === 'fulfilled'))
    return all.map(each => (each as PromiseFulfilledResult<string>).value)
  return Promise.all(texts.map(xml => written(plainOf(parseXml(xml, ANY_SIZE)).xml)))
}
const ANY_SIZE = { elements: Infinity, depth: Infinity, attribute: Infinity, attributes: Infinity }

/** What the saved text does not have although the change or the original has it: told, never passed over. */
async function astray(
  saved: XmlDocument,
  { before, after }: { readonly before: XmlDocument; readonly after: XmlDocument },
  file: string,
  limits: DiagramLimits,
  deleted: ReadonlySet<string>
): Promise<readonly Problem[]> {
  const shown = await shownOf([saved.text, after.text])
  const [now, wanted] = shown.map(xml => readXml(xml, file, limits))
  const missing = [
    ...difference(factsOf(wanted as XmlDocument, NOTHING), factsOf(now as XmlDocument, NOTHING)),
    ...difference(placesOf(before, deleted), placesOf(saved, NOTHING))
  ]
  return [...new Set(missing)].map(path => ({
    path,
    message: 'could not be kept beside the change; change it in the original'
  }))
}
const NOTHING: ReadonlySet<string> = new Set()

function difference(wanted: readonly string[], found: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const each of found) left.set(each, (left.get(each) ?? 0) + 1)
  return wanted.filter(each => {
    const count = left.get(each) ?? 0
    left.set(each, count - 1)
    return count < 1
  })
}

/** What an editor shows, whatever its order: each attribute and each text. */
function factsOf({ text, root }: XmlDocument, deleted: ReadonlySet<string>): readonly string[] {
  return everything(root, deleted).flatMap(element => {
    const key = keyOf(element)
    const attributes = [...attributesOf(element)].map(
      ([name, { value }]) =>
        `${key}@${name}=${name.endsWith('}type') ? value.replace(/^.*:/, '') : value}`
    )
    return [...attributes, `${key}=${textOf(text, element)}`]
  })
}

/** What stands in a text, whatever it says: elements, attributes and comments. */
function placesOf({ text, root }: XmlDocument, deleted: ReadonlySet<string>): readonly string[] {
  return everything(root, deleted).flatMap(element => {
    const key = keyOf(element)
    const attributes = element.attributes
      .filter(each => !declares(each) && !deleted.has(`${key}@${each.name}`))
      .map(each => `${key}@${attributeName(each, element)}`)
    const comments = element.children
      .filter(({ kind }) => kind === 'comment')
      .map(({ from, to }) => `${key}${text.slice(from, to)}`)
    return [key.replaceAll(/\/[^/]*:/g, '/'), ...attributes, ...comments]
  })
}

/** Every element that is not among the deleted, nor inside one. */
function everything(element: XmlElement, deleted: ReadonlySet<string>): readonly XmlElement[] {
  if (deleted.has(keyOf(element))) return []
  return [element, ...elementsOf(element).flatMap(each => everything(each, deleted))]
}
