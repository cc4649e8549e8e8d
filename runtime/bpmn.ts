import { BpmnModdle } from 'bpmn-moddle'
import { EXPRESSION_LIMIT } from '../engine/compile/elements.ts'
import { InvalidData, type Problem } from '../engine/errors.ts'
import { declaredEncoding, decodeXml, isKnownEncoding } from './xml/encoding.ts'
import { parseXml } from './xml/parse.ts'
import { plainOf } from './xml/plain.ts'
import { type XmlDocument, XmlInvalid } from './xml/tree.ts'

/** How large and how deep a diagram may be. Generous: the largest procedures known have a few hundred elements. */
export interface DiagramLimits {
  readonly bytes: number
  readonly elements: number
  readonly depth: number
  /** Characters of one tag with all its attributes, and how many attributes it may have. */
  readonly attribute: number
  readonly attributes: number
  /** Characters of one expression. */
  readonly expression: number
}
export const DIAGRAM_LIMITS: DiagramLimits = {
  bytes: 10_000_000,
  elements: 50_000,
  depth: 60,
  attribute: 100_000,
  attributes: 200,
  expression: EXPRESSION_LIMIT
}

/**
 * The parser looks for the line of each thing that it does not know from the beginning of the text. Where that
 * could take more than a few seconds it stops at the first.
 */
const MOST_WORK = 2_000_000_000

/** A diagram as the parser of BPMN reads it. */
export interface DiagramTree {
  /** The definitions, as bpmn-moddle makes them. */
  readonly definitions: unknown
  /** What is wrong with it, references and schema, by file and element. */
  readonly problems: readonly Problem[]
}

/**
 * Parses BPMN 2.0 XML into bpmn-moddle's tree. What an attack needs is refused before that: DTD and entities,
 * processing instructions, monstrous size or depth, other documents, bytes that are not what they claim
 * to be. Every warning of the parser is a problem, for it drops what it does not know.
 *
 * @throws InvalidData with every problem and its element or line
 */
