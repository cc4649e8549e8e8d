import type { KeyObject } from 'node:crypto'
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify
} from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Text } from '../../engine/messages.ts'
import type { LocalDate, OfficeId, Variables } from '../../engine/state.ts'
import type { Cbor } from './cbor.ts'
import { decode, encode, Tagged } from './cbor.ts'
import { secretFile } from './secrets.ts'

/** What a seal says of a letter. Anyone who holds the letter can read it, so it says no more. */
export interface SealedFacts {
  /** The name of the unit that issued it. */
  readonly issuer: string
  readonly office: OfficeId
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly date: LocalDate
  readonly name: string | null
  /** The last four characters of the passport number. */
  readonly passport: string | null
  readonly nationality: string | null
  readonly from: LocalDate | null
  readonly until: LocalDate | null
  /** The first 16 bytes of the SHA-256 of what the letter says, in hex. */
  readonly digest: string
  readonly sample: boolean
}

/** The keys that seals are made and checked with. */
export interface Sealer {
  /** A COSE_Sign1 (RFC 9052) with Ed25519, as base64url. The same facts give the same seal. */
  seal(facts: SealedFacts): string
  /** The facts of a genuine seal; null when it was not made by any of our keys, or changed. */
  verify(seal: string): SealedFacts | null
  /** An unguessable id of 80 bits for the letter of a job: the same on every attempt. */
  letterId(job: string): string
  /** The public keys, those retired too, as a JSON Web Key Set. */
  publicKeys(): Variables
}

/** The number of each fact in a seal; never given to another fact. */
const KEYS = {
  issuer: 1,
  office: 2,
  id: 3,
  kind: 4,
  number: 5,
  date: 6,
  name: 7,
  passport: 8,
  nationality: 9,
  from: 10,
  until: 11,
  digest: 12,
  sample: 13
} satisfies Record<keyof SealedFacts, number>

const ALGORITHM = 1
const KEY_ID = 4
const EDDSA = -8
const COSE_SIGN1 = 18

/**
 * Opens the keys of a folder; the signing key is made at the first start. Public keys that no longer
 * sign stay in `retired/*.pem` and still verify.
 */
export async function openSealer(folder: string): Promise<Sealer> {
  const signing = createPrivateKey(
    await secretFile(join(folder, 'seal.pem'), () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    )
  )
  const idKey = await secretFile(join(folder, 'letter-ids.key'), () => randomBytes(32))
  if (signing.asymmetricKeyType !== 'ed25519')
    throw new Error(`expected <${folder}/seal.pem> to hold an Ed25519 key`)
  const own = createPublicKey(signing)
  const trusted = new Map(
    [own, ...(await retiredKeys(join(folder, 'retired')))].map(key => [keyId(key), key])
  )

  return {
    seal: facts => sealWith(signing, keyId(own), facts),
    verify: seal => verifySeal(seal, trusted),
    letterId: job =>
      crockford(createHmac('sha256', idKey).update(`letter ${job}`).digest().subarray(0, 10)),
    publicKeys: () => ({
      keys: [...trusted].map(([kid, key]) => {
        const { x = '' } = key.export({ format: 'jwk' })
        return {
          kty: 'OKP',
          crv: 'Ed25519',
          alg: 'EdDSA',
          use: 'sig',
          kid,
          x,
          retired: kid !== keyId(own)
        }
      })
    })
  }
}

function sealWith(key: KeyObject, kid: string, facts: SealedFacts): string {
  const header = encode(
    new Map<number, Cbor>([
      [ALGORITHM, EDDSA],
      [KEY_ID, Buffer.from(kid, 'hex')]
    ])
  )
  const payload = encode(payloadOf(facts))
  const signature = new Uint8Array(sign(null, toBeSigned(header, payload), key))
  const message = new Tagged(COSE_SIGN1, [header, new Map(), payload, signature])
  return Buffer.from(encode(message)).toString('base64url')
}

