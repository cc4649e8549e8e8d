import type { HeldCommand } from '../messages.ts'
import type { Run } from '../run.ts'
import type { Operation } from './commands.ts'
import { migrate } from './migrate.ts'
import { rebind } from './rebind.ts'
import { resume, suspend } from './suspend.ts'
import { addToken, moveToken, removeToken, restart, setVariables, skip } from './tokens.ts'

/** Carries out what an operator does to an instance. */
export function operate(
  run: Run,
  operation: Operation,
  carryOut: (command: HeldCommand) => void
): void {
  switch (operation.type) {
    case 'suspend':
      return suspend(run, operation)
    case 'resume':
      return resume(run, operation.reason, carryOut)
    case 'skip':
      return skip(run, operation)
    case 'moveToken':
      return moveToken(run, operation)
    case 'addToken':
      return addToken(run, operation)
    case 'removeToken':
      return removeToken(run, operation)
    case 'setVariables':
      return setVariables(run, operation)
    case 'restart':
      return restart(run, operation)
    case 'migrate':
      return migrate(run, operation)
    case 'rebind':
      return rebind(run, operation)
    default:
      operation satisfies never
  }
}
