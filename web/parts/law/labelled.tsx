import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import type { Problem } from '../../../engine/errors.ts'
import type { Text } from '../../../engine/messages.ts'
import { Optional } from '../control.tsx'
import { controlId } from '../form-schema.ts'
import { type Posted, typed } from '../form-values.ts'
import { problemText } from '../problems.tsx'
import { Said } from './said.tsx'

/** What ties a control to its label, hint and problems. */
export interface Tied {
  readonly id: string
  readonly name: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

/** A control with its label, its hint and what is wrong with it. */
export function Labelled(props: {
  readonly path: string
  readonly label: Text
  readonly hint?: Text | null
  readonly optional?: boolean
  readonly problems: readonly Problem[]
  readonly children: (tied: Tied) => ComponentChildren
}) {
  const { path, label, hint = null, optional = false } = props
  const found = props.problems.filter(problem => problem.path === path)
  const id = controlId(path)
  const described = [
    ...(hint === null ? [] : [`${id}-hint`]),
    ...(found.length === 0 ? [] : [`${id}-error`])
  ]
  return (
    <div class={`field${found.length > 0 ? ' invalid' : ''}`}>
      <label for={id}>
        <Said {...label} />
        {optional && <Optional />}
      </label>
      {hint !== null && (
        <p class="hint" id={`${id}-hint`}>
          <Said {...hint} />
        </p>
      )}
      {found.length > 0 && (
        <p class="error" id={`${id}-error`}>
          {found.map((problem, index) => (
            <span key={index} class="error-line">
              <Said {...problemText(problem)} />
            </span>
          ))}
        </p>
      )}
      {props.children({
        id,
        name: path,
        ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
        ...(found.length > 0 ? { 'aria-invalid': true } : {})
      })}
    </div>
  )
}

/** One line of text, or a date, with what was typed before. */
export function TextField(props: {
  readonly path: string
  readonly label: Text
  readonly hint?: Text | null
  readonly optional?: boolean
  readonly type?: 'text' | 'date' | 'area'
  readonly initial: string
  readonly lang?: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}) {
  const { path, type = 'text', lang } = props
  const value = typed(props.posted, path) ?? props.initial
  return (
    <Labelled {...props}>
      {tied =>
        type === 'area' ? (
          <textarea {...tied} rows={2} value={value} {...(lang === undefined ? {} : { lang })} />
        ) : (
          <input {...tied} {...INPUTS[type]} value={value} />
        )
      }
    </Labelled>
  )
}

const INPUTS: { readonly [Type in 'text' | 'date']: InputHTMLAttributes<HTMLInputElement> } = {
  text: { type: 'text', class: 'w-wide', autoComplete: 'off' },
  date: { type: 'date', class: 'w-date' }
}