/** The facts of a seal that one of these keys has made, or null. */
export function verifySeal(seal: string, keys: ReadonlyMap<string, KeyObject>): SealedFacts | null {
  try {
    const bytes = Buffer.from(seal, 'base64url')
    if (bytes.toString('base64url') !== seal) return null
    const message = decode(new Uint8Array(bytes))
    if (!(message instanceof Tagged) || message.tag !== COSE_SIGN1 || !Array.isArray(message.value))
      return null
    const [header, , payload, signature] = message.value as readonly Cbor[]
    if (
      !(header instanceof Uint8Array) ||
      !(payload instanceof Uint8Array) ||
      !(signature instanceof Uint8Array)
    ) {
      return null
    }
    const stated = decode(header)
    if (!(stated instanceof Map) || stated.get(ALGORITHM) !== EDDSA) return null
    const kid = stated.get(KEY_ID)
    const key = kid instanceof Uint8Array ? keys.get(Buffer.from(kid).toString('hex')) : undefined
    if (key === undefined || !verify(null, toBeSigned(header, payload), key, signature)) return null
    return factsOf(decode(payload))
  } catch {
    // whatever does not decode is no seal of ours
    return null
  }
}

function toBeSigned(header: Uint8Array, payload: Uint8Array): Uint8Array {
  return encode(['Signature1', header, new Uint8Array(), payload])
}

function payloadOf(facts: SealedFacts): Cbor {
  const stated = Object.entries(facts).filter(([, value]) => value !== null)
  return new Map(
    stated.map(([name, value]) => [KEYS[name as keyof SealedFacts], pack(name, value)])
  )
}

/** Dates as numbers and hashes as bytes: a QR code with less in it is easier to read. */
function pack(name: string, value: string | boolean): Cbor {
  if (name === 'digest') return new Uint8Array(Buffer.from(String(value), 'hex'))
  return DATES.includes(name) ? Number(String(value).replaceAll('-', '')) : value
}

function unpack(value: Cbor): string | boolean | null {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'number') return String(value).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  throw new Error('unexpected fact in a seal')
}

const DATES = ['date', 'from', 'until']

function factsOf(payload: Cbor): SealedFacts {
  if (!(payload instanceof Map)) throw new Error('expected a map of facts')
  const facts: Record<string, string | boolean | null> = {}
  for (const [name, key] of Object.entries(KEYS)) facts[name] = unpack(payload.get(key) ?? null)
  return facts as unknown as SealedFacts
}

/** The labels of sealed facts, as the verification page shows them. */
const LABELS = {
  issuer: { id: 'Diterbitkan oleh', en: 'Issued by' },
  kind: { id: 'Jenis surat', en: 'Kind of letter' },
  number: { id: 'Nomor', en: 'Number' },
  date: { id: 'Tanggal', en: 'Date' },
  name: { id: 'Nama', en: 'Name' },
  passport: {
    id: 'Empat karakter terakhir nomor paspor',
    en: 'Last four characters of the passport number'
  },
  nationality: { id: 'Kewarganegaraan', en: 'Nationality' },
  from: { id: 'Berlaku sejak', en: 'Valid from' },
  until: { id: 'Berlaku sampai dengan', en: 'Valid until' }
} satisfies { readonly [Name in keyof SealedFacts]?: Text }

/** What to compare with the paper, in the order of the paper. */
export function describeSeal(
  facts: SealedFacts
): readonly { readonly label: Text; readonly value: string }[] {
  return Object.entries(LABELS).flatMap(([name, label]) => {
    const value = facts[name as keyof typeof LABELS]
    return value === null ? [] : [{ label, value }]
  })
}

// keys ///////////////////////////////////////////////////////////////////////

async function retiredKeys(folder: string): Promise<readonly KeyObject[]> {
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.pem')).sort()
  return Promise.all(names.map(async name => createPublicKey(await readFile(join(folder, name)))))
}

/** The first 8 bytes of the SHA-256 of the public key, in hex. */
export function keyId(key: KeyObject): string {
  const { x = '' } = key.export({ format: 'jwk' })
  return createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex').slice(0, 16)
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Digits and letters that are not mistaken for each other when they are read from paper. */
function crockford(bytes: Uint8Array): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map(group => ALPHABET[Number.parseInt(group, 2)]).join('')
}
