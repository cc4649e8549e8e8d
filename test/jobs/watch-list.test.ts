import { expect } from 'chai'
import { createHandlers } from '../../jobs/index.ts'
import { compareNames } from '../../jobs/names.ts'
import { watchListSimulator } from '../../jobs/simulators/watch-list.ts'
import { job, noRenderer, world } from '../letters/kanim.ts'

describe('names', () => {
  it('are the same in any order, with or without diacritics and marks', () => {
    for (const [one, other] of [
      ['Viktor Contohov Sampelski', 'SAMPELSKI, VIKTOR CONTOHOV'],
      ['MARÍA JOSÉ EJEMPLO', 'Maria Jose Ejemplo'],
      ['Jürgen Müller', 'JURGEN MULLER'],
      ['Søren Ærø', 'SOEREN AEROE'],
      ["Siobhán O'Brien", 'SIOBHAN OBRIEN'],
      ['Anne-Marie Sample', 'ANNE MARIE SAMPLE']
    ] as const) {
      expect(compareNames(one, other), `${one} / ${other}`).to.equal('same')
    }
  })

  it('are similar when a few letters, a given name or all but an initial differ', () => {
    for (const [one, other] of [
      ['VIKTOR SAMPELSKI', 'VICTOR SAMPELSKY'],
      ['VIKTOR CONTOHOV SAMPELSKI', 'VIKTOR SAMPELSKI'],
      ['V SAMPELSKI', 'VIKTOR SAMPELSKI'],
      ['MUHAMMAD CONTOH', 'MUHAMAD CONTOH'],
      ['CONTOHARTO', 'CONTOHARTO ADI']
    ] as const) {
      expect(compareNames(one, other), `${one} / ${other}`).to.equal('similar')
    }
  })

  it('are different for other people', () => {
    for (const [one, other] of [
      ['ANNA MARIA ERIKSSON', 'VIKTOR SAMPELSKI'],
      ['LI SAMPLE', 'LU SAMPLE'],
      ['ADI', 'ADI CONTOHARTO WIDJAJA'],
      ['MARIA ERIKSSON', 'MARIA EJEMPLO'],
      ['', 'MARIA']
    ] as const) {
      expect(compareNames(one, other), `${one} / ${other}`).to.equal('different')
    }
  })
})

describe('watch list simulator', () => {
  const check = async (
    name: string,
    birthDate: string | null = null,
    more: { nationality?: string; passportNumber?: string } = {}
  ) =>
    (await watchListSimulator()).check({
      name,
      birthDate,
      nationality: more.nationality ?? null,
      passportNumber: more.passportNumber ?? null
    })

  it('finds nobody where nobody fits', async () => {
    expect(await check('ANNA MARIA ERIKSSON', '1974-08-12')).to.deep.equal({
      outcome: 'none',
      matches: []
    })
  })

  it('hits by name and birth date, or by passport number alone', async () => {
    const byName = await check('SAMPELSKI VIKTOR CONTOHOV', '1979-05-17')
    const byPassport = await check('SOMEBODY ELSE', '1999-01-01', { passportNumber: 'x 0000001' })

    expect(byName.outcome).to.equal('hit')
    expect(byName.matches[0]?.agrees).to.deep.equal(['name', 'birth date'])
    expect(byPassport).to.deep.include({ outcome: 'hit' })
    expect(byPassport.matches[0]).to.deep.include({
      decision: 'SIMULATOR-CEKAL-001',
      agrees: ['passport number']
    })
  })

  it('asks for a look at a similar name, at an alias, and where the birth date is not known', async () => {
    expect((await check('VIKTOR SAMPELSKIJ', '1979-05-17')).outcome).to.equal('possible')
    expect((await check('CONTOHARTO', '1988-08-08')).outcome).to.equal('possible')
    expect((await check('Maria Ejemplo Muestra')).outcome).to.equal('possible')
  })

  it('lets another person of the same name go when the birth date is another', async () => {
    expect((await check('VIKTOR CONTOHOV SAMPELSKI', '2001-01-01')).outcome).to.equal('none')
    expect(
      (await check('VIKTOR CONTOHOV SAMPELSKI', '1979-07-15', { nationality: 'UTO' })).outcome
    ).to.equal('possible')
  })

  it('answers the job with what it found and that it is made up', async () => {
    const { services } = await world(noRenderer)
    const answer = await createHandlers(services)['check-cekal']!(
      job('check-cekal', {
        name: 'LEE SAMPLE',
        birthDate: '1990-01-30',
        nationality: 'UTO',
        passportNumber: null
      })
    )

    expect(answer).to.have.nested.property('cekal.outcome', 'hit')
    expect(answer).to.have.nested.property('cekal.simulator', 'SIMULATOR')
    expect(JSON.parse(JSON.stringify(answer))).to.deep.equal(answer)
  })
})
