import type { Stateable } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import { OPERATOR_NAMES, operatorText } from './decisions.tsx'
import { controlId } from './form-schema.ts'
import { type Posted, typed } from './form-values.ts'
import type { Frame } from './frame.ts'
import { problemText } from './problems.tsx'
import { MOST_PARTS } from './statement.ts'
import { both, T } from './text.tsx'

export interface StatementFormProps {
  readonly frame: Frame
  /** The rules that may be stated, and what a statement may name. */
  readonly stateable: Stateable
  /** The rule that the form starts with, or an empty text. */
  readonly chosen: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}

/** Asks for one value or one row of a table, with its dates, its legal basis and its reason. */
export function StatementForm(props: StatementFormProps) {
  const { frame, stateable, posted, problems } = props
  const chosen = typed(posted, '/key') ?? props.chosen
  const line = (path: string) => ({ path, posted, problems })
  return (
    <form class="form panel" method="post" action="/tariffs" noValidate data-island="form">
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <Choices stateable={stateable} chosen={chosen} />
      <Line {...line('/key')} id="Aturan" en="Rule">
        {shared => (
          <select {...shared} required>
            <option value="">– Pilih · Choose –</option>
            {stateable.rules.map(({ key, label }) => (
              <option key={key} value={key} selected={chosen === key}>
                {`${both(label.id, label.en)} (${key})`}
              </option>
            ))}
          </select>
        )}
      </Line>
      <fieldset class="field options">
        <legend>
          <T id="Yang dinyatakan" en="What is stated" />
        </legend>
        {KINDS.map(({ kind, id, en }) => (
          <div key={kind} class="choice">
            <input
              type="radio"
              id={`kind-${kind}`}
              name="/kind"
              value={kind}
              checked={(typed(posted, '/kind') || 'row') === kind}
            />
            <label for={`kind-${kind}`}>
              <T id={id} en={en} />
            </label>
          </div>
        ))}
      </fieldset>
      <fieldset class="field group">
        <legend>
          <T id="Baris tabel" en="Row of a table" />
        </legend>
        <Line
          {...line('/id')}
          id="Nama baris"
          en="Name of the row"
          hint={{ id: 'Huruf kecil, angka dan tanda hubung', en: 'Lower case, digits and hyphens' }}
        >
          {shared => (
            <input
              {...shared}
              type="text"
              class="w-wide"
              spellcheck={false}
              value={typed(posted, '/id') ?? ''}
            />
          )}
        </Line>
        <Line {...line('/before')} id="Sebelum baris" en="Before the row" optional>
          {shared => (
            <input
              {...shared}
              type="text"
              class="w-wide"
              spellcheck={false}
              list="row-names"
              value={typed(posted, '/before') ?? ''}
            />
          )}
        </Line>
        <p>
          <strong>
            <T id="Berlaku bila semua ini benar" en="Holds when all of these are true" />
          </strong>
        </p>
        {parts().map(index => (
          <div key={index} class="parts">
            <Small
              {...line(`/conditions/${index}/fact`)}
              id={`Fakta ${index + 1}`}
              en={`Fact ${index + 1}`}
            >
              {shared => (
                <input
                  {...shared}
                  type="text"
                  spellcheck={false}
                  list="fact-names"
                  value={typed(posted, `/conditions/${index}/fact`) ?? ''}
                />
              )}
            </Small>
            <Small {...line(`/conditions/${index}/operator`)} id="Perbandingan" en="Comparison">
              {shared => (
                <select {...shared}>
                  {OPERATOR_NAMES.map(name => {
                    const { id, en } = operatorText(name)
                    return (
                      <option
                        key={name}
                        value={name}
                        selected={typed(posted, `/conditions/${index}/operator`) === name}
                      >
                        {both(id, en)}
                      </option>
                    )
                  })}
                </select>
              )}
            </Small>
            <Small {...line(`/conditions/${index}/value`)} id="Nilai" en="Value">
              {shared => (
                <input
                  {...shared}
                  type="text"
                  value={typed(posted, `/conditions/${index}/value`) ?? ''}
                />
              )}
            </Small>
          </div>
        ))}
        <p class="hint">
          <T
            id="Beberapa nilai dipisah koma, misalnya"
            en="Several values are separated by commas, as in"
          />{' '}
          <code>1, 2</code>
        </p>
        <p>
          <strong>
            <T id="Hasilnya" en="Its outcome" />
          </strong>
        </p>
        {parts().map(index => (
          <div key={index} class="parts">
            <Small
              {...line(`/outcome/${index}/name`)}
              id={`Nama ${index + 1}`}
              en={`Name ${index + 1}`}
            >
              {shared => (
                <input
                  {...shared}
                  type="text"
                  spellcheck={false}
                  list="outcome-names"
                  value={typed(posted, `/outcome/${index}/name`) ?? OUTCOME[index] ?? ''}
                />
              )}
            </Small>
            <Small {...line(`/outcome/${index}/value`)} id="Nilai" en="Value">
              {shared => (
                <input
                  {...shared}
                  type="text"
                  value={typed(posted, `/outcome/${index}/value`) ?? ''}
                />
              )}
            </Small>
          </div>
        ))}
      </fieldset>
      <fieldset class="field group">
        <legend>
          <T id="Satu nilai" en="One value" />
        </legend>
        <Line
          {...line('/value')}
          id="Nilai"
          en="Value"
          hint={{ id: 'Angka tanpa titik, atau teks', en: 'Digits without dots, or text' }}
          optional
        >
          {shared => (
            <input {...shared} type="text" class="w-wide" value={typed(posted, '/value') ?? ''} />
          )}
        </Line>
      </fieldset>
      <Line {...line('/from')} id="Berlaku dari" en="Holds from">
        {shared => (
          <input
            {...shared}
            type="date"
            class="w-date"
            required
            value={typed(posted, '/from') ?? ''}
          />
        )}
      </Line>
      <Line {...line('/to')} id="Sampai dan termasuk" en="To and including" optional>
        {shared => (
          <input {...shared} type="date" class="w-date" value={typed(posted, '/to') ?? ''} />
        )}
      </Line>
      <Line
        {...line('/instrument')}
        id="Dasar hukum (kode dalam daftar)"
        en="Legal instrument (its code in the register)"
      >
        {shared => (
          <input
            {...shared}
            type="text"
            class="w-wide"
            required
            spellcheck={false}
            list="instrument-names"
            value={typed(posted, '/instrument') ?? ''}
          />
        )}
      </Line>
      <Line {...line('/pin')} id="Pasal atau lampiran" en="Article or annex" optional>
        {shared => (
          <input {...shared} type="text" class="w-wide" value={typed(posted, '/pin') ?? ''} />
        )}
      </Line>
      <Line {...line('/reason-id')} id="Alasan (Indonesia)" en="Reason (Indonesian)">
        {shared => (
          <textarea {...shared} rows={2} required value={typed(posted, '/reason-id') ?? ''} />
        )}
      </Line>
      <Line {...line('/reason-en')} id="Alasan (Inggris)" en="Reason (English)">
        {shared => (
          <textarea
            {...shared}
            rows={2}
            required
            lang="en"
            value={typed(posted, '/reason-en') ?? ''}
          />
        )}
      </Line>
      <div class="actions">
        <button class="button" type="submit">
          <T id="Periksa dahulu" en="Check first" />
        </button>
      </div>
    </form>
  )
}

