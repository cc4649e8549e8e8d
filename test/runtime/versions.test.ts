import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ProcessInstance } from '../../engine/state.ts'
import { COUNTER, type House, openHouse, tokenAt } from './house.ts'
import { PROCESSES } from './processes.ts'

describe('a process that changes while cases run', () => {
  let folder: string
  let house: House
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alur-versions-'))
    cpSync(PROCESSES, join(folder, 'processes'), { recursive: true })
    house = await open()
  })
  afterEach(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })
  const open = () =>
    openHouse({ file: join(folder, 'alur.db'), processes: join(folder, 'processes') })
  const start = (process: string, instance: string) =>
    house.runtime.start({ process, office: 'kanim-tju', variables: {}, by: COUNTER, instance })
  const complete = (state: ProcessInstance, element: string, variables: object) => {
    const command = {
      type: 'completeUserTask',
      token: tokenAt(state, element),
      variables: { ...variables }
    } as const
    return house.runtime.execute({ instance: state.id, by: COUNTER, command })
  }
  async function change(file: string, from: string, to: string): Promise<void> {
    await house.close()
    const path = join(folder, 'processes', file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to))
    house = await open()
  }

  it('goes on with the version that the case began with, and its form', async () => {
    const state = await start('caller', 'case-1')
    await change('called.Answer.json', '"answer"', '"reply"')
    await change('called.bpmn', 'name="Jawab"', 'name="Balas"')

    const [task] = (
      await house.store.taskList({ unit: 'kanim-tju', roles: null, limit: 9, cursor: null })
    ).rows
    expect(task).to.include({
      process: 'called',
      element: 'Answer',
      name: 'Jawab',
      processName: 'Dipanggil'
    })
    const done = await complete(state, 'Answer', { answer: 'ya' })
    expect(done).to.deep.include({ status: 'completed' })
    expect(done.variables.answer).to.equal('ya')

    const next = await start('caller', 'case-2')
    const refused = await complete(next, 'Answer', { answer: 'ya' }).catch(error => error)
    expect(refused.code).to.equal('invalid-variables')
    const [later] = (
      await house.store.taskList({ unit: 'kanim-tju', roles: null, limit: 9, cursor: null })
    ).rows
    expect(later?.name).to.equal('Balas')
  })

  it('says so when the version of a case cannot be had any more', async () => {
    const state = await start('caller', 'case-1')
    house.database.exec(
      "update deployments set xml = 'broken', sha256 = '' where process = 'caller'"
    )
    await house.close()
    house = await open()

    const refused = await complete(state, 'Answer', { answer: 'ya' }).catch(error => error)
    expect(refused).to.include({
      code: 'unknown-process',
      message: 'process <caller> version 1 is not deployed'
    })
  })
})
