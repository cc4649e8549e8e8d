import { execFile } from 'node:child_process'
import { expect } from 'chai'

describe('demo', () => {
  it('drives every case through the API to the end that it must have, and leaves the letters', async () => {
    const { code, out } = await new Promise<{ readonly code: number; readonly out: string }>(
      done => {
        execFile(
          process.execPath,
          ['--import', 'tsx', 'bin/demo.ts'],
          { maxBuffer: 10_000_000 },
          (error, out, errors) =>
            done({ code: typeof error?.code === 'number' ? error.code : 0, out: `${out}${errors}` })
        )
      }
    )
    expect(out).not.to.contain('FAILED')
    expect(out).to.contain('7 of 7 cases ended as they must')
    expect(code).to.equal(0)
    for (const kind of ['itk-permit', 'itk-refusal', 'pite-approval', 'e-itas'])
      expect(out).to.contain(`${kind}.pdf`)
  }).timeout(180_000)
})
