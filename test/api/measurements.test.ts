import { expect } from 'chai'
import { Measurements } from '../../api/services/measurements.ts'
import type { ImpactReport } from '../../runtime/rules/impact.ts'
import type { Progress } from '../../runtime/rules/self-check.ts'

const YEAR = { from: '2025-01-01', to: '2025-12-31' }
const MONTH = { from: '2025-12-01', to: '2025-12-31' }
const report = (hash: string) => ({ hash }) as ImpactReport

/** A measurement that comes as far as it is told. */
function measurement() {
  let resolve: (report: ImpactReport) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<ImpactReport>((...ends) => {
    ;[resolve, reject] = ends
  })
  let tell: Progress = () => {}
  let begun = 0
  const begin = (onProgress: Progress) => {
    begun += 1
    tell = onProgress
    return promise
  }
  const come: Progress = (done, total) => tell(done, total)
  return { begin, come, resolve, reject, begun: () => begun }
}

describe('measurements of drafts', () => {
  it('tell how far they have come, and nothing once they have ended', async () => {
    const measurements = new Measurements()
    const { begin, come, resolve } = measurement()
    expect(measurements.progress('cs-1')).to.equal(null)
    const running = measurements.join('cs-1', YEAR, begin)
    expect(measurements.progress('cs-1')).to.deep.equal({ ...YEAR, done: 0, total: null })
    come(100, 1482)
    expect(measurements.progress('cs-1')).to.deep.equal({ ...YEAR, done: 100, total: 1482 })
    expect(measurements.progress('cs-2')).to.equal(null)
    resolve(report('a'))
    expect(await running).to.deep.equal(report('a'))
    expect(measurements.progress('cs-1')).to.equal(null)
  })

  it('run once for each change set: who asks meanwhile waits for the one that runs', async () => {
    const measurements = new Measurements()
    const { begin, resolve, begun } = measurement()
    const other = measurement()
    const both = [
      measurements.join('cs-1', YEAR, begin),
      measurements.join('cs-1', MONTH, begin),
      measurements.join('cs-2', MONTH, other.begin)
    ]
    resolve(report('a'))
    other.resolve(report('b'))
    expect(await Promise.all(both)).to.deep.equal([report('a'), report('a'), report('b')])
    expect([begun(), other.begun()]).to.deep.equal([1, 1])
  })

  it('that fail make room for the next', async () => {
    const measurements = new Measurements()
    const [first, second] = [measurement(), measurement()]
    const failing = measurements.join('cs-1', YEAR, first.begin)
    first.reject(new Error('the disk is full'))
    expect(await failing.catch(error => error.message)).to.equal('the disk is full')
    second.resolve(report('b'))
    expect(await measurements.join('cs-1', YEAR, second.begin)).to.deep.equal(report('b'))
  })
})
