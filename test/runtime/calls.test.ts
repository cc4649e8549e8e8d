import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { diagramsOf } from '../../api/diagrams.ts'
import type { ProcessInstance } from '../../engine/state.ts'
import { COUNTER, type House, openHouse, PROCESSES, tokenAt } from './house.ts'

describe('what a case calls', () => {
  let folder: string
  let house: House
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alur-calls-'))
    cpSync(PROCESSES, join(folder, 'processes'), { recursive: true })
  })
  afterEach(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })
  const open = async () => {
    house = await openHouse({
      file: join(folder, 'alur.db'),
      processes: join(folder, 'processes')
    })
  }
  const start = (instance: string) =>
    house.runtime.start({
      process: 'caller',
      office: 'kanim-tju',
      variables: {},
      by: COUNTER,
      instance
    })
  const tasks = async () =>
    (await house.store.taskList({ unit: 'kanim-tju', roles: null, limit: 9, cursor: null })).rows
  const complete = (state: ProcessInstance, element: string, variables: object) => {
    const token = tokenAt(state, element)
    const command = { type: 'completeUserTask', token, variables: { ...variables } } as const
    return house.runtime.execute({ instance: state.id, by: COUNTER, command })
  }
  function change(file: string, from: string, to: string): void {
    const path = join(folder, 'processes', file)
    const before = readFileSync(path, 'utf8')
    expect(before).to.contain(from)
    writeFileSync(path, before.replaceAll(from, to))
  }

  it('is what was deployed together with its process, when the call says so', async () => {
    change('caller.bpmn', 'calledElement=', 'alur:binding="deployment" calledElement=')
    await open()
    await house.close()
    change('called.bpmn', 'name="Jawab"', 'name="Balas"')
    await open()

    await start('case-1')
    expect((await tasks()).map(({ name }) => name)).to.deep.equal(['Jawab'])
    await house.close()
    change('caller.bpmn', 'alur:binding="deployment"', 'alur:binding="latest"')
    await open()
    await start('case-2')
    expect((await tasks()).map(({ name }) => name)).to.have.members(['Jawab', 'Balas'])
  })

  it('may be a global task: on the task list, with its form', async () => {
    change('caller.bpmn', 'calledElement="called"', 'calledElement="Review"')
    change(
      'caller.bpmn',
      '</bpmn:process>',
      '</bpmn:process><bpmn:globalUserTask id="Review" name="Tinjau" alur:role="counter" />'
    )
    cpSync(join(folder, 'processes/called.Answer.json'), join(folder, 'processes/Review.json'))
    await open()

    const state = await start('case-1')
    const [task] = await tasks()
    expect(task).to.include({ process: 'Review', element: 'Review', name: 'Tinjau' })
    const refused = await complete(state, 'Review', { other: 1 }).catch(error => error)
    expect(refused.code).to.equal('invalid-variables')
    const done = await complete(state, 'Review', { answer: 'ya' })
    expect(done.status).to.equal('completed')
    expect(done.variables.answer).to.equal('ya')

    const history = await house.runtime.historyOf('case-1')
    const diagrams = diagramsOf(done, history, house.library.find)
    expect(diagrams.map(({ process }) => process)).to.deep.equal(['caller'])
    expect(diagrams[0]?.done).to.have.property('Call', 1)
  })

  it('is never started as a case of its own while no office offers it', async () => {
    change(
      'caller.bpmn',
      '</bpmn:process>',
      '</bpmn:process><bpmn:globalUserTask id="Review" alur:role="counter" />'
    )
    await open()

    const refused = await house.runtime
      .start({ process: 'Review', office: 'kanim-tju', variables: {}, by: COUNTER })
      .catch(error => error)
    expect(refused.code).to.equal('unknown-process')
  })
})
