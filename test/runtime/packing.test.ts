import { expect } from 'chai'
import type { Event, Token, Wait } from '../../engine/index.ts'
import { packed, unpacked } from '../../runtime/stores/packing.ts'

const at = '2015-12-03T02:15:00.000Z'
const token: Token = {
  id: 't3',
  at: 'Check',
  scope: null,
  via: 'Start_to_Check',
  wait: null,
  variables: null,
  index: null,
  loop: null,
  called: null
}
const inside: Token = { ...token, id: 't4', scope: 't3', via: null, index: 0, variables: { n: 1 } }
const user: Wait = { for: 'user', role: null, unit: 'kanim-tju', since: at, dueAt: null }
const events: readonly Event[] = [
  { type: 'elementActivated', token },
  { type: 'elementActivated', token: inside },
  { type: 'elementWaiting', token: 't3', element: 'Check', wait: user },
  {
    type: 'elementWaiting',
    token: 't3',
    element: 'Check',
    wait: { ...user, since: '2015-12-01T00:00:00.000Z' }
  },
  { type: 'elementWaiting', token: 't3', element: 'Check', wait: { for: 'join' } },
  { type: 'variablesSet', scope: null, variables: { applicant: { name: 'A', email: null } } },
  { type: 'variablesSet', scope: 't3', variables: {} },
  { type: 'elementCompleted', token: 't3', element: 'Check', by: null },
  { type: 'elementCompleted', token: 't3', element: 'Check', by: 'ani' },
  { type: 'tokenConsumed', token: 't3', element: 'Join' },
  { type: 'instanceCompleted' }
]
const stored = (all: readonly Event[]) => JSON.parse(JSON.stringify(packed(all, at)))

describe('events as they are stored', () => {
  it('come back as they were', () => {
    expect(unpacked(stored(events), at)).to.deep.equal(events)
  })

  it('are short where they are many', () => {
    expect(JSON.stringify(packed(events.slice(0, 3), at))).to.equal(
      '[["activated","t3","Check","Start_to_Check"],' +
        '["activated","t4","Check",null,"t3",{"variables":{"n":1},"index":0}],' +
        '["waiting","t3","Check",{"for":"user","role":null,"unit":"kanim-tju","dueAt":null}]]'
    )
  })

  it('are read as older versions stored them', () => {
    expect(unpacked(JSON.parse(JSON.stringify(events)), at)).to.deep.equal(events)
  })

  it('lose nothing that is new to them', () => {
    const unknown = [
      { type: 'elementActivated', token: { ...token, marked: null } },
      { type: 'elementActivated', token: { ...token, marked: true } },
      { type: 'elementCompleted', token: 't3', element: 'Check', by: null, marked: true },
      { type: 'variablesSet', scope: null, variables: {}, marked: true }
    ] as unknown as readonly Event[]
    expect(unpacked(stored(unknown), at)).to.deep.equal(unknown)
  })
})
