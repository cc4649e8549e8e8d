import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import type { Problem } from '../../engine/errors.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { dateText, rupiah, thousands } from './dates.tsx'
import {
  type ChecklistField,
  type ChoiceField,
  controlId,
  type Field,
  type GroupField,
  type InputField
} from './form-schema.ts'
import { all, type Posted, rowCount, typed } from './form-values.ts'
import { Name } from './name.tsx'
import { placed, problemText } from './problems.tsx'
import { T } from './text.tsx'

/** What the controls of a form are filled with. */
export interface Filling {
  readonly values: Variables
  /** What was typed when the form came back; it wins over the values. */
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
  /** The person at the screen fills in their own data, which the browser may help with. */
  readonly own?: boolean
}

/** Options up to this number stand open; more go into a list. */
const MOST_RADIOS = 7

/** The controls of a form, drawn from its JSON Schema. */
export function Fields(props: { readonly form: GroupField; readonly filling: Filling }) {
  const { form } = props
  const filling = { ...props.filling, problems: placed(form, props.filling.problems) }
  return (
    <>
      {form.fields.map(field => (
        <Control
          key={field.pointer}
          field={field}
          value={own(filling.values, field.key)}
          filling={filling}
        />
      ))}
    </>
  )
}

interface ControlProps<Kind extends Field = Field> {
  readonly field: Kind
  readonly value: Value | undefined
  readonly filling: Filling
}

function Control({ field, value: given, filling }: ControlProps) {
  const value = given === undefined ? field.initial : given
  if (field.readOnly) return <Shown field={field} value={value} />
  switch (field.kind) {
    case 'group':
    case 'mrz':
      return <Group field={field} value={value} filling={filling} />
    case 'rows':
      return <Rows field={field} value={value} filling={filling} />
    case 'checklist':
      return <Checklist field={field} value={value} filling={filling} />
    case 'choices':
      return <Choices field={field} value={value} filling={filling} />
    case 'choice':
      return field.options.length > MOST_RADIOS ? (
        <Select field={field} value={value} filling={filling} />
      ) : (
        <Radios field={field} value={value} filling={filling} />
      )
    default:
      return field.kind === 'boolean' ? (
        <Tick field={field} value={value} filling={filling} />
      ) : (
        <Input field={field} value={value} filling={filling} />
      )
  }
}

// Several controls ////////////////////////////////////////////////////////////

function Group({ field, value, filling }: ControlProps<GroupField>) {
  return (
    <Fieldset field={field} filling={filling} group>
      {field.fields.map(each => (
        <Control
          key={each.pointer}
          field={field.kind === 'mrz' ? { ...each, hint: each.hint ?? MRZ_HINT } : each}
          value={own(value, each.key)}
          filling={filling}
        />
      ))}
    </Fieldset>
  )
}

const MRZ_HINT = {
  id: '44 huruf, angka dan tanda <, seperti tercetak',
  en: '44 letters, digits and <, as printed'
}

function Rows({ field, value, filling }: ControlProps<Extract<Field, { kind: 'rows' }>>) {
  const count = rowCount(field.pointer, filling.posted, value)
  return (
    <Fieldset field={field} filling={filling} group>
      {Array.from({ length: count }, (_, index) => (
        <Control
          key={index}
          field={field.row(index)}
          value={Array.isArray(value) ? value[index] : undefined}
          filling={filling}
        />
      ))}
    </Fieldset>
  )
}

function Checklist({ field, value, filling }: ControlProps<ChecklistField>) {
  const { posted } = filling
  const ticked = (code: string) =>
    posted === null ? own(value, code) === true : all(posted, field.pointer).includes(code)
  return (
    <Fieldset field={field} filling={filling}>
      {field.items.length === 0 && (
        <p class="empty-inline">
          <T id="Tidak ada dokumen yang diminta." en="No documents are asked for." />
        </p>
      )}
      {field.items.map((item, index) => (
        <Choice
          key={item.code}
          type="checkbox"
          id={index === 0 ? controlId(field.pointer) : `${controlId(field.pointer)}/${item.code}`}
          name={field.pointer}
          value={item.code}
          checked={ticked(item.code)}
        >
          <T {...item.label} />
          {!item.required && <Optional />}
        </Choice>
      ))}
    </Fieldset>
  )
}

