import type { ImpactReport } from '../../../api/law.ts'
import type { Value } from '../../../engine/state.ts'
import { dateText, rupiah, thousands } from '../dates.tsx'
import { both, T } from '../text.tsx'
import { BarChart } from './bars.tsx'
import { Said } from './said.tsx'
import { Head } from './table-head.tsx'
import { LawValue } from './value.tsx'
import { same } from './value-text.ts'
import { codeText, nameText } from './words.ts'

interface PartProps {
  readonly report: ImpactReport
}

/** Which rules decide otherwise, and from what to what. */
export function OutcomesPart({ report }: PartProps) {
  const changed = report.rules.filter(rule => rule.changed > 0)
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes">
        <T id="Hasil yang berubah" en="Changed outcomes" />
      </h2>
      {changed.length === 0 ? (
        <p class="empty-inline">
          <T id="Tidak ada keputusan yang berubah." en="No decision comes out otherwise." />
        </p>
      ) : (
        <>
          <BarChart
            name="outcomes"
            title={both(
              'Keputusan per aturan: semua dan yang berubah',
              'Decisions by rule: all and changed'
            )}
            pairs={changed.map(rule => ({
              label: rule.label.id,
              before: rule.replayed,
              after: rule.changed
            }))}
            format={thousands}
          />
          <p class="hint">
            <T
              id="Berarsir: semua keputusan. Penuh: yang berubah."
              en="Hatched: all. Full: changed."
            />
          </p>
          <table class="table cards">
            <caption class="visually-hidden">
              <T id="Perubahan hasil per aturan" en="Changes of outcome by rule" />
            </caption>
            <thead>
              <tr>
                <Head id="Aturan" en="Rule" />
                <Head id="Semula" en="Before" />
                <Head id="Menjadi" en="After" />
                <Head id="Banyaknya" en="Count" figure />
              </tr>
            </thead>
            <tbody>
              {changed.flatMap(rule =>
                rule.moves.map((move, index) => (
                  <tr key={`${rule.rule}-${index}`}>
                    <th scope="row">
                      <Said {...rule.label} />
                    </th>
                    <td data-label={both('Semula', 'Before')}>
                      <Moved text={move.from} />
                    </td>
                    <td data-label={both('Menjadi', 'After')}>
                      <Moved text={move.to} />
                    </td>
                    <td class="figure" data-label={both('Banyaknya', 'Count')}>
                      {thousands(move.count)}
                    </td>
                  </tr>
                ))
              )}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}

/** What it costs or brings. */
export function MoneyPart({ report }: PartProps) {
  const { money } = report
  const label = (rule: string) => report.rules.find(each => each.rule === rule)?.label ?? same(rule)
  if (money.byRule.length === 0) return null
  return (
    <section aria-labelledby="money">
      <h2 id="money">
        <T id="Penerimaan dalam rupiah" en="Revenue in rupiah" />
      </h2>
      <BarChart
        name="money"
        title={both('PNBP sebelum dan sesudah, per aturan', 'Revenue before and after, by rule')}
        pairs={money.byRule.map(each => ({ ...each, label: label(each.rule).id }))}
        format={rupiah}
      />
      <BeforeAfter />
      <table class="table cards">
        <caption class="visually-hidden">
          <T id="Rupiah per aturan" en="Rupiah by rule" />
        </caption>
        <thead>
          <tr>
            <Head id="Aturan" en="Rule" />
            <Head id="Semula" en="Before" figure />
            <Head id="Menjadi" en="After" figure />
            <Head id="Selisih" en="Difference" figure />
          </tr>
        </thead>
        <tbody>
          {[...money.byRule, null].map((each, index) => {
            const { before, after } = each ?? money
            return (
              <tr key={index}>
                <th scope="row">
                  {each === null ? (
                    <T id="Seluruhnya" en="In all" />
                  ) : (
                    <Said {...label(each.rule)} />
                  )}
                </th>
                <td class="figure" data-label={both('Semula', 'Before')}>
                  {rupiah(before)}
                </td>
                <td class="figure" data-label={both('Menjadi', 'After')}>
                  {rupiah(after)}
                </td>
                <td class="figure" data-label={both('Selisih', 'Difference')}>
                  {after < before ? '− ' : '+ '}
                  {rupiah(Math.abs(after - before))}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** How many tasks those who approve have each week. */
export function ApproversPart({ report }: PartProps) {
  const { approvers } = report
  if (approvers.length === 0) return null
  const roles = [...new Set(approvers.map(({ role }) => role))]
  return (
    <section aria-labelledby="approvers">
      <h2 id="approvers">
        <T id="Beban penyetuju per minggu" en="Tasks of approvers by week" />
      </h2>
      {roles.map(role => {
        const words = codeText(role) ?? same(role)
        const own = approvers.filter(each => each.role === role)
        return (
          <div key={role}>
            <h3>
              <Said {...words} />
            </h3>
            <BarChart
              name={role}
              title={both(`Tugas ${words.id} per minggu`, `Tasks of ${words.en} by week`)}
              pairs={own.map(({ week, before, after }) => ({
                label: weekText(week),
                before,
                after
              }))}
              format={thousands}
            />
            <BeforeAfter />
            <details>
              <summary>
                <T id="Sebagai tabel" en="As a table" />
                <span class="visually-hidden">: {words.id}</span>
              </summary>
              <table class="table">
                <caption class="visually-hidden">
                  <Said {...words} />
                </caption>
                <thead>
                  <tr>
                    <Head id="Minggu" en="Week" />
                    <Head id="Semula" en="Before" figure />
                    <Head id="Menjadi" en="After" figure />
                  </tr>
                </thead>
                <tbody>
                  {own.map(({ week, before, after }) => (
                    <tr key={week}>
                      <th scope="row">{weekText(week)}</th>
                      <td class="figure">{thousands(before)}</td>
                      <td class="figure">{thousands(after)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          </div>
        )
      })}
    </section>
  )
}

/** Which documents would be asked of more or of fewer people. */
export function DocumentsPart({ report }: PartProps) {
  if (report.documents.length === 0) return null
  return (
    <section aria-labelledby="documents">
      <h2 id="documents">
        <T id="Dokumen" en="Documents" />
      </h2>
      <table class="table cards">
        <caption class="visually-hidden">
          <T id="Dokumen yang diminta lebih atau kurang" en="Documents asked for more or less" />
        </caption>
        <thead>
          <tr>
            <Head id="Dokumen" en="Document" />
            <Head id="Kini diminta" en="Newly asked for" figure />
            <Head id="Tidak lagi diminta" en="No longer asked for" figure />
          </tr>
        </thead>
        <tbody>
          {report.documents.map(({ code, newlyAsked, noLongerAsked }) => (
            <tr key={code}>
              <th scope="row">{code.replaceAll('_', ' ')}</th>
              <td class="figure" data-label={both('Kini diminta', 'Newly asked for')}>
                {thousands(newlyAsked)}
              </td>
              <td class="figure" data-label={both('Tidak lagi diminta', 'No longer asked for')}>
                {thousands(noLongerAsked)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The open cases that it touches. */
export function CasesPart({ report }: PartProps) {
  const { looked, changed, cases } = report.openCases
  return (
    <section aria-labelledby="open-cases">
      <h2 id="open-cases">
        <T id="Berkas terbuka" en="Open cases" />
      </h2>
      <p>
        <T
          id={`${thousands(changed)} dari ${thousands(looked)} berkas terbuka akan berjalan lain.`}
          en={`${thousands(changed)} of ${thousands(looked)} open cases would go otherwise.`}
        />
      </p>
      {cases.length > 0 && (
        <details class="no-print">
          <summary>
            <T id="Berkasnya" en="The cases" />
          </summary>
          <ul class="values">
            {cases.slice(0, 50).map(id => (
              <li key={id}>
                <a href={`/cases/${id}`}>{id.slice(0, 8)}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** Ten at most, without personal data. */
export function ExamplesPart({ report }: PartProps) {
  if (report.examples.length === 0) return null
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">
        <T id="Contoh, disamarkan" en="Examples, masked" />
      </h2>
      <table class="table cards">
        <caption class="visually-hidden">
          <T id="Contoh keputusan yang berubah" en="Examples of changed decisions" />
        </caption>
        <thead>
          <tr>
            <Head id="Berkas" en="Case" />
            <Head id="Fakta" en="Facts" />
            <Head id="Semula" en="Before" />
            <Head id="Menjadi" en="After" />
          </tr>
        </thead>
        <tbody>
          {report.examples.map((each, index) => (
            <tr key={index}>
              <th scope="row">
                <bdi>{each.case}</bdi>
                <span class="sub">
                  <Said
                    {...(report.rules.find(({ rule }) => rule === each.rule)?.label ??
                      same(each.rule))}
                  />
                  , {dateText(each.date)}
                </span>
              </th>
              <td data-label={both('Fakta', 'Facts')}>
                {Object.entries(each.facts).map(([name, value]) => (
                  <div key={name}>
                    <Said {...nameText(name)} />: <LawValue value={value} />
                  </div>
                ))}
              </td>
              <td data-label={both('Semula', 'Before')}>
                <LawValue value={each.before} />
              </td>
              <td data-label={both('Menjadi', 'After')}>
                <LawValue value={each.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function BeforeAfter() {
  return (
    <p class="hint">
      <T id="Berarsir: semula. Penuh: menjadi." en="Hatched: before. Full: after." />
    </p>
  )
}

/** An outcome that stands as canonical text, in words. */
function Moved({ text }: { readonly text: string }) {
  return <LawValue value={parsed(text)} />
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value
  } catch {
    return text
  }
}

/** `2026-W07`: week 7 of 2026. */
function weekText(week: string): string {
  const parts = /^(\d{4})-W(\d{2})$/.exec(week)
  return parts === null ? week : `minggu ${Number(parts[2])}, ${parts[1]}`
}
