import { type Request, type Response, Router } from 'express'
import type { Actor } from '../../../engine/context.ts'
import { CommandRefused, type Problem } from '../../../engine/errors.ts'
import type { Text } from '../../../engine/messages.ts'
import { breachOf } from '../../../engine/rules/bounds.ts'
import { ChooseEditPage, ChooseRowPage, EditPage } from '../../../web/pages/law/edit.tsx'
import { type Posted, typed } from '../../../web/parts/form-values.ts'
import { boundText } from '../../../web/parts/law/bounds.ts'
import { lineCount, MOST_LINES } from '../../../web/parts/law/condition-lines.ts'
import type { EditDraft, EditKind } from '../../../web/parts/law/edit-drafts.ts'
import { readEdit } from '../../../web/parts/law/edit-reading.ts'
import { valueText } from '../../../web/parts/law/value-text.ts'
import { own } from '../../../web/parts/values.tsx'
import type { ChangeContent, ChangeSetView, Edit, SubjectView } from '../../law.ts'
import { RequestRefused } from '../../refusals.ts'
import { who } from '../../session.ts'
import { problemsOfChange } from './change-problems.ts'
import { frameOf, type PageOptions, param, postedIn, queryText, sendPage } from './frame.ts'
import { editsOf } from './law.ts'

