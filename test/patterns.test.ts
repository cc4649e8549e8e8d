import { expect } from 'chai'
import {
  completeUserTask,
  endSelection,
  lines,
  type Move,
  play,
  refusalOf,
  resting,
  since,
  start,
  startActivity,
  trigger
} from './play.ts'

/** The lines of a trace that tell what was completed. */
const completed = (trace: string) =>
  trace
    .split('\n')
    .flatMap(line => (line.startsWith('complete ') ? [line.slice('complete '.length)] : []))

/** The control-flow patterns of van der Aalst and others, 1 to 20, each as a small diagram with its traces. */
describe('workflow control-flow patterns', () => {
  it('1 sequence: a task begins when the one before is complete', async () => {
    const { trace } = await play(
      'pattern-01-sequence',
      start(),
      completeUserTask('Check'),
      completeUserTask('Sign')
    )
    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate Check
      wait Check for user
      complete Check
      activate Sign
      wait Sign for user
      complete Sign
      activate Done
      complete Done
      complete instance
    `)
  })

  it('2 parallel split: all branches begin', async () => {
    expect(resting(await play('pattern-02-parallel-split', start()))).to.deep.equal([
      'Check_Site: user',
      'Check_Title: user'
    ])
  })

  it('3 synchronization: all branches are waited for, in any order', async () => {
    for (const [one, other] of [
      ['Check_Site', 'Check_Title'],
      ['Check_Title', 'Check_Site']
    ] as const) {
      const { trace } = await play(
        'pattern-03-synchronization',
        start(),
        completeUserTask(one),
        completeUserTask(other)
      )
      expect(since(trace, `complete ${one}`)).to.equal(
        [
          `complete ${one}`,
          'activate Join',
          'wait Join for join',
          `complete ${other}`,
          'activate Join',
          'consume Join',
          'complete Join',
          'activate Sign',
          'wait Sign for user'
        ].join('\n')
      )
    }
  })

  it('4 exclusive choice: one branch is taken', async () => {
    const refused = await play('pattern-04-exclusive-choice', start({ missing: true }))
    const approved = await play('pattern-04-exclusive-choice', start({ missing: false }))
    expect(completed(refused.trace)).to.deep.equal([
      'Received',
      'Which',
      'Refuse',
      'Done',
      'instance'
    ])
    expect(completed(approved.trace)).to.deep.equal([
      'Received',
      'Which',
      'Approve',
      'Done',
      'instance'
    ])
  })

  it('5 simple merge: whichever branch was taken goes on, without waiting', async () => {
    for (const [present, way] of [
      [true, 'At_Counter'],
      [false, 'By_Post']
    ] as const) {
      const { trace } = await play('pattern-05-simple-merge', start({ present }))
      expect(since(trace, `complete ${way}`)).to.equal(
        [
          `complete ${way}`,
          'activate Merge',
          'complete Merge',
          'activate Register',
          'wait Register for user'
        ].join('\n')
      )
    }
  })

  it('6 multi-choice: every branch whose condition holds is taken', async () => {
    const some = start({ site: true, title: false, tax: true })
    expect(resting(await play('pattern-06-multi-choice', some))).to.deep.equal([
      'Check_Site: user',
      'Check_Tax: user'
    ])
    const one = start({ site: false, title: true, tax: false })
    expect(resting(await play('pattern-06-multi-choice', one))).to.deep.equal(['Check_Title: user'])
  })

  it('7 structured synchronizing merge: as many branches are waited for as were taken', async () => {
    const two = start({ site: true, title: false, tax: true })
    const first = await play('pattern-07-synchronizing-merge', two, completeUserTask('Check_Site'))
    expect(resting(first)).to.deep.equal(['Check_Tax: user', 'Join: join'])
    const both = await play(
      'pattern-07-synchronizing-merge',
      two,
      completeUserTask('Check_Site'),
      completeUserTask('Check_Tax')
    )
    expect(resting(both)).to.deep.equal(['Sign: user'])
    const one = start({ site: false, title: true, tax: false })
    const alone = await play('pattern-07-synchronizing-merge', one, completeUserTask('Check_Title'))
    expect(resting(alone)).to.deep.equal(['Sign: user'])
  })

  it('8 multi-merge: what follows begins once for each branch', async () => {
    const { trace, state } = await play(
      'pattern-08-multi-merge',
      start(),
      completeUserTask('Check_Site'),
      completeUserTask('Check_Title'),
      completeUserTask('File'),
      completeUserTask('File')
    )
    expect(completed(trace).filter(each => each === 'File')).to.have.length(2)
    expect(state.status).to.equal('completed')
  })

  it('9 structured discriminator: the first branch goes on, the others are waited for and then it begins anew', async () => {
    const moves = [start(), completeUserTask('Ask_Registry')]
    const first = await play('pattern-09-discriminator', ...moves)
    expect(resting(first)).to.deep.equal([
      'Ask_Police: user',
      'Ask_Court: user',
      'First: reset',
      'Sign: user'
    ])
    const all = await play(
      'pattern-09-discriminator',
      ...moves,
      completeUserTask('Ask_Police'),
      completeUserTask('Ask_Court')
    )
    expect(resting(all)).to.deep.equal(['Sign: user'])
    expect(completed(all.trace).filter(each => each === 'First')).to.have.length(1)
  })

  it('10 arbitrary cycles: loops with several ways in and out', async () => {
    const check = (variables: { fits: boolean; wrong: boolean }) =>
      completeUserTask('Check', variables)
    const { trace, state } = await play(
      'pattern-10-arbitrary-cycles',
      start({ doubt: true }),
      completeUserTask('Enter'),
      check({ fits: false, wrong: true }),
      completeUserTask('Enter'),
      check({ fits: false, wrong: false }),
      check({ fits: true, wrong: false }),
      completeUserTask('Sign'),
      check({ fits: true, wrong: false }),
      completeUserTask('Sign', { doubt: false })
    )
    const tasks = ['Enter', 'Check', 'Sign']
    expect(completed(trace).filter(each => tasks.includes(each))).to.deep.equal([
      'Enter',
      'Check',
      'Enter',
      'Check',
      'Check',
      'Sign',
      'Check',
      'Sign'
    ])
    expect(state.status).to.equal('completed')
  })

  it('11 implicit termination: the instance ends when nothing is left to do', async () => {
    const one = [start(), completeUserTask('Check_Title')]
    expect((await play('pattern-11-implicit-termination', ...one)).state.status).to.equal('running')
    const both = await play(
      'pattern-11-implicit-termination',
      ...one,
      completeUserTask('Check_Site')
    )
    expect(since(both.trace, 'complete Check_Site')).to.equal(lines`
      complete Check_Site
      activate Site_Done
      complete Site_Done
      complete instance
    `)
  })

  // A multi-instance activity always waits for its instances; a loop that splits does not.
  it('12 multiple instances without synchronization: a loop begins them and goes on', async () => {
    const played = await play(
      'pattern-12-instances-without-synchronization',
      start({ begun: 0, copies: 3 })
    )
    expect(completed(played.trace)).to.contain('Done')
    expect(resting(played)).to.deep.equal(['Copy: user', 'Copy: user', 'Copy: user'])
  })

  it('13 multiple instances with design-time knowledge: as many as the diagram says, all waited for', async () => {
    const begun = await play('pattern-13-instances-known-at-design', start())
    expect(resting(begun)).to.deep.equal([
      'Examine: children',
      'Examine: user',
      'Examine: user',
      'Examine: user'
    ])
    const examine = completeUserTask('Examine')
    const two = await play('pattern-13-instances-known-at-design', start(), examine, examine)
    expect(resting(two)).to.deep.equal(['Examine: children', 'Examine: user'])
    const all = await play(
      'pattern-13-instances-known-at-design',
      start(),
      examine,
      examine,
      examine
    )
    expect(resting(all)).to.deep.equal(['Sign: user'])
  })

  it('14 multiple instances with run-time knowledge: as many as the data say when they begin', async () => {
    for (const documents of [[], ['passport'], ['passport', 'ticket']]) {
      const examined = documents.map(() => completeUserTask('Examine'))
      const played = await play(
        'pattern-14-instances-known-at-run',
        start({ documents }),
        ...examined
      )
      expect(completed(played.trace).filter(each => each === 'Examine')).to.have.length(
        documents.length + 1
      )
      expect(resting(played)).to.deep.equal(['Sign: user'])
    }
  })

  // The number of instances of a multi-instance activity is fixed when it begins; of an ad-hoc one it is not.
  it('15 multiple instances without run-time knowledge: people begin further ones, and say when it is enough', async () => {
    const hear = startActivity('Witnesses', 'Hear_Witness')
    const done = completeUserTask('Hear_Witness')
    const two = await play('pattern-15-instances-not-known', start(), hear, hear, done, hear)
    expect(resting(two)).to.deep.equal([
      'Witnesses: selection',
      'Hear_Witness: user',
      'Hear_Witness: user'
    ])
    const all = await play(
      'pattern-15-instances-not-known',
      start(),
      hear,
      hear,
      done,
      hear,
      done,
      done,
      endSelection('Witnesses')
    )
    expect(completed(all.trace).filter(each => each === 'Hear_Witness')).to.have.length(3)
    expect(resting(all)).to.deep.equal(['Sign: user'])
  })

  it('16 deferred choice: what happens first chooses, and the others are withdrawn', async () => {
    const paid = await play('pattern-16-deferred-choice', start(), trigger('Paid'))
    expect(resting(paid)).to.deep.equal(['Issue: user'])
    expect(paid.state.subscriptions).to.deep.equal({})
    const late = await play('pattern-16-deferred-choice', start(), trigger('Expired'))
    expect(completed(late.trace)).to.deep.equal([
      'Received',
      'First',
      'Expired',
      'Closed',
      'instance'
    ])
  })

  it('17 interleaved parallel routing: in any order, never two at a time', async () => {
    const both: readonly (readonly [string, string])[] = [
      ['Check_Site', 'Check_Title'],
      ['Check_Title', 'Check_Site']
    ]
    const does = (task: string): readonly Move[] => [
      startActivity('Checks', task),
      completeUserTask(task, task === 'Check_Site' ? { site: true } : { title: true })
    ]
    const begin = start({ site: false, title: false })
    for (const [one, other] of both) {
      const at = [begin, startActivity('Checks', one), startActivity('Checks', other)]
      const refused = await refusalOf(play('pattern-17-interleaved-parallel-routing', ...at))
      expect(refused.code).to.equal('not-waiting')
      const played = await play(
        'pattern-17-interleaved-parallel-routing',
        begin,
        ...does(one),
        ...does(other)
      )
      expect(resting(played)).to.deep.equal(['Sign: user'])
    }
  })

  it('18 milestone: something may be done as long as the case is in a state', async () => {
    const during = await play('pattern-18-milestone', start(), trigger('Change_Asked'))
    expect(resting(during)).to.deep.equal(['Examine: user', 'Change: user'])
    const after = await play('pattern-18-milestone', start(), completeUserTask('Examine'))
    expect(after.state.subscriptions).to.deep.equal({})
  })

  it('19 cancel activity: a task is withdrawn', async () => {
    const { trace } = await play('pattern-19-cancel-activity', start(), trigger('Withdrawn'))
    expect(since(trace, 'wait Examine for user')).to.equal(lines`
      wait Examine for user
      terminate Examine
      activate Withdrawn
      complete Withdrawn
      activate Return_File
      wait Return_File for user
    `)
  })

  it('20 cancel case: the whole instance is withdrawn', async () => {
    const { trace, state } = await play(
      'pattern-20-cancel-case',
      start(),
      completeUserTask('Check_Site'),
      trigger('Withdrawn')
    )
    expect(since(trace, 'complete Withdrawn')).to.equal(lines`
      complete Withdrawn
      activate Cancelled
      complete Cancelled
      terminate Check_Title
      terminate Join
      complete instance
    `)
    expect(state.status).to.equal('completed')
  })
})
