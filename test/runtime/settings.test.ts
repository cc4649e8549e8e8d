import { resolve } from 'node:path'
import { expect } from 'chai'
import type { InvalidData } from '../../engine/errors.ts'
import { ENGINE_LIMITS } from '../../engine/limits.ts'
import { DIAGRAM_LIMITS } from '../../runtime/bpmn.ts'
import { readSettings } from '../../runtime/settings.ts'

describe('settings', () => {
  it('are complete without any environment', () => {
    expect(readSettings({})).to.deep.equal({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      data: resolve('data'),
      publicUrl: 'http://127.0.0.1:3000',
      clock: { start: null },
      smtpUrl: null,
      browser: null,
      concurrency: 4,
      attempts: 5,
      jobDeadline: 120,
      diagrams: DIAGRAM_LIMITS,
      engine: ENGINE_LIMITS
    })
  })

  it('take what the environment says', () => {
    const settings = readSettings({
      PORT: '0',
      HOST: '::1',
      ALUR_DATA: '/srv/alur',
      ALUR_CLOCK: '2015-12-01T09:00:00+07:00',
      ALUR_SMTP_URL: 'smtp://localhost:2525',
      ALUR_PUBLIC_URL: 'https://alur.example/',
      ALUR_BROWSER: '/usr/bin/chromium',
      NODE_ENV: 'test'
    })
    expect(settings).to.deep.include({
      port: 0,
      host: '::1',
      data: '/srv/alur',
      clock: { start: '2015-12-01T02:00:00.000Z' },
      smtpUrl: 'smtp://localhost:2525',
      publicUrl: 'https://alur.example',
      browser: '/usr/bin/chromium'
    })
    expect(readSettings({ ALUR_CLOCK: 'settable' }).clock).to.deep.equal({ start: null })
    expect(readSettings({ ALUR_CLOCK: 'machine' }).clock).to.equal(null)
    expect(readSettings({ ALUR_CLOCK: ' ', PORT: '' })).to.deep.include({
      clock: { start: null },
      port: 3000
    })
  })

  it('take the limits of size and depth', () => {
    const { diagrams, engine } = readSettings({
      ALUR_DIAGRAM_BYTES: '2000000',
      ALUR_DIAGRAM_DEPTH: '500',
      ALUR_EXPRESSION_LENGTH: '20000',
      ALUR_MOST_INSTANCES: '1'
    })
    expect(diagrams).to.deep.equal({
      ...DIAGRAM_LIMITS,
      bytes: 2_000_000,
      depth: 500,
      expression: 20_000
    })
    expect(engine).to.deep.equal({ ...ENGINE_LIMITS, instances: 1 })
  })

  it('tell every problem at once', () => {
    expect(
      problemsOf({
        PORT: '80o0',
        HOST: '0.0.0.0',
        ALUR_CLOCK: 'tomorrow',
        ALUR_SMTP_URL: 'mail.example',
        ALUR_PUBLIC_URL: 'ftp://x',
        ALUR_BROWSER: 'chromium',
        ALUR_ATTEMPTS: '0',
        ALUR_DIAGRAM_DEPTH: '501',
        ALUR_MOST_CALLS: '0',
        NODE_ENV: 'prod'
      })
    ).to.have.members([
      'PORT',
      'HOST',
      'ALUR_CLOCK',
      'ALUR_SMTP_URL',
      'ALUR_PUBLIC_URL',
      'ALUR_BROWSER',
      'ALUR_ATTEMPTS',
      'ALUR_DIAGRAM_DEPTH',
      'ALUR_MOST_CALLS',
      'NODE_ENV'
    ])
  })

  it('refuse a clock that can be set in production', () => {
    const production = {
      NODE_ENV: 'production',
      ALUR_SMTP_URL: 'smtps://mail.example',
      ALUR_PUBLIC_URL: 'https://alur.example'
    }
    expect(readSettings({ ...production, HOST: '0.0.0.0' }).host).to.equal('0.0.0.0')
    expect(problemsOf({ ...production, ALUR_CLOCK: 'settable' })).to.deep.equal(['ALUR_CLOCK'])
    expect(problemsOf({ ...production, ALUR_SMTP_URL: '' })).to.deep.equal(['ALUR_SMTP_URL'])
    expect(problemsOf({ ...production, ALUR_PUBLIC_URL: 'http://alur.example' })).to.deep.equal([
      'ALUR_PUBLIC_URL'
    ])
  })
})

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    return (error as InvalidData).problems.map(({ path }) => path)
  }
}
