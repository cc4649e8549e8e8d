import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Cbor } from '../../jobs/letters/cbor.ts'
import { decode, encode, Tagged } from '../../jobs/letters/cbor.ts'
import type { SealedFacts } from '../../jobs/letters/seal.ts'
import { describeSeal, openSealer } from '../../jobs/letters/seal.ts'

const facts: SealedFacts = {
  issuer: 'Kantor Imigrasi Kelas II Non TPI Muara Enim',
  office: 'kanim-mre',
  id: 'WN5YZFXHQ17AQK73',
  kind: 'itk-permit',
  number: 'W.6.IMI.IMI.2.GR.04.02-748',
  date: '2020-03-06',
  name: 'ANNA MARIA ERIKSSON',
  passport: '02C3',
  nationality: 'SWE',
  from: null,
  until: '2020-04-19',
  digest: '00112233445566778899aabbccddeeff',
  sample: true
}
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'alur-keys-'))

describe('seal', () => {
  it('gives back the facts that it was made of, and is the same each time', async () => {
    const sealer = await openSealer(await folder())
    const seal = sealer.seal(facts)

    expect(seal).to.match(/^[\w-]+$/)
    expect(sealer.verify(seal)).to.deep.equal(facts)
    expect(sealer.seal(facts)).to.equal(seal)
  })

  it('fails after any one changed byte', async () => {
    const sealer = await openSealer(await folder())
    const bytes = Buffer.from(sealer.seal(facts), 'base64url')

    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = changed[at]! ^ 1
      expect(sealer.verify(changed.toString('base64url')), `byte ${at}`).to.equal(null)
    }
    expect(sealer.verify(bytes.subarray(0, -1).toString('base64url'))).to.equal(null)
    expect(sealer.verify('')).to.equal(null)
    expect(sealer.verify('not a seal')).to.equal(null)
  })

  it('of another house is not ours', async () => {
    const [ours, theirs] = [await openSealer(await folder()), await openSealer(await folder())]

    expect(ours.verify(theirs.seal(facts))).to.equal(null)
  })

  it('of a retired key still verifies', async () => {
    const place = await folder()
    const old = (await openSealer(place)).seal(facts)
    await mkdir(join(place, 'retired'))
    await rename(join(place, 'seal.pem'), join(place, 'retired', '2020.pem'))

    const sealer = await openSealer(place)

    expect(sealer.verify(old)).to.deep.equal(facts)
    expect(sealer.publicKeys().keys).to.have.length(2)
    expect(JSON.stringify(sealer.publicKeys())).not.to.include('"d"')
  })

  it('keeps its key in a file of its owner alone, made once by whoever comes first', async () => {
    const place = await folder()
    const sealers = await Promise.all(Array.from({ length: 4 }, () => openSealer(place)))

    expect(new Set(sealers.map(sealer => sealer.seal(facts))).size).to.equal(1)
    expect((await stat(join(place, 'seal.pem'))).mode & 0o777).to.equal(0o600)
    expect(await readFile(join(place, 'seal.pem'), 'utf8')).to.include('PRIVATE KEY')
    await chmod(join(place, 'seal.pem'), 0o644)
    const error = await openSealer(place).catch((thrown: Error) => thrown)
    expect(error).to.be.instanceOf(Error).with.property('message').that.includes('chmod 600')
  })

  it('gives a job one id that nobody can guess', async () => {
    const [one, other] = [await openSealer(await folder()), await openSealer(await folder())]

    expect(one.letterId('case-1.7')).to.match(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(one.letterId('case-1.7')).to.equal(one.letterId('case-1.7'))
    expect(one.letterId('case-1.7')).not.to.equal(one.letterId('case-1.8'))
    expect(one.letterId('case-1.7')).not.to.equal(other.letterId('case-1.7'))
  })

  it('says in words what to compare with the paper', () => {
    const shown = describeSeal(facts).map(({ label, value }) => `${label.en}: ${value}`)

    expect(shown).to.include('Last four characters of the passport number: 02C3')
    expect(shown.join()).not.to.include('null')
  })

  it('does not take a key that signs something else', async () => {
    const place = await folder()
    await writeFile(
      join(place, 'seal.pem'),
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
        type: 'pkcs8',
        format: 'pem'
      }),
      { mode: 0o600 }
    )

    const error = await openSealer(place).catch((thrown: Error) => thrown)

    expect(error).to.be.instanceOf(Error).with.property('message').that.includes('Ed25519')
  })
})

describe('CBOR', () => {
  it('writes the examples of RFC 8949', () => {
    const examples: readonly [Cbor, string][] = [
      [0, '00'],
      [23, '17'],
      [24, '1818'],
      [1000, '1903e8'],
      [1_000_000, '1a000f4240'],
      [1_000_000_000_000, '1b000000e8d4a51000'],
      [-1, '20'],
      [-1000, '3903e7'],
      [false, 'f4'],
      [null, 'f6'],
      ['ü', '62c3bc'],
      [Uint8Array.of(1, 2, 3, 4), '4401020304'],
      [[1, [2, 3], [4, 5]], '8301820203820405'],
      [
        new Map<number, Cbor>([
          [3, 4],
          [1, 2]
        ]),
        'a201020304'
      ],
      [new Tagged(1, 1_363_896_240), 'c11a514b67b0']
    ]
    for (const [value, hex] of examples) {
      expect(Buffer.from(encode(value)).toString('hex')).to.equal(hex)
      expect(
        Buffer.from(encode(decode(Uint8Array.from(Buffer.from(hex, 'hex'))))).toString('hex')
      ).to.equal(hex)
    }
  })

  it('refuses what it would not have written itself', () => {
    for (const hex of [
      '1817',
      '62c3',
      '9f01ff',
      'fb3ff199999999999a',
      'a201020102',
      '0000',
      '5bffffffffffffffff',
      ''
    ]) {
      expect(() => decode(Uint8Array.from(Buffer.from(hex, 'hex'))), hex).to.throw()
    }
    expect(() => decode(Uint8Array.from(Buffer.from(`${'81'.repeat(100)}00`, 'hex')))).to.throw(
      'deeply'
    )
  })
})
