import type { EffectiveView, RowView, TableSubject } from '../../../api/law.ts'
import type { Text } from '../../../engine/messages.ts'
import { Document } from '../../parts/document.tsx'
import type { Frame } from '../../parts/frame.ts'
import type { EditDraft, EditFilling, EditKind } from '../../parts/law/edit-drafts.ts'
import { EditForm } from '../../parts/law/edit-form.tsx'
import { RowsTable } from '../../parts/law/rows-table.tsx'
import { Said } from '../../parts/law/said.tsx'
import { LawSections, linkTo } from '../../parts/law/sections.tsx'
import { groupText, inOrder } from '../../parts/law/words.ts'
import { ErrorSummary } from '../../parts/problems.tsx'
import { T } from '../../parts/text.tsx'

const KINDS: { readonly [Kind in EditKind]: Text } = {
  value: { id: 'Ubah nilai', en: 'Edit a value' },
  replace: { id: 'Ganti hasil baris', en: 'Replace the outcome of a row' },
  before: { id: 'Pengecualian sebelum baris', en: 'Exception before a row' },
  add: { id: 'Baris baru', en: 'New row' },
  remove: { id: 'Tarik ketetapan sendiri', en: 'Take back what your unit states' },
  bound: { id: 'Batas untuk tingkat di bawah', en: 'Bound for the levels below' },
  calendar: { id: 'Hari tutup dan buka', en: 'Closed and working days' }
}

/** Where one edit of a change set is written. */
export function EditPage(props: {
  readonly frame: Frame
  readonly scopeName: string
  readonly draft: EditDraft
  readonly filling: EditFilling
  readonly action: string
  readonly version: number | null
  readonly back: string
}) {
  const { frame, draft, filling } = props
  const kind = KINDS[draft.kind]
  const what = draft.subject?.label ?? null
  return (
    <Document
      frame={frame}
      title={kind}
      invalid={filling.problems.length > 0}
      islands={['forms.js']}
    >
      <a class="back" href={props.back}>
        <T id="Kembali" en="Back" />
      </a>
      <ErrorSummary form={null} problems={filling.problems} />
      <p class="caption">
        <Said {...kind} /> – <bdi>{props.scopeName}</bdi>
      </p>
      <h1>
        <Said {...(what ?? kind)} />
      </h1>
      {draft.subject?.description != null && (
        <p class="text lead">
          <Said {...draft.subject.description} block />
        </p>
      )}
      {statesItself(draft) && (
        <p>
          <a href={linkTo(props.action, { key: draft.subject?.key ?? '', kind: 'remove' })}>
            <T id="Tarik ketetapan sendiri" en="Take back what your unit states" />
          </a>
        </p>
      )}
      <EditForm {...props} />
    </Document>
  )
}

/** Whether the unit says something else than the level above, which it may take back. */
function statesItself({ kind, subject, edit }: EditDraft): boolean {
  if (kind !== 'value' || edit !== null || subject?.kind !== 'value') return false
  const { level, missing, value, parent } = subject
  return (
    level !== 'national' && missing === null && JSON.stringify(value) !== JSON.stringify(parent)
  )
}

