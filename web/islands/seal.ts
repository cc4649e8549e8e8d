/** Opens the seal of a letter in the browser: a COSE_Sign1 (RFC 9052) with Ed25519. */
export type Opened =
  | { readonly state: 'genuine'; readonly facts: ReadonlyMap<number, string> }
  | { readonly state: 'wrong' | 'no-key' | 'cannot' }

/** A public key as `/.well-known/alur-keys.json` lists it. */
export interface PublicKey {
  readonly kid: string
  readonly kty: string
  readonly crv: string
  readonly x: string
}

type Item = number | string | boolean | null | Uint8Array | Item[] | Map<Item, Item>

/** The byte that a COSE_Sign1 starts with: tag 18. */
const COSE_SIGN1 = 0xd2
const ALGORITHM = 1
const KEY_ID = 4
const EDDSA = -8

/** Checks a seal, and gives the facts that it vouches for by their numbers. */
export async function openSeal(seal: string, keys: readonly PublicKey[]): Promise<Opened> {
  let message: SignedMessage
  try {
    message = readMessage(fromBase64Url(seal))
  } catch {
    return { state: 'wrong' }
  }
  const key = keys.find(({ kid }) => kid === message.keyId)
  if (key === undefined) return { state: 'no-key' }

  let imported: CryptoKey
  try {
    const jwk = { kty: key.kty, crv: key.crv, x: key.x }
    imported = await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify'])
  } catch {
    return { state: 'cannot' }
  }
  const genuine = await crypto.subtle.verify(
    { name: 'Ed25519' },
    imported,
    message.signature,
    message.signed
  )
  return genuine ? { state: 'genuine', facts: message.facts } : { state: 'wrong' }
}

interface SignedMessage {
  readonly keyId: string
  readonly signed: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
  readonly facts: ReadonlyMap<number, string>
}

function readMessage(bytes: Uint8Array): SignedMessage {
  // what the signature does not cover may hold one thing only
  const parts = bytes[0] === COSE_SIGN1 ? decode(bytes) : null
  if (!Array.isArray(parts) || parts.length !== 4) throw new Error('expected a COSE_Sign1')
  const [header, open, payload, signature] = parts
  if (!(open instanceof Map) || open.size > 0) throw new Error('expected an empty open header')
  if (
    !(
      header instanceof Uint8Array &&
      payload instanceof Uint8Array &&
      signature instanceof Uint8Array
    )
  ) {
    throw new Error('expected bytes')
  }
  const stated = decode(header)
  const facts = decode(payload)
  if (!(stated instanceof Map && facts instanceof Map)) throw new Error('expected maps')
  const keyId = stated.get(KEY_ID)
  if (stated.get(ALGORITHM) !== EDDSA || !(keyId instanceof Uint8Array))
    throw new Error('expected EdDSA')
  return {
    keyId: hex(keyId),
    signed: toBeSigned(header, payload),
    signature: signature.slice(),
    facts: new Map(
      [...facts].map(([number, value]) => [Number(number), text(Number(number), value)])
    )
  }
}

/** The Sig_structure: `["Signature1", protected header, nothing, payload]`. */
function toBeSigned(header: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const context = new TextEncoder().encode('Signature1')
  return join([
    [0x84],
    head(3, context.length),
    context,
    head(2, header.length),
    header,
    head(2, 0),
    head(2, payload.length),
    payload
  ])
}

/** Dates stand as whole numbers, `20151204`. */
const DATES = [6, 10, 11]

function text(number: number, value: Item): string {
  if (DATES.includes(number)) return String(value).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  return value instanceof Uint8Array ? hex(value) : String(value)
}

/** SHA-256 in hex. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

// CBOR ////////////////////////////////////////////////////////////////////////

const DEEPEST = 8

function decode(bytes: Uint8Array): Item {
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new Error('the seal ends too early')
    at += length
    return bytes.subarray(at - length, at)
  }
  const size = (code: number) => {
    if (code < 24) return code
    if (code > 27) throw new Error('unexpected length')
    const length = take(2 ** (code - 24)).reduce((sum, byte) => sum * 256 + byte, 0)
    if (!Number.isSafeInteger(length)) throw new Error('the number is too large')
    return length
  }
  const item = (depth: number): Item => {
    const initial = take(1)[0] ?? 0
    const major = initial >> 5
    const code = initial & 31
    if (depth > DEEPEST) throw new Error('nested too deeply')
    if (major === 7) {
      if (code === 20 || code === 21) return code === 21
      if (code === 22) return null
      throw new Error('unexpected value')
    }
    const length = size(code)
    if (major === 0) return length
    if (major === 1) return -1 - length
    if (major === 2) return take(length)
    if (major === 3) return new TextDecoder('utf-8', { fatal: true }).decode(take(length))
    if (major === 6) return item(depth + 1)
    if (length > bytes.length) throw new Error('the seal ends too early')
    if (major === 4) return Array.from({ length }, () => item(depth + 1))
    const map = new Map<Item, Item>()
    for (let index = 0; index < length; index++) map.set(item(depth + 1), item(depth + 1))
    return map
  }
  const value = item(0)
  if (at !== bytes.length) throw new Error('expected nothing after the seal')
  return value
}

function head(major: number, length: number): number[] {
  if (length < 24) return [(major << 5) | length]
  if (length < 0x100) return [(major << 5) | 24, length]
  return [(major << 5) | 25, length >> 8, length & 0xff]
}

function join(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function fromBase64Url(text: string): Uint8Array {
  if (!/^[\w-]+$/.test(text)) throw new Error('expected base64url')
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, each => each.charCodeAt(0))
}
