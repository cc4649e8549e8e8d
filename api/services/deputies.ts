import { randomUUID } from 'node:crypto'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused, type Problem } from '../../engine/errors.ts'
import { addDays, daysBetween, localDate } from '../../engine/time.ts'
import type { Deputation } from '../../runtime/deputies.ts'
import type { Person } from '../../runtime/people.ts'
import type { Access } from '../access.ts'
import { RequestRefused } from '../refusals.ts'
import type { DeputyView } from '../schemas.ts'
import type { Deps, Naming, Services } from '../services.ts'

type DeputyServices = Pick<
  Services,
  'deputies' | 'nameDeputy' | 'acceptDeputy' | 'endDeputy' | 'deputyChoices'
>

/** Days for which a deputy may be named, and for which what is over is still listed. */
const LONGEST = 366
const LISTED = 90

export function deputyServices(
  { deputies, people, library, rulebook, clock }: Deps,
  access: Access
): DeputyServices {
  const todayOf = (actor: Actor) => localDate(clock.now(), access.unitOf(actor).timeZone)
  const administers = ({ roles }: Actor) =>
    roles.some(role => rulebook.administrators().includes(role))

  const mustBeIn = async (actor: Actor, id: string): Promise<Deputation> => {
    const found = await deputies.byId(id)
    if (found !== null && found.unit === actor.unit) return found
    throw new RequestRefused('unknown-deputy', `no deputy <${id}> is known here`)
  }

  const viewFor = (actor: Actor) => {
    const known = new Map<string, Person | null>()
    const named = async (id: string) => {
      if (!known.has(id)) known.set(id, await people.byId(id))
      return { id, name: known.get(id)?.name ?? id }
    }
    return async (each: Deputation): Promise<DeputyView> => {
      const today = todayOf(actor)
      const state = stateOf(each, today)
      const open = state !== 'over' && state !== 'ended' && state !== 'declined'
      const concerned = [each.person, each.deputy, each.namedBy].includes(actor.id)
      return {
        id: each.id,
        person: await named(each.person),
        deputy: await named(each.deputy),
        roles:
          each.roles?.map(id => ({ id, label: rulebook.roleLabel(each.unit, id, clock.now()) })) ??
          null,
        processes:
          each.processes?.map(id => ({ id, name: library.find(id, null)?.name ?? id })) ?? null,
        from: each.from,
        until: each.until,
        reason: each.reason,
        namedBy: await named(each.namedBy),
        state,
        mayAccept: state === 'proposed' && each.deputy === actor.id,
        mayEnd: open && (concerned || administers(actor))
      }
    }
  }

  const services: DeputyServices = {
    async deputies(actor) {
      const unit = access.unitOf(actor).id
      const found = await deputies.ofUnit(unit, addDays(todayOf(actor), -LISTED))
      return Promise.all(found.map(viewFor(actor)))
    },

    async nameDeputy(actor, naming) {
      const unit = access.unitOf(actor).id
      const id = naming.person ?? actor.id
      if (id !== actor.id && !administers(actor)) {
        const message = `expected <${actor.id}> to name a deputy for themselves only`
        throw new CommandRefused('not-allowed', message)
      }
      // who names somebody else's deputy gives nothing to themselves
      if (id !== actor.id && naming.deputy === actor.id) {
        const message = `expected <${actor.id}> to name another deputy for <${id}> than themselves`
        throw new CommandRefused('same-person', message)
      }
      const [person, deputy] = await Promise.all([people.byId(id), people.byId(naming.deputy)])
      const processes = new Set(library.processes.map(each => each.id))
      const problems = problemsOf(naming, {
        unit,
        today: todayOf(actor),
        person,
        deputy,
        processes
      })
      if (problems.length > 0) {
        throw new CommandRefused('invalid-variables', 'the deputy cannot be named', problems)
      }
      const { from, until, roles, reason } = naming
      const deputation: Deputation = {
        id: randomUUID(),
        unit,
        person: id,
        deputy: naming.deputy,
        roles,
        processes: naming.processes,
        from,
        until,
        reason: reason.trim(),
        namedBy: actor.id,
        namedAt: clock.now(),
        acceptedAt: null,
        endedAt: null,
        endedBy: null
      }
      await deputies.add(deputation)
      return viewFor(actor)(deputation)
    },

    async acceptDeputy(actor, id) {
      const found = await mustBeIn(actor, id)
      if (found.deputy !== actor.id) {
        throw new CommandRefused('not-allowed', `expected <${found.deputy}> to accept`)
      }
      const over = stateOf(found, todayOf(actor)) === 'over'
      if (over || !(await deputies.accept(id, clock.now()))) throw tooLate(id)
      return viewFor(actor)(await mustBeIn(actor, id))
    },

    async endDeputy(actor, id) {
      const found = await mustBeIn(actor, id)
      if (![found.person, found.deputy, found.namedBy].includes(actor.id) && !administers(actor)) {
        throw new CommandRefused('not-allowed', `expected <${found.person}> to end it`)
      }
      if (!(await deputies.end(id, actor.id, clock.now()))) throw tooLate(id)
      return viewFor(actor)(await mustBeIn(actor, id))
    },

    async deputyChoices(actor) {
      const unit = access.unitOf(actor).id
      const all = await people.ofUnit(unit)
      return {
        people: all.map(({ id, name, roles }) => ({
          id,
          name,
          roles: roles.map(role => ({
            id: role,
            label: rulebook.roleLabel(unit, role, clock.now())
          }))
        })),
        processes: library.processes
          .filter(({ variantOf }) => variantOf === null)
          .map(({ id, name }) => ({ id, name })),
        forOthers: administers(actor),
        today: todayOf(actor)
      }
    }
  }
  return services
}

