import { Temporal } from 'temporal-polyfill'
import type { Text } from '../../engine/messages.ts'
import type { Instant, LocalDate, Value, Variables } from '../../engine/state.ts'
import { clean, FORMATS, longDate, mask, plusDays } from './formats.ts'
import type { Letter, LetterBlock, Letterhead, LetterValues } from './letter.ts'
import type { Condition, Places, Template, TemplateBlock, TemplateField } from './template.ts'
import { piecesOf } from './template.ts'

/** A letter that cannot be written; names every place that is missing, unfit or unknown. */
export class LetterIncomplete extends Error {
  readonly places: readonly string[]
  constructor(kind: string, places: readonly string[]) {
    super(`letter <${kind}> has no fit value for ${places.map(place => `<${place}>`).join(', ')}`)
    this.name = 'LetterIncomplete'
    this.places = places
  }
}

/**
 * Writes a letter: fills the places of a template.
 *
 * Pure: the same arguments give the same letter. Values are never read as templates.
 *
 * @throws LetterIncomplete naming every place without a value
 */
export function compose(
  template: Template,
  values: LetterValues,
  office: Letterhead,
  places: Places
): Letter {
  const writer = new Writer(places, allValues(values, office))
  const sealed = template.sealed
  const passport = writer.optional(sealed.passport, 'plain')
  const letter: Letter = {
    kind: template.id,
    layout: template.layout,
    title: template.title.id,
    english: template.title.en,
    number: values.number,
    date: values.date,
    dateText: longDate(values.date) ?? writer.lack('letter.date'),
    office,
    nature: writer.text(template.nature ?? 'Biasa'),
    attachments: writer.text(template.attachments ?? '-'),
    subject: writer.text(template.subject ?? template.title.id),
    to: values.to && {
      name: clean(values.to.name),
      place: values.to.place && clean(values.to.place)
    },
    body: writer.blocks(template.body),
    signatory: values.signatory,
    copies: (template.copies ?? []).map(copy => writer.text(copy)),
    sealed: {
      name: writer.optional(sealed.name, 'plain'),
      passport: passport === null ? null : mask(passport).replace(/\*/g, ''),
      nationality: writer.optionalRaw(sealed.nationality),
      from: writer.optionalRaw(sealed.from),
      until: writer.optionalRaw(sealed.until)
    }
  }
  if (template.signatory !== undefined && values.signatory === null) writer.lack('signatory.name')
  if (writer.lacking.size > 0) throw new LetterIncomplete(template.id, [...writer.lacking].sort())
  return letter
}

/** Fills texts and remembers what is lacking, so that one error can name all of it. */
class Writer {
  readonly lacking = new Set<string>()
  readonly #places: Places
  readonly #values: Variables

  constructor(places: Places, values: Variables) {
    this.#places = places
    this.#values = values
  }

  lack(place: string): '' {
    this.lacking.add(place)
    return ''
  }

