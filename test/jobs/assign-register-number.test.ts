import { expect } from 'chai'
import { createHandlers } from '../../jobs/index.ts'
import { job, noRenderer, world } from '../letters/kanim.ts'

describe('assign-register-number', () => {
  it('counts per office, register and year of the office, and gives a job its number once', async () => {
    const { services } = await world(noRenderer)
    const assign = async (id: string, more = {}, register = 'ITK') => {
      const answer = await createHandlers(services)['assign-register-number']!(
        job('assign-register-number', { register }, { id, ...more })
      )
      return (answer.registration as { number: string }).number
    }

    expect(await assign('case-1.1')).to.equal('ITK/MRE/2022/0001')
    expect(await assign('case-2.1')).to.equal('ITK/MRE/2022/0002')
    expect(await assign('case-1.1')).to.equal('ITK/MRE/2022/0001')
    expect(await assign('case-3.1', {}, 'ITAS')).to.equal('ITAS/MRE/2022/0001')
    expect(
      await assign('case-4.1', { office: 'kanim-djj', at: '2022-12-31T15:00:00.000Z' })
    ).to.equal('ITK/DJJ/2023/0001')
  })
})