function Choices({ field, value, filling }: ControlProps<ChoiceField>) {
  const { posted } = filling
  const given = Array.isArray(value) ? value.map(String) : []
  const chosen = posted === null ? given : all(posted, field.pointer)
  return <Options field={field} filling={filling} type="checkbox" chosen={chosen} />
}

function Radios({ field, value, filling }: ControlProps<ChoiceField>) {
  const chosen = typed(filling.posted, field.pointer) ?? plain(value)
  return <Options field={field} filling={filling} type="radio" chosen={[chosen]} />
}

interface OptionsProps {
  readonly field: ChoiceField
  readonly filling: Filling
  readonly type: 'radio' | 'checkbox'
  readonly chosen: readonly string[]
}

function Options({ field, filling, type, chosen }: OptionsProps) {
  const options = field.options.map(({ value, label }) => ({ text: String(value), label }))
  if (type === 'radio' && !field.required) {
    options.push({ text: '', label: { id: 'Tidak diisi', en: 'Not stated' } })
  }
  return (
    <Fieldset field={field} filling={filling}>
      {options.map(({ text, label }, index) => (
        <Choice
          key={text}
          type={type}
          id={index === 0 ? controlId(field.pointer) : `${controlId(field.pointer)}/${text}`}
          name={field.pointer}
          value={text}
          checked={chosen.includes(text)}
        >
          <T {...label} />
        </Choice>
      ))}
    </Fieldset>
  )
}

interface ChoiceProps {
  readonly type: 'radio' | 'checkbox'
  readonly id: string
  readonly name: string
  readonly value: string
  readonly checked: boolean
  readonly children: ComponentChildren
}

function Choice({ type, id, name, value, checked, children }: ChoiceProps) {
  return (
    <div class="choice">
      <input type={type} id={id} name={name} value={value} checked={checked} />
      <label for={id}>{children}</label>
    </div>
  )
}

function Fieldset(props: {
  readonly field: Field
  readonly filling: Filling
  readonly group?: boolean
  readonly children: ComponentChildren
}) {
  const { field, filling, group = false, children } = props
  const found = problemsAt(filling, field.pointer)
  return (
    <fieldset
      class={`field ${group ? 'group' : 'options'}${found.length > 0 ? ' invalid' : ''}`}
      {...described(field, found)}
      {...(group ? { id: controlId(field.pointer), tabIndex: -1 } : {})}
    >
      <legend>
        <Label field={field} />
      </legend>
      <Notes field={field} problems={found} />
      {children}
    </fieldset>
  )
}

// One control /////////////////////////////////////////////////////////////////

function Tick({ field, value, filling }: ControlProps<InputField>) {
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

function Select({ field, value, filling }: ControlProps<ChoiceField>) {
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

function Input({ field, value, filling }: ControlProps<InputField>) {
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

/** A property that is shown and not asked for. */
function Shown({ field, value }: { readonly field: Field; readonly value: Value | undefined }) {
  return (
    <div class="field shown">
      <p class="shown-label">
        <T {...field.label} />
      </p>
      <div class="shown-value">
        <FieldValue field={field} value={value} />
      </div>
    </div>
  )
}

// Parts of a control //////////////////////////////////////////////////////////

function Label({ field }: { readonly field: Field }) {
  const optional = !field.required && field.kind !== 'checklist' && field.kind !== 'mrz'
  return (
    <>
      <T {...field.label} />
      {optional && <Optional />}
    </>
  )
}

function Optional() {
  return (
    <span class="optional">
      {' '}
      (<T id="opsional" en="optional" />)
    </span>
  )
}

function Notes({
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

function described(field: Field, problems: readonly Problem[]) {
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

function problemsAt(filling: Filling, pointer: string): readonly Problem[] {
  return filling.problems.filter(({ path }) => path === pointer)
}

// Values in words /////////////////////////////////////////////////////////////

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

function inputText(field: InputField, value: Value | undefined): string {
  if (field.kind === 'money' && typeof value === 'number') return thousands(value)
  if (field.kind === 'lines' && Array.isArray(value)) return value.map(plain).join('\n')
  return plain(value)
}

function plain(value: Value | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}

function own(value: Value | undefined, key: string): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, key) ? (value as Variables)[key] : undefined
}
