import { expect } from 'chai'
import type { Registers } from '../../runtime/registers.ts'

const at = '2020-03-06T02:00:00.000Z'
const claim = (claimant: string, more = {}) => ({
  office: 'kanim-mre',
  register: 'GR.04.02',
  year: 2020,
  claimant,
  at,
  ...more
})

/** What every keeper of number registers must do. */
export function describeRegisters(name: string, open: () => Promise<Registers>): void {
  describe(`registers: ${name}`, () => {
    it('gives 1 to 50 to fifty that ask at once, none missing and none twice', async () => {
      const registers = await open()

      const numbers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => registers.claim(claim(`letter-${index}`)))
      )

      expect(numbers.toSorted((a, b) => a - b)).to.deep.equal(
        Array.from({ length: 50 }, (_, i) => i + 1)
      )
    })

    it('gives the same number to the one who asks again', async () => {
      const registers = await open()

      expect(await registers.claim(claim('a'))).to.equal(1)
      expect(await registers.claim(claim('b'))).to.equal(2)
      expect(await registers.claim(claim('a'))).to.equal(1)
    })

    it('begins anew with each office, register and year', async () => {
      const registers = await open()
      await registers.claim(claim('a'))

      expect(await registers.claim(claim('b', { year: 2021 }))).to.equal(1)
      expect(await registers.claim(claim('c', { register: 'GR.01.01' }))).to.equal(1)
      expect(await registers.claim(claim('d', { office: 'kanim-tju' }))).to.equal(1)
      expect(await registers.claim(claim('e'))).to.equal(2)
    })

    it('keeps a void number in the book with its reason, and gives it to nobody else', async () => {
      const registers = await open()
      await registers.claim(claim('a'))
      await registers.claim(claim('b'))
      await registers.issued('a', { subject: 'Persetujuan' })
      await registers.void('b', 'the letter could not be made', at)

      expect(await registers.claim(claim('c'))).to.equal(3)
      const book = await registers.book('kanim-mre', 'GR.04.02', 2020)
      expect(book.map(row => [row.number, row.claimant, row.status, row.reason])).to.deep.equal([
        [1, 'a', 'issued', null],
        [2, 'b', 'void', 'the letter could not be made'],
        [3, 'c', 'claimed', null]
      ])
      expect(book[0]?.facts).to.deep.equal({ subject: 'Persetujuan' })
    })

    it('refuses the void number to its first claimant too', async () => {
      const registers = await open()
      await registers.claim(claim('a'))
      await registers.void('a', 'torn', at)

      const error = await registers.claim(claim('a')).catch((thrown: Error) => thrown)

      expect(error).to.be.instanceOf(Error).with.property('message').that.includes('torn')
    })

    it('does not void a number that was issued', async () => {
      const registers = await open()
      await registers.claim(claim('a'))
      await registers.issued('a', {})
      await registers.void('a', 'too late', at)

      expect((await registers.book('kanim-mre', 'GR.04.02', 2020))[0]?.status).to.equal('issued')
    })
  })
}
