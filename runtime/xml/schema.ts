import { BpmnModdle } from 'bpmn-moddle'

/** What bpmn-moddle knows of the schema of BPMN; it has no types. */
interface Schema {
  create(type: string): { readonly $descriptor: Descriptor }
  getType(type: string): unknown
  getPackage(prefix: string): {
    readonly types: readonly { readonly name: string }[]
    readonly enumerations: readonly {
      readonly name: string
      readonly literalValues: readonly { readonly name: string }[]
    }[]
  }
}
interface Descriptor {
  readonly allTypesByName: Readonly<Record<string, unknown>>
  readonly properties: readonly Property[]
  readonly propertiesByName: Readonly<Record<string, Property | undefined>>
}
interface Property {
  readonly name: string
  readonly type: string
  readonly isAttr?: boolean
  readonly isMany?: boolean
  readonly isReference?: boolean
  readonly isVirtual?: boolean
}

const schema = new BpmnModdle() as unknown as Schema
const { types, enumerations } = schema.getPackage('bpmn')
const KNOWN = new Set(types.map(({ name }) => name))
const LITERALS = new Map(
  enumerations.map(({ name, literalValues }) => [
    `bpmn:${name}`,
    literalValues.map(({ name: literal }) => literal)
  ])
)
const descriptors = new Map<string, Descriptor | null>()

/** What is known of an element by its name in XML; null for what has no type of its own. */
function descriptorOf(element: string): Descriptor | null {
  const known = descriptors.get(element)
  if (known !== undefined) return known
  const type = element.charAt(0).toUpperCase() + element.slice(1)
  const found = KNOWN.has(type) ? schema.create(`bpmn:${type}`).$descriptor : null
  descriptors.set(element, found)
  return found
}

/** What a value of an attribute should have been, or null when it is one that the schema has. */
export function expectedValue(element: string, attribute: string, value: string): string | null {
  const property = descriptorOf(element)?.propertiesByName[attribute]
  if (property === undefined || property.isAttr !== true) return null
  const { type } = property
  if (type === 'Boolean') return /^(true|false|0|1)$/.test(value.trim()) ? null : 'true or false'
  if (type === 'Integer') return /^[+-]?\d+$/.test(value.trim()) ? null : 'a whole number'
  const literals = LITERALS.get(type)
  return literals === undefined || literals.includes(value) ? null : literals.join(', ')
}

/** The schema writes `1` and `0` for true and false as well, which the parser of BPMN does not know. */
export function plainBoolean(element: string, attribute: string, value: string): string | null {
  const property = descriptorOf(element)?.propertiesByName[attribute]
  if (property?.type !== 'Boolean' || property.isAttr !== true) return null
  return value.trim() === '1' ? 'true' : value.trim() === '0' ? 'false' : null
}

/** The one place that an element takes inside another, or null when there may be several of it. */
export function placeOf(parent: string, child: string): string | null {
  const around = descriptorOf(parent)
  if (around === null) return null
  const named = around.propertiesByName[`bpmn:${child}`]
  if (named !== undefined && named.isAttr !== true) return named.isMany === true ? null : child
  const types = descriptorOf(child)?.allTypesByName
  if (types === undefined) return null
  const fits = around.properties.find(
    ({ isVirtual, isReference, isAttr, type }) =>
      !isVirtual && !isReference && !isAttr && Object.hasOwn(types, type)
  )
  return fits === undefined || fits.isMany === true ? null : fits.name.replace(/^bpmn:/, '')
}
