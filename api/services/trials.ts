import { CommandRefused } from '../../engine/errors.ts'
import { TrialsBusy } from '../../runtime/case-checker.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps, Services } from '../services.ts'

export function trialServices({ caseChecker }: Deps): Pick<Services, 'tryCases'> {
  return {
    async tryCases(actor, trial) {
      if (actor.unit === null || !actor.roles.includes('operator'))
        throw new CommandRefused('not-allowed', 'expected an operator to try cases')
      try {
        return await caseChecker.check(trial)
      } catch (error) {
        if (!(error instanceof TrialsBusy)) throw error
        throw new RequestRefused('too-many', error.message, [], 5)
      }
    }
  }
}
