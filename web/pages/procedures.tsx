import type { Problem } from '../../engine/errors.ts'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { both, T } from '../parts/text.tsx'
import { CoverageReport, type CoverageView, ReportPage } from '../reports/coverage.tsx'

/** A procedure as it runs, and how many example cases stand beside it. */
export interface Procedure {
  readonly process: string
  readonly name: string
  readonly english: string
  readonly version: number
  /** Where the XML is served. */
  readonly diagram: string
  readonly examples: number
}

/** What the example cases beside a procedure take of it, and of those that it calls. */
export interface CoveredProcedure {
  readonly name: string
  readonly english: string
  /** The examples that went otherwise than expected. */
  readonly failed: readonly {
    readonly name: string
    readonly problems: readonly Problem[]
  }[]
  readonly covered: readonly CoverageView[]
}

/** The procedures as they run, with what their example cases cover. */
export function ProceduresPage(props: {
  readonly frame: Frame
  readonly procedures: readonly Procedure[]
}) {
  const { frame, procedures } = props
  return (
    <Document frame={frame} title={{ id: 'Prosedur', en: 'Procedures' }}>
      <h1>
        <T id="Prosedur" en="Procedures" />
      </h1>
      <p class="text lead">
        <T
          id="Contoh kasus di samping diagram dimainkan dengan aturan yang berlaku; cakupannya dilukis pada diagram."
          en="The example cases beside a diagram are played by the rules in force; what they take is painted on it."
          block
        />
      </p>
      <table class="table cards">
        <thead>
          <tr>
            <th scope="col">
              <T id="Prosedur" en="Procedure" />
            </th>
            <th scope="col">
              <T id="Versi" en="Version" />
            </th>
            <th scope="col">
              <T id="Contoh kasus" en="Example cases" />
            </th>
          </tr>
        </thead>
        <tbody>
          {procedures.map(({ process, name, english, version, diagram, examples }) => (
            <tr key={process}>
              <th scope="row">
                <T id={name} en={english} />
                <span class="sub">
                  <code>{process}</code>
                </span>
              </th>
              <td data-label={both('Versi', 'Version')}>
                <a href={diagram}>
                  <T id={`Versi ${version} (berkas BPMN)`} en="BPMN file" />
                  <span class="visually-hidden">, {name}</span>
                </a>
              </td>
              <td data-label={both('Contoh kasus', 'Example cases')}>
                {examples === 0 ? (
                  <T id="tidak ada" en="none" />
                ) : (
                  <a href={`/procedures/${encodeURIComponent(process)}/coverage`}>
                    <T id={`Cakupan ${examples} contoh`} en={`Coverage by ${examples}`} />
                    <span class="visually-hidden">, {name}</span>
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Document>
  )
}

/** What the examples of a procedure take, painted; stands by itself, to be kept or printed. */
export function CoveredPage({
  covered: { name, english, failed, covered }
}: {
  readonly covered: CoveredProcedure
}) {
  const title = {
    id: `Cakupan contoh kasus: ${name}`,
    en: `Coverage by example cases: ${english || name}`
  }
  return (
    <ReportPage title={title}>
      <p>
        <a href="/procedures">
          <T id="Prosedur" en="Procedures" />
        </a>
      </p>
      {failed.length > 0 && (
        <>
          <h2>
            <T
              id="Contoh yang tidak berjalan seperti diharapkan"
              en="Examples that went otherwise"
            />
          </h2>
          <ul>
            {failed.map(({ name: example, problems }) => (
              <li key={example}>
                <strong>{example}</strong>
                <ul>
                  {problems.map(({ path, message }, index) => (
                    <li key={index}>{`${path}: ${message}`}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
      {covered.map(view => (
        <section key={view.process}>
          <h2>
            <T id={view.name} en={view.english || view.name} />
          </h2>
          <CoverageReport view={view} />
        </section>
      ))}
    </ReportPage>
  )
}
