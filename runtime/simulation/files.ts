import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { InvalidData, type Problem } from '../../engine/errors.ts'
import type { CaseFile } from '../cases.ts'
import type { ProcessSource } from '../library.ts'
import { readScenario } from './scenario.ts'

/** What is wrong with the scenarios beside the diagrams, each with its file and place. */
export async function scenarioProblems(
  folder: string,
  sources: readonly ProcessSource[],
  cases: readonly CaseFile[],
  jobs: readonly string[]
): Promise<readonly Problem[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.simulation.json'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  const found = await Promise.all(
    files.map(async path => {
      const file = relative(folder, path)
      const process = basename(file, '.simulation.json')
      const own = sources.find(({ graph }) => graph.id === process)
      if (own === undefined) return [{ path: file, message: `expected the process <${process}>` }]
      const others = sources.filter(each => each !== own)
      const examples = cases
        .filter(each => each.process === process)
        .flatMap(each => each.cases.map(({ name }) => name))
      try {
        const graphs = [own, ...others].map(({ graph }) => graph)
        readScenario(JSON.parse(await readFile(path, 'utf8')), file, graphs, { examples, jobs })
        return []
      } catch (error) {
        if (error instanceof InvalidData) return error.problems
        if (!(error instanceof SyntaxError)) throw error
        return [{ path: file, message: `expected JSON: ${error.message}` }]
      }
    })
  )
  return found.flat()
}
