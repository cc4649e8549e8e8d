import type { Citation, Text } from '../engine/messages.ts'
import type { Bound } from '../engine/rules/bounds.ts'
import { describe, holdsOn } from '../engine/rules/dates.ts'
import type { OfficeId, Value } from '../engine/state.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import type { CaseEdit, Edit } from '../runtime/rules/edits.ts'
import { schemaProblems } from '../runtime/rules/schemas.ts'

type Known = Pick<Rulebook, 'label' | 'citation' | 'standing'>

/** What the unit stated on the first day of an edit before it, as a value; undefined: nothing of its own. */
export type StatedBefore = (edit: Edit) => Value | undefined

/** How the pages say values and bounds; handed in, so that sentences and pages use the same words. */
export interface LawWords {
  /** A value with its unit of measure: `4 hari kerja sejak pembayaran`. */
  value(value: Value, unit: string | null): Text
  bound(bound: Bound, unit: string | null): Text
}

/** What an edit does, in a sentence of both languages, with what held before. `beside`: the whole change set. */
export function sentenceOf(
  edit: Edit,
  known: Known,
  before: StatedBefore,
  say: LawWords,
  beside: readonly Edit[] = []
): Text {
  if (schemaProblems(known.standing().schemas('edit'), edit).length > 0) {
    return {
      id: `Perubahan <${edit.kind}> belum lengkap`,
      en: `An edit <${edit.kind}> is incomplete`
    }
  }
  const words = (key: string) => known.label(key)
  const citation = (cite: Citation) => {
    const entered = beside.find(
      one => one.kind === 'instrument' && one.instrument?.id === cite.instrument
    )
    if (entered?.kind !== 'instrument') return known.citation(cite)
    return [entered.instrument.short, cite.pin ?? []].flat().join(', ')
  }
  const said = (key: string, value: Value) => say.value(value, unitOf(known, key))
  switch (edit.kind) {
    case 'value': {
      const name = words(edit.key)
      const old = before(edit)
      const now = said(edit.key, edit.value)
      const was = old === undefined ? null : said(edit.key, old)
      const base = edit.cites.map(citation).join('; ')
      return {
        id: `${name.id}: ${now.id}${was === null ? '' : `, sebelumnya ${was.id}`}, ${daysOf(edit).id}${base ? ` (dasar: ${base})` : ''}`,
        en: `${name.en}: ${now.en}${was === null ? '' : ` instead of ${was.en}`}, ${daysOf(edit).en}${base ? ` (basis: ${base})` : ''}`
      }
    }
    case 'row': {
      const name = words(edit.rule)
      const base = edit.cites.map(citation).join('; ')
      const outcome = said(edit.rule, edit.outcome)
      const how = edit.replaces
        ? {
            id: `mengganti hasil baris <${edit.replaces}>`,
            en: `replaces the outcome of row <${edit.replaces}>`
          }
        : edit.before
          ? {
              id: `pengecualian dari baris <${edit.before}>`,
              en: `an exception to row <${edit.before}>`
            }
          : { id: 'baris tersendiri', en: 'a row of its own' }
      return {
        id: `${name.id}, baris <${edit.row}>: ${outcome.id}, ${how.id}, ${daysOf(edit).id}${base ? ` (dasar: ${base})` : ''}`,
        en: `${name.en}, row <${edit.row}>: ${outcome.en}, ${how.en}, ${daysOf(edit).en}${base ? ` (basis: ${base})` : ''}`
      }
    }
    case 'remove': {
      const name = words(edit.key)
      const row = edit.row
      const old = before(edit)
      const was = old === undefined ? null : said(edit.key, old)
      return {
        id: `${name.id}${row ? `, baris <${row}>` : ''}: ketentuan sendiri dicabut${was === null ? '' : ` (${was.id})`}, ${daysOf(edit).id}`,
        en: `${name.en}${row ? `, row <${row}>` : ''}: its own statement is taken back${was === null ? '' : ` (${was.en})`}, ${daysOf(edit).en}`
      }
    }
    case 'instrument': {
      const { short, title, inForce } = edit.instrument
      return {
        id: `Dasar hukum ${short} dicatat: ${title} (${lifeOf(inForce)})`,
        en: `Instrument ${short} is entered: ${title} (${describe(inForce)})`
      }
    }
    case 'bound': {
      const name = words(edit.key)
      const what = say.bound(edit.bound, unitOf(known, edit.key))
      return edit.lifted
        ? {
            id: `${name.id}: batas dicabut (${what.id}), ${daysOf(edit).id}`,
            en: `${name.en}: bound lifted (${what.en}), ${daysOf(edit).en}`
          }
        : {
            id: `${name.id}: batas: ${what.id}, ${daysOf(edit).id}`,
            en: `${name.en}: bound: ${what.en}, ${daysOf(edit).en}`
          }
    }
    case 'calendar': {
      const parts = (language: 'id' | 'en', shut: string, open: string) => {
        const on = (date: string) => day(date, language)
        const closed = Object.entries(edit.closed).map(([date, name]) => `${on(date)} (${name})`)
        return [
          ...(closed.length > 0 ? [`${shut} ${closed.join(', ')}`] : []),
          ...(edit.opened.length > 0 ? [`${open} ${edit.opened.map(on).join(', ')}`] : [])
        ].join('; ')
      }
      return {
        id: `Kalender: ${parts('id', 'libur', 'kembali menjadi hari kerja')}`,
        en: `Calendar: ${parts('en', 'closed on', 'working days again')}`
      }
    }
    case 'case':
      return caseSentence(edit.case, words(edit.case.rule), (value: Value) =>
        said(edit.case.rule, value)
      )
  }
}

