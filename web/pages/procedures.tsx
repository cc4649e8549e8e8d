import type { Difference } from '../../engine/compare/difference.ts'
import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
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

/** What a variant does otherwise than the national process, by kind. */
export interface Variant {
  readonly process: string
  readonly name: string
  readonly english: string
  readonly version: number
  readonly national: string
  readonly nationalVersion: number
  readonly groups: readonly { readonly kind: Text; readonly differences: readonly Difference[] }[]
  /** What the last deployment of either changed in that; null: nothing was there before. */
  readonly since: {
    readonly added: readonly Difference[]
    readonly gone: readonly Difference[]
  } | null
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
  readonly variants: readonly Variant[]
}) {
  const { frame, procedures, variants } = props
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
      {variants.length > 0 && (
        <>
          <h2>
            <T id="Varian kantor" en="Variants of offices" />
          </h2>
          <p class="text">
            <T
              id="Yang berbeda menurut isinya dari proses nasional; tata letak, catatan dan petunjuk tidak dibandingkan."
              en="What differs in meaning from the national process; layout, notes and instructions are not compared."
              block
            />
          </p>
          {variants.map(variant => (
            <VariantSection key={variant.process} variant={variant} />
          ))}
        </>
      )}
    </Document>
  )
}

function VariantSection({ variant }: { readonly variant: Variant }) {
  const { process, name, english, version, national, nationalVersion, groups, since } = variant
  const count = groups.reduce((sum, { differences }) => sum + differences.length, 0)
  return (
    <section>
      <h3>
        <T id={name} en={english} />
        <span class="sub">
          <code>{`${process} ${version} ↔ ${national} ${nationalVersion}`}</code>
        </span>
      </h3>
      <p>
        <T id={`${count} perbedaan.`} en={`${count} differences.`} />{' '}
        {since !== null && (
          <T
            id={`Sejak perubahan terakhir: ${since.added.length} bertambah, ${since.gone.length} hilang.`}
            en={`Since the last change: ${since.added.length} more, ${since.gone.length} gone.`}
          />
        )}
      </p>
      {groups.map(({ kind, differences }) => (
        <details key={kind.en}>
          <summary>
            <T id={kind.id} en={kind.en} /> ({differences.length})
          </summary>
          <table class="table cards">
            <thead>
              <tr>
                <th scope="col">
                  <T id="Perbedaan" en="Difference" />
                </th>
                <th scope="col">
                  <T id="Nasional" en="National" />
                </th>
                <th scope="col">
                  <T id="Varian" en="Variant" />
                </th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ text, before, after }, index) => (
                <tr key={index}>
                  <th scope="row">
                    <T id={text.id} en={text.en} block />
                  </th>
                  <td data-label={both('Nasional', 'National')}>
                    <code>{before ?? '—'}</code>
                  </td>
                  <td data-label={both('Varian', 'Variant')}>
                    <code>{after ?? '—'}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </section>
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
