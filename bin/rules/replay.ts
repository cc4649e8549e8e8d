import { selfCheck } from '../../runtime/rules/self-check.ts'
import { readSettings } from '../../runtime/settings.ts'
import { UsageError } from '../commands.ts'
import { readDataFolder } from '../data-folder.ts'
import { read, type Verb } from './verbs.ts'

/** `alur rules replay`: makes every decision of a data folder again by the release that it recorded. */
export const replay: Verb = async args => {
  const options = { data: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = read(args, options)
  if (positionals.length > 0) throw new UsageError('expected no further words')
  const folder = readDataFolder(values.data ?? readSettings(process.env).data)
  try {
    const check = await selfCheck(folder.log, folder.openRelease, {}, progress)
    if (values.json) console.log(JSON.stringify(check))
    else {
      console.log(`${check.reproduced} of ${check.replayed} decisions came out again`)
      for (const { instance, element, rule, expected, found } of check.differing)
        console.error(
          `${instance} <${element}>, ${rule}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`
        )
    }
    return check.reproduced === check.replayed ? 0 : 1
  } finally {
    folder.close()
  }
}

/** A bar, where somebody looks. */
export function progress(done: number, total: number): void {
  if (!process.stderr.isTTY) return
  const share = total === 0 ? 1 : done / total
  const full = Math.round(share * 30)
  const bar = '#'.repeat(full) + '.'.repeat(30 - full)
  process.stderr.write(`\r${bar} ${done} of ${total}${done >= total ? '\n' : ''}`)
}
