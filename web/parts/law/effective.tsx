import type { EffectiveView } from '../../../api/law.ts'
import type { OfficeView } from '../../../api/schemas.ts'
import { LEVELS, TRAIL } from '../decisions.tsx'
import { Icon } from '../icon.tsx'
import { both, T } from '../text.tsx'
import { Grade, Origin, SuspendedMark, whyText } from './origin.tsx'
import { Said } from './said.tsx'
import { linkTo } from './sections.tsx'
import { Head } from './table-head.tsx'
import { LawValue } from './value.tsx'

interface EffectiveRowsProps {
  readonly rules: readonly EffectiveView[]
  readonly offices: readonly OfficeView[]
  readonly office: string
  readonly date: string
  readonly edits: string | null
}

/** Keys of one service with what holds, who said so, and what rests on it. */
export function EffectiveRows(props: EffectiveRowsProps) {
  return (
    <table class="table cards law-table">
      <caption class="visually-hidden">
        <T id="Aturan dan isinya" en="Rules and what they say" />
      </caption>
      <thead>
        <tr>
          <Head id="Aturan" en="Rule" />
          <Head id="Isi" en="Value" />
          <Head id="Dari" en="Stated by" />
          <Head id="Dasar" en="Basis" />
        </tr>
      </thead>
      <tbody>
        {props.rules.map(rule => (
          <Row key={rule.key} rule={rule} {...props} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ rule, ...props }: EffectiveRowsProps & { readonly rule: EffectiveView }) {
  const suspended = rule.trail.filter(({ status }) => status === 'suspended')
  const unit = props.offices.find(({ id }) => id === rule.scope)?.name
  return (
    <tr>
      <th scope="row">
        <Said {...rule.label} />
        <Links rule={rule} {...props} />
      </th>
      <td data-label={both('Isi', 'Value')}>
        <Held rule={rule} office={props.office} date={props.date} />
        {suspended.map((step, index) => (
          <SuspendedMark key={index} why={step.why} />
        ))}
        {rule.remarks.length > 0 && (
          <ul class="remarks">
            {rule.remarks.map(remark => (
              <li key={remark.id}>
                <Said {...remark} />
              </li>
            ))}
          </ul>
        )}
      </td>
      <td data-label={both('Dari', 'Stated by')}>
        {rule.level === null ? (
          <span class="none">–</span>
        ) : (
          <Origin level={rule.level} {...(unit === undefined ? {} : { unit })} />
        )}
        <Levels rule={rule} />
      </td>
      <td data-label={both('Dasar', 'Basis')}>
        <bdi>{rule.cites.join('; ') || '–'}</bdi>
        <Grade confidence={rule.confidence} sample={rule.sample} />
      </td>
    </tr>
  )
}

function Held({
  rule,
  office,
  date
}: {
  readonly rule: EffectiveView
  readonly office: string
  readonly date: string
}) {
  if (rule.kind === 'table') {
    const rows = Array.isArray(rule.value) ? rule.value.length : 0
    return (
      <a href={linkTo(`/rules/${rule.key}`, { office, date })}>
        <T id={`Tabel dengan ${rows} baris`} en={`Table with ${rows} rows`} />
        <span class="visually-hidden">: {rule.label.id}</span>
      </a>
    )
  }
  if (rule.missing !== null) {
    return (
      <span class="law-missing">
        <Icon name="warning" />
        <T id="Belum ada nilai yang berlaku" en="Nothing holds yet" />
      </span>
    )
  }
  return (
    <strong>
      <LawValue value={rule.value} unit={rule.unit} />
    </strong>
  )
}

function Links({
  rule,
  office,
  date,
  edits
}: Pick<EffectiveRowsProps, 'office' | 'date' | 'edits'> & { readonly rule: EffectiveView }) {
  const mayEdit = edits === office && (rule.overridable || rule.level === null)
  return (
    <span class="sub law-links">
      <a href={linkTo(`/rules/${rule.key}/timeline`, { office })}>
        <T id="Garis waktu" en="Timeline" />
        <span class="visually-hidden">: {rule.label.id}</span>
      </a>
      {rule.kind === 'table' && (
        <a href={linkTo('/rules/try', { rule: rule.key, office, date })}>
          <T id="Uji coba" en="Try" />
          <span class="visually-hidden">: {rule.label.id}</span>
        </a>
      )}
      {mayEdit && (
        <a href={linkTo('/changes/new', { key: rule.key })}>
          <T id="Ubah" en="Change" />
          <span class="visually-hidden">: {rule.label.id}</span>
        </a>
      )}
    </span>
  )
}

/** What every level says, behind a click, where more than one does. */
function Levels({ rule }: { readonly rule: EffectiveView }) {
  const said = rule.trail.filter(({ status }) => status !== 'none')
  if (said.length < 2) return null
  return (
    <details>
      <summary>
        <T id="Setiap tingkat" en="Every level" />
        <span class="visually-hidden">: {rule.label.id}</span>
      </summary>
      <ul class="values">
        {said.map((step, index) => (
          <li key={index}>
            <Said {...LEVELS[step.level]} />:{' '}
            {rule.kind === 'value' && step.value !== null && (
              <>
                <LawValue value={step.value} unit={rule.unit} /> –{' '}
              </>
            )}
            <Said {...TRAIL[step.status]} />
            {step.status !== 'applied' && step.why !== '' && (
              <>
                {' '}
                (<Said {...whyText(step.why)} />)
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
