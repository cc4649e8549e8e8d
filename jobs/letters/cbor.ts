/** What our seals are made of: a small part of CBOR (RFC 8949), in its one deterministic encoding. */
export type Cbor =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly Cbor[]
  | ReadonlyMap<number | string, Cbor>
  | Tagged

export class Tagged {
  readonly tag: number
  readonly value: Cbor
  constructor(tag: number, value: Cbor) {
    this.tag = tag
    this.value = value
  }
}

const DEEPEST = 8

/** Map entries stand in the order of their encoded keys, so that equal values have equal bytes. */
export function encode(value: Cbor): Uint8Array {
  if (value === false) return Uint8Array.of(0xf4)
  if (value === true) return Uint8Array.of(0xf5)
  if (value === null) return Uint8Array.of(0xf6)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`expected a whole number, found <${value}>`)
    return value < 0 ? head(1, -1 - value) : head(0, value)
  }
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value)
    return join([head(3, bytes.length), bytes])
  }
  if (value instanceof Uint8Array) return join([head(2, value.length), value])
  if (value instanceof Tagged) return join([head(6, value.tag), encode(value.value)])
  if (value instanceof Map) {
    const entries = [...value].map(([key, each]) => ({ key: encode(key), value: encode(each) }))
    entries.sort((a, b) => Buffer.compare(a.key, b.key))
    return join([head(5, entries.length), ...entries.flatMap(entry => [entry.key, entry.value])])
  }
  const items = value as readonly Cbor[]
  return join([head(4, items.length), ...items.map(encode)])
}

/** @throws Error for anything that `encode` would not have written */
export function decode(bytes: Uint8Array): Cbor {
  const reader = new Reader(bytes)
  const value = reader.value(0)
  if (!reader.atEnd) throw new Error('expected nothing after the CBOR value')
  if (Buffer.compare(encode(value), bytes) !== 0) throw new Error('expected deterministic CBOR')
  return value
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  value(depth: number): Cbor {
    if (depth > DEEPEST) throw new Error('the CBOR value is nested too deeply')
    const initial = this.#take(1)[0]!
    const major = initial >> 5
    if (major === 7) return this.#simple(initial & 31)
    const length = this.#length(initial & 31)
    if (major === 0) return length
    if (major === 1) return -1 - length
    if (major === 2) return this.#take(length)
    if (major === 3)
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.#take(length))
    if (major === 6) return new Tagged(length, this.value(depth + 1))
    if (length > this.#bytes.length) throw new Error('the CBOR value ends too early')
    if (major === 4) return Array.from({ length }, () => this.value(depth + 1))
    return this.#map(length, depth)
  }

  #map(length: number, depth: number): ReadonlyMap<number | string, Cbor> {
    const map = new Map<number | string, Cbor>()
    for (let index = 0; index < length; index++) {
      const key = this.value(depth + 1)
      if (typeof key !== 'number' && typeof key !== 'string')
        throw new Error('expected a number or a text as a key')
      map.set(key, this.value(depth + 1))
    }
    return map
  }

  #simple(code: number): Cbor {
    if (code === 20) return false
    if (code === 21) return true
    if (code === 22) return null
    throw new Error(`unexpected CBOR value of kind 7.${code}`)
  }

  #length(code: number): number {
    if (code < 24) return code
    if (code > 27) throw new Error('unexpected CBOR value of unknown length')
    const bytes = this.#take(2 ** (code - 24))
    const length = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    if (!Number.isSafeInteger(length)) throw new Error('the CBOR number is too large')
    return length
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new Error('the CBOR value ends too early')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}

function head(major: number, length: number): Uint8Array {
  const code = major << 5
  if (length < 24) return Uint8Array.of(code | length)
  const size = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x100000000 ? 4 : 8
  const bytes = new Uint8Array(1 + size)
  bytes[0] = code | (24 + Math.log2(size))
  for (let index = size, rest = length; index > 0; index--, rest = Math.floor(rest / 256))
    bytes[index] = rest % 256
  return bytes
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
