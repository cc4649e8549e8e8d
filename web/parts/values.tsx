import { Fragment } from 'preact'
import type { Text } from '../../engine/messages.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { dateText, isDay, rupiah, thousands, When } from './dates.tsx'
import type { Field } from './form-schema.ts'
import { CAPITAL } from './frame.ts'
import { Name } from './name.tsx'
import { T } from './text.tsx'

/** A value as a form would show it: with the words of its options, dates and amounts in full. */
export function FieldValue({
  field,
  value,
  zone
}: {
  readonly field: Field
  readonly value: Value | undefined
  readonly zone?: string | undefined
}) {
  if (value === undefined || value === null || value === '') return <span class="none">–</span>
  if ((field.kind === 'group' || field.kind === 'mrz') && field.fields.length > 0) {
    return (
      <dl class="facts">
        {field.fields.map(each => (
          <div key={each.key}>
            <dt>
              <T {...each.label} />
            </dt>
            <dd>
              <FieldValue field={each} value={own(value, each.key)} zone={zone} />
            </dd>
          </div>
        ))}
      </dl>
    )
  }
  if (field.kind === 'choice') {
    const option = field.options.find(each => each.value === value)
    return option === undefined ? <bdi>{plain(value)}</bdi> : <T {...option.label} />
  }
  if (field.kind === 'money' && typeof value === 'number') return <>{rupiah(value)}</>
  if (field.kind === 'choices' && Array.isArray(value) && value.length > 0) {
    return (
      <ul class="values">
        {value.map((each, index) => (
          <li key={index}>
            <FieldValue field={{ ...field, kind: 'choice' }} value={each} zone={zone} />
          </li>
        ))}
      </ul>
    )
  }
  if (field.kind === 'date' && typeof value === 'string') return <>{dateText(value)}</>
  return <ValueText value={value} zone={zone} />
}

/** Any value that JSON can hold, in words; moments by the clock of the zone, else of the capital. */
export function ValueText({
  value,
  zone = CAPITAL,
  choices = {}
}: {
  readonly value: Value | undefined
  readonly zone?: string | undefined
  /** The words of the forms for the values that it may have. */
  readonly choices?: { readonly [value: string]: Text }
}) {
  const words =
    typeof value !== 'object' && Object.hasOwn(choices, String(value))
      ? choices[String(value)]
      : undefined
  if (words !== undefined) return <T {...words} />
  if (value === undefined || value === null || value === '') return <span class="none">–</span>
  if (typeof value === 'boolean') return value ? <T id="ya" en="yes" /> : <T id="tidak" en="no" />
  if (typeof value === 'number')
    return <>{Number.isInteger(value) ? thousands(value) : String(value)}</>
  if (typeof value === 'string')
    return INSTANT.test(value) ? <When at={value} zone={zone} /> : <bdi>{worded(value)}</bdi>
  if (Array.isArray(value)) {
    if (value.length === 0) return <span class="none">–</span>
    if (value.every(each => typeof each !== 'object')) {
      return (
        <>
          {value.map((each, index) => (
            <Fragment key={index}>
              {index > 0 && ', '}
              <ValueText value={each} zone={zone} choices={choices} />
            </Fragment>
          ))}
        </>
      )
    }
    return (
      <ul class="values">
        {value.map((each, index) => (
          <li key={index}>
            <ValueText value={each} zone={zone} />
          </li>
        ))}
      </ul>
    )
  }
  const entries = Object.entries(value as Variables)
  if (isText(value as Variables))
    return <T id={String(own(value, 'id'))} en={String(own(value, 'en'))} />
  return (
    <dl class="facts facts-plain">
      {entries.map(([name, each]) => (
        <div key={name}>
          <dt>
            <Name name={name} />
          </dt>
          <dd>
            <ValueText value={each} zone={zone} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:[\d.]+)?(Z|[+-]\d{2}:\d{2})$/

function worded(text: string): string {
  return isDay(text) ? dateText(text) : text
}

function isText(value: Variables): boolean {
  return (
    Object.keys(value).length === 2 && typeof value.id === 'string' && typeof value.en === 'string'
  )
}

/** A single value as a control holds it. */
export function plain(value: Value | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}

/** The value under a name, when it is an object that has it. */
export function own(value: Value | undefined, key: string): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, key) ? (value as Variables)[key] : undefined
}
