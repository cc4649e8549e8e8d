/** What is to happen, in the order of time; what falls on the same moment happens as it was put down. */
export class Agenda<Item> {
  readonly #heap: { readonly at: number; readonly order: number; readonly item: Item }[] = []
  #order = 0

  get size(): number {
    return this.#heap.length
  }

  put(at: number, item: Item): void {
    const heap = this.#heap
    const entry = { at, order: this.#order++, item }
    let here = heap.length
    heap.push(entry)
    while (here > 0) {
      const above = (here - 1) >> 1
      const parent = heap[above] as (typeof heap)[number]
      if (parent.at < at || (parent.at === at && parent.order < entry.order)) break
      heap[here] = parent
      here = above
    }
    heap[here] = entry
  }

  /** The next thing, or null when nothing is left. */
  take(): { readonly at: number; readonly item: Item } | null {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined) return null
    if (heap.length === 0) return first
    let here = 0
    for (;;) {
      let below = here * 2 + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && before(heap[below + 1], heap[below])) below += 1
      if (!before(heap[below], last)) break
      heap[here] = heap[below] as (typeof heap)[number]
      here = below
    }
    heap[here] = last
    return first
  }
}

interface Placed {
  readonly at: number
  readonly order: number
}

function before(one: Placed | undefined, other: Placed | undefined): boolean {
  if (one === undefined || other === undefined) return false
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
