import type { Problem } from '../../engine/errors.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { controlId, type Field } from './form-schema.ts'
import type { Posted } from './form-values.ts'
import { problemText } from './problems.tsx'
import { T } from './text.tsx'

/** What the controls of a form are filled with. */
export interface Filling {
  readonly values: Variables
  /** What was typed when the form came back; it wins over the values. */
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
  /** The person at the screen fills in their own data, which the browser may help with. */
  readonly own?: boolean
  /** By whose clock moments are shown; without it, by the capital's. */
  readonly zone?: string
}

/** Options up to this number stand open; more go into a list. */
export const MOST_RADIOS = 7

/** What one control is drawn from. */
export interface ControlProps<Kind extends Field = Field> {
  readonly field: Kind
  readonly value: Value | undefined
  readonly filling: Filling
}

/** The name of a property, and whether it may be left out. */
export function Label({ field }: { readonly field: Field }) {
  const optional =
    !field.required && !field.conditional && field.kind !== 'checklist' && field.kind !== 'mrz'
  return (
    <>
      <T {...field.label} />
      {optional && <Optional />}
    </>
  )
}

/** Says that something may be left out. */
export function Optional() {
  return (
    <span class="optional">
      {' '}
      (<T id="opsional" en="optional" />)
    </span>
  )
}

/** The hint and the problems of a property. */
export function Notes({
  field,
  problems
}: {
  readonly field: Field
  readonly problems: readonly Problem[]
}) {
  return (
    <>
      {field.hint !== null && (
        <p class="hint" id={hintId(field)}>
          <T {...field.hint} />
        </p>
      )}
      {field.kind === 'lines' && (
        <p class="hint" id={hintId(field)}>
          <T id="Satu per baris" en="One per line" />
        </p>
      )}
      {problems.length > 0 && (
        <p class="error" id={errorId(field)}>
          {problems.map((problem, index) => (
            <span key={index} class="error-line">
              <span class="visually-hidden">
                <T id="Galat:" en="Error:" />{' '}
              </span>
              <T {...problemText(problem)} />
            </span>
          ))}
        </p>
      )}
    </>
  )
}

/** Ties a control to its hint and its problems. */
export function described(field: Field, problems: readonly Problem[]) {
  const ids = [
    ...(field.hint !== null || field.kind === 'lines' ? [hintId(field)] : []),
    ...(problems.length > 0 ? [errorId(field)] : [])
  ]
  const grouped = field.kind === 'group' || field.kind === 'mrz' || field.kind === 'rows'
  const invalid = problems.length > 0 && !grouped && !isSet(field)
  return {
    ...(ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {}),
    ...(invalid ? { 'aria-invalid': true } : {})
  }
}

/** Drawn as a set of options, whose element may not carry `aria-invalid`. */
function isSet(field: Field): boolean {
  if (field.kind === 'checklist' || field.kind === 'choices') return true
  return field.kind === 'choice' && field.options.length <= MOST_RADIOS
}

function hintId(field: Field): string {
  return `${controlId(field.pointer)}-hint`
}

function errorId(field: Field): string {
  return `${controlId(field.pointer)}-error`
}

/** The problems of one property. */
export function problemsAt(filling: Filling, pointer: string): readonly Problem[] {
  return filling.problems.filter(({ path }) => path === pointer)
}
