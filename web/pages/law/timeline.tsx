import type { TimelineView } from '../../../api/law.ts'
import type { OfficeView } from '../../../api/schemas.ts'
import type { Text } from '../../../engine/messages.ts'
import { LEVELS } from '../../parts/decisions.tsx'
import { Document } from '../../parts/document.tsx'
import type { Frame } from '../../parts/frame.ts'
import { Origin, whyText } from '../../parts/law/origin.tsx'
import { periodText } from '../../parts/law/period.ts'
import { Said } from '../../parts/law/said.tsx'
import { LawSections, linkTo, OfficeSelect, ShowButton } from '../../parts/law/sections.tsx'
import { Head } from '../../parts/law/table-head.tsx'
import { type BarKind, kindOf, type Lane, lanesOf } from '../../parts/law/timeline.ts'
import { TimelineChart } from '../../parts/law/timeline-chart.tsx'
import { LawValue } from '../../parts/law/value.tsx'
import { both, T } from '../../parts/text.tsx'

/** How a key has changed and will change at an office, level by level. */
export function TimelinePage(props: {
  readonly frame: Frame
  readonly view: TimelineView
  readonly unit: string | null
  readonly offices: readonly OfficeView[]
  readonly today: string
  readonly mayEdit: boolean
}) {
  const { frame, view, unit, offices, today } = props
  const lanes = lanesOf(view, unit, today)
  const nameOf = (scope: string | null) =>
    offices.find(({ id }) => id === scope)?.name ?? scope ?? ''
  const laneName = ({ level, scope }: Lane) =>
    level === 'effective'
      ? 'Berlaku · In force'
      : level === 'national'
        ? LEVELS.national.id
        : nameOf(scope)
  return (
    <Document
      frame={frame}
      title={{ id: `Garis waktu: ${view.label.id}`, en: `Timeline: ${view.label.en}` }}
    >
      <a class="back" href={linkTo('/rules', { office: view.office })}>
        <T id="Aturan yang berlaku" en="Rules in force" />
      </a>
      <p class="caption">
        <T id="Garis waktu" en="Timeline" /> – <bdi>{nameOf(view.office)}</bdi>
      </p>
      <h1>
        <Said {...view.label} />
      </h1>
      <LawSections here="" />
      <form class="filters no-print" method="get" action={`/rules/${view.key}/timeline`}>
        <OfficeSelect id="timeline-office" offices={offices} office={view.office} />
        <ShowButton />
      </form>
      {props.mayEdit && (
        <p class="law-links">
          <a href={linkTo('/changes/new', { key: view.key })}>
            <T id="Ubah" en="Change" />
          </a>
        </p>
      )}
      <TimelineChart
        lanes={lanes}
        names={laneName}
        today={today}
        title={both(
          `Garis waktu ${view.label.id}; isinya sama dengan tabel di bawah`,
          'Timeline; the tables below say the same'
        )}
      />
      <Legend />
      <section aria-labelledby="in-force">
        <h2 id="in-force">
          <T id="Yang berlaku" en="In force" />
        </h2>
        <EffectiveTable view={view} unit={unit} nameOf={nameOf} />
      </section>
      <section aria-labelledby="stated">
        <h2 id="stated">
          <T id="Yang ditetapkan setiap tingkat" en="What each level states" />
        </h2>
        <StatedTable view={view} unit={unit} nameOf={nameOf} today={today} />
      </section>
    </Document>
  )
}

interface TableProps {
  readonly view: TimelineView
  readonly unit: string | null
  readonly nameOf: (scope: string | null) => string
}

function EffectiveTable({ view, unit, nameOf }: TableProps) {
  return (
    <table class="table cards">
      <caption class="visually-hidden">
        <T id="Yang berlaku, masa demi masa" en="What holds, stretch by stretch" />
      </caption>
      <thead>
        <tr>
          <Head id="Masa" en="Period" />
          <Head id="Isi" en="Value" />
          <Head id="Dari" en="Stated by" />
        </tr>
      </thead>
      <tbody>
        {view.effective.map((stretch, index) => (
          <tr key={index}>
            <th scope="row">
              <Said {...periodText(stretch.from, stretch.to)} />
            </th>
            <td data-label={both('Isi', 'Value')}>
              {stretch.missing === null ? (
                <LawValue value={stretch.value} unit={unit} />
              ) : (
                <T id="Tidak ada yang berlaku" en="Nothing holds" />
              )}
            </td>
            <td data-label={both('Dari', 'Stated by')}>
              {stretch.level === null ? (
                '–'
              ) : (
                <Origin level={stretch.level} unit={nameOf(stretch.scope)} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const KINDS: { readonly [Kind in Exclude<BarKind, 'missing'>]: Text } = {
  applied: { id: 'dipakai', en: 'used' },
  future: { id: 'akan datang', en: 'to come' },
  suspended: { id: 'ditangguhkan', en: 'suspended' },
  ignored: { id: 'tidak dipakai', en: 'ignored' },
  withdrawn: { id: 'ditarik', en: 'withdrawn' }
}

function StatedTable({ view, unit, nameOf, today }: TableProps & { readonly today: string }) {
  return (
    <table class="table cards">
      <caption class="visually-hidden">
        <T id="Pernyataan setiap tingkat" en="Statements of each level" />
      </caption>
      <thead>
        <tr>
          <Head id="Tingkat" en="Level" />
          <Head id="Masa" en="Period" />
          <Head id="Isi" en="Value" />
          <Head id="Keadaan" en="State" />
          <Head id="Dasar" en="Basis" />
        </tr>
      </thead>
      <tbody>
        {view.stated.map((each, index) => {
          const kind = kindOf(each, today)
          return (
            <tr key={index}>
              <th scope="row">
                <Origin level={each.level} unit={nameOf(each.scope)} />
              </th>
              <td data-label={both('Masa', 'Period')}>
                <Said {...periodText(each.from, each.to)} />
              </td>
              <td data-label={both('Isi', 'Value')}>
                <LawValue value={each.value} unit={unit} />
              </td>
              <td data-label={both('Keadaan', 'State')}>
                <Said {...KINDS[kind]} />
                {(kind === 'suspended' || kind === 'ignored') && each.why !== '' && (
                  <span class="sub">
                    <Said {...whyText(each.why)} />
                  </span>
                )}
              </td>
              <td data-label={both('Dasar', 'Basis')}>
                <bdi>{each.cites.join('; ') || '–'}</bdi>
                {each.changeSet !== null && (
                  <span class="sub">
                    <a href={`/changes/${each.changeSet}`}>{each.changeSet}</a>
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Legend() {
  return (
    <p class="hint">
      <T
        id="Bilah penuh: dipakai. Putus-putus: akan datang. Berarsir: ditangguhkan atau tidak dipakai. Dicoret: ditarik."
        en="Full bar: used. Dashed: to come. Hatched: suspended or ignored. Struck out: withdrawn."
      />
    </p>
  )
}
