import { CommandRefused } from '../errors.ts'
import type { Run } from '../run.ts'
import type { Operation } from './commands.ts'
import { mustOperate } from './duties.ts'

/** Pins another release: what is decided from here on goes by it, what was decided stays as it was. */
export function rebind(
  run: Run,
  { release, reason }: Extract<Operation, { readonly type: 'rebind' }>
): void {
  mustOperate(run, 'give this instance another release of local law')
  const { id, status, release: from } = run.state
  if (status !== 'running') {
    throw new CommandRefused('not-running', `instance <${id}> is ${status}`)
  }
  if (from === release) {
    throw new CommandRefused('impossible', `instance <${id}> goes by release <${release}> already`)
  }
  run.emit({ type: 'releaseReplaced', from, to: release, reason })
}
