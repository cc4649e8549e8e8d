import type { Office } from '../../engine/context.ts'
import type { LocalDate, Value, Variables } from '../../engine/state.ts'
import type { Letterhead } from './letter.ts'
import { holding } from './template.ts'
import type { Letterheads } from './template.ts'

/**
 * The head of a unit's paper, from what the rulebook says of it on the date of the letter.
 *
 * A unit whose code for letter numbers was not found uses its own id, which nobody can take for an
 * official code.
 *
 * @throws Error when the rulebook does not say what a letterhead needs
 */
export function letterheadOf(office: Office, date: LocalDate, letterheads: Letterheads): Letterhead {
  const { facts, id } = office
  const level = office.line[0]?.level ?? 'office'
  const dated = holding(letterheads.levels[level].map((lines, version) => ({ ...lines, version })), date)
  const ministry = linesOf(facts.ministry ?? null)
  const place = textOf(facts.place ?? null)
  if (dated === null || ministry.length === 0 || place === null) {
    const lacking = [dated === null && 'letterhead', ministry.length === 0 && 'ministry', place === null && 'place']
    throw new Error(`unit <${id}> has no ${lacking.filter(Boolean).join(', ')} for a letter of ${date}`)
  }
  const contact = (facts.contact ?? {}) as Variables
  return {
    unit: id,
    ministryLines: dated.lines
      .flatMap(line => (line === '{ministry}' ? ministry : [line]))
      .map(line => line.toLocaleUpperCase('id')),
    name: textOf(facts.name ?? null) ?? office.name,
    address: textOf(contact.address ?? null),
    phone: textOf(contact.phone ?? null),
    fax: textOf(contact.fax ?? null),
    site: textOf(contact.website ?? null),
    email: textOf(contact.email ?? null),
    place,
    timeZone: office.timeZone,
    unitCode: textOf(facts.unitCode ?? null) ?? id.toUpperCase(),
    numberPattern: dated.numberPattern
  }
}

function linesOf(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.filter(line => typeof line === 'string')
  return typeof value === 'string' && value !== '' ? [value] : []
}

function textOf(value: Value): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