export async function readDiagram(
  source: string | Uint8Array,
  file: string,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<unknown> {
  const { definitions, problems } = await readTree(source, file, limits)
  if (problems.length > 0) throw new InvalidData(file, problems)
  return definitions
}

/**
 * The same, for whoever has more to say about the diagram than its references.
 *
 * @throws InvalidData when there is no tree to speak of
 */
export async function readTree(
  source: string | Uint8Array,
  file: string,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<DiagramTree> {
  const { xml, elements, problems } = plainOf(readXml(source, file, limits))
  const own = problems.map(({ id, message }) => ({
    path: id === null ? file : `${file}#${id}`,
    message
  }))
  // its types leave out the options
  const moddle = withGlobalScripts(new BpmnModdle() as unknown as Parser)
  const result = await moddle
    .fromXML(xml, 'bpmn:Definitions', { lax: elements * xml.length < MOST_WORK })
    .catch((error: Error & { readonly warnings?: readonly Warning[] }) => {
      const all = [error, ...(error.warnings ?? [])]
      const messages = all.map(({ message }) => tidy(message))
      const more = messages.filter(message => own.length === 0 || !message.includes('duplicate ID'))
      throw new InvalidData(file, [...own, ...more.map(at(file))])
    })
  const found = result.warnings
    .filter(warning => !/duplicate ID/.test(warning.message) && !mended(result, warning))
    .map(warning => problemOf(file, warning))
  return { definitions: result.rootElement, problems: [...own, ...found] }
}

/**
 * Reads the XML of a diagram, whole.
 *
 * @throws InvalidData with every danger, or the place at which it is no XML
 */
export function readXml(
  source: string | Uint8Array,
  file: string,
  limits: DiagramLimits = DIAGRAM_LIMITS
): XmlDocument {
  const bytes = typeof source === 'string' ? Buffer.byteLength(source) : source.byteLength
  const refuse = (messages: readonly string[]): never => {
    throw new InvalidData(file, messages.map(at(file)))
  }
  if (bytes > limits.bytes)
    return refuse([`expected at most ${limits.bytes} bytes, found ${bytes}`])
  const text = (typeof source === 'string' ? source : decodeXml(source, file)).replace(
    /^\uFEFF/,
    ''
  )
  const encoding = declaredEncoding(text)
  const strange =
    encoding === null || isKnownEncoding(encoding)
      ? []
      : [`expected the encoding UTF-8, found <${encoding}>`]
  try {
    const document = parseXml(text, limits)
    return strange.length > 0 ? refuse(strange) : document
  } catch (error) {
    if (!(error instanceof XmlInvalid)) throw error
    return refuse([...strange, ...error.problems])
  }
}

/** The script of a global script task is an element in the standard, but an attribute in the parser's types. */
function withGlobalScripts(moddle: Parser): Parser {
  const { properties = [] } = moddle.registry.typeMap['bpmn:GlobalScriptTask'] ?? {}
  for (const property of properties) if (property.name === 'bpmn:script') property.isAttr = false
  return moddle
}

/** What bpmn-moddle gives; it has no types. */
interface Parsed {
  readonly rootElement: {
    readonly targetNamespace?: string
    readonly $attrs: Record<string, string>
  }
  readonly elementsById: Readonly<Record<string, object>>
  readonly warnings: readonly Warning[]
}
interface Parser {
  readonly registry: {
    readonly typeMap: Readonly<
      Record<
        string,
        { readonly properties: readonly { readonly name: string; isAttr?: boolean }[] }
      >
    >
  }
  fromXML(xml: string, type: string, options: { readonly lax: boolean }): Promise<Parsed>
}
interface Warning {
  readonly message: string
  readonly element?: Record<string, unknown> & { readonly $type: string }
  readonly property?: string
  readonly value?: string
}

/**
 * Whether a warning has no consequence: a reference by a qualified name of the document's own namespace is
 * resolved here, and a shape that shows nothing is layout alone.
 */
function mended({ rootElement, elementsById }: Parsed, warning: Warning): boolean {
  const { element, property, value } = warning
  if (element === undefined || property === undefined || value === undefined) return false
  // an attribute left empty refers to nothing
  if (element.$type.startsWith('bpmndi:') || value.trim() === '') return true
  const [prefix, name] = value.split(':')
  if (name === undefined) return false
  if (rootElement.$attrs[`xmlns:${prefix}`] !== rootElement.targetNamespace) return false
  const meant = elementsById[name]
  if (meant === undefined) return false
  const known = element[property]
  if (Array.isArray(known)) known.push(meant)
  else element[property] = meant
  return true
}

function at(file: string): (message: string) => Problem {
  return message => ({ path: file, message })
}

/** What the parser warns of is told at the element that has it, or that has what has it. */
function problemOf(file: string, warning: Warning): Problem {
  const { message, element, property, value } = warning
  const id = idOf(element)
  const path = id === null ? file : `${file}#${id}`
  const owner = id === null ? 'an element without an id' : `<${id}>`
  if (property === undefined || value === undefined) return at(file)(tidy(message))
  const name = property.replace(/^bpmn:/, '')
  if (message.startsWith('unknown attribute')) {
    const message = `expected no attribute ${name} on ${element?.$type} of ${owner}: the standard has none (unknown attribute)`
    return { path, message }
  }
  return {
    path,
    message: `${name} of ${owner}: there is no element <${value}> (unresolved reference)`
  }
}

function idOf(element: Warning['element']): string | null {
  for (let each = element; each !== undefined; each = each.$parent as Warning['element']) {
    if (typeof each.id === 'string') return each.id
  }
  return null
}

/** The parser's messages span lines and quote the source. */
function tidy(message: string): string {
  return message.replace(/\s+/g, ' ').trim()
}
