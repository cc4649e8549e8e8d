import { expect } from 'chai'
import fc from 'fast-check'
import type { ChangeSetView } from '../../api/law.ts'
import type { ErrorAnswer } from '../../api/schemas.ts'
import { seed } from '../properties/seed.ts'
import { openSample, type Sample, type Visitor, visitor } from './sample.ts'

const CHANGES = '/api/law/changes'
const words = { id: 'Contoh', en: 'A sample' }
const cites = [{ instrument: 'contoh-1-2010', pin: 'Ps 2' }]
const during = { from: '2020-01-01', to: null }
const tariff = { kind: 'value', key: 'sample.tariff', value: 1, ...during, cites, reason: words }
const content = (...edits: readonly object[]) => ({
  ...{ scope: 'ditjen-imigrasi', title: words, reason: words },
  ...{ edits, reverts: null }
})

/** One good edit of each kind. */
const GOOD: readonly object[] = [
  tariff,
  {
    ...{ kind: 'row', rule: 'sample.checklist', row: 'long', conditions: null },
    ...{ outcome: { documents: [] }, ...during, cites, reason: words }
  },
  { kind: 'remove', key: 'sample.tariff', ...during, reason: words },
  {
    kind: 'instrument',
    instrument: {
      ...{ id: 'contoh-2-2020', kind: 'SAMPLE', short: 'Contoh 2/2020', title: 'Contoh' },
      ...{ inForce: { from: '2020-01-01', to: null }, confidence: 'H', sample: true }
    }
  },
  {
    ...{ kind: 'bound', key: 'sample.days', bound: { kind: 'range', path: 'days', min: 1 } },
    ...{ ...during, cites, reason: words }
  },
  { kind: 'calendar', closed: { '2026-06-24': 'Libur' }, opened: [], cites, reason: words },
  {
    kind: 'case',
    case: {
      ...{ name: 'ten', rule: 'sample.checklist', date: '2026-01-05' },
      ...{ facts: { days: 10 }, row: 'short' }
    }
  }
]

/** What people and programs put where something else belongs. */
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 53, -(2 ** 60), 1e308, '', ' ', 'x', 'x'.repeat(5000)],
  ...['2026-02-30', '2026-13-01', '0000-01-01', '0000-00-00', '9999-12-31', '+010000-01-01'],
  ...['2026-02-29T00:00:00Z', '\u0000', '\ud800', 'a\u0000b', '<script>', "' OR 1=1 --", '../..'],
  ...[[], {}, [null], [[]], [1, 'x', {}], { id: 1 }, { kind: 'x' }, { constructor: 1 }],
  ...[{ a: { b: { c: [] } } }, Array.from({ length: 300 }, () => 'x'), 'toString', 'constructor']
]

type Path = readonly (string | number)[]
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([name, inner]) =>
    pathsIn(inner, [...path, Array.isArray(value) ? Number(name) : name])
  )
  return path.length === 0 ? inside : [path, ...inside]
}
function put(value: unknown, [name, ...rest]: Path, instead: unknown): unknown {
  if (name === undefined) return instead
  if (Array.isArray(value)) return value.with(Number(name), put(value[Number(name)], rest, instead))
  const object = value as Readonly<Record<string, unknown>>
  return { ...object, [name]: put(object[name], rest, instead) }
}

