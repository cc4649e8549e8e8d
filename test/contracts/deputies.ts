import { expect } from 'chai'
import type { Deputies, NewDeputation } from '../../runtime/deputies.ts'

const AT = '2015-12-01T02:15:00.000Z'
const LATER = '2015-12-02T02:15:00.000Z'
const NAMED: NewDeputation = {
  id: 'd1',
  unit: 'kanim-tju',
  person: 'kasi.tju',
  deputy: 'kasubsi.tju',
  roles: ['section-head'],
  processes: ['itk-extension', 'pite'],
  from: '2015-12-03',
  until: '2015-12-10',
  reason: 'Cuti tahunan',
  namedBy: 'tu.tju',
  namedAt: AT
}
const STILL = { acceptedAt: null, endedAt: null, endedBy: null }

/** What every driver of the deputies must do. */
export function describeDeputies(name: string, open: () => Promise<Deputies>): void {
  describe(`deputies: ${name}`, () => {
    let deputies: Deputies
    beforeEach(async () => {
      deputies = await open()
      await deputies.add(NAMED)
    })
    const ids = async (found: Promise<readonly { readonly id: string }[]>) =>
      (await found).map(({ id }) => id)

    it('gives back what was named', async () => {
      expect(await deputies.byId('d1')).to.deep.equal({ ...NAMED, ...STILL })
      expect(await deputies.byId('d2')).to.equal(null)
      const whole = { ...NAMED, id: 'd2', roles: null, processes: null }
      await deputies.add(whole)
      expect(await deputies.byId('d2')).to.deep.equal({ ...whole, ...STILL })
    })

    it('takes the same one once', async () => {
      const again = await deputies.add(NAMED).catch((error: unknown) => error)
      expect(again).to.be.instanceOf(Error)
    })

    it('hold from the first to the last day, once they are accepted and until they are ended', async () => {
      const on = (date: string) => ids(deputies.holding('kasubsi.tju', date))
      expect(await on('2015-12-05')).to.deep.equal([])
      expect(await deputies.accept('d1', AT)).to.equal(true)
      for (const [date, held] of [
        ['2015-12-02', []],
        ['2015-12-03', ['d1']],
        ['2015-12-10', ['d1']],
        ['2015-12-11', []]
      ] as const) {
        expect(await on(date), date).to.deep.equal(held)
      }
      expect(await ids(deputies.holding('kasi.tju', '2015-12-05'))).to.deep.equal([])
      expect(await deputies.end('d1', 'kasi.tju', LATER)).to.equal(true)
      expect(await on('2015-12-05')).to.deep.equal([])
      expect(await deputies.byId('d1')).to.deep.equal({
        ...NAMED,
        acceptedAt: AT,
        endedAt: LATER,
        endedBy: 'kasi.tju'
      })
    })

    it('are accepted once and ended once, and never accepted after the end', async () => {
      expect(await deputies.accept('d1', AT)).to.equal(true)
      expect(await deputies.accept('d1', LATER)).to.equal(false)
      expect(await deputies.end('d1', 'kasi.tju', AT)).to.equal(true)
      expect(await deputies.end('d1', 'tu.tju', LATER)).to.equal(false)
      await deputies.add({ ...NAMED, id: 'd2' })
      expect(await deputies.end('d2', 'kasubsi.tju', AT)).to.equal(true)
      expect(await deputies.accept('d2', LATER)).to.equal(false)
      expect(await deputies.accept('d3', LATER)).to.equal(false)
      expect((await deputies.byId('d1'))?.endedBy).to.equal('kasi.tju')
    })

    it('are listed by unit, the latest to begin first, without what was over long before', async () => {
      await deputies.add({ ...NAMED, id: 'd2', from: '2015-12-20', until: '2015-12-31' })
      await deputies.add({ ...NAMED, id: 'd3', unit: 'kanim-mre' })
      expect(await ids(deputies.ofUnit('kanim-tju', '2015-12-10'))).to.deep.equal(['d2', 'd1'])
      expect(await ids(deputies.ofUnit('kanim-tju', '2015-12-11'))).to.deep.equal(['d2'])
    })
  })
}
