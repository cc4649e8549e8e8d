import type { EffectiveView, TableSubject } from '../../../api/law.ts'
import type { OfficeView } from '../../../api/schemas.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { Decision, Text } from '../../../engine/messages.ts'
import { dateText } from '../../parts/dates.tsx'
import { Fact } from '../../parts/decisions.tsx'
import { Document } from '../../parts/document.tsx'
import type { Posted } from '../../parts/form-values.ts'
import type { Frame } from '../../parts/frame.ts'
import { FactFields } from '../../parts/law/fact-fields.tsx'
import { Origin, SuspendedMark, whyText } from '../../parts/law/origin.tsx'
import { ReasonRows } from '../../parts/law/reasons.tsx'
import { factLabels } from '../../parts/law/rows-table.tsx'
import { Said } from '../../parts/law/said.tsx'
import { DateInput, LawSections, OfficeSelect, ShowButton } from '../../parts/law/sections.tsx'
import { LawValue } from '../../parts/law/value.tsx'
import { ErrorSummary } from '../../parts/problems.tsx'
import { both, T } from '../../parts/text.tsx'

/** Facts that lie at a limit of a table, to try it with. */
export interface ProposedCase {
  readonly name: Text
  /** The address of the test run with these facts. */
  readonly href: string
}

export interface TryPageProps {
  readonly frame: Frame
  readonly tables: readonly EffectiveView[]
  readonly offices: readonly OfficeView[]
  readonly office: string
  readonly date: string
  readonly table: TableSubject | null
  /** Drafts that the table may be tried with. */
  readonly drafts: readonly { readonly id: string; readonly title: Text }[]
  readonly draft: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
  readonly decision: Decision | null
  /** Why there is none. */
  readonly failed: string | null
  readonly proposed: readonly ProposedCase[]
  readonly units: Readonly<Record<string, string>>
  readonly cites: readonly string[]
}

/** Tries a table without a case: facts in, outcome out, with every row that was looked at. */
export function TryPage(props: TryPageProps) {
  const { frame, table, problems } = props
  return (
    <Document
      frame={frame}
      title={{ id: 'Uji coba aturan', en: 'Test run of a rule' }}
      invalid={problems.length > 0}
    >
      <ErrorSummary form={null} problems={problems} />
      <h1>
        <T id="Uji coba aturan" en="Test run of a rule" />
      </h1>
      <LawSections here="/rules/try" />
      <p class="text lead">
        <T
          id="Tidak ada berkas yang berubah: hanya dijawab apa kata aturan."
          en="No case is changed: the page only says what the rule says."
          block
        />
      </p>
      <Choice {...props} />
      {table !== null && (
        <div class="columns columns-side law-try">
          <Facts {...props} table={table} />
          <div>
            {(props.decision !== null || props.failed !== null) && (
              <Result {...props} table={table} />
            )}
            {props.proposed.length > 0 && <Proposed {...props} />}
          </div>
        </div>
      )}
    </Document>
  )
}

function Choice({ tables, offices, office, date, table, drafts, draft }: TryPageProps) {
  return (
    <form class="filters" method="get" action="/rules/try">
      <div>
        <label for="try-rule">
          <T id="Tabel" en="Table" />
        </label>
        <select id="try-rule" name="rule">
          {tables.map(({ key, label }) => (
            <option key={key} value={key} selected={key === table?.key}>
              {both(label.id, label.en)}
            </option>
          ))}
        </select>
      </div>
      <OfficeSelect id="try-office" offices={offices} office={office} />
      <DateInput
        id="try-date"
        name="date"
        label={{ id: 'Per tanggal', en: 'As of' }}
        value={date}
      />
      {drafts.length > 0 && (
        <div>
          <label for="try-draft">
            <T id="Menurut" en="By" />
          </label>
          <select id="try-draft" name="changeSet">
            <option value="" selected={draft === ''}>
              {both('aturan yang berlaku', 'the rules in force')}
            </option>
            {drafts.map(each => (
              <option key={each.id} value={each.id} selected={each.id === draft}>
                {`${each.id}: ${each.title.id}`}
              </option>
            ))}
          </select>
        </div>
      )}
      <ShowButton />
    </form>
  )
}

function Facts({
  frame,
  table,
  office,
  date,
  draft,
  posted,
  problems
}: TryPageProps & { readonly table: TableSubject }) {
  return (
    <form class="form panel" method="post" action="/rules/try" noValidate>
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <input type="hidden" name="rule" value={table.key} />
      <input type="hidden" name="office" value={office} />
      <input type="hidden" name="date" value={date} />
      <input type="hidden" name="changeSet" value={draft} />
      <h2>
        <Said {...table.label} />
      </h2>
      <FactFields facts={table.facts} posted={posted} problems={problems} />
      <div class="actions">
        <button class="button" type="submit">
          <T id="Uji" en="Try" />
        </button>
      </div>
    </form>
  )
}

function Result(props: TryPageProps & { readonly table: TableSubject }) {
  const { decision, failed, table, units } = props
  if (decision === null) {
    return (
      <section class="panel" aria-labelledby="result" role="status">
        <h2 id="result">
          <T id="Tidak ada keputusan" en="No decision" />
        </h2>
        <p>
          <bdi>
            <Said {...whyText(failed ?? '')} />
          </bdi>
        </p>
      </section>
    )
  }
  return (
    <section class="panel" aria-labelledby="result" role="status">
      <h2 id="result">
        <T id="Hasil" en="Outcome" />
      </h2>
      <div class="law-outcome">
        <LawValue value={decision.outcome} />
      </div>
      {decision.remarks.length > 0 && (
        <ul class="remarks">
          {decision.remarks.map(remark => (
            <li key={remark.id}>
              <Said {...remark} />
            </li>
          ))}
        </ul>
      )}
      <dl class="facts">
        <Fact id="Baris yang cocok" en="Rows that fit">
          {decision.rows.length === 0
            ? '–'
            : decision.rows.map(id => numberOf(table, id)).join(', ')}
        </Fact>
        <Fact id="Hukum per tanggal" en="Law as of">
          {dateText(decision.date)}
        </Fact>
        <Fact id="Dasar" en="Basis">
          <bdi>{props.cites.join('; ') || '–'}</bdi>
        </Fact>
      </dl>
      <h3>
        <T id="Mengapa" en="Why" />
      </h3>
      <ReasonRows
        reasons={decision.reasons}
        labels={factLabels(table)}
        name={id => numberOf(table, id)}
      />
      <h3>
        <T id="Kata setiap tingkat" en="What each level says" />
      </h3>
      <ul class="plain-list">
        {decision.trail.map((step, index) => (
          <li key={index}>
            <Origin level={step.level} unit={units[step.scope] ?? step.scope} />
            {step.status === 'suspended' ? (
              <SuspendedMark why={step.why} />
            ) : (
              <span class="sub">
                <bdi>
                  <Said {...whyText(step.why)} />
                </bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The place of a row in the table as the pages number it; a draft may have others. */
function numberOf(table: TableSubject, id: string): string {
  const at = table.rows.findIndex(row => row.id === id)
  return at < 0 ? id : `no. ${at + 1} (${id})`
}

function Proposed({ proposed }: TryPageProps) {
  return (
    <section class="panel" aria-labelledby="proposed">
      <h2 id="proposed">
        <T id="Kasus di batas" en="Cases at the limits" />
      </h2>
      <ul class="values">
        {proposed.map((each, index) => (
          <li key={index}>
            <a href={each.href}>
              <Said {...each.name} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
