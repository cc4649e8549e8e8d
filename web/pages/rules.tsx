import type { OfficeView, RuleView } from '../../api/schemas.ts'
import { dateText } from '../parts/dates.tsx'
import { CONFIDENCE, LEVELS, TRAIL } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { both, T } from '../parts/text.tsx'
import { ValueText } from '../parts/values.tsx'

/** What holds at an office on a date, and which level said so. */
export function RulesPage(props: {
  readonly frame: Frame
  readonly rules: readonly RuleView[]
  readonly offices: readonly OfficeView[]
  readonly office: string
  readonly date: string
}) {
  const { frame, rules, offices, office, date } = props
  const name = offices.find(({ id }) => id === office)?.name ?? office
  return (
    <Document frame={frame} title={{ id: 'Aturan yang berlaku', en: 'Rules in force' }}>
      <p class="caption">{name}</p>
      <h1>
        <T id="Aturan yang berlaku" en="Rules in force" />
      </h1>
      <form class="filters" method="get" action="/rules">
        <div>
          <label for="rules-office">
            <T id="Satuan kerja" en="Unit" />
          </label>
          <select id="rules-office" name="office">
            {offices.map(each => (
              <option key={each.id} value={each.id} selected={each.id === office}>
                {each.name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="rules-date">
            <T id="Per tanggal" en="As of" />
          </label>
          <input id="rules-date" type="date" name="date" value={date} class="w-date" />
        </div>
        <button class="button button-second" type="submit">
          <T id="Tampilkan" en="Show" />
        </button>
      </form>
      <table class="table cards">
        <caption>
          <T
            id={`${rules.length} aturan per ${dateText(date)}, dengan tingkat yang menetapkannya`}
            en={`${rules.length} rules, with the level that states each`}
          />
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <T id="Aturan" en="Rule" />
            </th>
            <th scope="col">
              <T id="Isi" en="Value" />
            </th>
            <th scope="col">
              <T id="Dari" en="Stated by" />
            </th>
            <th scope="col">
              <T id="Dasar" en="Basis" />
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map(rule => (
            <Rule key={rule.key} rule={rule} />
          ))}
        </tbody>
      </table>
    </Document>
  )
}

function Rule({ rule }: { readonly rule: RuleView }) {
  const rows =
    Array.isArray(rule.value) && rule.value.some(each => typeof each === 'object')
      ? rule.value
      : null
  return (
    <tr>
      <th scope="row">
        <T {...rule.label} />
        <span class="sub">
          <code>{rule.key}</code>
        </span>
      </th>
      <td data-label={both('Isi', 'Value')}>
        {rows === null ? (
          <ValueText value={rule.value} />
        ) : (
          <details>
            <summary>
              <T id={`Tabel dengan ${rows.length} baris`} en={`Table with ${rows.length} rows`} />
              <span class="visually-hidden">: {rule.label.id}</span>
            </summary>
            <ValueText value={rule.value} />
          </details>
        )}
      </td>
      <td data-label={both('Dari', 'Stated by')}>
        <T {...LEVELS[rule.level]} />
        {rule.trail.length > 1 && (
          <details>
            <summary>
              <T id="Setiap tingkat" en="Every level" />
              <span class="visually-hidden">: {rule.label.id}</span>
            </summary>
            <ul class="values">
              {rule.trail.map((step, index) => (
                <li key={index}>
                  <T {...LEVELS[step.level]} />: <T {...TRAIL[step.status]} />
                  {step.value !== null && rows === null && (
                    <>
                      , <ValueText value={step.value} />
                    </>
                  )}
                  {step.why !== '' && ` – ${step.why}`}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td data-label={both('Dasar', 'Basis')}>
        {rule.cites.join('; ') || '–'}
        {rule.confidence !== null && (
          <span class="sub">
            <T id="keyakinan" en="confidence" />: <T {...CONFIDENCE[rule.confidence]} />
          </span>
        )}
      </td>
    </tr>
  )
}
