import { expect } from 'chai'
import {
  completeUserTask,
  incidentAt,
  lines,
  play,
  resolveIncident,
  resting,
  send,
  since,
  start,
  throwJobError,
  trigger
} from '../play.ts'

describe('inclusive gateway', () => {
  it('waits for a token that is on its way to it in the same step', async () => {
    const { trace } = await play('inclusive-at-once', start())

    expect(since(trace, 'activate Join')).to.equal(lines`
      activate Join
      wait Join for join
      consume Join
      complete Join
      activate Sign
      wait Sign for user
    `)
  })

  it('waits for a token that may come by a boundary event', async () => {
    const moves = [start(), completeUserTask('Check_Site')]
    const waiting = await play('inclusive-path-by-boundary', ...moves)
    expect(resting(waiting)).to.deep.equal(['Check_Title: user', 'Join: join'])

    const late = await play('inclusive-path-by-boundary', ...moves, trigger('Check_Title_Late'))
    expect(resting(late)).to.deep.equal(['Sign: user'])
    const never = await play(
      'inclusive-path-by-boundary',
      ...moves,
      completeUserTask('Check_Title')
    )
    expect(resting(never)).to.deep.equal(['Sign: user'])
  })

  it('takes every flow whose condition holds and joins as many as can come', async () => {
    const { trace } = await play(
      'inclusive-split-join',
      start({ site: true, title: false, tax: true }),
      completeUserTask('Tax'),
      completeUserTask('Site')
    )

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Which
      complete Which
      activate Site
      wait Site for user
      activate Tax
      wait Tax for user
      complete Tax
      activate Join
      wait Join for join
      complete Site
      activate Join
      wait Join for join
      consume Join
      complete Join
      activate Sign
      wait Sign for user
    `)
  })

  it('takes the default flow when no condition holds', async () => {
    const played = await play(
      'inclusive-split-join',
      start({ site: false, title: false, tax: false })
    )

    expect(since(played.trace, 'complete Which')).to.equal(lines`
      complete Which
      activate Nothing
      complete Nothing
      activate Join
      wait Join for join
      complete Join
      activate Sign
      wait Sign for user
    `)
  })

  it('rests with an incident when there is no flow to take', async () => {
    const stuck = await play('inclusive-no-default', start({ site: false, title: false }))
    expect(resting(stuck)).to.deep.equal(['Which: incident no-flow'])

    const mended = await play(
      'inclusive-no-default',
      start({ site: false, title: false }),
      resolveIncident('Which', { title: true })
    )
    expect(resting(mended)).to.deep.equal(['Title: user'])
  })

  it('rests with an incident on a missing fact', async () => {
    const stuck = await play('inclusive-no-default', start({ site: true }))

    expect(resting(stuck)).to.deep.equal(['Which: incident expression'])
    expect(incidentAt(stuck, 'Which')).to.contain('<Which_to_Title>')
  })

  it('that joins and decides rests once, and consumes nothing before it can go on', async () => {
    const moves = [start(), completeUserTask('Site'), completeUserTask('Title')]
    const stuck = await play('inclusive-conditional-fails', ...moves)
    expect(resting(stuck)).to.deep.equal(['Turn: incident expression', 'Turn: join'])

    const mended = await play(
      'inclusive-conditional-fails',
      ...moves,
      resolveIncident('Turn', { grade: 8 })
    )
    expect(since(mended.trace, 'resolve Turn')).to.equal(lines`
      resolve Turn
      wait Turn for join
      consume Turn
      complete Turn
      activate Good
      complete Good
      complete instance
    `)
  })

  describe('goes on when the last other path disappears without a token arriving', () => {
    it('by an interrupting boundary event (camunda#19460)', async () => {
      const waiting = await play(
        'inclusive-path-leaves-by-boundary',
        start(),
        completeUserTask('Check_Site')
      )
      expect(resting(waiting)).to.deep.equal(['Check_Title: user', 'Join: join'])

      const { trace } = await play(
        'inclusive-path-leaves-by-boundary',
        start(),
        completeUserTask('Check_Site'),
        trigger('Check_Title_Late')
      )
      expect(since(trace, 'terminate Check_Title')).to.equal(lines`
        terminate Check_Title
        activate Check_Title_Late
        complete Check_Title_Late
        complete Join
        activate Remind
        wait Remind for user
        activate Sign
        wait Sign for user
      `)
    })

    it('by an error of a job', async () => {
      const played = await play(
        'inclusive-path-leaves-by-error',
        start(),
        completeUserTask('Check_Site'),
        throwJobError('Ask_Registry', 'UNKNOWN')
      )

      expect(resting(played)).to.deep.equal(['Sign: user'])
    })

    it('by a task that nothing follows', async () => {
      const moves = [
        start({ needed: false }),
        completeUserTask('Check_Site'),
        completeUserTask('Check_Title')
      ]

      expect(resting(await play('inclusive-path-just-stops', ...moves))).to.deep.equal([
        'Sign: user'
      ])
    })

    it('by an exclusive gateway that turns away', async () => {
      const moves = [
        start({ needed: false }),
        completeUserTask('Check_Site'),
        completeUserTask('Check_Title')
      ]

      expect(resting(await play('inclusive-path-ends', ...moves))).to.deep.equal(['Sign: user'])
    })

    it('by a first join before it', async () => {
      const moves = [start(), completeUserTask('One'), completeUserTask('Three')]
      expect(resting(await play('inclusive-two-joins', ...moves))).to.deep.equal([
        'Two: user',
        'First: join',
        'Second: join'
      ])
      expect(
        resting(await play('inclusive-two-joins', ...moves, completeUserTask('Two')))
      ).to.deep.equal(['Sign: user'])
    })
  })

  it('lets the instance complete when one flow is taken twice before it fires (camunda#19464)', async () => {
    const moves = [
      start(),
      completeUserTask('Left_1'),
      completeUserTask('Left_2'),
      completeUserTask('Right')
    ]
    const { trace, state } = await play(
      'inclusive-one-flow-twice',
      ...moves,
      completeUserTask('Sign'),
      completeUserTask('Sign')
    )

    expect(since(trace, 'complete Right')).to.equal(lines`
      complete Right
      activate Join
      wait Join for join
      consume Join
      complete Join
      activate Sign
      wait Sign for user
      complete Join
      activate Sign
      wait Sign for user
      complete Sign
      activate Done
      complete Done
      complete Sign
      activate Done
      complete Done
      complete instance
    `)
    expect(state.status).to.equal('completed')
  })

  describe('by 13.4.3', () => {
    it('waits for a token that can reach an empty flow only', async () => {
      const played = await play(
        'inclusive-split-join',
        start({ site: true, title: true, tax: true }),
        completeUserTask('Site')
      )

      expect(resting(played)).to.deep.equal(['Title: user', 'Tax: user', 'Join: join'])
    })

    it('does not wait for a token that can reach a filled flow too', async () => {
      const moves = [start({ again: true }), completeUserTask('Check')]
      const played = await play('inclusive-second-half', ...moves)

      expect(resting(played)).to.deep.equal(['Watch: user', 'Sign: user'])
    })

    it('waits when the filled flow is the other one', async () => {
      const played = await play(
        'inclusive-second-half',
        start({ again: false }),
        completeUserTask('Watch')
      )

      expect(resting(played)).to.deep.equal(['Check: user', 'Join: join'])
    })
  })

  describe('reaches by', () => {
    it('a link, as if its flow were drawn', async () => {
      const begun = start({ needed: true })
      const waiting = await play('inclusive-over-link', begun, completeUserTask('One'))
      expect(resting(waiting)).to.deep.equal(['Two: user', 'Join: join'])
      const both = [begun, completeUserTask('One'), completeUserTask('Two')]
      expect(resting(await play('inclusive-over-link', ...both))).to.deep.equal(['Sign: user'])

      const without = [start({ needed: false }), completeUserTask('One'), completeUserTask('Two')]
      expect(resting(await play('inclusive-over-link', ...without))).to.deep.equal(['Sign: user'])
    })

    it('any event behind an event-based gateway that waits', async () => {
      const moves = [start(), completeUserTask('One')]
      const waiting = await play('inclusive-behind-event-based', ...moves)
      expect(resting(waiting)).to.deep.equal(['Await: event', 'Join: join'])

      for (const event of ['In_Time', 'Too_Late']) {
        const played = await play('inclusive-behind-event-based', ...moves, trigger(event))
        expect(resting(played), event).to.deep.equal(['Sign: user'])
      }
    })

    it('nothing of an event sub-process that runs beside it', async () => {
      const moves = [start(), trigger('Noon'), completeUserTask('One'), trigger('Two_Late')]
      const played = await play('inclusive-beside-event-sub-process', ...moves)
      expect(resting(played)).to.deep.equal(['Note: children', 'Write_Note: user', 'Sign: user'])
    })
  })

  it('joins again on each turn of a loop', async () => {
    const { state, trace } = await play(
      'inclusive-loop',
      start({ site: true, title: true, enough: false }),
      completeUserTask('Site'),
      completeUserTask('Title', { title: false }),
      completeUserTask('Site', { enough: true })
    )

    expect(state.status).to.equal('completed')
    expect(trace.match(/complete Join/g)).to.have.length(2)
  })

  it('looks at the tokens of its own scope', async () => {
    const inside = await play('inclusive-in-sub-process', start(), completeUserTask('Site'))
    expect(resting(inside)).to.include('Join: join')

    const { state } = await play(
      'inclusive-in-sub-process',
      start(),
      completeUserTask('Outside'),
      completeUserTask('Site'),
      completeUserTask('Title')
    )
    expect(state.status).to.equal('completed')
  })

  it('is asked again only where something has changed, so that many of them take little time', async function () {
    this.timeout(10_000)
    const answer = { type: 'signal', signal: 'Answer', variables: {} } as const
    const { state } = await play('inclusive-join-of-many', start({ many: 400 }), send(answer))

    const joins = Object.values(state.tokens).filter(({ at }) => at === 'Join')
    expect(joins).to.have.length(400)
  })
})
