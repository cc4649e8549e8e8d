import type { OfficeView } from '../../../api/schemas.ts'
import type { Text } from '../../../engine/messages.ts'
import { both, T } from '../text.tsx'
import { Said } from './said.tsx'

const PLACES: readonly (Text & { readonly path: string })[] = [
  { path: '/rules', id: 'Yang berlaku', en: 'In force' },
  { path: '/changes', id: 'Perubahan', en: 'Changes' },
  { path: '/rules/try', id: 'Uji coba', en: 'Test run' },
  { path: '/rules/reviews', id: 'Perlu ditinjau', en: 'To review' },
  { path: '/rules/staffing', id: 'Pemegang tugas', en: 'Staffing' },
  { path: '/register', id: 'Register penyimpangan', en: 'Register' }
]

/** The parts of local law, and which one this is. */
export function LawSections({ here }: { readonly here: string }) {
  return (
    <nav aria-label={both('Bagian aturan', 'Parts of the rules')} class="no-print">
      <ul class="queues">
        {PLACES.map(({ path, id, en }) => (
          <li key={path}>
            <a href={path} {...(path === here ? { 'aria-current': 'page' } : {})}>
              <T id={id} en={en} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A unit to choose, the national one first and regions before their offices, as the list comes. */
export function OfficeSelect(props: {
  readonly id: string
  readonly offices: readonly Pick<OfficeView, 'id' | 'name'>[]
  readonly office: string
  /** The words of an option that means every unit. */
  readonly any?: Text
}) {
  return (
    <div>
      <label for={props.id}>
        <T id="Satuan kerja" en="Unit" />
      </label>
      <select id={props.id} name="office">
        {props.any !== undefined && (
          <option value="" selected={props.office === ''}>
            {both(props.any.id, props.any.en)}
          </option>
        )}
        {props.offices.map(({ id, name }) => (
          <option key={id} value={id} selected={id === props.office}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A date to choose beside a unit. */
export function DateInput(props: {
  readonly id: string
  readonly name: string
  readonly label: Text
  readonly value: string
}) {
  return (
    <div>
      <label for={props.id}>
        <Said {...props.label} />
      </label>
      <input id={props.id} type="date" name={props.name} value={props.value} class="w-date" />
    </div>
  )
}

/** Sends a form of filters. */
export function ShowButton() {
  return (
    <button class="button button-second" type="submit">
      <T id="Tampilkan" en="Show" />
    </button>
  )
}

/** An address with a query, without its empty parts. */
export function linkTo(path: string, query: Readonly<Record<string, string>>): string {
  const filled = Object.entries(query).filter(([, value]) => value !== '')
  return filled.length === 0 ? path : `${path}?${new URLSearchParams(filled)}`
}
