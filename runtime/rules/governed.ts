import type { Bound } from '../../engine/rules/bounds.ts'
import type { Definition, Governed, Table, ValueType } from '../../engine/rules/definitions.ts'
import type { Findings } from './findings.ts'

const COUNTED: readonly ValueType[] = ['integer', 'money', 'days', 'workdays']
const NAMED: readonly ValueType[] = ['text', 'choice']

/** Checks that the bounds of a key or a table say something about it, and do not contradict themselves. */
export function checkGoverned(governed: Definition | Table, findings: Findings): void {
  governed.bounds.forEach((bound, index) => {
    const fault = faultOf(bound, governed)
    if (fault) findings.error(governed, { id: fault[0], en: fault[1] }, `/bounds/${index}`)
  })
}

function faultOf(bound: Bound, governed: Definition | Table): readonly [string, string] | null {
  if (bound.kind === 'locked') {
    const dated = bound.from !== undefined || bound.to !== undefined
    return dated || governed.overridableAt.length === 0
      ? null
      : [
          `terkunci, tetapi terbuka bagi ${governed.overridableAt.join(' dan ')}`,
          `is locked, yet open to ${governed.overridableAt.join(' and ')}`
        ]
  }
  const { kind, path } = bound
  const type = typeOf(governed)
  const whole = type === 'record'
  if (whole && path === undefined)
    return [
      `batas <${kind}> pada catatan memerlukan <path>`,
      `bound <${kind}> of a record needs a <path>`
    ]
  if (!whole && path !== undefined)
    return [
      `batas <${kind}> memberi <path>, tetapi nilainya bukan catatan`,
      `bound <${kind}> gives a <path>, yet the value is no record`
    ]
  if (path !== undefined && !isMember(governed, path))
    return [
      `batas <${kind}>: bentuknya tidak memuat <${path}>`,
      `bound <${kind}>: the shape has no <${path}>`
    ]
  if (kind === 'range' && (bound.min ?? -Infinity) > (bound.max ?? Infinity))
    return [
      `batas <range> kosong: ${bound.min} sampai ${bound.max}`,
      `bound <range> is empty: ${bound.min} to ${bound.max}`
    ]
  if (whole) return null
  const fits =
    kind === 'oneOf' ||
    (kind === 'subsetOfParent' || kind === 'supersetOfParent'
      ? type === 'set'
      : kind === 'authorityAtLeastParent'
        ? NAMED.includes(type)
        : COUNTED.includes(type))
  return fits
    ? null
    : [
        `batas <${kind}> tidak cocok dengan jenis ${type}`,
        `bound <${kind}> does not fit type ${type}`
      ]
}

function typeOf(governed: Definition | Table): ValueType {
  return 'type' in governed ? governed.type : 'record'
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
}

/** Whether a shape names a member; one that names no members may have any. */
function isMember(governed: Governed & { shape?: object; outcome?: object }, path: string) {
  let shape: Shape | undefined = (governed.shape ?? governed.outcome) as Shape | undefined
  for (const name of path.split('.')) {
    if (!shape?.properties) return true
    if (!Object.hasOwn(shape.properties, name)) return false
    shape = shape.properties[name]
  }
  return true
}
