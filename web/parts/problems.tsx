import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import { controlId, fieldAt, type GroupField } from './form-schema.ts'
import { T } from './text.tsx'

/** What to say to a person about a problem, chosen by the words of the check. */
export function problemText(problem: Problem): Text {
  const message = problem.message.trim()
  for (const [pattern, words] of WORDS) {
    const found = pattern.exec(message)
    if (found !== null) return words(found)
  }
  const [id, en] = message.split(' · ')
  return { id: id ?? message, en: en ?? '' }
}

/** The problems, each moved to the nearest property that is drawn, so that it stands beside it. */
export function placed(form: GroupField, problems: readonly Problem[]): readonly Problem[] {
  return problems.map(problem => {
    const field = fieldAt(form, problem.path)
    if (field === null || field.pointer === problem.path) return problem
    if (field.kind !== 'checklist') return { ...problem, path: field.pointer }
    const code = problem.path.slice(field.pointer.length + 1)
    const item = field.items.find(each => each.code === code)
    const text = problemText(problem)
    const name = item?.label ?? { id: code, en: code }
    return { path: field.pointer, message: `${name.id}: ${text.id} · ${name.en}: ${text.en}` }
  })
}

const same = (id: string, en: string) => () => ({ id, en })
const WORDS: readonly (readonly [RegExp, (found: RegExpExecArray) => Text])[] = [
  [/required/i, same('Wajib diisi', 'This is required')],
  [/fewer than 1 char|minLength/i, same('Wajib diisi', 'This is required')],
  [/match format "?date"?/i, same('Isi tanggal yang benar', 'Enter a real date')],
  [/match format "?email"?/i, same('Isi alamat surel yang benar', 'Enter a valid e-mail address')],
  [/must be (integer|number)/i, same('Isi angka saja', 'Enter a number')],
  [/must be (string|object|array|boolean)/i, same('Isian tidak sesuai', 'This value does not fit')],
  [/must be >= (\S+)/i, ([, least = '']) => ({ id: `Paling sedikit ${least}`, en: `At least ${least}` })],
  [/must be <= (\S+)/i, ([, most = '']) => ({ id: `Paling banyak ${most}`, en: `At most ${most}` })],
  [/more than (\d+) char/i, ([, most = '']) => ({ id: `Paling banyak ${most} huruf`, en: `At most ${most} characters` })],
  [/fewer than (\d+) char/i, ([, least = '']) => ({ id: `Paling sedikit ${least} huruf`, en: `At least ${least} characters` })],
  [/equal to constant/i, same('Harus dicentang', 'This must be ticked')],
  [/equal to one of|exactly one schema/i, same('Pilih salah satu', 'Choose one of the options')],
  [/match pattern/i, same('Bentuk isian tidak sesuai', 'The form of this value is not right')]
]

/** All problems at the top of a form, each a link to its control. */
export function ErrorSummary(props: { readonly form: GroupField | null; readonly problems: readonly Problem[] }) {
  const { form } = props
  const problems = form === null ? props.problems : placed(form, props.problems)
  if (problems.length === 0) return null
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1} id="error-summary">
      <h2 id="error-summary-title">
        <T id="Ada isian yang perlu diperbaiki" en="There is a problem" />
      </h2>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            <SummaryLine form={form} problem={problem} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function SummaryLine({ form, problem }: { readonly form: GroupField | null; readonly problem: Problem }) {
  const field = form === null ? null : fieldAt(form, problem.path)
  const text = problemText(problem)
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
