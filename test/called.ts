import { main } from '../bin/commands.ts'

/** What a command line gave back and printed. */
export interface Called {
  readonly code: number
  readonly out: string
  readonly errors: string
}

/** Runs a command line that asks for no password in this very process, which spares a start for each. */
export async function called(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {}
): Promise<Called> {
  const { log, error } = console
  const { env } = process
  const out: string[] = []
  const errors: string[] = []
  console.log = (...words: unknown[]) => void out.push(words.join(' '))
  console.error = (...words: unknown[]) => void errors.push(words.join(' '))
  process.env = { ...env, ...environment }
  try {
    const code = await main(args)
    return { code, out: out.join('\n'), errors: errors.join('\n') }
  } finally {
    console.log = log
    console.error = error
    process.env = env
  }
}
