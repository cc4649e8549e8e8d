import type { Text } from '../../../engine/messages.ts'
import type { Bound } from '../../../engine/rules/bounds.ts'
import type { Value } from '../../../engine/state.ts'
import { own } from '../values.tsx'
import { listText, valueText } from './value-text.ts'
import { nameText } from './words.ts'

/** A bound in words. `above` is the value of the level above, when it is known. */
export function boundText(bound: Bound, unit: string | null, above?: Value): Text {
  if (bound.kind === 'locked') {
    return { id: 'terkunci: hanya pusat yang menetapkan', en: 'locked: only the nation states it' }
  }
  const said = withoutPath(bound, unit, above === undefined ? undefined : at(above, bound.path))
  if (bound.path === undefined) return said
  const name = nameText(bound.path.split('.').at(-1) ?? bound.path)
  return { id: `${name.id}: ${said.id}`, en: `${name.en}: ${said.en}` }
}

function withoutPath(
  bound: Exclude<Bound, { kind: 'locked' }>,
  unit: string | null,
  above: Value | undefined
): Text {
  const beside = above === undefined ? { id: '', en: '' } : bracketed(valueText(above, unit))
  switch (bound.kind) {
    case 'range': {
      const { min, max } = bound
      if (min !== undefined && max !== undefined) return between(min, max, unit)
      if (min !== undefined) return with_('paling sedikit', 'at least', valueText(min, unit))
      return with_('paling banyak', 'at most', valueText(max, unit))
    }
    case 'atMostParent':
      return {
        id: `tidak lebih dari tingkat di atasnya${beside.id}`,
        en: `no more than the level above${beside.en}`
      }
    case 'atLeastParent':
      return {
        id: `tidak kurang dari tingkat di atasnya${beside.id}`,
        en: `no less than the level above${beside.en}`
      }
    case 'deltaPct':
      return {
        id: `paling jauh ${bound.percent}% dari tingkat di atasnya${beside.id}`,
        en: `at most ${bound.percent}% away from the level above${beside.en}`
      }
    case 'subsetOfParent':
      return {
        id: 'boleh dikurangi, tidak boleh ditambah dari tingkat di atasnya',
        en: 'may leave out, not add to, what the level above says'
      }
    case 'supersetOfParent':
      return {
        id: 'boleh ditambah, tidak boleh dikurangi dari tingkat di atasnya',
        en: 'may add to, not leave out, what the level above says'
      }
    case 'oneOf':
      return with_('salah satu dari', 'one of', listText(bound.values.map(each => valueText(each))))
    case 'authorityAtLeastParent': {
      const start = above === undefined ? 0 : Math.max(0, bound.order.indexOf(String(above)))
      const may = bound.order.slice(start).map(each => valueText(each))
      return with_('setingkat atau lebih tinggi:', 'of the same rank or above:', listText(may))
    }
    default:
      return bound satisfies never
  }
}

/** How far one may still go: `boleh 1 sampai 4 hari; sekarang 4 hari`. Null: no number is bounded. */
export function roomText(
  bounds: readonly Bound[],
  above: Value | undefined,
  now: Value | undefined,
  unit: string | null
): Text | null {
  const paths = [
    ...new Set(bounds.map(bound => (bound.kind === 'locked' ? '' : (bound.path ?? ''))))
  ]
  const rooms = paths.flatMap(path => {
    const room = roomAt(bounds, path === '' ? undefined : path, above, now, unit)
    return room === null ? [] : [room]
  })
  return rooms.length === 0 ? null : joined(rooms)
}

function roomAt(
  bounds: readonly Bound[],
  path: string | undefined,
  above: Value | undefined,
  now: Value | undefined,
  unit: string | null
): Text | null {
  const parent = above === undefined ? undefined : at(above, path)
  let min = -Infinity
  let max = Infinity
  for (const bound of bounds) {
    if (bound.kind === 'locked' || bound.path !== path) continue
    if (bound.kind === 'range') {
      min = Math.max(min, bound.min ?? -Infinity)
      max = Math.min(max, bound.max ?? Infinity)
    }
    if (typeof parent !== 'number') continue
    if (bound.kind === 'deltaPct') {
      min = Math.max(min, Math.ceil(parent - (Math.abs(parent) * bound.percent) / 100))
      max = Math.min(max, Math.floor(parent + (Math.abs(parent) * bound.percent) / 100))
    }
    if (bound.kind === 'atMostParent') max = Math.min(max, parent)
    if (bound.kind === 'atLeastParent') min = Math.max(min, parent)
  }
  if (min === -Infinity && max === Infinity) return null
  const room =
    min === max
      ? with_('hanya', 'only', valueText(min, unit))
      : min > max
        ? { id: 'tidak ada yang boleh', en: 'nothing fits' }
        : min === -Infinity
          ? with_('paling banyak', 'at most', valueText(max, unit))
          : max === Infinity
            ? with_('paling sedikit', 'at least', valueText(min, unit))
            : between(min, max, unit)
  const current = now === undefined || now === null ? null : valueText(at(now, path), unit)
  const name = path === undefined ? null : nameText(path.split('.').at(-1) ?? path)
  return {
    id: `${name === null ? '' : `${name.id}: `}boleh ${room.id}${current === null ? '' : `; sekarang ${current.id}`}`,
    en: `${name === null ? '' : `${name.en}: `}may be ${room.en}${current === null ? '' : `; now ${current.en}`}`
  }
}

function between(min: number, max: number, unit: string | null): Text {
  const last = valueText(max, unit)
  const first = valueText(min, unit === 'rupiah' ? unit : null)
  return { id: `${first.id} sampai ${last.id}`, en: `${first.en} to ${last.en}` }
}

function with_(id: string, en: string, said: Text): Text {
  return { id: `${id} ${said.id}`, en: `${en} ${said.en}` }
}

function bracketed({ id, en }: Text): Text {
  return { id: ` (${id})`, en: ` (${en})` }
}

function joined(texts: readonly Text[]): Text {
  return { id: texts.map(({ id }) => id).join('; '), en: texts.map(({ en }) => en).join('; ') }
}

function at(value: Value, path: string | undefined): Value | undefined {
  if (path === undefined) return value
  return path.split('.').reduce<Value | undefined>((inner, name) => own(inner, name), value)
}