/** What the fields may name: of the chosen rule, else of all of them. */
function Choices({
  stateable,
  chosen
}: {
  readonly stateable: Stateable
  readonly chosen: string
}) {
  const one = stateable.rules.filter(({ key }) => key === chosen)
  const rules = one.length > 0 ? one : stateable.rules
  const facts = new Map(rules.flatMap(each => each.facts.map(({ name, label }) => [name, label])))
  return (
    <>
      <datalist id="fact-names">
        {[...facts].map(([name, { id, en }]) => (
          <option key={name} value={name} label={`${name}: ${both(id, en)}`} />
        ))}
      </datalist>
      <datalist id="outcome-names">
        {[...new Set(rules.flatMap(({ outcome }) => outcome))].map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="row-names">
        {[...new Set(rules.flatMap(({ rows }) => rows))].map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="instrument-names">
        {stateable.instruments.map(({ id, short }) => (
          <option key={id} value={id} label={`${id}: ${short}`} />
        ))}
      </datalist>
    </>
  )
}

const KINDS = [
  { kind: 'row', id: 'Satu baris tabel', en: 'One row of a table' },
  { kind: 'value', id: 'Satu nilai', en: 'One value' }
]
/** The names that a tariff's outcome has; other tables have other names. */
const OUTCOME = ['amount', 'unit', 'code']

function parts(): readonly number[] {
  return Array.from({ length: MOST_PARTS }, (_, index) => index)
}

interface LineProps {
  readonly path: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
  readonly id: string
  readonly en: string
  readonly hint?: { readonly id: string; readonly en: string }
  readonly optional?: boolean
  readonly children: (shared: Shared) => preact.ComponentChildren
}
interface Shared {
  readonly id: string
  readonly name: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

function Line({ path, problems, id, en, hint, optional = false, children }: LineProps) {
  const found = problems.filter(problem => problem.path === path)
  const control = controlId(path)
  const described = [
    ...(hint ? [`${control}-hint`] : []),
    ...(found.length > 0 ? [`${control}-error`] : [])
  ]
  return (
    <div class={`field${found.length > 0 ? ' invalid' : ''}`}>
      <label for={control}>
        <T id={id} en={en} />
        {optional && (
          <span class="optional">
            {' '}
            (<T id="opsional" en="optional" />)
          </span>
        )}
      </label>
      {hint && (
        <p class="hint" id={`${control}-hint`}>
          <T {...hint} />
        </p>
      )}
      {found.length > 0 && (
        <p class="error" id={`${control}-error`}>
          {found.map((problem, index) => (
            <span key={index} class="error-line">
              <T {...problemText(problem)} />
            </span>
          ))}
        </p>
      )}
      {children({
        id: control,
        name: path,
        ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
        ...(found.length > 0 ? { 'aria-invalid': true } : {})
      })}
    </div>
  )
}

function Small({ path, problems, id, en, children }: LineProps) {
  const invalid = problems.some(problem => problem.path === path)
  const control = controlId(path)
  return (
    <div>
      <label for={control}>
        <T id={id} en={en} />
      </label>
      {children({ id: control, name: path, ...(invalid ? { 'aria-invalid': true } : {}) })}
    </div>
  )
}