/** What may be edited: values and tables of the nation by service, days of the calendar. */
export function ChooseEditPage(props: {
  readonly frame: Frame
  readonly scopeName: string
  readonly national: boolean
  readonly keys: readonly EffectiveView[]
  /** The address of the form of an edit, to which the choice is added. */
  readonly base: string
  readonly back: string
}) {
  const { frame, keys, base, national } = props
  const open = keys.filter(({ overridable }) => overridable || national)
  const locked = keys.filter(({ overridable }) => !overridable && !national)
  const groups = inOrder(open.map(({ group }) => group))
  return (
    <Document frame={frame} title={{ id: 'Apa yang diubah?', en: 'What is changed?' }}>
      <a class="back" href={props.back}>
        <T id="Kembali" en="Back" />
      </a>
      <p class="caption">
        <bdi>{props.scopeName}</bdi>
      </p>
      <h1>
        <T id="Apa yang diubah?" en="What is changed?" />
      </h1>
      <LawSections here="" />
      {groups.map(group => (
        <section key={group} aria-labelledby={`choose-${group}`}>
          <h2 id={`choose-${group}`}>
            <Said {...groupText(group)} />
          </h2>
          <ul class="plain-list law-choose">
            {open
              .filter(each => each.group === group)
              .map(each => (
                <li key={each.key}>
                  <a href={linkTo(base, { key: each.key })}>
                    <Said {...each.label} />
                  </a>{' '}
                  <span class="optional">
                    {each.kind === 'table' ? (
                      <T id="tabel" en="table" />
                    ) : (
                      <T id="nilai" en="value" />
                    )}
                  </span>
                  {national && (
                    <>
                      {' · '}
                      <a href={linkTo(base, { key: each.key, kind: 'bound' })}>
                        <T id="batas" en="bound" />
                        <span class="visually-hidden">: {each.label.id}</span>
                      </a>
                    </>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section aria-labelledby="choose-calendar">
        <h2 id="choose-calendar">
          <T id="Kalender" en="Calendar" />
        </h2>
        <ul class="plain-list">
          <li>
            <a href={linkTo(base, { kind: 'calendar' })}>
              <T id="Hari tutup dan buka kantor" en="Closed and working days of the office" />
            </a>
          </li>
        </ul>
      </section>
      {locked.length > 0 && (
        <details>
          <summary>
            <T
              id={`${locked.length} aturan hanya ditetapkan pusat`}
              en={`${locked.length} rules are stated by the nation alone`}
            />
          </summary>
          <ul class="values">
            {locked.map(each => (
              <li key={each.key}>
                <Said {...each.label} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Document>
  )
}

/** Which row of a table is edited, and how. */
export function ChooseRowPage(props: {
  readonly frame: Frame
  readonly table: TableSubject
  readonly base: string
  readonly back: string
}) {
  const { frame, table, base, back } = props
  const link = (row: RowView, kind: EditKind) => linkTo(base, { key: table.key, row: row.id, kind })
  return (
    <Document frame={frame} title={{ id: 'Baris mana yang diubah?', en: 'Which row is changed?' }}>
      <a class="back" href={back}>
        <T id="Kembali" en="Back" />
      </a>
      <p class="caption">
        <Said {...table.label} /> – <bdi>{table.officeName}</bdi>
      </p>
      <h1>
        <T id="Baris mana yang diubah?" en="Which row is changed?" />
      </h1>
      <p class="text lead">
        <T
          id="Ganti hasil satu baris, atau buat pengecualian yang lebih sempit di depannya. Baris nasional tidak pernah dihapus."
          en="Replace the outcome of one row, or put a narrower exception before it. National rows are never deleted."
          block
        />
      </p>
      <RowsTable
        table={table}
        actions={(row, number) => (
          <ul class="plain-list">
            <li>
              <a href={link(row, 'replace')}>
                <T id="Ganti hasil" en="Replace outcome" />
                <span class="visually-hidden">: {number}</span>
              </a>
            </li>
            {table.hitPolicy === 'first' && (
              <li>
                <a href={link(row, 'before')}>
                  <T id="Pengecualian" en="Exception before" />
                  <span class="visually-hidden">: {number}</span>
                </a>
              </li>
            )}
            {row.scope === table.office && row.level !== 'national' && (
              <li>
                <a href={link(row, 'remove')}>
                  <T id="Tarik" en="Take back" />
                  <span class="visually-hidden">: {number}</span>
                </a>
              </li>
            )}
          </ul>
        )}
      />
      {(table.hitPolicy === 'collect' || table.level === 'national') && (
        <p>
          <a class="button button-second" href={linkTo(base, { key: table.key, kind: 'add' })}>
            <T id="Baris baru" en="New row" />
          </a>
        </p>
      )}
    </Document>
  )
}
