import { expect } from 'chai'
import type { Files } from '../../runtime/files.ts'

const bytes = new TextEncoder().encode('surat')

/** What every keeper of files must do. */
export function describeFiles(name: string, open: () => Promise<Files>): void {
  describe(`files: ${name}`, () => {
    it('gives back the bytes under the hash that it answered', async () => {
      const files = await open()
      const id = await files.put(bytes)

      expect(id).to.match(/^[0-9a-f]{64}$/)
      expect(Buffer.from((await files.get(id)) ?? []).toString()).to.equal('surat')
    })

    it('answers the same hash for the same bytes, also at the same time', async () => {
      const files = await open()

      const ids = await Promise.all(Array.from({ length: 8 }, () => files.put(bytes)))

      expect(new Set(ids).size).to.equal(1)
    })

    it('deletes a file, also one that is not there', async () => {
      const files = await open()
      const id = await files.put(new TextEncoder().encode('surat'))
      await files.remove(id)
      await files.remove(id)

      expect(await files.get(id)).to.equal(null)
    })

    it('knows nothing of a hash that was never put', async () => {
      const files = await open()

      expect(await files.get('0'.repeat(64))).to.equal(null)
      expect(await files.get('../../etc/passwd')).to.equal(null)
    })
  })
}
