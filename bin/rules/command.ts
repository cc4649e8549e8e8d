import { type CommandLine, UsageError } from '../commands.ts'
import { diff } from './diff.ts'
import { resolve } from './resolve.ts'
import type { Verb } from './verbs.ts'

const VERBS: Readonly<Record<string, Verb>> = { resolve, diff }

/** `alur rules`: local law from the command line. */
export const rules: CommandLine = async ([verb, ...args]) => {
  const act = Object.hasOwn(VERBS, verb ?? '') ? VERBS[verb ?? ''] : undefined
  if (act === undefined) {
    const known = Object.keys(VERBS).join(', ')
    throw new UsageError(`expected one of ${known}, found <${verb ?? 'nothing'}>`)
  }
  return act(args)
}
