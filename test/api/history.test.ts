import { expect } from 'chai'
import { dueState } from '../../api/cases.ts'
import { decisionsOf, noticesOf, type RuleWords } from '../../api/decisions.ts'
import { diagramsOf } from '../../api/diagrams.ts'
import { historyLines } from '../../api/history.ts'
import type { FindProcess } from '../../api/walk.ts'
import type { CommitRecord } from '../../runtime/store.ts'
import { completeUserTask, decide, type Played, person, play, start } from '../play.ts'

const words: RuleWords = {
  label: rule => ({ id: `aturan ${rule}`, en: `rule ${rule}` }),
  citation: ({ instrument, pin }) => `${instrument} ${pin ?? ''}`.trim()
}

/** A whole play as one commit; the runtime makes one of each command. */
function historyOf({ events }: Played): readonly CommitRecord[] {
  const at = '2015-12-03T02:00:00.000Z'
  const by = person('Budi')
  return [{ from: 0, to: events.length, at, by, command: 'start', events }]
}

const finderIn =
  ({ graphs }: Played): FindProcess =>
  process =>
    graphs.find(({ id }) => id === process) ?? null

describe('the position of a case', () => {
  it('is shown in the diagram of the process and in that of the one it has called', async () => {
    const played = await play('call-activity', start({ subject: 'Sakura' }))
    const [caller, callee, ...others] = diagramsOf(
      played.state,
      historyOf(played),
      finderIn(played)
    )

    expect(others).to.deep.equal([])
    expect(caller).to.include({
      process: 'caller',
      url: '/api/processes/caller/versions/1/diagram'
    })
    expect(caller?.current).to.deep.equal(['Ask_Directorate'])
    expect(caller?.done).to.deep.equal({ Received: 1 })
    expect(caller?.taken).to.deep.equal(['Received_to_Ask_Directorate'])
    expect(callee).to.include({ process: 'callee' })
    expect(callee?.current).to.deep.equal(['Decide'])
    expect(callee?.outline.map(({ element, status }) => `${element}: ${status}`)).to.deep.equal([
      'Asked: done',
      'Decide: current',
      'Answered: open'
    ])
  })

  it('keeps the diagram of a called process that has ended, with who did what', async () => {
    const decided = completeUserTask('Decide', { verdict: { text: 'yes' } }, person('Budi'))
    const played = await play('call-activity', start({ subject: 'Sakura' }), decided)
    const [caller, callee] = diagramsOf(played.state, historyOf(played), finderIn(played))

    expect(caller?.current).to.deep.equal(['Archive'])
    expect(callee?.current).to.deep.equal([])
    expect(callee?.outline[1]).to.include({ element: 'Decide', status: 'done', by: 'Budi' })
  })

  it('marks what is stuck', async () => {
    const played = await play('call-activity-same-ids', start())
    const [diagram] = diagramsOf(played.state, historyOf(played), finderIn(played))
    expect(diagram?.incidents).to.deep.equal(['Ask'])
    expect(diagram?.outline.find(({ element }) => element === 'Ask')?.status).to.equal('incident')
    const lines = historyLines(historyOf(played), [], finderIn(played), words, 'Asia/Jakarta')
    expect(lines.at(-1)).to.include({ kind: 'incident', element: 'Ask' })
  })
})

describe('the history in words', () => {
  it('says the action that a person chose', async () => {
    const decision = { outcome: 'refuse', reason: 'paspor habis' }
    const played = await play(
      'call-activity',
      start({ subject: 'Sakura' }),
      completeUserTask('Decide', { decision, verdict: { text: '' } })
    )
    const lines = historyLines(historyOf(played), [], finderIn(played), words, 'Asia/Jakarta')
    const texts = lines.map(({ kind, by, text }) => `${kind} ${by}: ${text.en}`)
    expect(texts).to.deep.include('event Sistem: Entered callee')
    expect(texts).to.deep.include('task Budi: Done: Decide – refused (paspor habis)')
  })

  it('stands in the order of time, letters among the rest', async () => {
    const played = await play('call-activity', start({ subject: 'Sakura' }))
    const letter = {
      id: 'L1',
      job: 'i1.1',
      instance: 'i1',
      office: 'kanim-tju',
      kind: 'receipt',
      title: 'Tanda Terima',
      number: 'TBP-1',
      date: '2015-12-02',
      issuedAt: '2015-12-02T02:00:00.000Z',
      sha256: '',
      seal: '',
      facts: {},
      status: 'valid',
      sample: true
    } as const
    const [first] = historyLines(
      historyOf(played),
      [letter],
      finderIn(played),
      words,
      'Asia/Jakarta'
    )
    expect(first).to.include({ kind: 'letter', at: letter.issuedAt })
    expect(first?.text.id).to.equal('Surat terbit: Tanda Terima No. TBP-1')
  })
})

describe('notices', () => {
  const decided = async (
    outcome: Parameters<typeof decide>[1],
    remarks: readonly string[] = []
  ) => {
    const cites = [{ instrument: 'pp-1', pin: 'Ps 2' }]
    const more = { cites, remarks: remarks.map(text => ({ id: text, en: text })) }
    const played = await play(
      'business-rule-task',
      start({ permit: { extension: 2 }, submitted: '2015-12-03' }),
      decide('Who_Approves', outcome, more)
    )
    return decisionsOf(historyOf(played), finderIn(played), words)
  }

  it('come from outcomes and remarks, the gravest first', async () => {
    const notice = (id: string) => ({ id, en: id })
    const decisions = await decided(
      [
        { code: 'A', notice: notice('perhatikan'), level: 'info' },
        { code: 'B', notice: notice('berhenti'), level: 'stop' },
        { code: 'C' }
      ],
      ['bertentangan']
    )
    expect(noticesOf(decisions).map(({ level, text }) => `${level}: ${text.id}`)).to.deep.equal([
      'stop: berhenti',
      'info: perhatikan',
      'info: bertentangan'
    ])
    expect(noticesOf(decisions)[0]?.cites).to.deep.equal(['pp-1 Ps 2'])
  })

  it('are those of the latest decision only', async () => {
    const [first] = await decided({ notice: { id: 'lama', en: 'old' }, level: 'warning' })
    const [second] = await decided({ approver: 'kakanim' })
    if (first === undefined || second === undefined) throw new Error('expected two decisions')
    expect(noticesOf([first])).to.have.length(1)
    expect(noticesOf([first, second])).to.deep.equal([])
  })
})

describe('a due time', () => {
  const now = '2015-12-03T02:00:00.000Z'
  const cases = {
    none: null,
    overdue: '2015-12-03T01:59:00.000Z',
    today: '2015-12-03T16:59:00.000Z',
    near: '2015-12-03T17:00:00.000Z',
    'on-time': '2015-12-06T02:00:00.000Z'
  }
  for (const [state, dueAt] of Object.entries(cases)) {
    it(`is ${state} when it is ${dueAt}`, () => {
      expect(dueState(dueAt, now, 'Asia/Jakarta')).to.equal(state)
    })
  }
})
