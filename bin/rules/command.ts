import { type CommandLine, UsageError } from '../commands.ts'
import type { Verb } from './verbs.ts'

/** Each is read when it is asked for, as the commands themselves. */
const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  check: async () => (await import('./check.ts')).check,
  resolve: async () => (await import('./resolve.ts')).resolve,
  diff: async () => (await import('./diff.ts')).diff,
  propose: async () => (await import('./propose.ts')).propose,
  replay: async () => (await import('./replay.ts')).replay,
  export: async () => (await import('./folders.ts')).exporting,
  import: async () => (await import('./folders.ts')).importing,
  changes: async () => (await import('./changes.ts')).list,
  show: async () => (await import('./changes.ts')).show,
  draft: async () => (await import('./changes.ts')).draft,
  impact: async () => (await import('./changes.ts')).impact,
  publish: async () => (await import('./changes.ts')).publish,
  revert: async () => (await import('./changes.ts')).revert
}

/** `alur rules`: local law from the command line. */
export const rules: CommandLine = async ([verb, ...args]) => {
  const find = Object.hasOwn(VERBS, verb ?? '') ? VERBS[verb ?? ''] : undefined
  if (find === undefined) {
    const known = Object.keys(VERBS).join(', ')
    throw new UsageError(`expected one of ${known}, found <${verb ?? 'nothing'}>`)
  }
  const act = await find()
  return act(args)
}