function tooLate(id: string): RequestRefused {
  return new RequestRefused('deputy-closed', `deputy <${id}> is accepted, over or ended already`)
}

function stateOf(
  { from, until, acceptedAt, endedAt }: Deputation,
  today: string
): DeputyView['state'] {
  if (endedAt !== null) return acceptedAt === null ? 'declined' : 'ended'
  if (until < today) return 'over'
  if (acceptedAt === null) return 'proposed'
  return from > today ? 'accepted' : 'holding'
}

interface Around {
  readonly unit: string
  readonly today: string
  readonly person: Person | null
  readonly deputy: Person | null
  readonly processes: ReadonlySet<string>
}

/** All that keeps a deputy from being named. */
function problemsOf(
  { person: id, deputy: deputyId, roles, processes, from, until, reason }: Naming,
  { unit, today, person, deputy, processes: known }: Around
): readonly Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  if (person?.unit !== unit) add('/person', `expected somebody of <${unit}>, found <${id}>`)
  if (deputy?.unit !== unit) add('/deputy', `expected somebody of <${unit}>, found <${deputyId}>`)
  if (person !== null && person.id === deputyId)
    add('/deputy', 'expected another person than the one who is acted for')
  for (const role of roles ?? []) {
    if (person !== null && !person.roles.includes(role))
      add('/roles', `expected a role of <${person.id}>, found <${role}>`)
  }
  if (roles?.length === 0) add('/roles', 'expected one role or more, or all')
  for (const process of processes ?? []) {
    if (!known.has(process)) add('/processes', `process <${process}> is not deployed`)
  }
  if (processes?.length === 0) add('/processes', 'expected one process or more, or all')
  if (until < from) add('/until', `expected a day from <${from}> on, found <${until}>`)
  else if (until < today) add('/until', `expected a day from today on, found <${until}>`)
  else if (daysBetween(from, until) > LONGEST)
    add('/until', `expected at most ${LONGEST} days, found <${from}> to <${until}>`)
  if (reason.trim() === '') add('/reason', 'expected a reason')
  return problems
}
