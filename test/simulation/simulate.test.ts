import { expect } from 'chai'
import type { ProcessGraph } from '../../engine/index.ts'
import type { ExampleCase } from '../../runtime/cases.ts'
import type { Figures } from '../../runtime/simulation/figures.ts'
import type { Scenario } from '../../runtime/simulation/scenario.ts'
import { simulate } from '../../runtime/simulation/simulate.ts'
import { load, office } from '../play.ts'

async function figuresOf(
  diagram: string,
  instances: number,
  scenario: Scenario,
  more: { readonly seed?: string; readonly examples?: readonly ExampleCase[] } = {}
): Promise<Figures> {
  const graphs = await load(diagram)
  return simulate({
    graph: graphs[0] as ProcessGraph,
    graphs,
    findForm: () => null,
    examples: more.examples ?? [],
    office,
    rulebook: null,
    scenario,
    from: '2015-12-01',
    instances,
    seed: more.seed ?? '1'
  })
}

/** The mean waiting time of M/M/c by Erlang's formula, in the unit of the mean service time. */
function erlangWait(arrivals: number, service: number, officers: number): number {
  const load = arrivals * service
  let blocked = 1
  for (let n = 1; n <= officers; n++) blocked = (load * blocked) / (n + load * blocked)
  const waits = blocked / (1 - (load / officers) * (1 - blocked))
  return (waits * service) / (officers - load)
}

