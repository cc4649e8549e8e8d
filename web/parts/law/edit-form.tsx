import type { SubjectView } from '../../../api/law.ts'
import type { Value } from '../../../engine/state.ts'
import { Fields } from '../fields.tsx'
import { typed } from '../form-values.ts'
import type { Frame } from '../frame.ts'
import { both, T } from '../text.tsx'
import { boundText, roomText } from './bounds.ts'
import { linesOf, postedLines } from './condition-lines.ts'
import { conditionText } from './conditions.ts'
import { DocumentFields, documentsOf, knownDocuments } from './documents.tsx'
import type { EditDraft, EditFilling } from './edit-drafts.ts'
import { days, keptConditions, rowOf } from './edit-reading.ts'
import { indexes } from './grounds.ts'
import { CitesFields, DaysFields, ReasonFields } from './grounds-fields.tsx'
import { Labelled, TextField } from './labelled.tsx'
import { ConditionFields } from './line-fields.tsx'
import { factLabels } from './rows-table.tsx'
import { Said } from './said.tsx'
import { asksDocuments, outcomeForm, valueForm } from './schemas.ts'
import { LawValue } from './value.tsx'

/** Asks for one edit: controls by the type of what is edited, days, legal basis and reason. */
export function EditForm(props: {
  readonly frame: Frame
  readonly draft: EditDraft
  readonly filling: EditFilling
  readonly action: string
  /** The version of the change set that was read; null: a new one. */
  readonly version: number | null
  readonly back: string
}) {
  const { frame, draft, filling, version } = props
  const { edit, instruments, subject } = draft
  const grounds = { edit, instruments, filling }
  return (
    <form
      class="form panel law-form"
      method="post"
      action={props.action}
      noValidate
      data-island="form"
    >
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <input type="hidden" name="/kind" value={draft.kind} />
      <input type="hidden" name="/key" value={subject?.key ?? ''} />
      <input type="hidden" name="/row" value={draft.row ?? ''} />
      {version !== null && <input type="hidden" name="/version" value={String(version)} />}
      {subject?.kind === 'value' && draft.kind === 'value' && (
        <ValueFields draft={draft} filling={filling} />
      )}
      {subject?.kind === 'table' && ['replace', 'before', 'add'].includes(draft.kind) && (
        <RowFields draft={draft} filling={filling} />
      )}
      {draft.kind === 'remove' && (
        <p>
          <T
            id="Yang ditetapkan kantor sendiri tidak berlaku lagi pada hari-hari ini; tingkat di atasnya berlaku kembali."
            en="What your own unit states gives way on these days; the level above holds again."
            block
          />
        </p>
      )}
      {draft.kind === 'bound' && <BoundFields draft={draft} filling={filling} />}
      {draft.kind === 'calendar' && <CalendarFields draft={draft} filling={filling} />}
      {draft.kind !== 'calendar' && <DaysFields {...grounds} />}
      {draft.kind !== 'remove' && <CitesFields {...grounds} />}
      <ReasonFields {...grounds} />
      <div class="actions">
        <button class="button" type="submit">
          <T id="Simpan ke draf" en="Save to the draft" />
        </button>
        <a href={props.back}>
          <T id="Batal" en="Cancel" />
        </a>
      </div>
      <p class="hint">
        <T
          id="Belum ada yang berlaku: draf diperiksa, diukur dampaknya dan disetujui orang lain lebih dahulu."
          en="Nothing holds yet: a draft is checked, its impact measured, and another person approves it."
        />
      </p>
    </form>
  )
}

interface PartProps {
  readonly draft: EditDraft
  readonly filling: EditFilling
}

// a value /////////////////////////////////////////////////////////////////////

function ValueFields({ draft, filling }: PartProps) {
  const { subject, edit } = draft
  if (subject?.kind !== 'value') return null
  const given = edit?.kind === 'value' ? edit.value : subject.value
  const values = given === null ? {} : { value: given }
  return (
    <>
      <Limits subject={subject} />
      <Fields form={valueForm(subject)} filling={{ values, ...filling }} />
    </>
  )
}

