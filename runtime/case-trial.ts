/** Plays cases in a thread of its own, and posts what came of them. */
import { parentPort, workerData } from 'node:worker_threads'
import { compile } from '../engine/compile/compile.ts'
import { InvalidData } from '../engine/errors.ts'
import type { FormSchema } from '../engine/forms.ts'
import { traceLine } from '../engine/trace.ts'
import { readDiagram } from './bpmn.ts'
import { caseProblems } from './case-check.ts'
import type { TrialInput, TrialOutput, TriedCase, TriedCases } from './case-checker.ts'
import { type ExampleCase, playCase } from './cases.ts'
import { Coverage } from './coverage.ts'
import { checkDiagram } from './gate.ts'
import type { ProcessSource } from './library.ts'
import { problemsOf } from './references.ts'
import { createRulebook } from './rules/rulebook.ts'
import { openDatabase } from './stores/database.ts'
import { sqliteStatements } from './stores/sqlite-statements.ts'

parentPort?.postMessage(await answerTo(workerData as TrialInput))

async function answerTo(input: TrialInput): Promise<TrialOutput> {
  try {
    return { tried: await played(input) }
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    return { invalid: error.problems }
  }
}

/** @throws InvalidData for a draft or cases that do not hold */
async function played(input: TrialInput): Promise<TriedCases> {
  const { trial, jobs } = input
  const sources = await sourcesOf(input)
  const own = sources.find(({ graph }) => graph.id === trial.process)
  if (own === undefined) {
    const message = `expected the diagram to have the process <${trial.process}>`
    throw new InvalidData('diagram', [{ path: 'diagram', message }])
  }
  const rulebook = await openRules(input)
  const graphs = sources.map(({ graph }) => graph)
  const offices = rulebook.offices().map(({ id }) => id)
  const written = { process: trial.process, cases: trial.cases }
  const misspelt = caseProblems('cases', written, { graphs, offices, jobs })
  if (misspelt.length > 0) throw new InvalidData('the cases do not hold', misspelt)

  const coverage = new Coverage(id => graphs.find(graph => graph.id === id) ?? null)
  const cases: TriedCase[] = []
  for (const example of trial.cases as readonly ExampleCase[]) {
    const publishes = example.moves?.some(move => 'publish' in move) ?? false
    const rules = publishes ? await openRules(input) : rulebook
    const { player, problems } = await playCase(own.graph, example, sources, rules)
    const events = player.events.map(({ event }) => event)
    coverage.add(own.graph, events)
    cases.push({
      name: example.name,
      passed: problems.length === 0,
      problems,
      status: events.length === 0 ? null : player.state.status,
      trace: player.events.flatMap(({ at, event }) => {
        const line = traceLine(event)
        return line === null ? [] : [{ at, line }]
      })
    })
  }
  const came = graphs.map(graph => coverage.of(graph)).filter(each => each.cases > 0)
  return { cases, coverage: came }
}

/** The deployed processes, with the draft in the place of its own. */
async function sourcesOf({ trial, sources, jobs }: TrialInput): Promise<readonly ProcessSource[]> {
  const { process, diagram, forms } = trial
  const deployed = sources.filter(each => diagram === undefined || each.process !== process)
  const compiled = await Promise.all(
    deployed.map(async ({ process: id, xml, file, forms: own }) => {
      const graph = compile(await readDiagram(xml, file), 1).find(each => each.id === id)
      const given = id === process && forms !== undefined ? forms : own
      return graph === undefined ? [] : [{ graph, file, xml, forms: given }]
    })
  )
  if (diagram === undefined) return compiled.flat()
  const file = `${process}.bpmn`
  const { graphs: drafts } = await checkDiagram(diagram, file)
  const shipped = sources.find(each => each.process === process)?.forms ?? {}
  const given: Readonly<Record<string, FormSchema>> = forms ?? shipped
  const known = { jobs: new Set(jobs), rules: null, templates: null, roles: null }
  const problems = problemsOf(
    [...drafts.map(graph => ({ graph, file, xml: diagram })), ...compiled.flat()],
    Object.entries(given).map(([element, form]) => ({ file: 'forms', process, element, form })),
    known,
    true
  )
  const ownProblems = problems.filter(
    ({ path }) => path.startsWith(file) || path.startsWith('forms')
  )
  if (ownProblems.length > 0) throw new InvalidData('the draft cannot run', ownProblems)
  return [
    ...drafts.map(graph => ({
      graph,
      file,
      xml: diagram,
      forms: graph.id === process ? given : {}
    })),
    ...compiled.flat()
  ]
}

/** The local law with what was published, which a case may change for itself alone. */
function openRules({ rules, statements, publications }: TrialInput) {
  const kept = sqliteStatements(openDatabase(':memory:'))
  return createRulebook({
    folder: rules,
    statements: {
      ...kept,
      all: async () => statements,
      publications: async (after = 0) => publications.filter(({ number }) => number > after)
    }
  })
}
