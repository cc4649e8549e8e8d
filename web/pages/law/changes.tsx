import type { ChangeSetState, ChangeSetSummary } from '../../../api/law.ts'
import { Day, When } from '../../parts/dates.tsx'
import { Document } from '../../parts/document.tsx'
import { type Frame, zoneOf } from '../../parts/frame.ts'
import { STATES, StateBadge } from '../../parts/law/change-state.tsx'
import { Said } from '../../parts/law/said.tsx'
import { LawSections, linkTo, ShowButton } from '../../parts/law/sections.tsx'
import { Empty, Head } from '../../parts/law/table-head.tsx'
import { both, T } from '../../parts/text.tsx'

/** The change sets of the own unit and of those below it, the latest first. */
export function ChangesPage(props: {
  readonly frame: Frame
  readonly changes: readonly ChangeSetSummary[]
  readonly state: ChangeSetState | ''
  /** The cursor of the next page; null: this is the last. */
  readonly next: string | null
  readonly mayDraft: boolean
}) {
  const { frame, changes, state, next, mayDraft } = props
  return (
    <Document frame={frame} title={{ id: 'Perubahan aturan', en: 'Changes of rules' }}>
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Perubahan aturan" en="Changes of rules" />
      </h1>
      <LawSections here="/changes" />
      {mayDraft && (
        <p>
          <a class="button" href="/changes/new">
            <T id="Perubahan baru" en="New change" />
          </a>
        </p>
      )}
      <form class="filters" method="get" action="/changes">
        <div>
          <label for="changes-state">
            <T id="Keadaan" en="State" />
          </label>
          <select id="changes-state" name="state">
            <option value="" selected={state === ''}>
              Semua · All
            </option>
            {Object.entries(STATES).map(([name, { id, en }]) => (
              <option key={name} value={name} selected={name === state}>
                {both(id, en)}
              </option>
            ))}
          </select>
        </div>
        <ShowButton />
      </form>
      {changes.length === 0 ? (
        <Empty id="Belum ada perubahan." en="There is no change yet." />
      ) : (
        <table class="table cards">
          <caption class="visually-hidden">
            <T
              id="Perubahan aturan, terbaru lebih dahulu"
              en="Changes of rules, the latest first"
            />
          </caption>
          <thead>
            <tr>
              <Head id="Perubahan" en="Change" />
              <Head id="Satuan kerja" en="Unit" />
              <Head id="Keadaan" en="State" />
              <Head id="Berlaku dari" en="Holds from" />
              <Head id="Penyusun" en="Written by" />
              <Head id="Terakhir diubah" en="Last change" />
            </tr>
          </thead>
          <tbody>
            {changes.map(change => (
              <tr key={change.id}>
                <th scope="row">
                  <a class="task-link" href={`/changes/${change.id}`}>
                    <bdi>
                      <Said {...change.title} />
                    </bdi>
                  </a>
                  <span class="sub">{change.id}</span>
                </th>
                <td data-label={both('Satuan kerja', 'Unit')}>
                  <bdi>{change.scopeName}</bdi>
                </td>
                <td data-label={both('Keadaan', 'State')}>
                  <StateBadge state={change.state} />
                </td>
                <td data-label={both('Berlaku dari', 'Holds from')}>
                  {change.from === null ? '–' : <Day date={change.from} />}
                </td>
                <td data-label={both('Penyusun', 'Written by')}>
                  <bdi>{change.makers.join(', ')}</bdi>
                </td>
                <td data-label={both('Terakhir diubah', 'Last change')}>
                  <When at={change.changedAt} zone={zoneOf(frame)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {next !== null && (
        <p class="pager">
          <a href={linkTo('/changes', { state, cursor: next })}>
            <T id="Yang lebih lama" en="Older ones" />
          </a>
        </p>
      )}
    </Document>
  )
}
