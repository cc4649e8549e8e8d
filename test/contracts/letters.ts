import { expect } from 'chai'
import type { IssuedLetter, Letters } from '../../runtime/letters.ts'

const letter: IssuedLetter = {
  id: 'K7QZ',
  job: 'case-1.9',
  instance: 'case-1',
  office: 'kanim-tju',
  kind: 'itk-permit',
  title: 'Izin Tinggal Kunjungan',
  number: 'W.32.IMI.IMI.3.GR.04.02-1',
  date: '2015-12-03',
  issuedAt: '2015-12-03T02:15:00.000Z',
  sha256: '0'.repeat(64),
  seal: 'seal',
  facts: { holder: 'ANNA MARIA ERIKSSON' },
  status: 'valid',
  sample: true
}

/** What every keeper of issued letters must do. */
export function describeLetters(name: string, open: () => Promise<Letters>): void {
  describe(`letters: ${name}`, () => {
    it('finds a letter by its id and by its job', async () => {
      const letters = await open()
      await letters.file(letter)

      expect(await letters.byId('K7QZ')).to.deep.equal(letter)
      expect(await letters.byJob('case-1.9')).to.deep.equal(letter)
      expect(await letters.byId('other')).to.equal(null)
      expect(await letters.byJob('other')).to.equal(null)
    })

    it('changes nothing when a letter is filed again', async () => {
      const letters = await open()
      await letters.file(letter)
      await letters.file({ ...letter, title: 'other' })
      await letters.file({ ...letter, id: 'other' })

      expect(await letters.ofInstance('case-1')).to.deep.equal([letter])
    })

    it('lists the letters of an instance, oldest first', async () => {
      const letters = await open()
      await letters.file({
        ...letter,
        id: 'b',
        job: 'case-1.12',
        issuedAt: '2015-12-04T02:15:00.000Z'
      })
      await letters.file({ ...letter, id: 'c', job: 'case-2.3', instance: 'case-2' })
      await letters.file(letter)

      expect((await letters.ofInstance('case-1')).map(({ id }) => id)).to.deep.equal(['K7QZ', 'b'])
    })

    it('forgets the letters of an instance, and says which files nobody needs', async () => {
      const letters = await open()
      await letters.file(letter)
      await letters.file({ ...letter, id: 'b', job: 'case-1.12', sha256: 'shared' })
      await letters.file({ ...letter, id: 'c', job: 'c.1', instance: 'case-2', sha256: 'shared' })

      expect(await letters.forget('case-1')).to.deep.equal([letter.sha256])
      expect(await letters.forget('case-1')).to.deep.equal([])
      expect(await letters.byId('K7QZ')).to.equal(null)
      expect((await letters.byId('c'))?.sha256).to.equal('shared')
    })

    it('revokes a letter, and refuses to revoke one that it does not have', async () => {
      const letters = await open()
      await letters.file(letter)
      await letters.setStatus('K7QZ', 'revoked', 'wrong name', '2015-12-05T02:15:00.000Z')

      expect((await letters.byId('K7QZ'))?.status).to.equal('revoked')
      const error = await letters
        .setStatus('x', 'revoked', '', letter.issuedAt)
        .catch((thrown: Error) => thrown)
      expect(error).to.be.instanceOf(Error)
    })
  })
}
