import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import { controlId, fieldAt, type GroupField } from './form-schema.ts'
import { T } from './text.tsx'

/** A problem in both languages: checks write `Indonesia / English`. */
export function problemText(problem: Problem): Text {
  if (problem.text !== undefined) {
    return { id: capital(problem.text.id), en: capital(problem.text.en) }
  }
  const [id = '', ...rest] = withoutCode(problem.message).split(' / ')
  return { id: capital(id), en: capital(rest.join(' / ')) }
}

/** The code at the end of a message is for programs. */
function withoutCode(message: string): string {
  return message.trim().replace(/\s\([A-Z][A-Z0-9_]+\)$/, '')
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The problems, each once, and moved to the nearest property that is drawn, so that it stands beside it. */
export function placed(form: GroupField, problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems
    .map(problem => place(form, problem))
    .filter(({ path, message }) => {
      const key = `${path} ${message}`
      // each of several choices complains; that none of them fits is said once, by the choice itself
      const isEcho = /^nilai tidak sesuai \/ /.test(message) && isChoice(form, path)
      return !isEcho && !seen.has(key) && seen.add(key)
    })
}

function place(form: GroupField, problem: Problem): Problem {
  const field = fieldAt(form, problem.path)
  return field === null || field.pointer === problem.path
    ? problem
    : { ...problem, path: field.pointer }
}

function isChoice(form: GroupField, path: string): boolean {
  const kind = fieldAt(form, path)?.kind
  return kind === 'choice' || kind === 'choices'
}

/** All problems at the top of a form, each a link to its control. */
export function ErrorSummary(props: {
  readonly form: GroupField | null
  readonly problems: readonly Problem[]
  /** What the controls are called, by path, where no form says it. */
  readonly labels?: Readonly<Record<string, Text>>
}) {
  const { form, labels = {} } = props
  const problems = form === null ? props.problems : placed(form, props.problems)
  if (problems.length === 0) return null
  return (
    <div
      class="error-summary"
      role="alert"
      aria-labelledby="error-summary-title"
      tabIndex={-1}
      id="error-summary"
    >
      <h2 id="error-summary-title">
        <T id="Ada isian yang perlu diperbaiki" en="There is a problem" />
      </h2>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            <SummaryLine form={form} problem={problem} label={labels[problem.path]} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function SummaryLine({
  form,
  problem,
  label
}: {
  readonly label: Text | undefined
  readonly form: GroupField | null
  readonly problem: Problem
}) {
  const field = form === null ? null : fieldAt(form, problem.path)
  const said = problemText(problem)
  const text =
    label === undefined ? said : { id: `${label.id}: ${said.id}`, en: `${label.en}: ${said.en}` }
  if (field === null) {
    return /^\/.+/.test(problem.path) ? (
      <a href={`#${controlId(problem.path)}`}>
        <T {...text} />
      </a>
    ) : (
      <T {...text} />
    )
  }
  return (
    <a href={`#${controlId(field.pointer)}`}>
      <T
        id={`${field.label.id}: ${text.id}`}
        en={[field.label.en, text.en].filter(part => part !== '').join(': ')}
      />
    </a>
  )
}
