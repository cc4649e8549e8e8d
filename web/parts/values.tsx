import type { Value, Variables } from '../../engine/state.ts'
import { dateText, rupiah, thousands } from './dates.tsx'
import type { Field } from './form-schema.ts'
import { Name } from './name.tsx'
import { T } from './text.tsx'

/** A value as a form would show it: with the words of its options, dates and amounts in full. */
export function FieldValue({
  field,
  value
}: {
  readonly field: Field
  readonly value: Value | undefined
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
              <FieldValue field={each} value={own(value, each.key)} />
            </dd>
          </div>
        ))}
      </dl>
    )
  }
  if (field.kind === 'choice') {
    const option = field.options.find(each => each.value === value)
    return option === undefined ? plain(value) : <T {...option.label} />
  }
  if (field.kind === 'money' && typeof value === 'number') return <>{rupiah(value)}</>
  if (field.kind === 'date' && typeof value === 'string') return <>{dateText(value)}</>
  return <ValueText value={value} />
}

/** Any value that JSON can hold, in words. */
export function ValueText({ value }: { readonly value: Value | undefined }) {
  if (value === undefined || value === null || value === '') return <span class="none">–</span>
  if (typeof value === 'boolean') return value ? <T id="ya" en="yes" /> : <T id="tidak" en="no" />
  if (typeof value === 'number')
    return <>{Number.isInteger(value) ? thousands(value) : String(value)}</>
  if (typeof value === 'string')
    return <>{/^\d{4}-\d{2}-\d{2}$/.test(value) ? dateText(value) : value}</>
  if (Array.isArray(value)) {
    if (value.length === 0) return <span class="none">–</span>
    if (value.every(each => typeof each !== 'object')) return <>{value.map(plain).join(', ')}</>
    return (
      <ul class="values">
        {value.map((each, index) => (
          <li key={index}>
            <ValueText value={each} />
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
            <ValueText value={each} />
          </dd>
        </div>
      ))}
    </dl>
  )
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
