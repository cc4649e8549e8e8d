import { BpmnModdle } from 'bpmn-moddle'
import { EXPRESSION_LIMIT } from '../engine/compile/elements.ts'
import { InvalidData, type Problem } from '../engine/errors.ts'

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

const ALUR = 'urn:alur:bpmn'

/**
 * Parses BPMN 2.0 XML into bpmn-moddle's tree. What an attack needs (DTD, entities, processing
 * instructions, other encodings, monstrous size or depth) is refused before parsing, and every
 * warning of the parser is a problem: it drops what it does not know.
 *
 * @throws InvalidData with every problem and its line where the parser knows it
 */
export async function readDiagram(
  xml: string,
  file: string,
  limits: DiagramLimits = DIAGRAM_LIMITS
): Promise<unknown> {
  const dangers = dangersOf(xml, limits)
  if (dangers.length > 0) throw new InvalidData(file, dangers.map(at(file)))
  const moddle = new BpmnModdle()
  const result: Parsed = await moddle
    .fromXML(xml.replace(/^\uFEFF/, ''), 'bpmn:Definitions')
    .catch((error: Error & { readonly warnings?: readonly Warning[] }) => {
      const all = [error, ...(error.warnings ?? [])]
      throw new InvalidData(
        file,
        all.map(({ message }) => at(file)(tidy(message)))
      )
    })
  const problems = result.warnings.filter(warning => !mended(result, warning))
  if (problems.length > 0) {
    throw new InvalidData(
      file,
      problems.map(warning => problemOf(file, warning))
    )
  }
  return result.rootElement
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
  if (element.$type.startsWith('bpmndi:')) return true
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

/** A reference that leads nowhere is told at the element that has it. */
function problemOf(file: string, { message, element, property, value }: Warning): Problem {
  const id = element?.id
  if (property === undefined || value === undefined || typeof id !== 'string')
    return at(file)(tidy(message))
  const name = property.replace(/^bpmn:/, '')
  return {
    path: `${file}#${id}`,
    message: `${name} of <${id}>: there is no element <${value}> (unresolved reference)`
  }
}

/** The parser's messages span lines and quote the source. */
function tidy(message: string): string {
  return message.replace(/\s+/g, ' ').trim()
}

function dangersOf(xml: string, limits: DiagramLimits): readonly string[] {
  const dangers: string[] = []
  if (Buffer.byteLength(xml) > limits.bytes) {
    return [`expected at most ${limits.bytes} bytes, found ${Buffer.byteLength(xml)}`]
  }
  if (xml.includes('\0')) dangers.push('expected text in UTF-8, found a zero byte')
  if (/<!DOCTYPE/i.test(xml)) dangers.push('expected no DOCTYPE: a diagram needs no document type')
  if (/<!ENTITY/i.test(xml)) dangers.push('expected no ENTITY: a diagram needs no entities')
  const encoding = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']/i.exec(xml)?.[1]
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    dangers.push(`expected the encoding UTF-8, found <${encoding}>`)
  }
  if (/<\?(?!xml[\s?])/i.test(xml)) dangers.push('expected no processing instruction')
  for (const [, prefix, , uri] of xml.matchAll(/\bxmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2/g)) {
    if ((prefix === 'alur') === (uri === ALUR)) continue
    dangers.push(
      `expected the namespace ${ALUR} under the prefix alur and no other, found ${prefix}="${uri}"`
    )
  }
  dangers.push(...tooLarge(xml, limits))
  return dangers
}

/** Counts tags without building anything, so that depth cannot exhaust the parser. */
function tooLarge(xml: string, limits: DiagramLimits): readonly string[] {
  let depth = 0
  let deepest = 0
  let elements = 0
  const tag =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*?(\/?)>/g
  for (const [text, closing, selfClosing] of xml.matchAll(tag)) {
    if (text.startsWith('<!')) continue
    if (closing) depth -= 1
    else {
      elements += 1
      if (!selfClosing) deepest = Math.max(deepest, ++depth)
      if (text.length > limits.attribute) {
        return [
          `expected attributes of at most ${limits.attribute} characters in all, found ${text.length} in <${text.slice(1, 40)}…`
        ]
      }
    }
  }
  const problems: string[] = []
  if (elements > limits.elements)
    problems.push(`expected at most ${limits.elements} elements, found ${elements}`)
  if (deepest > limits.depth)
    problems.push(`expected elements at most ${limits.depth} deep, found ${deepest}`)
  return problems
}
