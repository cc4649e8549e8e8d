import { type CommandLine, UsageError } from '../commands.ts'
import { draft, impact, list, publish, revert, show } from './changes.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { exporting, importing } from './folders.ts'
import { propose } from './propose.ts'
import { replay } from './replay.ts'
import { resolve } from './resolve.ts'
import type { Verb } from './verbs.ts'

const VERBS: Readonly<Record<string, Verb>> = {
  check,
  resolve,
  diff,
  propose,
  replay,
  export: exporting,
  import: importing,
  changes: list,
  show,
  draft,
  impact,
  publish,
  revert
}

/** `alur rules`: local law from the command line. */
export const rules: CommandLine = async ([verb, ...args]) => {
  const act = Object.hasOwn(VERBS, verb ?? '') ? VERBS[verb ?? ''] : undefined
  if (act === undefined) {
    const known = Object.keys(VERBS).join(', ')
    throw new UsageError(`expected one of ${known}, found <${verb ?? 'nothing'}>`)
  }
  return act(args)
}
