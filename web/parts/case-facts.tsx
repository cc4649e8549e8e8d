import type { Value, Variables } from '../../engine/state.ts'
import { rupiah, When } from './dates.tsx'
import { type Labels, Name } from './name.tsx'
import { T } from './text.tsx'
import { ValueText } from './values.tsx'

/** What the officer reads first; all else stands behind one click. */
const FIRST = [
  'applicant',
  'permit',
  'entry',
  'guarantor',
  'decision',
  'fee',
  'overstay',
  'billing',
  'payment',
  'registration'
]

/** The facts of a case, by the words of the data dictionary. */
export function CaseFacts({
  variables,
  labels,
  zone
}: {
  readonly variables: Variables
  readonly labels: Labels
  readonly zone: string
}) {
  const names = Object.keys(variables)
  const first = FIRST.filter(name => isStated(variables[name]))
  const rest = names.filter(name => !FIRST.includes(name) && isStated(variables[name]))
  if (names.length === 0) {
    return (
      <p class="empty-inline">
        <T
          id="Data pribadi tidak ditampilkan untuk peran ini."
          en="Personal data is not shown to this role."
        />
      </p>
    )
  }
  return (
    <>
      {first.map(name => (
        <section key={name}>
          <h3>
            <Name name={name} labels={labels} />
          </h3>
          <FactList value={variables[name] ?? null} path={name} labels={labels} zone={zone} />
        </section>
      ))}
      {rest.length > 0 && (
        <details>
          <summary>
            <T id="Semua data berkas" en="All data of the case" />
          </summary>
          <FactList
            value={Object.fromEntries(rest.map(name => [name, variables[name] ?? null]))}
            path=""
            labels={labels}
            zone={zone}
          />
        </details>
      )}
    </>
  )
}

interface Facts {
  readonly value: Value
  /** Where the value stands among the variables. */
  readonly path: string
  readonly labels: Labels
  readonly zone: string
}

function FactList({ value, path, labels, zone }: Facts) {
  const within = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return (
      <p>
        <ValueText value={value} />
      </p>
    )
  }
  return (
    <dl class="facts">
      {Object.entries(value).map(([name, each]) => (
        <div key={name}>
          <dt>
            <Name name={name} path={within(name)} labels={labels} />
          </dt>
          <dd>
            <FactValue name={name} value={each} path={within(name)} labels={labels} zone={zone} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FactValue({ name, ...facts }: Facts & { readonly name: string }) {
  const { value, zone } = facts
  if (name === 'amount' && typeof value === 'number') return <>{rupiah(value)}</>
  if (typeof value === 'string' && INSTANT.test(value)) return <When at={value} zone={zone} />
  if (typeof value === 'string' && (name === 'line1' || name === 'line2'))
    return <code>{value}</code>
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (
    <FactList {...facts} />
  ) : (
    <ValueText value={value} />
  )
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function isStated(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