/** What a case asks and expects: `Contoh uji Tarif, 1 Januari 2027 (Perpanjangan ke-: 2): Rp 100.000`. */
function caseSentence(
  { date, facts, row, outcome, fails }: CaseEdit['case'],
  name: Text,
  said: (value: Value) => Text
): Text {
  const asked = Object.keys(facts).length > 0 ? said(facts) : null
  const rows = [row ?? []].flat().map(one => `<${one}>`)
  const expected = (language: 'id' | 'en'): string => {
    if (fails !== undefined) return language === 'id' ? 'tidak ada ketentuan' : 'nothing is stated'
    const by = rows.length > 0 ? `${language === 'id' ? 'baris' : 'row'} ${rows.join(', ')}` : ''
    const out = outcome === undefined ? '' : said(outcome)[language]
    return (
      [by, out].filter(Boolean).join(', ') || (language === 'id' ? 'tidak ada baris' : 'no row')
    )
  }
  return {
    id: `Contoh uji ${name.id}, ${day(date, 'id')}${asked ? ` (${asked.id})` : ''}: ${expected('id')}`,
    en: `Test case of ${name.en}, ${day(date, 'en')}${asked ? ` (${asked.en})` : ''}: ${expected('en')}`
  }
}

/** What a unit stated on the first day of an edit, out of what it stated then. */
export function statedBefore(
  stating: ReturnType<Rulebook['before']>,
  scope: OfficeId
): StatedBefore {
  const part = stating.parts.get(scope)
  return edit => {
    if (edit.kind !== 'value' && edit.kind !== 'row' && edit.kind !== 'remove') return undefined
    const key = edit.kind === 'row' ? edit.rule : edit.key
    const { row } = edit as { readonly row?: string }
    if (row === undefined) {
      return part?.values.find(one => one.key === key && holdsOn(one, edit.from) !== 'no')?.value
    }
    const rows = [
      ...(part?.rows.filter(one => one.rule === key) ?? []),
      ...(part?.tables.find(({ rule }) => rule === key)?.rows ?? [])
    ]
    return rows.find(one => one.id === row && holdsOn(one, edit.from) !== 'no')?.outcome
  }
}

function daysOf({ from, to }: { readonly from: string; readonly to: string | null }): Text {
  if (to === null) return { id: `sejak ${day(from, 'id')}`, en: `from ${day(from, 'en')} on` }
  return {
    id: `dari ${day(from, 'id')} sampai dengan ${day(to, 'id')}`,
    en: `from ${day(from, 'en')} to ${day(to, 'en')}`
  }
}

const FORMATS = {
  id: new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}
function day(date: string, language: 'id' | 'en'): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) ? date : FORMATS[language].format(time)
}

function lifeOf({
  from,
  to
}: {
  readonly from: string | null
  readonly to: string | null
}): string {
  if (from === null && to === null) return 'masa berlaku tidak diketahui'
  const since = from === null ? 'awal tidak diketahui' : `sejak ${day(from, 'id')}`
  return to === null ? since : `${since} sampai dengan ${day(to, 'id')}`
}

/** The unit of measure of a parameter; null: it has none, or it is a table. */
function unitOf(known: Known, key: string): string | null {
  const [law] = known.standing().laws.values()
  const definition = law?.definitions.get(key)
  if (definition === undefined) return null
  return definition.type === 'money' ? 'rupiah' : (definition.unit ?? null)
}
