import type { Value, Variables } from '../../engine/state.ts'
import { rupiah } from './dates.tsx'
import { type Choices, type Labels, Name } from './name.tsx'
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
  choices,
  zone
}: {
  readonly variables: Variables
  readonly labels: Labels
  readonly choices: Choices
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
          <FactList
            value={variables[name] ?? null}
            path={name}
            labels={labels}
            choices={choices}
            zone={zone}
          />
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
            choices={choices}
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
  readonly choices: Choices
  readonly zone: string
}

function FactList({ value, path, labels, choices, zone }: Facts) {
  const within = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return (
      <p>
        <ValueText value={value} zone={zone} choices={choicesAt(choices, path)} />
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
            <FactValue
              name={name}
              value={each}
              path={within(name)}
              labels={labels}
              choices={choices}
              zone={zone}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FactValue({ name, ...facts }: Facts & { readonly name: string }) {
  const { value, path, choices, zone } = facts
  if (name === 'amount' && typeof value === 'number') return <>{rupiah(value)}</>
  if (typeof value === 'string' && (name === 'line1' || name === 'line2'))
    return <code>{value}</code>
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (
    <FactList {...facts} />
  ) : (
    <ValueText value={value} zone={zone} choices={choicesAt(choices, path)} />
  )
}

function choicesAt(choices: Choices, path: string): Choices[string] {
  return Object.hasOwn(choices, path) ? (choices[path] ?? {}) : {}
}

function isStated(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
