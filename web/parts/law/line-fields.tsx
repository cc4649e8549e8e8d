import type { InputHTMLAttributes } from 'preact'
import type { Problem } from '../../../engine/errors.ts'
import type { FactType } from '../../../engine/rules/definitions.ts'
import { operatorText } from '../decisions.tsx'
import { controlId } from '../form-schema.ts'
import { problemText } from '../problems.tsx'
import { both, T } from '../text.tsx'
import { type Line, linePath, MOST_LINES, operatorsFor } from './condition-lines.ts'
import { Said } from './said.tsx'
import { codeText, nameText } from './words.ts'

/** The conditions of a row, one line for every fact of its table: any value, or a comparison with its value. */
export function ConditionFields(props: {
  readonly facts: Readonly<Record<string, FactType>>
  readonly lines: readonly Line[]
  readonly problems: readonly Problem[]
}) {
  const entries = Object.entries(props.facts)
  const given = entries.filter(([, type]) => !isDerived(type))
  const derived = entries.filter(([, type]) => isDerived(type))
  const used = derived.some(([fact]) =>
    props.lines.some(line => line.fact === fact && line.operator !== '')
  )
  return (
    <fieldset class="field group" id={controlId('/conditions')} tabIndex={-1}>
      <legend>
        <T id="Berlaku bila semua ini benar" en="Holds when all of these are true" />
      </legend>
      <p class="hint">
        <T
          id="Biarkan “apa saja” untuk fakta yang tidak menentukan."
          en="Leave “anything” for facts that do not matter."
        />
      </p>
      {given.map(([fact, type]) => (
        <FactLines key={fact} fact={fact} type={type} {...props} />
      ))}
      {derived.length > 0 && (
        <details open={used}>
          <summary>
            <T id="Fakta yang dihitung sistem" en="Facts that the system works out" />
          </summary>
          {derived.map(([fact, type]) => (
            <FactLines key={fact} fact={fact} type={type} {...props} />
          ))}
        </details>
      )}
    </fieldset>
  )
}

function isDerived(type: FactType): boolean {
  return (
    type.parameter !== undefined ||
    type.expression !== undefined ||
    type.lastWorkingDayBefore !== undefined
  )
}

function FactLines(props: {
  readonly fact: string
  readonly type: FactType
  readonly lines: readonly Line[]
  readonly problems: readonly Problem[]
}) {
  const { fact, type } = props
  const own = props.lines.filter(line => line.fact === fact)
  const lines = own.length > 0 ? own : [{ fact, index: 0, operator: '', values: [] }]
  const label = nameText(fact, type.label)
  return (
    <fieldset class="law-fact">
      <legend>
        <Said {...label} />
      </legend>
      <input type="hidden" name={`/lines/${fact}`} value={String(lines.length)} />
      {lines.map(line => (
        <LineFields key={line.index} line={line} type={type} problems={props.problems} />
      ))}
      {lines.length < MOST_LINES && type.type !== 'boolean' && (
        <button class="link-button law-more" type="submit" name="_more" value={fact} formNoValidate>
          <T id="Tambah syarat" en="Add a condition" />
          <span class="visually-hidden">: {label.id}</span>
        </button>
      )}
    </fieldset>
  )
}

function LineFields(props: {
  readonly line: Line
  readonly type: FactType
  readonly problems: readonly Problem[]
}) {
  const { line, type } = props
  const path = linePath(line.fact, line.index)
  const found = props.problems.filter(problem => problem.path.startsWith(`${path}/`))
  const operator = controlId(`${path}/operator`)
  return (
    <div class={`law-line${found.length > 0 ? ' invalid' : ''}`}>
      {found.length > 0 && (
        <p class="error" id={`${controlId(path)}-error`}>
          {found.map((problem, index) => (
            <span key={index} class="error-line">
              <Said {...problemText(problem)} />
            </span>
          ))}
        </p>
      )}
      <div class="parts">
        <div>
          <label for={operator}>
            <T id="Perbandingan" en="Comparison" />
          </label>
          <select id={operator} name={`${path}/operator`}>
            <option value="" selected={line.operator === ''}>
              {both('apa saja', 'anything')}
            </option>
            {operatorsFor(type).map(name => (
              <option key={name} value={name} selected={line.operator === name}>
                {wordsOf(name)}
              </option>
            ))}
          </select>
        </div>
        <ValueFields
          path={path}
          line={line}
          type={type}
          invalid={found.length > 0 ? `${controlId(path)}-error` : null}
        />
      </div>
    </div>
  )
}

function ValueFields(props: {
  readonly path: string
  readonly line: Line
  readonly type: FactType
  readonly invalid: string | null
}) {
  const { path, line, type, invalid } = props
  const name = `${path}/value`
  const shared = invalid === null ? {} : { 'aria-invalid': true, 'aria-describedby': invalid }
  if (type.type === 'boolean') return null
  if (type.type === 'choice') {
    return (
      <fieldset class="law-choices" id={controlId(name)} tabIndex={-1}>
        <legend>
          <T id="Pilihan" en="Choices" />
        </legend>
        {(type.choices ?? []).map(choice => (
          <div key={choice} class="choice">
            <input
              type="checkbox"
              id={`${controlId(name)}/${choice}`}
              name={name}
              value={choice}
              checked={line.values.includes(choice)}
            />
            <label for={`${controlId(name)}/${choice}`}>
              <Said {...(codeText(choice) ?? { id: choice, en: choice })} />
            </label>
          </div>
        ))}
      </fieldset>
    )
  }
  if (type.choices !== undefined) {
    return (
      <div>
        <label for={controlId(name)}>
          <T id="Nilai" en="Value" />
        </label>
        <select id={controlId(name)} name={name} {...shared}>
          <option value="">– Pilih · Choose –</option>
          {type.choices.map(choice => (
            <option key={choice} value={choice} selected={line.values.includes(choice)}>
              {codeText(choice)?.id ?? choice}
            </option>
          ))}
        </select>
      </div>
    )
  }
  const kind: InputHTMLAttributes<HTMLInputElement> =
    type.type === 'date'
      ? { type: 'date' }
      : { type: 'text', inputMode: type.type === 'text' ? 'text' : 'numeric' }
  return (
    <>
      <div>
        <label for={controlId(name)}>
          <T id="Nilai" en="Value" />
        </label>
        <input
          id={controlId(name)}
          name={name}
          value={line.values[0] ?? ''}
          {...kind}
          {...shared}
        />
      </div>
      {operatorsFor(type).includes('between') && (
        <div>
          <label for={controlId(`${path}/to`)}>
            <T id="sampai (bila antara)" en="to (if between)" />
          </label>
          <input
            id={controlId(`${path}/to`)}
            name={`${path}/to`}
            value={line.values[1] ?? ''}
            {...kind}
          />
        </div>
      )}
    </>
  )
}

const WORDS: Readonly<Record<string, string>> = {
  empty: both('tidak ada', 'not given'),
  given: both('ada', 'given'),
  true: both('ya', 'yes'),
  false: both('tidak', 'no')
}

function wordsOf(operator: string): string {
  const own = Object.hasOwn(WORDS, operator) ? WORDS[operator] : undefined
  if (own !== undefined) return own
  const { id, en } = operatorText(operator)
  return both(id, en)
}
