import { Stuck } from '../../engine/errors.ts'
import type { Level } from '../../engine/graph.ts'
import type {
  Definition,
  Layer,
  Overlay,
  StatedValue,
  Table
} from '../../engine/rules/definitions.ts'
import { fromTheTop } from '../../engine/rules/definitions.ts'
import { resolveValue } from '../../engine/rules/layers.ts'
import { rowLayers, valueLayers } from '../../engine/rules/release.ts'
import type { EffectiveRow } from '../../engine/rules/table.ts'
import { effectiveTable } from '../../engine/rules/table.ts'
import type { LocalDate, OfficeId, Value } from '../../engine/state.ts'
import type { OpenLaw } from './laws.ts'

/** A key with its definition, what holds on a date, and what the levels above say. */
export type Subject =
  | {
      readonly kind: 'value'
      readonly governed: Definition
      readonly value: Value
      /** Why nothing holds; null: something does. */
      readonly missing: string | null
      readonly parent: Value | undefined
      readonly national: Value | undefined
    }
  | {
      readonly kind: 'table'
      readonly governed: Table
      readonly rows: readonly EffectiveRow[]
      /** What the same rows were one level above. */
      readonly above: readonly EffectiveRow[]
      readonly overlays: readonly Overlay[]
      readonly outside: readonly string[]
    }

/** Finds a key in the law of an office; null: it is not defined. @throws Stuck when rows of one unit clash */
export function findSubject(law: OpenLaw, key: string, date: LocalDate): Subject | null {
  const table = law.tables.get(key)
  if (table) return tableSubject(law, table, date)
  const definition = law.definitions.get(key)
  return definition ? valueSubject(law, definition, date) : null
}

function valueSubject(law: OpenLaw, definition: Definition, date: LocalDate): Subject {
  const layers = valueLayers(law, date)
  const resolve = (some: readonly Layer<StatedValue>[]): Value | undefined => {
    try {
      return resolveValue(definition, some, date).value
    } catch (error) {
      if (!(error instanceof Stuck)) throw error
      return undefined
    }
  }
  const common = {
    kind: 'value' as const,
    governed: definition,
    parent: resolve(layers.filter(({ scope }) => scope !== law.office)),
    national: resolve(onlyAt('national', layers))
  }
  try {
    return { ...common, value: resolveValue(definition, layers, date).value, missing: null }
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return { ...common, value: null, missing: error.message }
  }
}

function tableSubject(law: OpenLaw, table: Table, date: LocalDate): Subject {
  const layers = fromTheTop(rowLayers(law, date))
  const { rows, outside } = effectiveTable(table, layers, date)
  const above = effectiveTable(table, without(law.office, layers), date).rows
  const overlays = layers
    .flatMap(({ statements }) => statements)
    .filter(({ rule }) => rule === table.rule)
  return { kind: 'table', governed: table, rows, above, overlays, outside }
}

function onlyAt<Item>(level: Level, layers: readonly Layer<Item>[]): readonly Layer<Item>[] {
  return layers.filter(layer => layer.level === level)
}

function without<Item>(unit: OfficeId, layers: readonly Layer<Item>[]): readonly Layer<Item>[] {
  return layers.filter(layer => layer.scope !== unit)
}