/** What the nation says, how far one may go, and how much of that is left. */
function Limits({ subject }: { readonly subject: Extract<SubjectView, { kind: 'value' }> }) {
  const { definition, bounds, level } = subject
  const unit = unitOf(subject)
  const above = subject.parent ?? undefined
  const room = level === 'national' ? null : roomText(bounds, above, subject.value, unit)
  return (
    <div class="law-limits">
      <dl class="facts">
        <div>
          <dt>
            <T id="Nilai nasional" en="National value" />
          </dt>
          <dd>
            <LawValue value={subject.national} unit={unit} />
          </dd>
        </div>
        <div>
          <dt>
            <T id="Sekarang di sini" en="Here now" />
          </dt>
          <dd>
            <LawValue value={subject.value} unit={unit} />
          </dd>
        </div>
        {bounds.length > 0 && (
          <div>
            <dt>
              <T id="Batas" en="Bound" />
            </dt>
            <dd>
              {bounds.map((bound, index) => (
                <div key={index}>
                  <Said {...boundText(bound, unit, above)} />
                </div>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {room !== null && (
        <p class="law-room">
          <strong>
            <T id="Ruang yang tersisa" en="Room left" />
          </strong>
          : <Said {...room} />
        </p>
      )}
      {definition.contains !== undefined && (
        <p class="hint">
          <T
            id={`Harus memuat: ${definition.contains.join(', ')}`}
            en={`Must contain: ${definition.contains.join(', ')}`}
          />
        </p>
      )}
    </div>
  )
}

/** The unit of a key, for numbers. */
export function unitOf(subject: Extract<SubjectView, { kind: 'value' }>): string | null {
  const { type, unit } = subject.definition
  if (type === 'money') return 'rupiah'
  return unit ?? (type === 'days' || type === 'workdays' ? type : null)
}

// a row ///////////////////////////////////////////////////////////////////////

function RowFields({ draft, filling }: PartProps) {
  const { subject: table, edit, kind } = draft
  if (table?.kind !== 'table') return null
  const row = rowOf(draft)
  const stated = edit?.kind === 'row' ? edit : null
  const outcome: Value | undefined = stated?.outcome ?? row?.outcome
  const values = outcome === undefined ? {} : { outcome }
  const form = outcomeForm(table)
  const above = documentsOf(row?.instead ?? row?.outcome)
  return (
    <>
      {row !== null && (
        <div class="law-limits">
          <dl class="facts">
            <div>
              <dt>
                {kind === 'before' ? (
                  <T id="Pengecualian dari baris" en="Exception to the row" />
                ) : (
                  <T id="Baris" en="Row" />
                )}
              </dt>
              <dd>
                {row.conditions === null ? (
                  <T id="selalu" en="always" />
                ) : (
                  <Said {...conditionText(row.conditions, factLabels(table))} />
                )}
              </dd>
            </div>
            <div>
              <dt>
                <T id="Hasil sekarang" en="Outcome now" />
              </dt>
              <dd>
                <LawValue value={row.outcome} />
              </dd>
            </div>
            {table.level !== 'national' &&
              table.bounds.map((bound, index) => (
                <div key={index}>
                  <dt>
                    <T id="Batas" en="Bound" />
                  </dt>
                  <dd>
                    <Said {...boundText(bound, null, row.instead ?? row.outcome)} />
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      )}
      {kind !== 'replace' && <Conditions draft={draft} filling={filling} />}
      {form.fields.some(field => field.kind !== 'group' || field.fields.length > 0) && (
        <Fields form={form} filling={{ values, ...filling }} />
      )}
      {asksDocuments(table) && (
        <DocumentFields
          known={knownDocuments(outcome, table)}
          outcome={outcome}
          above={above}
          filling={filling}
        />
      )}
    </>
  )
}

function Conditions({ draft, filling }: PartProps) {
  const { subject: table, edit } = draft
  if (table?.kind !== 'table') return null
  const kept = keptConditions(draft, table)
  if (kept !== null) {
    return (
      <p>
        <strong>
          <T id="Syaratnya tetap" en="Its conditions stay" />
        </strong>
        : <Said {...conditionText(kept, factLabels(table))} />
      </p>
    )
  }
  const stated = edit?.kind === 'row' ? edit.conditions : null
  const lines =
    filling.posted === null
      ? (linesOf(stated, table.facts) ?? [])
      : postedLines(filling.posted, table.facts)
  return <ConditionFields facts={table.facts} lines={lines} problems={filling.problems} />
}

// bounds and calendars ////////////////////////////////////////////////////////

const BOUNDS = [
  { kind: 'range', id: 'antara dua angka', en: 'between two numbers' },
  {
    kind: 'atMostParent',
    id: 'tidak lebih dari tingkat di atasnya',
    en: 'no more than the level above'
  },
  {
    kind: 'atLeastParent',
    id: 'tidak kurang dari tingkat di atasnya',
    en: 'no less than the level above'
  },
  { kind: 'subsetOfParent', id: 'boleh dikurangi saja', en: 'may only leave out' },
  { kind: 'supersetOfParent', id: 'boleh ditambah saja', en: 'may only add' },
  { kind: 'locked', id: 'terkunci', en: 'locked' }
] as const

function BoundFields({ draft, filling }: PartProps) {
  const bound = draft.edit?.kind === 'bound' ? draft.edit.bound : null
  const range = bound?.kind === 'range' ? bound : null
  const chosen = typed(filling.posted, '/bound/kind') ?? bound?.kind ?? ''
  const { subject } = draft
  return (
    <>
      {subject !== null && subject.bounds.length > 0 && (
        <p>
          <strong>
            <T id="Batas sekarang" en="Bounds now" />
          </strong>
          :{' '}
          {subject.bounds.map((each, index) => (
            <span key={index}>
              {index > 0 && '; '}
              <Said {...boundText(each, subject.kind === 'value' ? unitOf(subject) : null)} />
            </span>
          ))}
        </p>
      )}
      <Labelled
        path="/bound/kind"
        label={{
          id: 'Batas baru untuk wilayah dan kantor',
          en: 'New bound for regions and offices'
        }}
        problems={filling.problems}
      >
        {tied => (
          <select {...tied}>
            <option value="">– Pilih · Choose –</option>
            {BOUNDS.map(({ kind, id, en }) => (
              <option key={kind} value={kind} selected={kind === chosen}>
                {both(id, en)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <div class="parts">
        <TextField
          {...filling}
          path="/bound/min"
          optional
          label={{ id: 'Paling sedikit', en: 'At least' }}
          initial={range?.min === undefined ? '' : String(range.min)}
        />
        <TextField
          {...filling}
          path="/bound/max"
          optional
          label={{ id: 'Paling banyak', en: 'At most' }}
          initial={range?.max === undefined ? '' : String(range.max)}
        />
      </div>
    </>
  )
}

function CalendarFields({ draft, filling }: PartProps) {
  const edit = draft.edit?.kind === 'calendar' ? draft.edit : null
  const closed = Object.entries(edit?.closed ?? {})
  return (
    <>
      <fieldset class="field group">
        <legend>
          <T id="Hari kantor tutup" en="Days on which the office is closed" />
        </legend>
        {days().map(index => (
          <div key={index} class="parts">
            <TextField
              {...filling}
              path={`/closed/${index}/date`}
              type="date"
              optional={index > 0}
              label={{ id: `Tanggal ${index + 1}`, en: `Date ${index + 1}` }}
              initial={closed[index]?.[0] ?? ''}
            />
            <TextField
              {...filling}
              path={`/closed/${index}/name`}
              optional={index > 0}
              label={{ id: 'Sebab', en: 'Why' }}
              initial={closed[index]?.[1] ?? ''}
            />
          </div>
        ))}
      </fieldset>
      <fieldset class="field group">
        <legend>
          <T
            id="Hari yang tadinya ditutup kantor ini dan ternyata buka"
            en="Days that this office had closed and that are working days after all"
          />
        </legend>
        {indexes().map(index => (
          <TextField
            key={index}
            {...filling}
            path={`/opened/${index}`}
            type="date"
            optional
            label={{ id: `Tanggal buka ${index + 1}`, en: `Working day ${index + 1}` }}
            initial={edit?.opened[index] ?? ''}
          />
        ))}
      </fieldset>
    </>
  )
}