  text(text: string): string {
    return piecesOf(text)
      .map(piece => ('text' in piece ? piece.text : this.#place(piece.place, piece.format)))
      .join('')
  }

  blocks(blocks: readonly TemplateBlock[]): readonly LetterBlock[] {
    return blocks.flatMap((block): readonly LetterBlock[] => {
      if ('heading' in block)
        return [{ type: 'heading', ...this.#both(block.heading, block.english) }]
      if ('paragraph' in block)
        return [{ type: 'paragraph', ...this.#both(block.paragraph, block.english) }]
      if ('list' in block) {
        return [
          {
            type: 'list',
            ordered: block.ordered ?? false,
            items: block.list.map(item => this.text(item))
          }
        ]
      }
      if ('listOf' in block) {
        return [{ type: 'list', ordered: block.ordered ?? false, items: this.#texts(block.listOf) }]
      }
      if ('fields' in block) return [{ type: 'fields', rows: this.#rows(block.fields) }]
      if ('when' in block)
        return this.blocks(this.#holds(block.when) ? block.blocks : (block.otherwise ?? []))
      return []
    })
  }

  /** The value of a place that need not be named; null when it is not. */
  optional(place: string | undefined, format: string): string | null {
    return place === undefined ? null : this.#place(place, format)
  }

  optionalRaw(place: string | undefined): string | null {
    if (place === undefined) return null
    const value = find(this.#values, place)
    return typeof value === 'string' && value !== '' ? value : this.lack(place)
  }

  #both(text: string, english: string | undefined): { text: string; english: string } {
    return { text: this.text(text), english: this.text(english ?? '') }
  }

  #rows(fields: readonly TemplateField[]): LetterRows {
    return fields
      .filter(field => field.when === undefined || this.#holds(field.when))
      .map(field => ({
        label: field.label.id,
        english: field.label.en,
        value: this.text(field.value)
      }))
  }

  #place(name: string, format: string | null): string {
    const place = Object.hasOwn(this.#places, name) ? this.#places[name] : undefined
    if (place === undefined) return this.lack(name)
    const formats = FORMATS[place.type]
    const write = format === null ? Object.values(formats)[0] : formats[format]
    return write?.(find(this.#values, name)) ?? this.lack(name)
  }

  #texts(name: string): readonly string[] {
    const value = find(this.#values, name)
    const texts = Array.isArray(value)
      ? value.map(item => (typeof item === 'string' ? clean(item) : ''))
      : []
    if (texts.length === 0 || texts.includes('')) this.lack(name)
    return texts
  }

  #holds(condition: Condition): boolean {
    const value = find(this.#values, condition.place)
    const present = value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
    if (condition.is === 'present') return present
    if (condition.is === 'absent') return !present
    if (!present) return false
    if (condition.is === 'equal') return value === condition.value
    if (typeof value !== 'string' || typeof condition.value !== 'string') return false
    return condition.is === 'before' ? value < condition.value : value >= condition.value
  }
}
type LetterRows = Extract<LetterBlock, { readonly type: 'fields' }>['rows']

/** The value at a path, or null. */
function find(values: Variables, path: string): Value {
  let value: Value = values
  for (const name of path.split('.')) {
    if (
      typeof value !== 'object' ||
      value === null ||
      Array.isArray(value) ||
      !Object.hasOwn(value, name)
    )
      return null
    value = (value as Variables)[name] ?? null
  }
  return value
}

/** The facts of the case with what every letter knows of itself, and what follows from both. */
function allValues(
  { facts, number, date, to, signatory }: LetterValues,
  office: Letterhead
): Variables {
  const { ministryLines: _, ...known } = office
  return {
    ...(localDates(facts, office.timeZone) as Variables),
    permit: withUntil(facts.permit ?? null),
    documents: { received: documentsReceived(facts) },
    letter: { number, date },
    office: { ...known },
    to: to && { ...to },
    signatory: signatory && { ...signatory }
  }
}

/** Moments as the dates that they are at the office. */
function localDates(value: Value, zone: string): Value {
  if (typeof value === 'string') return MOMENT.test(value) ? localDate(value, zone) : value
  if (Array.isArray(value)) return value.map(item => localDates(item, zone))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, localDates(each, zone)])
  )
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** The date of a moment at a place. */
export function localDate(at: Instant, zone: string): LocalDate {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** A permit is extended from the day that it runs out, unless the facts say until when. */
function withUntil(permit: Value): Value {
  if (typeof permit !== 'object' || permit === null || Array.isArray(permit)) return permit
  const { until, expires, days } = permit as Variables
  if (until !== undefined || typeof expires !== 'string' || typeof days !== 'number') return permit
  return { ...permit, until: plusDays(expires as LocalDate, days) }
}

/** The labels of the documents that were ticked, in the order of the checklist. */
function documentsReceived({ documents, checklist }: Variables): Value {
  const ticked = Object.entries((documents ?? {}) as Record<string, Value>).filter(
    ([, received]) => received === true
  )
  const items =
    ((checklist ?? {}) as { documents?: readonly { code: string; label: Text }[] }).documents ?? []
  const labels = items
    .filter(({ code }) => ticked.some(([each]) => each === code))
    .map(({ label }) => label.id)
  const others = ticked
    .map(([code]) => code)
    .filter(code => !items.some(item => item.code === code))
  return [...labels, ...others]
}
