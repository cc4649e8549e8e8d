import type { Citation, Text } from '../engine/messages.ts'
import { describe, holdsOn } from '../engine/rules/dates.ts'
import type { OfficeId, Value } from '../engine/state.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import type { Edit } from '../runtime/rules/edits.ts'
import { schemaProblems } from '../runtime/rules/schemas.ts'

type Known = Pick<Rulebook, 'label' | 'citation' | 'standing'>

/** What the unit stated on the first day of an edit before it, as a value; undefined: nothing of its own. */
export type StatedBefore = (edit: Edit) => Value | undefined

/** What an edit does, in a sentence of both languages, with what held before. */
export function sentenceOf(edit: Edit, known: Known, before: StatedBefore): Text {
  if (schemaProblems(known.standing().schemas('edit'), edit).length > 0) {
    return {
      id: `Perubahan <${edit.kind}> belum lengkap`,
      en: `An edit <${edit.kind}> is incomplete`
    }
  }
  const words = (key: string) => known.label(key)
  const citation = (cite: Citation) => known.citation(cite)
  switch (edit.kind) {
    case 'value': {
      const name = words(edit.key)
      const old = before(edit)
      const was = old === undefined ? null : said(old)
      const base = edit.cites.map(citation).join('; ')
      return {
        id: `${name.id}: ${said(edit.value)}${was === null ? '' : `, sebelumnya ${was}`}, ${daysOf(edit).id}${base ? ` (dasar: ${base})` : ''}`,
        en: `${name.en}: ${said(edit.value)}${was === null ? '' : ` instead of ${was}`}, ${daysOf(edit).en}${base ? ` (basis: ${base})` : ''}`
      }
    }
    case 'row': {
      const name = words(edit.rule)
      const base = edit.cites.map(citation).join('; ')
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
        id: `${name.id}, baris <${edit.row}>: ${said(edit.outcome)}, ${how.id}, ${daysOf(edit).id}${base ? ` (dasar: ${base})` : ''}`,
        en: `${name.en}, row <${edit.row}>: ${said(edit.outcome)}, ${how.en}, ${daysOf(edit).en}${base ? ` (basis: ${base})` : ''}`
      }
    }
    case 'remove': {
      const name = words(edit.key)
      const row = edit.row
      const old = before(edit)
      return {
        id: `${name.id}${row ? `, baris <${row}>` : ''}: ketentuan sendiri dicabut${old === undefined ? '' : ` (${said(old)})`}, ${daysOf(edit).id}`,
        en: `${name.en}${row ? `, row <${row}>` : ''}: its own statement is taken back${old === undefined ? '' : ` (${said(old)})`}, ${daysOf(edit).en}`
      }
    }
    case 'instrument': {
      const { short, title, inForce } = edit.instrument
      return {
        id: `Dasar hukum ${short} dicatat: ${title} (${inForce.from ?? '…'} – ${inForce.to ?? '…'})`,
        en: `Instrument ${short} is entered: ${title} (${describe(inForce)})`
      }
    }
    case 'bound': {
      const name = words(edit.key)
      const { kind, ...rest } = edit.bound
      const what = `${kind}${Object.keys(rest).length > 0 ? ` ${said(rest as Value)}` : ''}`
      return edit.lifted
        ? {
            id: `${name.id}: batas ${what} dicabut, ${daysOf(edit).id}`,
            en: `${name.en}: bound ${what} is lifted, ${daysOf(edit).en}`
          }
        : {
            id: `${name.id}: batas ${what}, ${daysOf(edit).id}`,
            en: `${name.en}: bound ${what}, ${daysOf(edit).en}`
          }
    }
    case 'calendar': {
      const closed = Object.entries(edit.closed).map(([date, name]) => `${date} ${name}`)
      const parts = (shut: string, open: string) =>
        [
          ...(closed.length > 0 ? [`${shut} ${closed.join(', ')}`] : []),
          ...(edit.opened.length > 0 ? [`${open} ${edit.opened.join(', ')}`] : [])
        ].join('; ')
      return {
        id: `Kalender: ${parts('libur', 'kembali menjadi hari kerja')}`,
        en: `Calendar: ${parts('closed on', 'working days again')}`
      }
    }
    case 'case':
      return {
        id: `Contoh uji <${edit.case.name}> untuk ${words(edit.case.rule).id}`,
        en: `Test case <${edit.case.name}> of ${words(edit.case.rule).en}`
      }
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

function said(value: Value): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}
