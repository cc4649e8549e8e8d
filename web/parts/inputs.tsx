import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import type { Problem } from '../../engine/errors.ts'
import type { Value } from '../../engine/state.ts'
import { type ControlProps, described, type Filling, Label, Notes, problemsAt } from './control.tsx'
import { thousands } from './dates.tsx'
import { type ChoiceField, controlId, type Field, type InputField } from './form-schema.ts'
import { typed } from './form-values.ts'
import { T } from './text.tsx'
import { plain } from './values.tsx'

/** A yes that is ticked. */
export function Tick({ field, value, filling }: ControlProps<InputField>) {
  const found = problemsAt(filling, field.pointer)
  const id = controlId(field.pointer)
  const text = typed(filling.posted, field.pointer) ?? String(value === true)
  return (
    <div class={`field${found.length > 0 ? ' invalid' : ''}`}>
      <Notes field={field} problems={found} />
      <div class="choice">
        <input
          type="checkbox"
          id={id}
          name={field.pointer}
          value="true"
          checked={text === 'true'}
          {...described(field, found)}
        />
        <label for={id}>
          <T {...field.label} />
        </label>
      </div>
    </div>
  )
}

/** A choice from a long list. */
export function Select({ field, value, filling }: ControlProps<ChoiceField>) {
  const found = problemsAt(filling, field.pointer)
  const text = typed(filling.posted, field.pointer) ?? plain(value)
  return (
    <Labelled field={field} problems={found}>
      <select
        id={controlId(field.pointer)}
        name={field.pointer}
        required={field.required}
        {...described(field, found)}
      >
        <option value="" selected={text === ''}>
          – Pilih · Choose –
        </option>
        {field.options.map(option => (
          <option
            key={String(option.value)}
            value={String(option.value)}
            selected={text === String(option.value)}
          >
            {option.label.en === '' ? option.label.id : `${option.label.id} · ${option.label.en}`}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** One text, date, number or amount. */
export function Input({ field, value, filling }: ControlProps<InputField>) {
  const found = problemsAt(filling, field.pointer)
  const text = typed(filling.posted, field.pointer) ?? inputText(field, value)
  const shared = {
    id: controlId(field.pointer),
    name: field.pointer,
    required: field.required,
    ...described(field, found),
    ...autocomplete(field, filling)
  }
  return (
    <Labelled field={field} problems={found}>
      {field.kind === 'textarea' || field.kind === 'lines' ? (
        <textarea {...shared} rows={4} {...limit(field)} value={text} />
      ) : field.kind === 'money' ? (
        <span class="money">
          <span aria-hidden="true">Rp</span>
          <input {...shared} type="text" inputMode="numeric" class="w-money" value={text} />
        </span>
      ) : (
        <input {...shared} {...inputType(field)} {...limit(field)} value={text} />
      )}
    </Labelled>
  )
}

function inputType(field: InputField): InputHTMLAttributes<HTMLInputElement> {
  if (field.kind === 'date') return { type: 'date', class: 'w-date' }
  if (field.kind === 'email') return { type: 'email', class: 'w-wide' }
  if (field.kind === 'number') return { type: 'text', inputMode: 'numeric', class: 'w-short' }
  return /\/line[12]$/.test(field.pointer)
    ? { type: 'text', class: 'w-mrz', spellcheck: false, autoCapitalize: 'characters' }
    : { type: 'text', class: 'w-wide' }
}

function limit(field: InputField) {
  return field.maxLength === null ? {} : { maxLength: field.maxLength }
}

/** Where an officer is at the screen the browser must not fill in the officer for the applicant. */
function autocomplete(field: InputField, { own = false }: Filling) {
  const purpose = own ? PURPOSES[field.pointer] : undefined
  if (purpose !== undefined) return { autoComplete: purpose }
  return field.kind === 'date' || field.kind === 'lines' ? {} : { autoComplete: 'off' }
}

const PURPOSES: Readonly<Record<string, string>> = {
  '/applicant/name': 'name',
  '/applicant/birthDate': 'bday',
  '/applicant/email': 'email',
  '/applicant/phone': 'tel',
  '/applicant/address': 'street-address'
}

function Labelled(props: {
  readonly field: Field
  readonly problems: readonly Problem[]
  readonly children: ComponentChildren
}) {
  const { field, problems, children } = props
  return (
    <div class={`field${problems.length > 0 ? ' invalid' : ''}`}>
      <label for={controlId(field.pointer)}>
        <Label field={field} />
      </label>
      <Notes field={field} problems={problems} />
      {children}
    </div>
  )
}

function inputText(field: InputField, value: Value | undefined): string {
  if (field.kind === 'money' && typeof value === 'number') return thousands(value)
  if (field.kind === 'lines' && Array.isArray(value)) return value.map(plain).join('\n')
  return plain(value)
}
