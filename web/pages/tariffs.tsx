import type { StatementView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import { Day, When } from '../parts/dates.tsx'
import { OPERATOR_NAMES, operatorText } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import { ValueText } from '../parts/fields.tsx'
import { controlId } from '../parts/form-schema.ts'
import { type Posted, typed } from '../parts/form-values.ts'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { ErrorSummary, problemText } from '../parts/problems.tsx'
import { MOST_PARTS } from '../parts/statement.ts'
import { both, T } from '../parts/text.tsx'

export interface TariffsPageProps {
  readonly frame: Frame
  readonly statements: readonly StatementView[]
  /** The rules that may be stated. */
  readonly keys: readonly { readonly key: string; readonly label: string }[]
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
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

function StatementForm({ frame, keys, posted, problems }: TariffsPageProps) {
  const line = (path: string) => ({ path, posted, problems })
  return (
    <form class="form panel" method="post" action="/tariffs" noValidate data-island="form">
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <Line {...line('/key')} id="Aturan" en="Rule">
        {shared => (
          <select {...shared} required>
            <option value="">– Pilih · Choose –</option>
            {keys.map(({ key, label }) => (
              <option key={key} value={key} selected={typed(posted, '/key') === key}>
                {`${label} (${key})`}
              </option>
            ))}
          </select>
        )}
      </Line>
      <fieldset class="field options">
        <legend>
          <T id="Yang dinyatakan" en="What is stated" />
        </legend>
        {KINDS.map(({ kind, id, en }) => (
          <div key={kind} class="choice">
            <input
              type="radio"
              id={`kind-${kind}`}
              name="/kind"
              value={kind}
              checked={(typed(posted, '/kind') ?? 'row') === kind}
            />
            <label for={`kind-${kind}`}>
              <T id={id} en={en} />
            </label>
          </div>
        ))}
      </fieldset>
      <fieldset class="field group">
        <legend>
          <T id="Baris tabel" en="Row of a table" />
        </legend>
        <Line
          {...line('/id')}
          id="Nama baris"
          en="Name of the row"
          hint={{ id: 'Huruf kecil, angka dan tanda hubung', en: 'Lower case, digits and hyphens' }}
        >
          {shared => (
            <input
              {...shared}
              type="text"
              class="w-wide"
              spellcheck={false}
              value={typed(posted, '/id') ?? ''}
            />
          )}
        </Line>
        <Line {...line('/before')} id="Sebelum baris" en="Before the row" optional>
          {shared => (
            <input
              {...shared}
              type="text"
              class="w-wide"
              spellcheck={false}
              value={typed(posted, '/before') ?? ''}
            />
          )}
        </Line>
        <p>
          <strong>
            <T id="Berlaku bila semua ini benar" en="Holds when all of these are true" />
          </strong>
        </p>
        {parts().map(index => (
          <div key={index} class="parts">
            <Small
              {...line(`/conditions/${index}/fact`)}
              id={`Fakta ${index + 1}`}
              en={`Fact ${index + 1}`}
            >
              {shared => (
                <input
                  {...shared}
                  type="text"
                  spellcheck={false}
                  value={typed(posted, `/conditions/${index}/fact`) ?? ''}
                />
              )}
            </Small>
            <Small {...line(`/conditions/${index}/operator`)} id="Perbandingan" en="Comparison">
              {shared => (
                <select {...shared}>
                  {OPERATOR_NAMES.map(name => {
                    const { id, en } = operatorText(name)
                    return (
                      <option
                        key={name}
                        value={name}
                        selected={typed(posted, `/conditions/${index}/operator`) === name}
                      >
                        {both(id, en)}
                      </option>
                    )
                  })}
                </select>
              )}
            </Small>
            <Small {...line(`/conditions/${index}/value`)} id="Nilai" en="Value">
              {shared => (
                <input
                  {...shared}
                  type="text"
                  value={typed(posted, `/conditions/${index}/value`) ?? ''}
                />
              )}
            </Small>
          </div>
        ))}
        <p class="hint">
          <T
            id="Beberapa nilai dipisah koma, misalnya"
            en="Several values are separated by commas, as in"
          />{' '}
          <code>1, 2</code>
        </p>
        <p>
          <strong>
            <T id="Hasilnya" en="Its outcome" />
          </strong>
        </p>
        {parts().map(index => (
          <div key={index} class="parts">
            <Small
              {...line(`/outcome/${index}/name`)}
              id={`Nama ${index + 1}`}
              en={`Name ${index + 1}`}
            >
              {shared => (
                <input
                  {...shared}
                  type="text"
                  spellcheck={false}
                  value={typed(posted, `/outcome/${index}/name`) ?? OUTCOME[index] ?? ''}
                />
              )}
            </Small>
            <Small {...line(`/outcome/${index}/value`)} id="Nilai" en="Value">
              {shared => (
                <input
                  {...shared}
                  type="text"
                  value={typed(posted, `/outcome/${index}/value`) ?? ''}
                />
              )}
            </Small>
          </div>
        ))}
      </fieldset>
      <fieldset class="field group">
        <legend>
          <T id="Satu nilai" en="One value" />
        </legend>
        <Line
          {...line('/value')}
          id="Nilai"
          en="Value"
          hint={{ id: 'Angka tanpa titik, atau teks', en: 'Digits without dots, or text' }}
          optional
        >
          {shared => (
            <input {...shared} type="text" class="w-wide" value={typed(posted, '/value') ?? ''} />
          )}
        </Line>
      </fieldset>
      <Line {...line('/from')} id="Berlaku dari" en="Holds from">
        {shared => (
          <input
            {...shared}
            type="date"
            class="w-date"
            required
            value={typed(posted, '/from') ?? ''}
          />
        )}
      </Line>
      <Line {...line('/to')} id="Sampai dan termasuk" en="To and including" optional>
        {shared => (
          <input {...shared} type="date" class="w-date" value={typed(posted, '/to') ?? ''} />
        )}
      </Line>
      <Line
        {...line('/instrument')}
        id="Dasar hukum (kode dalam daftar)"
        en="Legal instrument (its code in the register)"
      >
        {shared => (
          <input
            {...shared}
            type="text"
            class="w-wide"
            required
            spellcheck={false}
            value={typed(posted, '/instrument') ?? ''}
          />
        )}
      </Line>
      <Line {...line('/pin')} id="Pasal atau lampiran" en="Article or annex" optional>
        {shared => (
          <input {...shared} type="text" class="w-wide" value={typed(posted, '/pin') ?? ''} />
        )}
      </Line>
      <Line {...line('/reason-id')} id="Alasan (Indonesia)" en="Reason (Indonesian)">
        {shared => (
          <textarea {...shared} rows={2} required value={typed(posted, '/reason-id') ?? ''} />
        )}
      </Line>
      <Line {...line('/reason-en')} id="Alasan (Inggris)" en="Reason (English)">
        {shared => (
          <textarea
            {...shared}
            rows={2}
            required
            lang="en"
            value={typed(posted, '/reason-en') ?? ''}
          />
        )}
      </Line>
      <div class="actions">
        <button class="button" type="submit">
          <T id="Nyatakan dan terbitkan" en="State and publish" />
        </button>
      </div>
    </form>
  )
}

const KINDS = [
  { kind: 'row', id: 'Satu baris tabel', en: 'One row of a table' },
  { kind: 'value', id: 'Satu nilai', en: 'One value' }
]
/** The names that a tariff's outcome has; other tables have other names. */
const OUTCOME = ['amount', 'unit', 'code']

function parts(): readonly number[] {
  return Array.from({ length: MOST_PARTS }, (_, index) => index)
}

interface LineProps {
  readonly path: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
  readonly id: string
  readonly en: string
  readonly hint?: { readonly id: string; readonly en: string }
  readonly optional?: boolean
  readonly children: (shared: Shared) => preact.ComponentChildren
}
interface Shared {
  readonly id: string
  readonly name: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

function Line({ path, problems, id, en, hint, optional = false, children }: LineProps) {
  const found = problems.filter(problem => problem.path === path)
  const control = controlId(path)
  const described = [
    ...(hint ? [`${control}-hint`] : []),
    ...(found.length > 0 ? [`${control}-error`] : [])
  ]
  return (
    <div class={`field${found.length > 0 ? ' invalid' : ''}`}>
      <label for={control}>
        <T id={id} en={en} />
        {optional && (
          <span class="optional">
            {' '}
            (<T id="opsional" en="optional" />)
          </span>
        )}
      </label>
      {hint && (
        <p class="hint" id={`${control}-hint`}>
          <T {...hint} />
        </p>
      )}
      {found.length > 0 && (
        <p class="error" id={`${control}-error`}>
          {found.map((problem, index) => (
            <span key={index} class="error-line">
              <T {...problemText(problem)} />
            </span>
          ))}
        </p>
      )}
      {children({
        id: control,
        name: path,
        ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
        ...(found.length > 0 ? { 'aria-invalid': true } : {})
      })}
    </div>
  )
}

function Small({ path, problems, id, en, children }: LineProps) {
  const invalid = problems.some(problem => problem.path === path)
  const control = controlId(path)
  return (
    <div>
      <label for={control}>
        <T id={id} en={en} />
      </label>
      {children({ id: control, name: path, ...(invalid ? { 'aria-invalid': true } : {}) })}
    </div>
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
