import type { IncidentView, OfficeView, Page } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { IncidentPart } from '../parts/incident.tsx'
import { ErrorSummary } from '../parts/problems.tsx'
import { T } from '../parts/text.tsx'

/** The stuck steps of the office and of the offices below. */
export function IncidentsPage(props: {
  readonly frame: Frame
  readonly page: Page<IncidentView>
  readonly offices: readonly OfficeView[]
  readonly office: string
}) {
  const { frame, page, offices, office } = props
  return (
    <Document frame={frame} title={{ id: 'Insiden', en: 'Incidents' }} islands={['forms.js']}>
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Insiden" en="Incidents" />
      </h1>
      <p class="text lead">
        <T
          id="Langkah yang tidak dapat dilanjutkan: apa yang kurang, dan cara mencobanya lagi."
          en="Steps that cannot go on: what is missing, and how to try again."
          block
        />
      </p>
      {offices.length > 1 && (
        <form class="filters" method="get" action="/incidents">
          <div>
            <label for="incident-office">
              <T id="Satuan kerja" en="Unit" />
            </label>
            <select id="incident-office" name="office">
              <option value="">Semua · All</option>
              {offices.map(({ id, name }) => (
                <option key={id} value={id} selected={id === office}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <button class="button button-second" type="submit">
            <T id="Saring" en="Filter" />
          </button>
        </form>
      )}
      {page.rows.length === 0 ? (
        <div class="empty">
          <p>
            <strong>
              <T id="Tidak ada insiden." en="There are no incidents." />
            </strong>
          </p>
        </div>
      ) : (
        page.rows.map(incident => (
          <section key={`${incident.instance}/${incident.token}`} class="panel">
            <IncidentPart incident={incident} frame={frame} back="incidents" level={2} />
          </section>
        ))
      )}
      {page.next !== null && (
        <p class="pager">
          <a href={`/incidents?${new URLSearchParams({ office, cursor: page.next })}`} rel="next">
            <T id="Berikutnya" en="Next" />
          </a>
        </p>
      )}
    </Document>
  )
}

/** One incident whose form came back with problems. */
export function ResolvePage(props: {
  readonly frame: Frame
  readonly incident: IncidentView
  readonly back: 'case' | 'incidents'
  readonly reason: string
  readonly variables: string
  readonly problems: readonly Problem[]
}) {
  const { frame, incident, back, reason, variables, problems } = props
  return (
    <Document
      frame={frame}
      title={{ id: 'Insiden', en: 'Incident' }}
      invalid
      islands={['forms.js']}
    >
      <ErrorSummary form={null} problems={problems} />
      <h1>
        <T id="Insiden" en="Incident" />
      </h1>
      <section class="panel">
        <IncidentPart
          incident={incident}
          frame={frame}
          back={back}
          level={2}
          typed={{ reason, variables, problems }}
        />
      </section>
    </Document>
  )
}
