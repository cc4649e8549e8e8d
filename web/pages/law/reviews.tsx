import type { ReviewView, StaffingGap } from '../../../api/law.ts'
import type { OfficeView } from '../../../api/schemas.ts'
import type { Text } from '../../../engine/messages.ts'
import { Document } from '../../parts/document.tsx'
import type { Frame } from '../../parts/frame.ts'
import { Icon } from '../../parts/icon.tsx'
import { Said } from '../../parts/law/said.tsx'
import { LawSections, linkTo, OfficeSelect, ShowButton } from '../../parts/law/sections.tsx'
import { Empty, Head } from '../../parts/law/table-head.tsx'
import { both, T } from '../../parts/text.tsx'

const WHY: { readonly [Why in ReviewView['why']]: Text } = {
  review: { id: 'Waktunya ditinjau', en: 'Due for review' },
  repealed: { id: 'Dasarnya dicabut', en: 'Its instrument is repealed' },
  'partial-dates': {
    id: 'Tanggal dasarnya tidak lengkap',
    en: 'Dates of its instrument are partial'
  },
  'unknown-dates': {
    id: 'Tanggal dasarnya tidak diketahui',
    en: 'Dates of its instrument are not known'
  }
}

/** What of local law needs a look, the gravest reason first. */
export function ReviewsPage(props: {
  readonly frame: Frame
  readonly reviews: readonly ReviewView[]
  readonly offices: readonly OfficeView[]
  readonly labels: Readonly<Record<string, Text>>
  readonly edits: string | null
}) {
  const { frame, reviews, offices, labels, edits } = props
  const kinds = (['repealed', 'review', 'partial-dates', 'unknown-dates'] as const).filter(why =>
    reviews.some(each => each.why === why)
  )
  return (
    <Document frame={frame} title={{ id: 'Aturan yang perlu ditinjau', en: 'Rules to review' }}>
      <h1>
        <T id="Aturan yang perlu ditinjau" en="Rules to review" />
      </h1>
      <LawSections here="/rules/reviews" />
      {reviews.length === 0 && (
        <Empty id="Tidak ada yang perlu ditinjau." en="Nothing needs a look." />
      )}
      {kinds.map(why => (
        <section key={why} aria-labelledby={`why-${why}`}>
          <h2 id={`why-${why}`}>
            <Said {...WHY[why]} />
          </h2>
          <table class="table cards">
            <caption class="visually-hidden">
              <Said {...WHY[why]} />
            </caption>
            <thead>
              <tr>
                <Head id="Aturan" en="Rule" />
                <Head id="Satuan kerja" en="Unit" />
                <Head id="Sebab" en="Why" />
                <Head id="Dasar" en="Basis" />
              </tr>
            </thead>
            <tbody>
              {reviews
                .filter(each => each.why === why)
                .map((each, index) => (
                  <tr key={index}>
                    <th scope="row">
                      <a href={linkTo(`/rules/${each.key}/timeline`, { office: each.unit })}>
                        <Said {...(labels[each.key] ?? { id: each.key, en: each.key })} />
                      </a>
                      {each.row !== null && (
                        <span class="sub">
                          <T id="baris" en="row" /> <code>{each.row}</code>
                        </span>
                      )}
                    </th>
                    <td data-label={both('Satuan kerja', 'Unit')}>
                      <bdi>{offices.find(({ id }) => id === each.unit)?.name ?? each.unit}</bdi>
                    </td>
                    <td data-label={both('Sebab', 'Why')}>
                      <Said {...each.text} />
                      {edits === each.unit && (
                        <span class="sub">
                          <a href={linkTo('/changes/new', { key: each.key })}>
                            <T id="Perbarui" en="Renew" />
                            <span class="visually-hidden"> {each.key}</span>
                          </a>
                        </span>
                      )}
                    </td>
                    <td data-label={both('Dasar', 'Basis')}>
                      <bdi>{each.cites.join('; ') || '–'}</bdi>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      ))}
    </Document>
  )
}

/** Steps of the services of an office that nobody holds, or one person alone where two are needed. */
export function StaffingPage(props: {
  readonly frame: Frame
  readonly gaps: readonly StaffingGap[]
  readonly offices: readonly OfficeView[]
  readonly office: string
}) {
  const { frame, gaps, offices, office } = props
  const processes = [...new Set(gaps.map(({ process }) => process))]
  return (
    <Document frame={frame} title={{ id: 'Pemegang tugas', en: 'Staffing' }}>
      <p class="caption">
        <bdi>{offices.find(({ id }) => id === office)?.name ?? office}</bdi>
      </p>
      <h1>
        <T id="Langkah tanpa pemegang tugas" en="Steps without a holder" />
      </h1>
      <LawSections here="/rules/staffing" />
      <form class="filters no-print" method="get" action="/rules/staffing">
        <OfficeSelect id="staffing-office" offices={offices} office={office} />
        <ShowButton />
      </form>
      {gaps.length === 0 && (
        <Empty
          id="Setiap langkah ada pemegangnya, dan yang perlu dua orang ada dua."
          en="Every step has a holder, and those that need two people have two."
        />
      )}
      {processes.map(process => (
        <section key={process} aria-labelledby={`process-${process}`}>
          <h2 id={`process-${process}`}>
            <code>{process}</code>
          </h2>
          <ul class="plain-list">
            {gaps
              .filter(each => each.process === process)
              .map((gap, index) => (
                <li key={index} class="law-gap">
                  <Icon name={gap.problem === 'nobody' ? 'stop' : 'warning'} />
                  <span>
                    <strong>
                      <bdi>{gap.name}</bdi>
                    </strong>{' '}
                    –{' '}
                    {gap.problem === 'nobody' ? (
                      <T id="tidak ada pemegang" en="nobody holds it" />
                    ) : (
                      <T id="hanya satu orang" en="one person alone" />
                    )}
                    <span class="sub">
                      <Said {...gap.text} />
                    </span>
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Document>
  )
}
