import type { RowView, TableSubject } from '../../../api/law.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { Text } from '../../../engine/messages.ts'
import type { Value } from '../../../engine/state.ts'
import { controlId } from '../form-schema.ts'
import { all, type Posted, typed } from '../form-values.ts'
import { problemText } from '../problems.tsx'
import { both, T } from '../text.tsx'
import { own } from '../values.tsx'
import type { EditFilling } from './edit-drafts.ts'
import { TextField } from './labelled.tsx'
import { Said } from './said.tsx'

/** A document that a row asks for. */
export interface Asked {
  readonly code: string
  readonly label: Text
  readonly required: boolean
}

/** Documents of the office's own that one form takes. */
const MOST_NEW = 3
const LIST = '/outcome/documents'

/** What an outcome asks for. */
export function documentsOf(outcome: Value | undefined): readonly Asked[] {
  const list = own(outcome, 'documents')
  if (!Array.isArray(list)) return []
  return list.flatMap(each => {
    const code = own(each, 'code')
    const label = own(each, 'label')
    const id = own(label, 'id')
    const en = own(label, 'en')
    if (typeof code !== 'string' || typeof id !== 'string') return []
    return {
      code,
      label: { id, en: typeof en === 'string' ? en : id },
      required: own(each, 'required') !== false
    }
  })
}

/** Every document that a row of the table knows, each once, those of the first outcome first. */
export function knownDocuments(
  outcome: Value | undefined,
  { rows }: Pick<TableSubject, 'rows'>
): readonly Asked[] {
  const found = new Map<string, Asked>()
  const lists = [outcome, ...rows.flatMap((row: RowView) => [row.outcome, row.instead ?? null])]
  for (const each of lists.flatMap(documentsOf)) {
    if (!found.has(each.code)) found.set(each.code, each)
  }
  return [...found.values()]
}

/** The documents that were ticked, and new ones under codes made of their names. */
export function documentsIn(
  posted: Posted,
  known: readonly Asked[]
): { readonly documents: readonly Asked[]; readonly problems: readonly Problem[] } {
  const chosen = all(posted, LIST)
  const optional = all(posted, `${LIST}/optional`)
  const ticked = known
    .filter(({ code }) => chosen.includes(code))
    .map(each => ({ ...each, required: !optional.includes(each.code) }))
  const added = news().flatMap(index => {
    const id = (typed(posted, `${LIST}/new/${index}/id`) ?? '').trim()
    const en = (typed(posted, `${LIST}/new/${index}/en`) ?? '').trim()
    return id === ''
      ? []
      : [{ code: codeOf(id, known), label: { id, en: en || id }, required: true }]
  })
  const documents = [...ticked, ...added]
  const message = 'Pilih sedikitnya satu dokumen / Choose at least one document'
  return { documents, problems: documents.length === 0 ? [{ path: LIST, message }] : [] }
}

/** A tick for every document that the table knows, and lines for new ones. */
export function DocumentFields(props: {
  readonly known: readonly Asked[]
  readonly outcome: Value | undefined
  /** What the level above asks for, which may not be left out where the bound says so. */
  readonly above: readonly Asked[]
  readonly filling: EditFilling
}) {
  const { posted, problems } = props.filling
  const asked = documentsOf(props.outcome)
  const found = problems.filter(({ path }) => path === LIST)
  const ticked = (code: string) =>
    posted === null ? asked.some(each => each.code === code) : all(posted, LIST).includes(code)
  const optional = (code: string) =>
    posted === null
      ? asked.some(each => each.code === code && !each.required)
      : all(posted, `${LIST}/optional`).includes(code)
  return (
    <fieldset
      class={`field group${found.length > 0 ? ' invalid' : ''}`}
      id={controlId(LIST)}
      tabIndex={-1}
    >
      <legend>
        <T id="Dokumen yang diminta" en="Documents asked for" />
      </legend>
      {found.length > 0 && (
        <p class="error">
          {found.map((problem, index) => (
            <span key={index} class="error-line">
              <Said {...problemText(problem)} />
            </span>
          ))}
        </p>
      )}
      {props.known.map(({ code, label }) => (
        <div key={code} class="law-document">
          <div class="choice">
            <input
              type="checkbox"
              id={`${controlId(LIST)}/${code}`}
              name={LIST}
              value={code}
              checked={ticked(code)}
            />
            <label for={`${controlId(LIST)}/${code}`}>
              <Said {...label} />
              {props.above.some(each => each.code === code) && (
                <span class="sub">
                  <T id="diminta tingkat di atasnya" en="asked for by the level above" />
                </span>
              )}
            </label>
          </div>
          <div class="choice law-optional">
            <input
              type="checkbox"
              id={`${controlId(LIST)}/optional/${code}`}
              name={`${LIST}/optional`}
              value={code}
              checked={optional(code)}
            />
            <label for={`${controlId(LIST)}/optional/${code}`}>
              <T id="hanya bila ada" en="only if any" />
              <span class="visually-hidden">: {label.id}</span>
            </label>
          </div>
        </div>
      ))}
      <details open={news().some(index => (typed(posted, `${LIST}/new/${index}/id`) ?? '') !== '')}>
        <summary>
          <T id="Dokumen lain" en="Another document" />
        </summary>
        {news().map(index => (
          <div key={index} class="parts">
            <TextField
              {...props.filling}
              path={`${LIST}/new/${index}/id`}
              optional
              label={{ id: `Nama dokumen ${index + 1}`, en: `Name of document ${index + 1}` }}
              initial=""
            />
            <TextField
              {...props.filling}
              path={`${LIST}/new/${index}/en`}
              optional
              lang="en"
              label={{ id: 'dalam bahasa Inggris', en: both('in English', '') }}
              initial=""
            />
          </div>
        ))}
      </details>
    </fieldset>
  )
}

function news(): readonly number[] {
  return Array.from({ length: MOST_NEW }, (_, index) => index)
}

/** `Surat sponsor` becomes `SURAT_SPONSOR`; another document of that code gets a number. */
function codeOf(name: string, known: readonly Asked[]): string {
  const base =
    name
      .toUpperCase()
      .normalize('NFKD')
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40) || 'DOKUMEN'
  const taken = new Set(known.map(({ code }) => code))
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}_${number}`
    if (!taken.has(code)) return code
  }
}
