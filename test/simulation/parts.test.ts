import { expect } from 'chai'
import { InvalidData } from '../../engine/errors.ts'
import { Agenda } from '../../runtime/simulation/agenda.ts'
import { hoursProblems, instantOf, momentOf, OpeningClock } from '../../runtime/simulation/hours.ts'
import { Mail } from '../../runtime/simulation/mail.ts'
import { filled, merged, movedTo } from '../../runtime/simulation/material.ts'
import { draw, type Length, meanOf, pick, seeded } from '../../runtime/simulation/random.ts'
import { readScenario } from '../../runtime/simulation/scenario.ts'
import { calendar, load } from '../play.ts'

const ZONE = 'Asia/Jakarta'
const at = (text: string) => momentOf(text, ZONE)

describe('the parts of a simulation', () => {
  describe('chance', () => {
    it('is the same for the same seed and spread evenly', () => {
      const numbers = (seed: string) => {
        const dice = seeded(seed)
        return Array.from({ length: 10_000 }, () => dice.roll())
      }
      expect(numbers('a')).to.deep.equal(numbers('a'))
      expect(numbers('a').slice(0, 5)).not.to.deep.equal(numbers('b').slice(0, 5))
      const tenths = new Array<number>(10).fill(0)
      for (const each of numbers('c')) tenths[Math.floor(each * 10)]! += 1
      for (const count of tenths) expect(count).to.be.within(850, 1150)
    })

    const lengths: readonly Length[] = [
      { distribution: 'exponential', mean: 10 },
      { distribution: 'triangular', min: 2, mode: 5, max: 20 },
      { distribution: 'uniform', min: 4, max: 8 },
      { distribution: 'lognormal', mean: 12, deviation: 6 },
      { distribution: 'constant', minutes: 3 }
    ]
    for (const length of lengths) {
      it(`draws lengths whose mean is the stated one: ${JSON.stringify(length)}`, () => {
        const dice = seeded('lengths')
        const all = Array.from({ length: 20_000 }, () => draw(length, 'constant', dice))
        const mean = all.reduce((sum, each) => sum + each, 0) / all.length
        expect(mean).to.be.closeTo(meanOf(length), meanOf(length) * 0.03)
        expect(Math.min(...all)).to.be.at.least(0)
      })
    }

    it('picks by weight', () => {
      const dice = seeded('weights')
      const picked = Array.from({ length: 1000 }, () => pick([1, 3], weight => weight, dice))
      expect(picked.filter(each => each === 3).length).to.be.within(700, 800)
    })
  })

  it('keeps an agenda in the order of time, and of putting down within a moment', () => {
    const agenda = new Agenda<string>()
    const dice = seeded('agenda')
    for (let n = 0; n < 500; n++) agenda.put(Math.floor(dice.roll() * 50), `${n}`)
    const taken: { at: number; item: string }[] = []
    for (let next = agenda.take(); next !== null; next = agenda.take()) taken.push({ ...next })
    const sorted = taken.toSorted((a, b) => a.at - b.at || Number(a.item) - Number(b.item))
    expect(taken.map(({ item }) => item)).to.deep.equal(sorted.map(({ item }) => item))
    expect(taken).to.have.length(500)
  })

  describe('opening hours', () => {
    const hours = { 'mon-thu': ['08:00-12:00', '13:00-16:00'], fri: ['08:00-11:00'] }
    const clock = () => new OpeningClock(hours, calendar, ZONE, at('2015-12-21'))

    it('go over nights, weekends and holidays', () => {
      const open = clock()
      // Thursday 24 December, 15:00, four hours of work: 25 December is closed, then a weekend
      const end = open.after(at('2015-12-24T15:00'), 4 * 3_600_000)
      expect(instantOf(end)).to.equal(instantOf(at('2015-12-28T11:00')))
      expect(open.between(at('2015-12-24T15:00'), end)).to.equal(4 * 3_600_000)
      expect(instantOf(open.open(at('2015-12-24T12:00')))).to.equal(
        instantOf(at('2015-12-24T13:00'))
      )
      expect(instantOf(open.open(at('2015-12-26T09:00')))).to.equal(
        instantOf(at('2015-12-28T08:00'))
      )
    })

    it('end with the day rather than begin with the next one', () => {
      const end = clock().after(at('2015-12-21T15:00'), 3_600_000)
      expect(instantOf(end)).to.equal(instantOf(at('2015-12-21T16:00')))
    })

    it('refuse days and times that are none', () => {
      expect(hoursProblems({ mo: ['08:00-12:00'], tue: ['8-12', '16:00-08:00'] })).to.deep.equal([
        'expected days such as mon or mon-thu, found <mo>',
        'expected times of day such as 08:00-12:00, found <8-12>',
        'expected times of day such as 08:00-12:00, found <16:00-08:00>'
      ])
    })
  })

  describe('what is filled in', () => {
    const form = {
      type: 'object',
      required: ['outcome', 'checked'],
      additionalProperties: false,
      properties: {
        outcome: { title: 'Hasil', oneOf: [{ const: 'approve' }, { const: 'refuse' }] },
        checked: { title: 'Diperiksa', type: 'boolean' }
      }
    }
    const around = { variables: {}, today: '2015-12-03' }

    it('is the first way that the form takes', () => {
      const ways = [{ outcome: 'none' }, { outcome: 'refuse', checked: true }]
      const found = filled(form as never, ways, around, seeded('x'))
      expect(found).to.deep.equal({ values: { outcome: 'refuse', checked: true } })
    })

    it('is made up with equal odds for every choice when nothing is known', () => {
      const dice = seeded('choices')
      const made = Array.from({ length: 400 }, () => filled(form as never, [{}], around, dice))
      const refused = made.filter(each => 'values' in each && each.values.outcome === 'refuse')
      expect(refused.length).to.be.within(160, 240)
    })

    it('has its dates moved, but birthdays and passports', () => {
      const value = {
        expires: '2015-12-15',
        paidAt: '2015-12-04T03:00:00.000Z',
        applicant: { born: '1979-04-17', passport: '2015-12-30', mrz: {} },
        born: '1979-04-17'
      }
      expect(movedTo(value, '2015-12-03', '2016-01-03')).to.deep.equal({
        expires: '2016-01-15',
        paidAt: '2016-01-04T03:00:00.000Z',
        applicant: value.applicant,
        born: '1979-04-17'
      })
    })

    it('is laid over part by part', () => {
      expect(merged({ a: { b: 1, c: 2 }, d: [1] }, { a: { c: 3 }, d: [2] })).to.deep.equal({
        a: { b: 1, c: 3 },
        d: [2]
      })
    })
  })

  it('refuses a scenario with all that does not fit, each with its place', async () => {
    const graphs = await load('simulated-paths')
    const scenario = {
      instnces: 3,
      spread: 'wide',
      arrivals: { perDay: 3, perHour: 2 },
      hours: { monday: ['08:00-12:00'] },
      officers: { counter: 1.5 },
      starts: [{ example: 'secnd' }],
      elements: {
        Chek: {},
        Check: { minutes: { distribution: 'triangular', min: 5, mode: 3, max: 9 } },
        Which: { flows: { Which_to_Refused: 0.7, Elsewhere: 0.1 } }
      },
      jobs: { 'send-mail': {}, 'send-email': { outcomes: [{ probability: 0.5, result: {} }] } }
    }
    const known = { examples: ['second'], jobs: ['send-email'] }
    try {
      readScenario(scenario, 'x.simulation.json', graphs, known)
      expect.fail('expected a refusal')
    } catch (error) {
      if (!(error instanceof InvalidData)) throw error
      expect(
        error.problems.map(
          ({ path, message }) => `${path.replace('x.simulation.json#', '')}: ${message}`
        )
      ).to.deep.equal([
        'instnces: is not known (do you mean <instances>?)',
        'spread: expected one of constant, triangular, exponential, lognormal, found <wide>',
        'hours: expected days such as mon or mon-thu, found <monday>',
        'arrivals: expected one of perDay, perHour and everyMinutes, above 0',
        'officers.counter: expected how many there are, found 1.5',
        'starts[0]: expected an example case, found <secnd> (do you mean <second>?)',
        'elements.Chek: expected an element of Paths (do you mean <Check>?)',
        'elements.Check: expected min <= mode <= max of a triangular distribution',
        'elements.Which: expected a flow out of <Which> (Which_to_Refused, Which_to_Decide), found <Elsewhere>',
        'elements.Which: expected probabilities that make 1, found 0.7 + 0.1',
        'jobs.send-mail: expected an element or a kind of job (do you mean <send-email>?)',
        'jobs.send-email: expected probabilities that make 1, found 0.5'
      ])
    }
  })

  describe('the mail', () => {
    it('finds a conversation by its key, and else one that has not begun', () => {
      const mail = new Mail<string>(() => true)
      const paid = (bill: number) => ({
        type: 'publish' as const,
        id: `p${bill}`,
        message: 'paid',
        key: JSON.stringify({ bill }),
        variables: { bill },
        timeToLive: 'P1D'
      })
      const on = (key: string) => ({ kind: 'message' as const, message: 'paid', key })
      mail.listen(on('*bill'), 'any')
      mail.listen(on('{"bill":1}'), 'first')

      expect(mail.carry(paid(1))).to.deep.equal(['first'])
      expect(mail.carry(paid(2))).to.deep.equal(['any'])
      expect(new Mail<string>(() => true).carry(paid(3))).to.deep.equal([])
    })
  })
})
