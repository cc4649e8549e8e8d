import type { StatementView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { Day, When } from '../parts/dates.tsx'
import { Fact } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import { type Posted, typed } from '../parts/form-values.ts'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { ErrorSummary } from '../parts/problems.tsx'
import { STATEMENT_LABELS, type StatedTariff } from '../parts/statement.ts'
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
      title={{ id: 'Pernyataan nilai dan tarif nasional', en: 'National values and tariffs' }}
      invalid={problems.length > 0}
      islands={['forms.js']}
    >
      <ErrorSummary form={null} problems={problems} labels={STATEMENT_LABELS} />
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Pernyataan nilai dan tarif nasional" en="National values and tariffs" />
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
          <T
            id="Nilai dan baris yang sudah dinyatakan"
            en="Values and rows that have been stated"
          />
        </h2>
        <Statements statements={statements} zone={zoneOf(frame)} />
      </section>
    </Document>
  )
}

/** Shows once more what will be stated, before it is law. */
export function ConfirmTariffPage(props: {
  readonly frame: Frame
  readonly statement: StatedTariff
  readonly label: Text
  readonly posted: Posted
}) {
  const { frame, statement, label, posted } = props
  const { key, content, from, to, cites, reason } = statement
  const fields = Object.keys(posted).filter(name => name.startsWith('/'))
  return (
    <Document frame={frame} title={{ id: 'Periksa dahulu', en: 'Check first' }}>
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Periksa dahulu" en="Check first" />
      </h1>
      <p class="text lead">
        <T
          id="Ini belum berlaku. Sesudah dinyatakan, isi ini menjadi hukum yang dipakai setiap berkas dan tidak dapat dihapus."
          en="Nothing holds yet. Once stated, this is law for every case and cannot be deleted."
          block
        />
      </p>
      <form class="form panel" method="post" action="/tariffs">
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        {fields.map(name => (
          <input key={name} type="hidden" name={name} value={typed(posted, name) ?? ''} />
        ))}
        <dl class="facts">
          <Fact id="Aturan" en="Rule">
            <T {...label} /> <code>{key}</code>
          </Fact>
          <Fact id="Isi" en="Content">
            <ValueText value={content} />
          </Fact>
          <Fact id="Masa berlaku" en="Dates">
            <Day date={from} /> – {to === null ? '…' : <Day date={to} />}
          </Fact>
          <Fact id="Dasar hukum" en="Legal basis">
            <bdi>
              {cites.map(({ instrument, pin }) => [instrument, pin ?? []].flat().join(', '))}
            </bdi>
          </Fact>
          <Fact id="Alasan" en="Reason">
            <T {...reason} />
          </Fact>
        </dl>
        <div class="actions">
          <button class="button" type="submit" name="_step" value="state">
            <T id="Nyatakan dan terbitkan" en="State and publish" />
          </button>
          <button class="button button-second" type="submit" name="_step" value="change">
            <T id="Ubah lagi" en="Change it" />
          </button>
        </div>
      </form>
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
