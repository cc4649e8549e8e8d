import type { Interval } from '../../engine/rules/dates.ts'
import { dateProblem, describe, endsBeforeItStarts, isCertain } from '../../engine/rules/dates.ts'
import type { Findings } from './findings.ts'

/** Dates of law that exist, in the right order; those not known to the day are listed. */
export function checkInterval(part: object, interval: Interval, findings: Findings): void {
  const dates = [interval.from, interval.to].filter(date => date !== null)
  const problems = dates.map(dateProblem).filter(problem => problem !== null)
  for (const problem of problems) findings.error(part, problem)
  for (const side of interval.unknown ?? []) {
    if (interval[side] !== null) findings.error(part, `<${side}> is given and unknown`)
  }
  if (problems.length > 0) return
  if (endsBeforeItStarts(interval))
    findings.error(part, {
      id: `berakhir sebelum mulai: ${describe(interval, 'id')}`,
      en: `ends before it starts: ${describe(interval)}`
    })
  else if (!isCertain(interval))
    findings.add('notice', part, {
      id: `tidak diketahui sampai harinya: ${describe(interval, 'id')}`,
      en: `not known to the day: ${describe(interval)}`
    })
}
