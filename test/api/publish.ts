import { expect } from 'chai'
import type { ChangeSetView, Edit } from '../../api/law.ts'
import { visitor } from './sample.ts'

/** Publishes edits of the nation's law by two people, through the API. */
export async function publish(url: string, ...edits: readonly Edit[]): Promise<ChangeSetView> {
  const maker = await visitor(url, 'aturan.ditjen')
  const checker = await visitor(url, 'hukum.ditjen')
  const changes = '/api/law/changes'
  const words = { id: 'Contoh', en: 'A sample' }
  const scope = 'ditjen-imigrasi'
  const content = { scope, title: words, reason: words, edits, reverts: null }
  const drafted = await maker.post<ChangeSetView>(changes, content)
  expect(drafted.status, JSON.stringify(drafted.body)).to.equal(201)
  const one = `${changes}/${drafted.body.id}`
  const checked = await maker.post<ChangeSetView>(`${one}/check`, {})
  expect(checked.body.check?.problems).to.deep.equal([])
  await maker.post(`${one}/impact`, { from: '2020-01-01', to: '2020-12-31' })
  const { version } = (await maker.get<ChangeSetView>(one)).body
  const submitted = await maker.post<ChangeSetView>(`${one}/submit`, { version })
  const { contentHash, impact } = submitted.body
  const approved = await checker.post<ChangeSetView>(`${one}/approve`, {
    contentHash,
    impactHash: impact?.hash
  })
  expect(approved.status, JSON.stringify(approved.body)).to.equal(200)
  return approved.body
}