describe('simulation', () => {
  describe('agrees with queueing theory', () => {
    for (const { officers, perHour, mean } of [
      { officers: 1, perHour: 6, mean: 6 },
      { officers: 3, perHour: 20, mean: 7 }
    ]) {
      it(`M/M/${officers}: utilisation within 3 %, mean waiting within 10 % of Erlang's formula`, async () => {
        const figures = await figuresOf('simulated-queue', 20_000, {
          hours: 'always',
          arrivals: { perHour },
          officers: { counter: officers },
          elements: { Serve: { minutes: { distribution: 'exponential', mean } } },
          warmUp: 500
        })
        const [role] = figures.roles
        const waiting = erlangWait(perHour / 60, mean, officers)
        const utilisation = (perHour * mean) / 60 / officers
        expect(role?.utilisation).to.be.closeTo(utilisation, utilisation * 0.03)
        expect(role?.waiting.mean).to.be.closeTo(waiting, waiting * 0.1)
        // Little's law: what is in line is what arrives while one waits
        expect(role?.queue.mean).to.be.closeTo((perHour / 60) * waiting, waiting * 0.1)
        expect(figures.cycle.opening.mean).to.be.closeTo(waiting + mean, (waiting + mean) * 0.1)
      }).timeout(60_000)
    }
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const scenario: Scenario = { officers: { counter: 2 }, arrivals: { perDay: 20 } }
    const run = async (seed: string) =>
      JSON.stringify(await figuresOf('simulated-paths', 60, scenario, { seed }))
    const first = await run('a')
    expect(await run('a')).to.equal(first)
    expect(await run('b')).not.to.equal(first)
  })

  it('works in opening hours alone, and goes on the next day with what was begun', async () => {
    const figures = await figuresOf('simulated-queue', 2, {
      hours: { 'mon-fri': ['08:00-12:00'] },
      arrivals: { everyMinutes: 180, evenly: true },
      officers: { counter: 1 },
      elements: { Serve: { minutes: { distribution: 'constant', minutes: 120 } } }
    })
    // 1 December 2015 is a Tuesday; 08:00 in Jakarta is 01:00 UTC
    expect(figures.from).to.equal('2015-12-01T01:00:00.000Z')
    // the first comes at 11:00 and is done at 09:00 of the next day; the second comes at 10:00
    expect(figures.lastArrival).to.equal('2015-12-02T03:00:00.000Z')
    expect(figures.until).to.equal('2015-12-02T05:00:00.000Z')
    expect(figures.cycle.calendar.max).to.equal(22 * 60)
    expect(figures.cycle.opening).to.include({ mean: 120, max: 120 })
    expect(figures.roles[0]).to.include({ utilisation: 0.333 })
  })

  it('takes the standard time of the diagram, and finds what is later than due', async () => {
    const figures = await figuresOf('simulated-paths', 120, {
      spread: 'constant',
      arrivals: { everyMinutes: 10, evenly: true },
      officers: { counter: 1 },
      people: [{ id: 'ani', roles: ['counter'] }],
      elements: { Which: { flows: { Which_to_Refused: 1 } } }
    })
    const [check] = figures.steps
    expect(check).to.deep.include({ element: 'Check', due: 120 })
    expect(check?.processing).to.include({ mean: 30, max: 30 })
    expect(check?.late).to.be.greaterThan(0)
    expect(figures.late).to.equal(check?.late)
    expect(figures.ends).to.deep.equal({ Refused: 120 })
    expect(figures.bottleneck).to.deep.include({ role: 'counter', element: 'Check' })
    expect(figures.bottleneck?.reason.en)
      .to.contain('2 officers of the role counter are busy 9')
      .and.to.contain('the line keeps growing')
  })

  it('takes flows by the odds of the scenario, else equal ones where data do not say which', async () => {
    const base: Scenario = { officers: { counter: 4 }, arrivals: { perDay: 30 } }
    const stated = await figuresOf('simulated-paths', 400, {
      ...base,
      elements: { Which: { flows: { Which_to_Refused: 0.8, Which_to_Decide: 0.2 } } }
    })
    expect(stated.ends.Refused).to.be.within(290, 350)
    expect(stated.ends.Done).to.equal(400 - (stated.ends.Refused ?? 0))
    expect(stated.assumptions.map(({ en }) => en).join()).not.to.contain('equally likely')

    const assumed = await figuresOf('simulated-paths', 400, base)
    expect(assumed.ends.Refused).to.be.within(160, 240)
    expect(assumed.instances).to.include({ completed: 400, stuck: 0 })
    expect(assumed.assumptions.map(({ en }) => en)).to.include(
      'Every flow is equally likely, as the data do not say which: Which'
    )
  })

  it('fills in what the scenario says, and lets the conditions of the diagram decide', async () => {
    const figures = await figuresOf('simulated-paths', 200, {
      officers: { counter: 4 },
      elements: {
        Check: {
          outcomes: [
            { probability: 0.25, variables: { outcome: 'refuse' } },
            { probability: 0.75, variables: { outcome: 'approve' } }
          ]
        },
        Paid: { minutes: { distribution: 'constant', minutes: 420 } }
      },
      jobs: { 'send-email': { minutes: { distribution: 'constant', minutes: 2 } } }
    })
    expect(figures.ends.Refused).to.be.within(35, 65)
    const paid = figures.steps.find(({ element }) => element === 'Paid')
    expect(paid).to.include({ kind: 'event' })
    const tell = figures.steps.find(({ element }) => element === 'Tell')
    expect(tell).to.include({ kind: 'job' })
    expect(tell?.processing.mean).to.equal(2)
  })

  it('never lets an officer do what another must, and says what then waits for ever', async () => {
    const alone = await figuresOf('simulated-paths', 5, {
      officers: { counter: 1 },
      elements: { Which: { flows: { Which_to_Decide: 1 } } }
    })
    expect(alone.instances).to.include({ completed: 0, open: 5 })
    const two = await figuresOf('simulated-paths', 5, {
      officers: { counter: 2 },
      elements: { Which: { flows: { Which_to_Decide: 1 } } }
    })
    expect(two.instances).to.include({ completed: 5, open: 0 })
  })

  it('uses an example case for what comes in, with its dates moved to the day', async () => {
    const example: ExampleCase = {
      name: 'refused',
      title: { id: '', en: '' },
      office: office.id,
      at: '2015-06-01T09:00:00+07:00',
      start: { variables: { expires: '2015-06-10' } },
      moves: [{ complete: 'Check', variables: { outcome: 'refuse' } }]
    }
    const figures = await figuresOf(
      'simulated-paths',
      20,
      { officers: { counter: 2 } },
      { examples: [example] }
    )
    expect(figures.ends).to.deep.equal({ Refused: 20 })
    expect(figures.assumptions.map(({ en }) => en)).to.include(
      'Cases are those of the examples: refused'
    )
  })

  it('starts what is ad hoc once each, and tries what data cannot decide but once', async () => {
    for (const diagram of ['ad-hoc-sequential', 'ad-hoc-parallel']) {
      const { instances } = await figuresOf(diagram, 5, {})
      expect(instances).to.include({ completed: 5, stuck: 0 })
    }
    const { instances, stuck } = await figuresOf('data-out-then-flow', 3, {})
    expect(instances).to.include({ started: 3, completed: 0, stuck: 1, open: 2 })
    expect(stuck[0]?.message).to.contain('to be a variable')
  })

  it('ends in order when it runs into a year without a calendar', async () => {
    const late = figuresOf('simulated-queue', 2_000, { arrivals: { perDay: 1 } })
    await late.then(
      () => expect.fail('expected the year to be missing'),
      error => expect(error.message).to.contain('to have the year <2017>')
    )
  })

  it('plays ten thousand instances in a few seconds', async () => {
    const before = performance.now()
    const figures = await figuresOf('simulated-queue', 10_000, {
      hours: 'always',
      arrivals: { perHour: 6 },
      elements: { Serve: { minutes: 5 } }
    })
    expect(figures.instances.completed).to.equal(10_000)
    expect(performance.now() - before).to.be.lessThan(15_000)
  }).timeout(60_000)
})
