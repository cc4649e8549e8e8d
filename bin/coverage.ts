import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readDiagram } from '../runtime/bpmn.ts'
import { Coverage, type ProcessCoverage, percent } from '../runtime/coverage.ts'
import { layoutOf } from '../runtime/layout.ts'
import type { ProcessSource } from '../runtime/library.ts'
import { wordsOf } from '../runtime/wording.ts'
import { renderPage } from '../web/render.ts'
import { CoveragePage } from '../web/reports/coverage.tsx'

/** Collects what cases take of the processes that they come through. */
export function coverageOf(sources: readonly ProcessSource[]): Coverage {
  return new Coverage(id => sources.find(({ graph }) => graph.id === id)?.graph ?? null)
}

/** What the cases have taken of a process, in lines for a terminal. */
export function coverageLines({ process, cases, ...parts }: ProcessCoverage): readonly string[] {
  if (cases === 0) return [`coverage ${process}: no case comes through it`]
  const { nodes, flows, conditions } = parts
  const share = (part: { readonly covered: number; readonly total: number }) =>
    `${part.covered} of ${part.total}`
  const counts =
    `${cases} case${cases === 1 ? '' : 's'}, ${share(nodes)} flow nodes (${percent(nodes)} %), ` +
    `${share(flows)} sequence flows (${percent(flows)} %), ` +
    `${share(conditions)} outcomes of conditions`
  const missing = [...nodes.missing, ...flows.missing]
  return [
    `coverage ${process}: ${counts}`,
    ...(missing.length > 0 ? [`  not taken: ${missing.join(', ')}`] : [])
  ]
}

/** Writes one page per process, and gives their names. */
export async function writeCoverage(
  folder: string,
  sources: readonly ProcessSource[],
  coverage: Coverage
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    sources.map(async ({ graph, xml, file }) => {
      const drawing = layoutOf(await readDiagram(xml, file), graph)
      const { name, english } = graph
      const view = { ...coverage.of(graph), name, english, drawing, say: wordsOf(graph) }
      const path = join(folder, `${graph.id}.html`)
      await writeFile(path, renderPage(CoveragePage({ view })))
      return path
    })
  )
}
