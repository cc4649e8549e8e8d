import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openSealer, type SealedFacts, type Sealer } from '../../jobs/letters/seal.ts'
import { openSeal, type PublicKey } from '../../web/islands/seal.ts'
import { SEALED } from '../../web/parts/verification.tsx'

const FACTS: SealedFacts = {
  issuer: 'Kantor Imigrasi Kelas II Tanjung Uban',
  office: 'kanim-tju',
  id: '7K3M9Q2XWABCD0123456',
  kind: 'itk-permit',
  number: 'W.32.IMI.IMI.4.GR.02.01-12',
  date: '2015-12-04',
  name: 'Nguyễn Thị Hồng Nhung',
  passport: '4871',
  nationality: null,
  from: '2015-12-16',
  until: '2016-01-14',
  digest: '00112233445566778899aabbccddeeff',
  sample: true
}

describe('seal in the browser', () => {
  let folder: string
  let sealer: Sealer
  let keys: readonly PublicKey[]
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-seal-'))
    sealer = await openSealer(folder)
    keys = sealer.publicKeys().keys as unknown as readonly PublicKey[]
  })
  after(() => rm(folder, { recursive: true }))

  it('opens what the server has sealed', async () => {
    const opened = await openSeal(sealer.seal(FACTS), keys)
    if (opened.state !== 'genuine')
      throw new Error(`expected a genuine seal, found ${opened.state}`)
    const { issuer, id, kind, number, date, name, passport, from, until, digest } = FACTS
    const found = [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(each => opened.facts.get(each))
    expect(found).to.deep.equal([
      issuer,
      id,
      kind,
      number,
      date,
      name,
      passport,
      undefined,
      from,
      until,
      digest
    ])
    for (const number of Object.keys(SEALED)) {
      if (number !== '9') expect(opened.facts.has(Number(number)), number).to.equal(true)
    }
  })

  it('finds every changed byte', async () => {
    const bytes = Buffer.from(sealer.seal(FACTS), 'base64url')
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at] = changed[at]! ^ 1
      const { state } = await openSeal(changed.toString('base64url'), keys)
      expect(state, `byte ${at}`).to.be.oneOf(['wrong', 'no-key'])
    }
  })

  it('refuses what is cut off, too long or no seal at all', async () => {
    const seal = sealer.seal(FACTS)
    for (const text of ['', 'x', 'AAAA', '<img>', seal.slice(0, -4), `${seal}AAAA`]) {
      expect(await openSeal(text, keys), text).to.deep.equal({ state: 'wrong' })
    }
  })

  it('says when the key is not known', async () => {
    expect(await openSeal(sealer.seal(FACTS), [])).to.deep.equal({ state: 'no-key' })
    const other = await openSealer(join(folder, 'other'))
    const foreign = (other.publicKeys().keys as unknown as readonly PublicKey[]).map(key => ({
      ...key,
      kid: keys[0]!.kid
    }))
    expect(await openSeal(sealer.seal(FACTS), foreign)).to.deep.equal({ state: 'wrong' })
  })
})
