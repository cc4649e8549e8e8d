import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { checkDiagram } from '../runtime/gate.ts'
import { saveDiagram } from '../runtime/saving.ts'
import { decodeXml } from '../runtime/xml/encoding.ts'
import { type CommandLine, UsageError } from './commands.ts'

const OPTIONS = {
  out: { type: 'string' },
  delete: { type: 'string', multiple: true }
} as const

/** `alur save`: a changed diagram in the text of its original; refuses to lose what was there. */
export const save: CommandLine = async args => {
  const { values, positionals } = parse(args)
  const [original, changed, ...rest] = positionals
  if (original === undefined || changed === undefined || rest.length > 0)
    throw new UsageError('expected two files: the original and the changed diagram')
  const [before, after] = await Promise.all([textOf(original), textOf(changed)])
  const deleted = values.delete ?? []
  const saved = await saveDiagram(before, after, basename(original), { deleted })
  const { warnings } = await checkDiagram(saved.xml, basename(original))
  // it is written as text in UTF-8, whatever it was before
  const xml = saved.xml.replace(/^(<\?xml[^>]*?encoding\s*=\s*["'])[^"']*/, '$1UTF-8')
  const out = values.out ?? original
  await writeFile(out, xml)
  for (const path of saved.deleted) console.log(`deleted: ${path}`)
  for (const { path, message } of warnings) console.log(`warning: ${path}: ${message}`)
  console.log(`saved ${out}`)
  return 0
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`expected a file that can be read at <${file}>`)
  })
  return decodeXml(bytes, basename(file))
}
