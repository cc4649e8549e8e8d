import { readFile } from 'node:fs/promises'
import type { Value } from '../engine/state.ts'
import { UsageError } from './commands.ts'

/** An option whose value does not do: said in one line, exit code 2. */
export class BadOption extends Error {}

/** JSON given on the command line, or in a file as `@path`. @throws UsageError */
export async function jsonOption(
  name: string,
  text: string | undefined
): Promise<Value | undefined> {
  if (text === undefined) return undefined
  const source = text.startsWith('@') ? await fileAt(name, text.slice(1)) : text
  try {
    return JSON.parse(source) as Value
  } catch (error) {
    throw new UsageError(`${name}: expected JSON or @file: ${(error as Error).message}`)
  }
}

async function fileAt(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new UsageError(`${name}: expected a file that can be read at <${path}>`)
  }
}
