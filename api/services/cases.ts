import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { OfficeId } from '../../engine/state.ts'
import type { InstanceQuery, InstanceRow, Page } from '../../runtime/store.ts'
import type { Access } from '../access.ts'
import type { CaseReader } from '../cases.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps, Services } from '../services.ts'

type CaseServices = Pick<
  Services,
  'caseSearch' | 'caseView' | 'historyOf' | 'incidents' | 'resolveIncident' | 'retry' | 'diagram'
>

/** Cases that one request looks at, at most, when each must be opened to know whether it may be shown. */
const MOST_LOOKED_AT = 300

export function caseServices(deps: Deps, access: Access, reader: CaseReader): CaseServices {
  const { store, runtime, library } = deps

  /** The offices that a list goes through, the own one first. @throws CommandRefused */
  const officesFor = (actor: Actor, office: OfficeId | undefined): readonly OfficeId[] => {
    const reach = access.reach(actor).map(({ id }) => id)
    if (office === undefined) return reach
    if (reach.includes(office)) return [office]
    throw new CommandRefused('not-allowed', `expected someone of <${office}>, found <${actor.id}>`)
  }

  const maySee = async (actor: Actor, row: InstanceRow): Promise<boolean> => {
    if (access.readsAllOf(actor, row.office)) return true
    const state = await store.load(row.instance)
    if (state === null) return false
    return access.reading(actor, state, await store.history(row.instance)) !== 'nothing'
  }

  const resolve: Services['resolveIncident'] = async (
    actor,
    { instance, token, variables, reason }
  ) => {
    const { state } = await reader.read(actor, instance)
    if (!access.mayResolve(actor, state.office)) {
      throw new CommandRefused(
        'not-allowed',
        `expected an operator of <${state.office}>, found <${actor.id}>`
      )
    }
    const command = { type: 'resolveIncident', token, variables, reason } as const
    await runtime.execute({ instance, command, by: actor })
    return reader.view(actor, await reader.read(actor, instance))
  }

  return {
    async caseSearch(actor, { office, status = null, text = null, cursor = null, limit = 50 }) {
      const offices = officesFor(actor, office)
      let looked = 0
      const page = await pagedOver(offices, cursor, limit, async (id, inner, most) => {
        const query: InstanceQuery = { office: id, status, text, limit: most, cursor: inner }
        const { rows, next } = await store.instances(query)
        const shown: InstanceRow[] = []
        for (const row of rows) if (await maySee(actor, row)) shown.push(row)
        looked += rows.length
        return { rows: shown, next, enough: looked >= MOST_LOOKED_AT }
      })
      return { rows: page.rows.map(row => reader.summary(actor, row)), next: page.next }
    },

    async caseView(actor, instance) {
      return reader.view(actor, await reader.read(actor, instance))
    },

    async historyOf(actor, instance) {
      const { history } = await reader.view(actor, await reader.readAll(actor, instance))
      return history
    },

    async incidents(actor, { office, cursor = null, limit = 50 }) {
      const offices = officesFor(actor, office).filter(id => access.readsAllOf(actor, id))
      const page = await pagedOver(offices, cursor, limit, async (id, inner, most) => {
        const found = await store.incidents({ office: id, limit: most, cursor: inner })
        return { ...found, enough: false }
      })
      return { rows: page.rows.map(row => reader.incident(actor, row)), next: page.next }
    },

    resolveIncident: resolve,
    retry: (actor, incident) => resolve(actor, { ...incident, variables: {} }),

    async diagram(_actor, process, version) {
      const source = library.source(process, version)
      if (source !== null) return source.xml
      throw new CommandRefused(
        'unknown-process',
        `process <${process}> version ${version} is not deployed`
      )
    }
  }
}

type Part<Row> = (
  office: OfficeId,
  cursor: string | null,
  limit: number
) => Promise<Page<Row> & { readonly enough: boolean }>

/** One list over several offices, office by office; the cursor says how far it has come. */
async function pagedOver<Row>(
  offices: readonly OfficeId[],
  cursor: string | null,
  limit: number,
  part: Part<Row>
): Promise<Page<Row>> {
  const rows: Row[] = []
  const place = cursor === null ? { office: offices[0], inner: null } : readCursor(cursor)
  let at = place.office === undefined ? -1 : offices.indexOf(place.office)
  let { inner } = place
  if (cursor !== null && at < 0) throw badCursor()

  while (at >= 0 && at < offices.length) {
    const office = offices[at] as OfficeId
    const { rows: found, next, enough } = await part(office, inner, limit - rows.length)
    rows.push(...found)
    inner = next
    if (next === null) at += 1
    if ((rows.length >= limit || enough) && at < offices.length) {
      return { rows, next: writeCursor(offices[at] as OfficeId, inner) }
    }
  }
  return { rows, next: null }
}

function writeCursor(office: OfficeId, inner: string | null): string {
  return Buffer.from(JSON.stringify([office, inner])).toString('base64url')
}

function readCursor(cursor: string): { readonly office: OfficeId; readonly inner: string | null } {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(read) && read.length === 2) {
      const [office, inner] = read as readonly unknown[]
      if (typeof office === 'string' && (inner === null || typeof inner === 'string'))
        return { office, inner }
    }
  } catch {
    // not JSON: the same answer as for the wrong JSON
  }
  throw badCursor()
}

function badCursor(): RequestRefused {
  return new RequestRefused('bad-request', 'expected a cursor that an earlier page gave', [
    { path: '/query/cursor', message: 'unknown cursor' }
  ])
}
