import type { AffectedView, ChangeSetView } from '../../../api/law.ts'
import { When } from '../dates.tsx'
import { type Frame, zoneOf } from '../frame.ts'
import { both, T } from '../text.tsx'
import { Head } from './table-head.tsx'
import { LawValue } from './value.tsx'

/** Decisions that a change in force has made, and the open cases that pinned it and may take the newest law. */
export function Affected(props: {
  readonly frame: Frame
  readonly change: ChangeSetView
  readonly affected: AffectedView
}) {
  const { frame, change, affected } = props
  const { decisions, openCases } = affected
  return (
    <section aria-labelledby="affected" class="panel">
      <h2 id="affected">
        <T id="Yang sudah diputus dengannya" en="What was decided by it" />
      </h2>
      {decisions.length + openCases.length === 0 && (
        <p class="empty-inline">
          <T id="Belum ada" en="Nothing yet" />
        </p>
      )}
      {decisions.length > 0 && (
        <details>
          <summary>
            <T id={`${decisions.length} keputusan`} en={`${decisions.length} decisions`} />
          </summary>
          <table class="table cards">
            <caption class="visually-hidden">
              <T id="Keputusan untuk dilihat lagi" en="Decisions to look at again" />
            </caption>
            <thead>
              <tr>
                <Head id="Berkas" en="Case" />
                <Head id="Hasil" en="Outcome" />
                <Head id="Diputus" en="Decided" />
              </tr>
            </thead>
            <tbody>
              {decisions.map((each, index) => (
                <tr key={index}>
                  <th scope="row">
                    <a href={`/cases/${each.instance}`}>{each.caseNumber}</a>
                    <span class="sub">{each.rule}</span>
                  </th>
                  <td data-label={both('Hasil', 'Outcome')}>
                    <LawValue value={each.outcome} />
                  </td>
                  <td data-label={both('Diputus', 'Decided')}>
                    <When at={each.at} zone={zoneOf(frame)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {openCases.length > 0 && (
        <form method="post" action={`/changes/${change.id}/rebind`}>
          <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
          <fieldset class="field options">
            <legend>
              <T
                id="Berkas terbuka yang memakai aturan terbaru"
                en="Open cases that shall take the newest rules"
              />
            </legend>
            {openCases.map(({ instance, caseNumber }) => (
              <div key={instance} class="choice">
                <input type="checkbox" id={`case-${instance}`} name="/instances" value={instance} />
                <label for={`case-${instance}`}>{caseNumber}</label>
              </div>
            ))}
          </fieldset>
          <div class="field">
            <label for="rebind-reason">
              <T id="Alasan" en="Reason" />
            </label>
            <input id="rebind-reason" class="w-wide" name="/rebind-reason" />
          </div>
          <button class="button button-second" type="submit">
            <T id="Pakai aturan terbaru" en="Take the newest rules" />
          </button>
        </form>
      )}
    </section>
  )
}
