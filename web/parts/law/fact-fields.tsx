import type { InputHTMLAttributes } from 'preact'
import type { Problem } from '../../../engine/errors.ts'
import type { FactType } from '../../../engine/rules/definitions.ts'
import { type Posted, typed } from '../form-values.ts'
import { both, T } from '../text.tsx'
import { factPath, isGiven } from './facts.ts'
import { Labelled } from './labelled.tsx'
import { codeText, nameText } from './words.ts'

interface FactFieldsProps {
  readonly facts: Readonly<Record<string, FactType>>
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}

/** A control for every fact of a table; what the law itself gives may be left out. */
export function FactFields(props: FactFieldsProps) {
  const entries = Object.entries(props.facts)
  const asked = entries.filter(([, type]) => !isGiven(type))
  const given = entries.filter(([, type]) => isGiven(type))
  const open = given.some(([name]) => (typed(props.posted, factPath(name)) ?? '') !== '')
  return (
    <>
      {asked.map(([name, type]) => (
        <FactField key={name} name={name} type={type} {...props} />
      ))}
      {given.length > 0 && (
        <details open={open}>
          <summary>
            <T
              id="Fakta yang diketahui sistem; isi hanya untuk mencoba nilai lain"
              en="Facts that the system knows; fill in only to try another value"
            />
          </summary>
          {given.map(([name, type]) => (
            <FactField key={name} name={name} type={type} {...props} />
          ))}
        </details>
      )}
    </>
  )
}

function FactField({
  name,
  type,
  posted,
  problems
}: FactFieldsProps & { readonly name: string; readonly type: FactType }) {
  const path = factPath(name)
  const value = typed(posted, path) ?? ''
  const options =
    type.type === 'boolean'
      ? BOOLEAN
      : (type.choices ?? null)?.map(each => [each, words(each)] as const)
  return (
    <Labelled
      path={path}
      label={nameText(name, type.label)}
      optional={type.nullable === true || isGiven(type)}
      problems={problems}
    >
      {tied =>
        options === undefined ? (
          <input {...tied} {...INPUTS[kindOf(type)]} value={value} />
        ) : (
          <select {...tied}>
            <option value="">– Pilih · Choose –</option>
            {options.map(([option, label]) => (
              <option key={option} value={option} selected={option === value}>
                {label}
              </option>
            ))}
          </select>
        )
      }
    </Labelled>
  )
}

const BOOLEAN = [
  ['true', both('ya', 'yes')],
  ['false', both('tidak', 'no')]
] as const

const INPUTS: {
  readonly [Kind in 'date' | 'number' | 'text']: InputHTMLAttributes<HTMLInputElement>
} = {
  date: { type: 'date', class: 'w-date' },
  number: { type: 'text', inputMode: 'numeric', class: 'w-money' },
  text: { type: 'text', class: 'w-wide' }
}

function kindOf({ type }: FactType): 'date' | 'number' | 'text' {
  if (type === 'date') return 'date'
  return type === 'integer' || type === 'number' || type === 'money' ? 'number' : 'text'
}

function words(choice: string): string {
  const text = codeText(choice)
  return text === null ? choice : both(text.id, text.en)
}
