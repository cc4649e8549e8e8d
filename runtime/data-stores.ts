import type { DataStores } from '../engine/context.ts'
import type { Event } from '../engine/messages.ts'
import type { OfficeId, Value } from '../engine/state.ts'
import type { DataAccess, DataEntry, DataPlace, Store } from './store.ts'

/** A step asked for an entry of a data store that has not been read yet. */
class NotRead extends Error {
  readonly place: DataPlace
  constructor(place: DataPlace) {
    super(`data store <${place.store}> of <${place.unit}> has not been read`)
    this.place = place
  }
}

/**
 * The data stores as one commit sees them. A step is pure and may be thrown away: one that asks for an entry
 * that is not here yet is made again once it has been read. The commit is held to what was read.
 */
export class DataSnapshot implements DataStores {
  readonly #store: Store
  readonly #entries = new Map<string, DataPlace & DataEntry>()
  readonly #writes: DataAccess['writes'][number][] = []

  constructor(store: Store) {
    this.#store = store
  }

  read(unit: OfficeId, store: string, key: string): DataEntry {
    const entry = this.#entries.get(nameOf({ unit, store, key }))
    if (entry === undefined) throw new NotRead({ unit, store, key })
    return entry
  }

  /** Makes something that steps, as often as it takes to have read what it asks for. */
  async during<Result>(make: () => Result | Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await make()
      } catch (error) {
        if (!(error instanceof NotRead)) throw error
        const { place } = error
        const entry = await this.#store.readData(place)
        const more = this.#growthOf(place)
        this.#entries.set(nameOf(place), { ...place, ...entry, size: entry.size + more })
      }
    }
  }

  /** Takes over what a step has written, for the next step of the same commit. */
  take(events: readonly Event[]): void {
    for (const event of events) {
      if (event.type !== 'dataStored') continue
      const { unit, store, key, value, capacity } = event
      const before = this.read(unit, store, key).value
      const more = Number(value !== null) - Number(before !== null)
      this.#writes.push({ unit, store, key, value, capacity, more })
      for (const [name, entry] of this.#entries) {
        if (entry.unit !== unit || entry.store !== store) continue
        const now = entry.key === key ? value : entry.value
        this.#entries.set(name, { ...entry, value: now, size: entry.size + more })
      }
    }
  }

  /** What the commit read and writes; null: nothing. */
  get access(): DataAccess | null {
    if (this.#entries.size === 0) return null
    const reads = [...this.#entries.values()].map(({ unit, store, key, version }) => ({
      unit,
      store,
      key,
      version
    }))
    return { reads, writes: this.#writes }
  }

  #growthOf({ unit, store }: DataPlace): number {
    const own = this.#writes.filter(each => each.unit === unit && each.store === store)
    return own.reduce((sum, { more }) => sum + more, 0)
  }
}

/** Entries by key, by the name of their store. */
export type DataContents = Readonly<Record<string, Readonly<Record<string, Value>>>>

/** Data stores in memory, for plays: they begin with what is given, the same at every level. */
export class DataInMemory implements DataStores {
  readonly #contents: Record<string, Record<string, Value>>

  constructor(given: DataContents = {}) {
    this.#contents = structuredClone(given) as Record<string, Record<string, Value>>
  }

  get contents(): DataContents {
    return this.#contents
  }

  read(
    _unit: OfficeId,
    store: string,
    key: string
  ): { readonly value: Value; readonly size: number } {
    const entries = Object.hasOwn(this.#contents, store) ? this.#contents[store] : undefined
    const value = entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : null
    return { value: value ?? null, size: Object.keys(entries ?? {}).length }
  }

  take(events: readonly Event[]): void {
    for (const event of events) {
      if (event.type !== 'dataStored') continue
      const { store, key, value } = event
      const { [key]: _, ...others } = this.#contents[store] ?? {}
      this.#contents[store] = value === null ? others : { ...others, [key]: value }
    }
  }
}

function nameOf({ unit, store, key }: DataPlace): string {
  return JSON.stringify([unit, store, key])
}
