import type { ComponentChildren } from 'preact'
import type { Value } from '../../engine/state.ts'
import {
  type ControlProps,
  described,
  type Filling,
  Label,
  MOST_RADIOS,
  Notes,
  Optional,
  problemsAt
} from './control.tsx'
import {
  type ChecklistField,
  type ChoiceField,
  controlId,
  type Field,
  type GroupField
} from './form-schema.ts'
import { all, rowCount, typed } from './form-values.ts'
import { Input, Select, Tick } from './inputs.tsx'
import { placed } from './problems.tsx'
import { T } from './text.tsx'
import { FieldValue, own, plain } from './values.tsx'

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

function Control({ field, value: given, filling }: ControlProps) {
  const value = given === undefined ? field.initial : given
  if (field.readOnly) return <Shown field={field} value={value} zone={filling.zone} />
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

/** A property that is shown and not asked for. */
function Shown({
  field,
  value,
  zone
}: {
  readonly field: Field
  readonly value: Value | undefined
  readonly zone: string | undefined
}) {
  return (
    <div class="field shown">
      <p class="shown-label">
        <T {...field.label} />
      </p>
      <div class="shown-value">
        <FieldValue field={field} value={value} zone={zone} />
      </div>
    </div>
  )
}
