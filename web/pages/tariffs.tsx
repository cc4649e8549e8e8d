import type { StatementView } from '../../api/schemas.ts'
import { Day, When } from '../parts/dates.tsx'
import { Document } from '../parts/document.tsx'
import { zoneOf } from '../parts/frame.ts'
import { ErrorSummary } from '../parts/problems.tsx'
import { StatementForm, type StatementFormProps } from '../parts/statement-form.tsx'
import { both, T } from '../parts/text.tsx'
import { ValueText } from '../parts/values.tsx'

export interface TariffsPageProps extends StatementFormProps {
  readonly statements: readonly StatementView[]
}

/** Where the national owner of tariffs states a cited value or row. */
export function TariffsPage(props: TariffsPageProps) {
  const { frame, statements, problems } = props
  return (
    <Document
      frame={frame}
      title={{ id: 'Pernyataan tarif', en: 'Tariff statements' }}
      invalid={problems.length > 0}
      islands={['forms.js']}
    >
      <ErrorSummary form={null} problems={problems} />
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Pernyataan tarif" en="Tariff statements" />
      </h1>
      <p class="text lead">
        <T
          id="Nyatakan nilai atau baris tabel dengan masa berlaku, dasar hukum dan alasannya. Berkas yang menunggu dapat dicoba lagi dan mencatat rilis yang baru."
          en="State a value or a row of a table with its dates, its legal basis and its reason. Cases that wait can then be tried again and record the new release."
          block
        />
      </p>
      <StatementForm {...props} />
      <section aria-labelledby="stated">
        <h2 id="stated">
          <T id="Yang sudah dinyatakan" en="What has been stated" />
        </h2>
        <Statements statements={statements} zone={zoneOf(frame)} />
      </section>
    </Document>
  )
}

function Statements({
  statements,
  zone
}: {
  readonly statements: readonly StatementView[]
  readonly zone: string
}) {
  if (statements.length === 0) {
    return (
      <div class="empty">
        <p>
          <T id="Belum ada pernyataan." en="Nothing has been stated yet." />
        </p>
      </div>
    )
  }
  return (
    <table class="table cards">
      <caption class="visually-hidden">
        <T id="Pernyataan" en="Statements" />
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <T id="Aturan" en="Rule" />
          </th>
          <th scope="col">
            <T id="Isi" en="Content" />
          </th>
          <th scope="col">
            <T id="Masa berlaku" en="Dates" />
          </th>
          <th scope="col">
            <T id="Dasar dan alasan" en="Basis and reason" />
          </th>
          <th scope="col">
            <T id="Oleh" en="By" />
          </th>
        </tr>
      </thead>
      <tbody>
        {statements.map((statement, index) => (
          <tr key={index}>
            <th scope="row">
              <code>{statement.key}</code>
            </th>
            <td data-label={both('Isi', 'Content')}>
              <ValueText value={statement.content} />
            </td>
            <td data-label={both('Masa berlaku', 'Dates')}>
              <Day date={statement.from} /> –{' '}
              {statement.to === null ? '…' : <Day date={statement.to} />}
            </td>
            <td data-label={both('Dasar dan alasan', 'Basis and reason')}>
              {statement.cites.join('; ')}
              <span class="sub">
                <T {...statement.reason} />
              </span>
            </td>
            <td data-label={both('Oleh', 'By')}>
              {statement.by}
              <span class="sub">
                <When at={statement.at} zone={zone} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
