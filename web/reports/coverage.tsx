import type { ComponentChildren } from 'preact'
import { T } from '../parts/text.tsx'
import { type Drawing, type Paint, Picture, REPORT_STYLE } from './picture.tsx'

interface Part {
  readonly counts: Readonly<Record<string, number>>
  readonly covered: number
  readonly total: number
  readonly missing: readonly string[]
}
/** What the cases of a process have taken, and what its elements are called. */
export interface CoverageView {
  readonly process: string
  readonly name: string
  readonly english: string
  readonly cases: number
  readonly nodes: Part
  readonly flows: Part
  readonly conditions: Part
  readonly drawing: Drawing
  /** The words for an id of one of the parts. */
  readonly say: (id: string) => string
}

/** A page that stands by itself: without a server, scripts or other files. */
export function ReportPage(props: {
  readonly title: { readonly id: string; readonly en: string }
  readonly children: ComponentChildren
}) {
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{props.title.id}</title>
        <style dangerouslySetInnerHTML={{ __html: REPORT_STYLE }} />
      </head>
      <body>
        <h1>
          <T id={props.title.id} en={props.title.en} />
        </h1>
        {props.children}
      </body>
    </html>
  )
}

/** The coverage of one process, painted on its diagram, as numbers and as a list. */
export function CoveragePage({ view }: { readonly view: CoverageView }) {
  return (
    <ReportPage
      title={{
        id: `Cakupan contoh kasus: ${view.name}`,
        en: `Coverage by example cases: ${view.english || view.name}`
      }}
    >
      <CoverageReport view={view} />
    </ReportPage>
  )
}

/** The same inside another page. */
export function CoverageReport({ view }: { readonly view: CoverageView }) {
  return (
    <>
      <p>
        <T
          id={`${view.cases} contoh kasus melewati proses ${view.process}.`}
          en={`${view.cases} example cases came through the process ${view.process}.`}
        />
      </p>
      <Counts view={view} />
      <Key />
      {view.drawing.shapes.length === 0 ? (
        <p>
          <T id="Diagram ini tidak mempunyai tata letak." en="This diagram has no layout." />
        </p>
      ) : (
        <div class="scroll">
          <Picture drawing={view.drawing} paint={id => paintOf(view, id)} title={view.name} />
        </div>
      )}
      <h2>
        <T id="Belum dilalui" en="Not taken yet" />
      </h2>
      <Missing view={view} />
    </>
  )
}

const PARTS = [
  { part: 'nodes', id: 'Elemen', en: 'Flow nodes' },
  { part: 'flows', id: 'Alur', en: 'Sequence flows' },
  { part: 'conditions', id: 'Hasil syarat', en: 'Outcomes of conditions' }
] as const

function Counts({ view }: { readonly view: CoverageView }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col" class="number">
            <T id="Dilalui" en="Taken" />
          </th>
          <th scope="col" class="number">
            <T id="Jumlah" en="Total" />
          </th>
          <th scope="col" class="number">
            %
          </th>
        </tr>
      </thead>
      <tbody>
        {PARTS.map(({ part, id, en }) => {
          const { covered, total } = view[part]
          return (
            <tr key={part}>
              <th scope="row">
                <T id={id} en={en} />
              </th>
              <td class="number">{covered}</td>
              <td class="number">{total}</td>
              <td class="number">{total === 0 ? 100 : Math.floor((covered / total) * 100)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Key() {
  return (
    <ul class="key">
      <li>
        <svg class="picture" width="44" height="12" aria-hidden="true">
          <g class="line covered">
            <path d="M2 6H42" />
          </g>
        </svg>
        <T id="garis utuh: dilalui, angka = berapa kali" en="solid: taken, number = how often" />
      </li>
      <li>
        <svg class="picture" width="44" height="12" aria-hidden="true">
          <g class="line missing">
            <path d="M2 6H42" />
          </g>
        </svg>
        <T id="garis putus, 0: belum dilalui" en="dashed, 0: not taken yet" />
      </li>
    </ul>
  )
}

function Missing({ view }: { readonly view: CoverageView }) {
  const open = PARTS.filter(({ part }) => view[part].missing.length > 0)
  if (open.length === 0)
    return (
      <p>
        <T id="Semuanya dilalui." en="Everything is taken." />
      </p>
    )
  return (
    <>
      {open.map(({ part, id, en }) => (
        <section key={part}>
          <h3>
            <T id={id} en={en} />
          </h3>
          <ul>
            {view[part].missing.map(each => (
              <li key={each}>{view.say(each)}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function paintOf(view: CoverageView, id: string): Paint | null {
  const times = view.nodes.counts[id] ?? view.flows.counts[id]
  if (times === undefined) return null
  return {
    class: times === 0 ? 'missing' : 'covered',
    badge: String(times),
    title: `${view.say(id)}: ${times}×`
  }
}