describe(`bad input to changes of local law (SEED=${seed})`, () => {
  let alur: Sample
  let editor: Visitor
  let checker: Visitor
  before(async () => {
    alur = await openSample()
    editor = await visitor(alur.url, 'aturan.ditjen')
    checker = await visitor(alur.url, 'hukum.ditjen')
  })
  after(() => alur.end())
  const bugs = () => alur.logged.join('\n')
  const draft = (body: unknown) => editor.post<ChangeSetView & ErrorAnswer>(CHANGES, body)

  /** Goes as far as it is let, and no step may be a bug. */
  async function goesItsWay(body: unknown): Promise<number> {
    const first = await draft(body)
    expect(first.status, `${JSON.stringify(body)}\n${bugs()}`).to.be.below(500)
    if (first.status !== 201) return first.status
    const one = `${CHANGES}/${first.body.id}`
    const steps = [
      () => editor.post<ChangeSetView & ErrorAnswer>(`${one}/check`, {}),
      () => editor.get(one),
      () => checker.post(`${one}/impact`, { from: '2026-01-01', to: '2026-12-31' }),
      () => editor.get(`${CHANGES}?limit=5`)
    ]
    for (const step of steps) {
      const { status } = await step()
      expect(status, `${JSON.stringify(body)}\n${bugs()}`).to.be.below(500)
    }
    return 201
  }

  it('is never a bug, whatever stands in whatever place of an edit', async () => {
    const places = GOOD.flatMap((edit, nth) => pathsIn(edit).map(path => [nth, path] as const))
    const given = fc.tuple(fc.constantFrom(...places), fc.constantFrom(...ODD), fc.boolean())
    await fc.assert(
      fc.asyncProperty(given, async ([[nth, path], odd, beside]) => {
        const mutated = put(GOOD[nth], path, odd) as object
        await goesItsWay(content(...(beside ? [tariff, mutated, ...GOOD] : [mutated])))
      }),
      { seed, numRuns: Number(process.env.RUNS ?? 40), endOnFailure: true }
    )
  })

  it('is never a bug, whatever stands in whatever place of the frame', async () => {
    const frame = { ...content(tariff), reverts: { changeSet: 'cs-2026-0001', from: '2026-01-01' } }
    const places = pathsIn(frame).filter(([name]) => name !== 'edits')
    for (const path of [...places, ['edits'], ['edits', 0]] as readonly Path[])
      for (const odd of ODD) {
        const { status } = await draft(put(frame, path, odd))
        expect(status, `${path} ${JSON.stringify(odd)}\n${bugs()}`).to.be.below(500)
      }
  })

  it('is told with its place and what was expected, before a second person sees it', async () => {
    const edit = (more: object) => ({ ...tariff, ...more })
    const rows: readonly (readonly [object, string, string])[] = [
      [edit({ from: '2026-02-30' }), '/edits/0/from', 'date'],
      [edit({ to: '2019-12-31' }), '/edits/0', 'ends before it starts: 2020-01-01 to 2019-12-31'],
      [edit({ cites: [{ instrument: 'none' }] }), '/edits/0/cites/0', 'found <none>'],
      [edit({ value: 'free' }), '/edits/0/value', 'expected whole rupiah, found "free"'],
      [edit({ value: 2 ** 60 }), '/edits/0/value', 'expected whole rupiah'],
      [edit({ from: '2005-01-01' }), '/edits/0/cites', 'on 2005-01-01 nothing'],
      [
        { kind: 'remove', key: 'sample.days', from: '2021-01-01', to: '2020-01-01', reason: words },
        '/edits/0/to',
        'ends before it starts'
      ],
      [{ ...GOOD[4], to: '2019-01-01' }, '/edits/0/to', 'ends before it starts']
    ]
    for (const [bad, path, says] of rows) {
      const { body } = await draft(content(bad))
      const checked = await editor.post<ChangeSetView>(`${CHANGES}/${body.id}/check`, {})
      const found = checked.body.check?.problems.map(one => `${one.path}: ${one.message}`) ?? []
      const told = found.some(line => line.startsWith(`${path}: `) && line.includes(says))
      expect(told, `${path}: ${says}\n${found.join('\n')}`).to.equal(true)
    }
  })

  it('of a name that reaches into prototypes is refused, in an edit and among facts', async () => {
    const text = JSON.stringify(content(tariff)).replace('"value":1', '"value":{"__proto__":{}}')
    expect((await draft(text)).status).to.equal(400)
    const facts = '{"facts":{"days":1,"__proto__":{"days":2}},"date":"2026-01-05"}'
    const { status } = await editor.post('/api/law/try/sample.checklist', facts)
    expect(status).to.equal(400)
    expect(({} as { days?: number }).days).to.equal(undefined)
  })

  it('of ten megabytes, of a thousand edits or a thousand levels is refused', async () => {
    const long = { ...tariff, remark: { id: 'x'.repeat(10_000_000), en: 'x' } }
    expect((await draft(content(long))).status).to.equal(413)
    expect(
      (await draft(content(...Array.from({ length: 1000 }, () => tariff)))).status
    ).to.be.oneOf([400, 413])
    for (const levels of [1000, 100_000]) {
      const deep = `${'['.repeat(levels)}${']'.repeat(levels)}`
      const text = JSON.stringify(content(tariff)).replace('"value":1', `"value":${deep}`)
      expect((await draft(text)).status, bugs()).to.be.within(400, 499)
    }
  })

  it('in an address is refused or finds nothing', async () => {
    const garbage = ['x', '%00', '..%2f..', 'cs-9999-9999', '%F0%9F%98%80', '%ED%A0%80', "'--"]
    for (const one of garbage) {
      for (const path of [
        `${CHANGES}/${one}`,
        `${CHANGES}/${one}/impact`,
        `${CHANGES}/${one}/affected`,
        `${CHANGES}?cursor=${one}`,
        `${CHANGES}?state=${one}`,
        `${CHANGES}?limit=${one}`,
        `${CHANGES}?scope=${one}`,
        `/api/law/effective?office=${one}`,
        `/api/law/effective?date=${one}`,
        `/api/law/effective?knownAt=${one}`,
        `/api/law/timeline/${one}`
      ]) {
        const { status } = await editor.get(path)
        expect(status, `${path}\n${bugs()}`).to.be.below(500)
      }
      for (const step of [
        'check',
        'submit',
        'approve',
        'reject',
        'withdraw',
        'emergency',
        'revert'
      ]) {
        const { status } = await editor.post(`${CHANGES}/${one}/${step}`, { version: 1 })
        expect(status, `${one} ${step}\n${bugs()}`).to.be.within(400, 499)
      }
    }
    for (const date of ['2026-02-30', '0000-01-01', '9999-12-31', '2026-1-1']) {
      const paths = [`effective?date=${date}`, `effective?knownAt=${date}T25:61:61Z`]
      for (const path of paths) {
        const { status } = await editor.get(`/api/law/${path}`)
        expect(status, `${path}\n${bugs()}`).to.be.below(500)
      }
      const { body } = await draft(content(tariff))
      const asked = { from: date, to: date }
      const { status } = await editor.post(`${CHANGES}/${body.id}/impact`, asked)
      expect(status, `impact ${date}\n${bugs()}`).to.be.below(500)
    }
  })

  it('among facts is an answer with the name of the fact', async () => {
    for (const odd of ODD) {
      const { status, body } = await editor.post<ErrorAnswer>('/api/law/try/sample.checklist', {
        facts: { days: odd, submitted: '2026-01-05' },
        date: '2026-01-05'
      })
      expect(status, `${JSON.stringify(odd)}\n${bugs()}`).to.be.below(500)
      if (status !== 200 && status !== 400) expect(JSON.stringify(body)).to.contain('days')
    }
  })

  it('after an approval changes nothing: what is published cannot be edited', async () => {
    const { body } = await draft(content({ ...tariff, from: '2040-01-01' }))
    const one = `${CHANGES}/${body.id}`
    const { version, check } = (await editor.post<ChangeSetView>(`${one}/check`, {})).body
    expect(check?.problems).to.deep.equal([])
    const measured = await editor.post<{ hash: string }>(`${one}/impact`, {
      ...{ from: '2026-01-01', to: '2026-01-31' }
    })
    const now = (await editor.get<ChangeSetView>(one)).body.version
    const { body: sent } = await editor.post<ChangeSetView>(`${one}/submit`, { version: now })
    expect(sent.state, JSON.stringify([version, sent])).to.equal('submitted')
    const approved = await checker.post<ChangeSetView>(`${one}/approve`, {
      contentHash: sent.contentHash,
      impactHash: measured.body.hash
    })
    expect(approved.status, JSON.stringify(approved.body)).to.equal(200)
    const edit = { version: approved.body.version, content: content({ ...tariff, value: 9 }) }
    const { status, body: answer } = await editor.send<ErrorAnswer>(
      'PUT',
      one,
      JSON.stringify(edit)
    )
    expect([status, answer.code]).to.deep.equal([409, 'impossible'])
    expect(answer.message).to.contain(body.id)
  })
})
