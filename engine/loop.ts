import type { Activity } from './graph.ts'
import { rootOf } from './ledger.ts'
import { advanceMultiInstance, itemVariables, startMultiInstance } from './multi-instance.ts'
import type { Run } from './run.ts'
import { advanceStandardLoop, startStandardLoop } from './standard-loop.ts'
import type { Loop, Token, Variables } from './state.ts'

/** Whether an activity may run several times; its token is then the body, and the scope of its instances. */
export function repeats({ multiInstance, standardLoop }: Activity): boolean {
  return multiInstance !== null || standardLoop !== null
}

/** The variables that the instances of an activity hand over together, when all have completed. */
export function collectedBy({ multiInstance }: Activity): readonly string[] {
  if (multiInstance === null || multiInstance.output === null) return []
  const { output, takes } = multiInstance
  return takes.length === 0 ? [output] : takes.map(({ target }) => rootOf(target))
}

/** Starts what an activity repeats. */
export function startLoop(run: Run, node: Activity, body: Token): void {
  if (node.multiInstance !== null) return startMultiInstance(run, node.multiInstance, body)
  if (node.standardLoop !== null) startStandardLoop(run, node.standardLoop, body)
}

/** An instance or an iteration has done its work: the next one begins, or the activity ends. */
export function advanceLoop(run: Run, instance: Token, by: string | null): void {
  const { multiInstance, standardLoop } = run.nodeOf(instance) as Activity
  if (multiInstance !== null) return advanceMultiInstance(run, multiInstance, instance, by)
  if (standardLoop !== null) return advanceStandardLoop(run, standardLoop, instance, by)
  throw new Error(`expected <${instance.at}> to be a loop or a multi-instance activity`)
}

/** What an instance sees of its loop: its number, from 1, and its item. */
export function instanceVariables(node: Activity, loop: Loop, index: number): Variables {
  if (node.multiInstance !== null) return itemVariables(node.multiInstance, loop, index)
  return { loopCounter: index + 1 }
}
