import { expect } from 'chai'
import type { OverrideView, ReviewView, StaffingGap } from '../../api/law.ts'
import { openSample, type Sample, Visitor, visitor } from './sample.ts'

describe('lists about local law', () => {
  let alur: Sample
  before(async () => {
    alur = await openSample()
  })
  after(() => alur.end())

  it('give the register of overrides to anyone, narrowed by office and key', async () => {
    const { status, body } = await new Visitor(alur.url).get<OverrideView[]>(
      '/api/public/overrides'
    )
    expect(status).to.equal(200)
    expect(body.length).to.be.greaterThan(0)
    const { office, key } = body[0]!
    const one = await new Visitor(alur.url).get<OverrideView[]>(
      `/api/public/overrides?office=${office}&key=${key}`
    )
    expect(one.body).to.deep.equal(body.filter(each => each.office === office && each.key === key))
    expect(
      (await new Visitor(alur.url).get<OverrideView[]>('/api/public/overrides?office=nowhere')).body
    ).to.deep.equal([])
  })

  it('give reviews and gaps in the staff to those of the unit or above, and to no one else', async () => {
    const loket = await visitor(alur.url, 'loket.tju')
    expect((await loket.get<ReviewView[]>('/api/law/reviews')).status).to.equal(200)
    expect((await loket.get<StaffingGap[]>('/api/law/staffing/kanim-tju')).status).to.equal(200)
    expect((await loket.get('/api/law/staffing/nowhere')).status).to.equal(404)
    expect((await loket.get('/api/law/staffing/kanim-mre')).status).to.equal(403)
    expect((await new Visitor(alur.url).get('/api/law/reviews')).status).to.equal(401)
  })

  it('say at once when one address asks too often', async () => {
    const statuses = new Set<number>()
    for (let asked = 0; asked < 125; asked++) {
      statuses.add((await new Visitor(alur.url).get('/api/public/overrides?office=nowhere')).status)
    }
    expect([...statuses]).to.deep.equal([200, 429])
  }).timeout(30_000)
})
