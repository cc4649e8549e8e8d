import type { Office } from '../../engine/context.ts'
import type { LocalDate, Value } from '../../engine/state.ts'
import type { Letterhead } from './letter.ts'
import type { Letterheads } from './template.ts'
import { holding } from './template.ts'

/**
 * The head of a unit's paper, from what the rulebook says of it on the date of the letter.
 *
 * A unit whose code for letter numbers was not found uses its own id, which nobody can take for an
 * official code.
 *
 * @throws Error when the rulebook does not say what a letterhead needs
 */
export function letterheadOf(
  office: Office,
  date: LocalDate,
  letterheads: Letterheads
): Letterhead {
  const { facts, id } = office
  const level = office.line[0]?.level ?? 'office'
  const dated = holding(
    letterheads.levels[level].map((lines, version) => ({ ...lines, version })),
    date
  )
  const stated = {
    letterhead: dated,
    ministry: textOf(facts.ministry),
    place: textOf(facts.place),
    numberPattern: dated?.numberPattern ?? textOf(facts.numberPattern),
    classification: textOf(facts.classification)
  }
  const { ministry, place, numberPattern, classification } = stated
  if (!dated || !ministry || !place || !numberPattern || !classification) {
    const lacking = Object.entries(stated).filter(([, value]) => value === null)
    const names = lacking.map(([name]) => `<${name}>`).join(', ')
    throw new Error(`unit <${id}> states no ${names} for a letter of ${date}`)
  }
  return {
    unit: id,
    ministryLines: dated.lines
      .map(line => (line === '{ministry}' ? ministry : line))
      .map(line => line.toLocaleUpperCase('id')),
    name: textOf(facts.name) ?? office.name,
    address: textOf(facts.address),
    phone: textOf(facts.phone),
    fax: textOf(facts.fax),
    site: textOf(facts.website),
    email: textOf(facts.email),
    place,
    timeZone: office.timeZone,
    unitCode: textOf(facts.unitCode) ?? id.toUpperCase(),
    numberPattern,
    classification
  }
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