/** Forms of the edits of a change set; the first edit of a new one makes the draft. */
export function changeEditPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  for (const path of ['/changes/new', '/changes/:id/edits/new', '/changes/:id/edits/:number']) {
    app.get(path, async (request, response) => {
      const place = await placeOf(request, who(response))
      await choose(
        request,
        response,
        place,
        wishIn(name => queryText(request, name))
      )
    })
    app.post(path, async (request, response) => {
      const place = await placeOf(request, who(response))
      await save(request, response, place, postedIn(request))
    })
  }

  app.post('/changes/:id/edits/:number/delete', async (request, response) => {
    const actor = who(response)
    const { change, index } = await placeOf(request, actor)
    if (change === null || index === null) return response.redirect(303, '/changes')
    const version = Number(typed(postedIn(request), '/version'))
    const content = contentOf(change, change.edits.toSpliced(index, 1))
    await services.editChange(actor, { id: change.id, version, content })
    response.redirect(303, `/changes/${change.id}?done=edit-removed`)
  })

  /** The old address of national tariffs leads to a new draft. */
  app.get('/tariffs', (request, response) => {
    const key = queryText(request, 'key')
    response.redirect(
      303,
      key === '' ? '/changes/new' : `/changes/new?${new URLSearchParams({ key })}`
    )
  })

  async function placeOf(request: Request, actor: Actor): Promise<Place> {
    const id = param(request, 'id')
    if (id === '') {
      mayEdit(actor)
      return {
        change: null,
        index: null,
        scope: actor.unit ?? '',
        base: '/changes/new',
        back: '/changes'
      }
    }
    const change = await services.changeSet(actor, id)
    const back = `/changes/${id}`
    const number = param(request, 'number')
    if (number === '') {
      return { change, index: null, scope: change.scope, base: `${back}/edits/new`, back }
    }
    const index = Number(number) - 1
    if (change.edits[index] === undefined) {
      throw new RequestRefused('unknown-address', `change set <${id}> has no edit <${number}>`)
    }
    return { change, index, scope: change.scope, base: `${back}/edits/${number}`, back }
  }

  /** Draws what is still to be chosen, else the form. */
  async function choose(request: Request, response: Response, place: Place, wish: Wish) {
    const actor = who(response)
    const frame = frameOf(options, request, response)
    const edit = place.index === null ? null : (place.change?.edits[place.index] ?? null)
    const asked = edit === null ? wish : wishOf(edit)
    const { scope, base, back } = place
    if (asked.key === '' && asked.kind !== 'calendar') {
      const unit = unitOf(scope)
      const keys = await services.effectiveLaw(actor, { office: scope })
      const national = unit.level === 'national'
      const page = ChooseEditPage({ frame, scopeName: unit.name, national, keys, base, back })
      return sendPage(response, page)
    }
    const subject =
      asked.key === '' ? null : services.subject(actor, { key: asked.key, office: scope })
    const whole = asked.kind === 'add' || asked.kind === 'bound'
    if (subject?.kind === 'table' && asked.row === '' && !whole) {
      return sendPage(response, ChooseRowPage({ frame, table: subject, base, back }))
    }
    const draft = draftOf(place, subject, asked, edit)
    form(request, response, place, draft, null, [])
  }

  async function save(request: Request, response: Response, place: Place, posted: Posted) {
    const actor = who(response)
    const edit = place.index === null ? null : (place.change?.edits[place.index] ?? null)
    const wish = edit === null ? wishIn(name => typed(posted, `/${name}`) ?? '') : wishOf(edit)
    const subject =
      wish.key === '' ? null : services.subject(actor, { key: wish.key, office: place.scope })
    const draft = draftOf(place, subject, wish, edit)
    const more = typed(posted, '_more') ?? ''
    if (more !== '') return form(request, response, place, draft, withLine(posted, more), [])

    const { edits, problems } = readEdit(draft, posted)
    const found = problems.length > 0 ? problems : breaches(actor, draft, edits)
    if (found.length > 0) return form(request, response, place, draft, posted, found)
    try {
      const change = await store(actor, place, draft, edits, Number(typed(posted, '/version')))
      response.redirect(303, `/changes/${change.id}?done=edit-saved`)
    } catch (error) {
      const refused = problemsOfChange(error)
      if (refused === null) throw error
      const again = await placeOf(request, actor)
      form(request, response, again, draft, posted, refused)
    }
  }

  function store(
    actor: Actor,
    place: Place,
    draft: EditDraft,
    edits: readonly Edit[],
    version: number
  ): Promise<ChangeSetView> {
    const { change, index, scope } = place
    if (change === null) {
      const label = draft.subject?.label ?? CALENDAR
      const title = { id: `Ubah: ${label.id}`, en: `Change: ${label.en}` }
      const reason = reasonOf(edits)
      return services.draftChange(actor, { scope, title, reason, edits, reverts: null })
    }
    const entered = edits.flatMap(each => (each.kind === 'instrument' ? [each.instrument.id] : []))
    const kept = change.edits.map((each, at) => ({ each, at }))
    const others = kept
      // an instrument that is entered again takes the place of the same one
      .filter(({ each }) => each.kind !== 'instrument' || !entered.includes(each.instrument.id))
      .flatMap(({ each, at }) => (at === index ? edits : [each]))
    const content = contentOf(change, index === null ? [...others, ...edits] : others)
    return services.editChange(actor, { id: change.id, version, content })
  }

  /** A value beyond its bound is said at once, by the law of its first day; the check says it again. */
  function breaches(actor: Actor, draft: EditDraft, edits: readonly Edit[]): readonly Problem[] {
    const edit = edits.at(-1)
    if (edit?.kind !== 'value') return []
    const subject = services.subject(actor, {
      key: edit.key,
      office: draft.scope,
      date: edit.from
    })
    if (subject.kind !== 'value' || subject.level === 'national') return []
    const { bounds, parent, definition } = subject
    const broken = bounds.find(bound => breachOf([bound], edit.value, parent) !== null)
    if (broken === undefined) return []
    const name = broken.kind === 'locked' ? undefined : broken.path
    const unit = definition.unit ?? null
    const bound = boundText(broken, unit, parent)
    const given = valueText(name === undefined ? edit.value : own(edit.value, name), unit)
    const text = {
      id: `Di luar batas (${bound.id}); ditemukan ${given.id}`,
      en: `Out of bounds (${bound.en}); found ${given.en}`
    }
    const path = name === undefined ? '/value' : `/value/${name.replaceAll('.', '/')}`
    return [{ path, message: text.en, text }]
  }

  function draftOf(
    { scope, change }: Place,
    subject: SubjectView | null,
    wish: Wish,
    edit: Edit | null
  ): EditDraft {
    const entered = (change?.edits ?? []).flatMap(each =>
      each.kind === 'instrument' ? [each.instrument] : []
    )
    const known = services.instruments().filter(({ id }) => !entered.some(each => each.id === id))
    const kind = kindOf(wish, subject)
    const row = rowIn(subject, wish.row)
    return { kind, subject, row, edit, scope, instruments: [...entered, ...known] }
  }

  function form(
    request: Request,
    response: Response,
    place: Place,
    draft: EditDraft,
    posted: Posted | null,
    problems: readonly Problem[]
  ): void {
    const page = EditPage({
      frame: frameOf(options, request, response),
      scopeName: unitOf(place.scope).name,
      draft,
      filling: { posted, problems },
      action: place.base,
      version: place.change?.version ?? null,
      back: place.back
    })
    sendPage(response, page, problems.length === 0 ? 200 : 422)
  }

  function unitOf(scope: string) {
    const unit = services.lawUnits().find(({ id }) => id === scope)
    return unit ?? { id: scope, name: scope, level: 'office' as const }
  }

  return app
}

