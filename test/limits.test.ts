import { expect } from 'chai'
import { compile } from '../engine/compile/compile.ts'
import { InvalidData, step } from '../engine/index.ts'
import { ENGINE_LIMITS, type EngineLimits } from '../engine/limits.ts'
import { DIAGRAM_LIMITS, readDiagram } from '../runtime/bpmn.ts'
import { load, office, system } from './play.ts'

/** Starts a diagram under limits and gives the incidents that it rests with. */
async function incidents(
  diagram: string,
  variables: Readonly<Record<string, number>>,
  limits: Partial<EngineLimits>
): Promise<readonly string[]> {
  const graphs = await load(diagram)
  const { state } = step(
    graphs[0]!,
    null,
    { type: 'start', instance: 'i1', office: 'kanim-tju', variables, element: null, release: null },
    {
      now: '2015-12-03T02:00:00.000Z',
      office,
      actor: system,
      findProcess: id => graphs.find(each => each.id === id) ?? null,
      limits: { ...ENGINE_LIMITS, ...limits }
    }
  )
  return Object.values(state.tokens).flatMap(({ wait }) =>
    wait?.for === 'incident' ? [wait.message] : []
  )
}

describe('limits', () => {
  it('stop a step after as many activations as the context says', async () => {
    const [message] = await incidents('loop-without-wait', { count: 0 }, { activations: 50 })

    expect(message).to.match(/^no rest after 50 activations; the loop goes through <Again>/)
  })

  it('stop calls that are deeper than the context says, and none before', async () => {
    expect(await incidents('call-activity-deep', { depth: 3 }, { calls: 3 })).to.deep.equal([])
    const [message] = await incidents('call-activity-deep', { depth: 4 }, { calls: 3 })
    expect(message).to.contain('expected at most 3 calls inside one another')
  })

  it('refuse an expression that is longer than a diagram may have, and none before', async () => {
    const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
      <process id="p" isExecutable="true">
        <scriptTask id="A" scriptFormat="feel"><script>"${'x'.repeat(98)}"</script></scriptTask>
      </process></definitions>`
    const at = async (expression: number) => {
      const limits = { ...DIAGRAM_LIMITS, expression }
      return compile(await readDiagram(xml, 'long.bpmn', limits), 1, limits)
    }
    expect(await at(100)).to.have.length(1)
    const refusal = await at(99).catch((error: unknown) => error)
    expect(refusal).to.be.instanceOf(InvalidData)
    expect((refusal as InvalidData).problems).to.deep.equal([
      { path: 'A', message: 'script: expected an expression of at most 99 characters, found 100' }
    ])
  })
})
