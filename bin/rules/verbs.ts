import { parseArgs } from 'node:util'
import { isDay } from '../../engine/rules/dates.ts'
import type { LocalDate } from '../../engine/state.ts'
import { UsageError } from '../commands.ts'
import { BadOption } from '../options.ts'

/** One verb of `alur rules`; gives the exit code. */
export type Verb = (args: readonly string[]) => Promise<number>

type Options = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: boolean }>
>

/** The words and options of a call. @throws UsageError for an option that the verb does not have */
export function read<const Given extends Options>(args: readonly string[], options: Given) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** The one word that a verb expects. @throws UsageError */
export function only(words: readonly string[], what: string): string {
  const [word, ...rest] = words
  if (word === undefined || rest.length > 0) throw new UsageError(`expected ${what}`)
  return word
}

/** @throws UsageError for an option that is missing */
export function needed(name: string, given: string | undefined): string {
  if (given === undefined || given.trim() === '') throw new UsageError(`expected ${name}`)
  return given
}

/** @throws BadOption for what is no day */
export function dayOption(name: string, given: string): LocalDate {
  if (isDay(given)) return given
  throw new BadOption(`${name}: expected a day such as 2026-01-01, found <${given}>`)
}
