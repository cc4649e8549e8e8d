import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { outlineOf } from '../../api/diagrams.ts'
import { compile } from '../../engine/compile/compile.ts'
import { readDiagram } from '../../runtime/bpmn.ts'

async function outline(file: string): Promise<readonly string[]> {
  const path = `processes/${file}.bpmn`
  const [graph] = compile(await readDiagram(readFileSync(path, 'utf8'), path), 1)
  return outlineOf(graph!).map(({ id, name }) => /^\d+/.exec(name)?.[0] ?? id)
}

describe('outline', () => {
  it('tells the steps in the order of the work, and refusals after them', async () => {
    const steps = await outline('national/itk-extension')
    const order = [
      'Start_Application',
      'Check_Documents',
      'Check_Cekal',
      'Decide_Application',
      'Record_Payment',
      'Sign_Permit',
      'Hand_Over',
      'End_Handed_Over',
      'Sign_Refusal',
      'End_Refused',
      'Billing_Expired'
    ]
    expect(steps.filter(step => order.includes(step))).to.deep.equal(order)
  })

  it('keeps the numbers of a procedure in their order', async () => {
    const files = [
      'offices/kanim-mre/itk-extension.kanim-mre',
      'offices/kanim-mre/itas-from-vitas.kanim-mre'
    ]
    for (const file of files) {
      const numbers = (await outline(file)).filter(step => /^\d+$/.test(step)).map(Number)
      expect(numbers, file)
        .to.have.length.above(8)
        .and.to.deep.equal(numbers.toSorted((a, b) => a - b))
    }
  })
})
