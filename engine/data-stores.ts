import { Stuck } from './errors.ts'
import type { StoreEntry } from './graph.ts'
import type { Ledger } from './ledger.ts'
import type { OfficeId, Token, Value } from './state.ts'

/** An entry of a data store, with its place worked out. */
export interface StorePlace {
  readonly unit: OfficeId
  readonly store: string
  readonly key: string
}

/** Where an entry lies: in the store of the office, its region or the nation, under its key. */
export function placeIn(
  ledger: Ledger,
  entry: StoreEntry,
  lookup: (name: string) => unknown,
  where: string
): StorePlace {
  const { office } = ledger.context
  const unit = office.line.find(({ level }) => level === entry.level)
  if (unit === undefined) {
    throw new Stuck('no-unit', `${where}: office <${office.id}> has no ${entry.level} above it`)
  }
  if (entry.key === null) return { unit: unit.id, store: entry.store, key: '' }
  const key = ledger.evaluate(entry.key, lookup, `${where}: key of data store <${entry.store}>`)
  if (typeof key !== 'number' && (typeof key !== 'string' || key === '')) {
    throw new Stuck(
      'data',
      `${where}: key of data store <${entry.store}>: ${entry.key}: expected text or a number, found ${JSON.stringify(key)}`
    )
  }
  return { unit: unit.id, store: entry.store, key: String(key) }
}

/** The value of an entry as this step sees it, its own writing included; null when there is none. */
export function readStore(ledger: Ledger, place: StorePlace): Value {
  const written = ledger.stored.get(nameOf(place))
  return written === undefined ? found(ledger, place).value : written.value
}

/** The same with what FEEL sees: entries of data stores by the name of their reference. */
export function seeing(
  ledger: Ledger,
  entries: readonly StoreEntry[] | undefined,
  lookup: (name: string) => unknown,
  where: string
): (name: string) => unknown {
  if (entries === undefined || entries.length === 0) return lookup
  return name => {
    const entry = entries.find(each => each.name === name)
    if (entry === undefined) return lookup(name)
    return readStore(ledger, placeIn(ledger, entry, lookup, where))
  }
}

/**
 * Writes entries, or with null takes them out. They become part of the commit, so that a store takes them
 * exactly once and in the order of the commits. BPMN 2.0.2, 10.4.1.
 *
 * @throws Stuck when a store is full; nothing is written then
 */
export function writeStores(
  ledger: Ledger,
  token: Token,
  writes: readonly {
    readonly entry: StoreEntry
    readonly place: StorePlace
    readonly value: Value
  }[]
): void {
  const added = new Map<string, number>()
  for (const { entry, place, value } of writes) {
    if (value === null || entry.capacity === null || readStore(ledger, place) !== null) continue
    const { unit, store } = place
    const id = JSON.stringify([unit, store])
    const size = found(ledger, place).size + grown(ledger, place) + (added.get(id) ?? 0)
    if (size >= entry.capacity) {
      throw new Stuck(
        'data',
        `<${token.at}> writes to data store <${store}> of <${unit}>, which is full: it takes ${entry.capacity} entries`
      )
    }
    added.set(id, (added.get(id) ?? 0) + 1)
  }
  for (const { entry, place, value } of writes) {
    const wasThere = found(ledger, place).value !== null
    ledger.stored.set(nameOf(place), { value, place, wasThere })
    const { capacity } = entry
    ledger.emit({
      type: 'dataStored',
      token: token.id,
      element: token.at,
      ...place,
      value,
      capacity
    })
  }
}

/** How many entries more than before this step has left in a store. */
function grown(ledger: Ledger, { unit, store }: StorePlace): number {
  let more = 0
  for (const { place, value, wasThere } of ledger.stored.values()) {
    if (place.unit !== unit || place.store !== store) continue
    more += Number(value !== null) - Number(wasThere)
  }
  return more
}

function found(
  { context }: Ledger,
  { unit, store, key }: StorePlace
): { readonly value: Value; readonly size: number } {
  if (context.dataStores === undefined) {
    throw new Stuck('data', `data store <${store}> of <${unit}> cannot be read here`)
  }
  return context.dataStores.read(unit, store, key)
}

function nameOf({ unit, store, key }: StorePlace): string {
  return JSON.stringify([unit, store, key])
}