/** @throws CommandRefused `not-allowed` */
function mayEdit(actor: Actor): void {
  if (editsOf(actor) !== null) return
  throw new CommandRefused('not-allowed', `expected a rule editor, found <${actor.id}>`)
}

interface Place {
  readonly change: ChangeSetView | null
  /** The edit that is changed; null: a new one. */
  readonly index: number | null
  readonly scope: string
  readonly base: string
  readonly back: string
}

interface Wish {
  readonly key: string
  readonly kind: string
  readonly row: string
}

const CALENDAR: Text = { id: 'Hari tutup dan buka', en: 'Closed and working days' }
const ROW_KINDS: readonly EditKind[] = ['replace', 'before', 'add', 'remove', 'bound']

function wishIn(text: (name: string) => string): Wish {
  return { key: text('key'), kind: text('kind'), row: text('row') }
}

/** What a form would have to choose to write an edit that stands already. */
function wishOf(edit: Edit): Wish {
  switch (edit.kind) {
    case 'row': {
      const kind =
        edit.replaces !== undefined ? 'replace' : edit.before !== undefined ? 'before' : 'add'
      return { key: edit.rule, kind, row: edit.replaces ?? edit.before ?? '' }
    }
    case 'value':
    case 'bound':
      return { key: edit.key, kind: edit.kind, row: '' }
    case 'remove':
      return { key: edit.key, kind: edit.kind, row: edit.row ?? '' }
    case 'calendar':
      return { key: '', kind: 'calendar', row: '' }
    case 'instrument':
    case 'case':
      throw new RequestRefused('unknown-address', `an edit of kind <${edit.kind}> has no form`)
    default:
      return edit satisfies never
  }
}

function kindOf({ kind }: Wish, subject: SubjectView | null): EditKind {
  if (subject === null) return 'calendar'
  if (subject.kind === 'value') return kind === 'remove' || kind === 'bound' ? kind : 'value'
  return ROW_KINDS.find(each => each === kind) ?? 'replace'
}

/** The row by its name, or by that of the one whose outcome it replaces. */
function rowIn(subject: SubjectView | null, row: string): string | null {
  if (row === '' || subject?.kind !== 'table') return row === '' ? null : row
  const found =
    subject.rows.find(({ id }) => id === row) ??
    subject.rows.find(({ replaces }) => replaces === row)
  return found?.id ?? row
}

function contentOf(
  { scope, title, reason, reverts }: ChangeSetView,
  edits: readonly Edit[]
): ChangeContent {
  return { scope, title, reason, edits, reverts }
}

function reasonOf(edits: readonly Edit[]): Text {
  const edit = edits.find(each => 'reason' in each)
  return edit !== undefined && 'reason' in edit ? edit.reason : { id: '', en: '' }
}

/** The posted form with one line more for a fact. */
function withLine(posted: Posted, fact: string): Posted {
  return {
    ...posted,
    [`/lines/${fact}`]: String(Math.min(MOST_LINES, lineCount(posted, fact) + 1))
  }
}
