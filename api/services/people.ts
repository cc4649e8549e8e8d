import type { Deputyship } from '../../engine/context.ts'
import { localDate } from '../../engine/time.ts'
import { systemClock } from '../../runtime/clock.ts'
import type { Person } from '../../runtime/people.ts'
import type { Access } from '../access.ts'
import { DEMO_ACCOUNTS } from '../demo.ts'
import { addressKey, limitOf } from '../limits.ts'
import { RequestRefused } from '../refusals.ts'
import type { SessionView } from '../schemas.ts'
import type { Deps, Services, SignedIn } from '../services.ts'

type PeopleServices = Pick<Services, 'signIn' | 'session' | 'signOut' | 'demoAccounts' | 'offices'>

const QUARTER = 15 * 60_000

export function peopleServices(
  { people, deputies, library, rulebook, clock, demo }: Deps,
  access: Access
): PeopleServices {
  const perPerson = limitOf(5, QUARTER)
  const perAddress = limitOf(50, QUARTER)
  const unitOf = (id: string) => rulebook.offices().find(office => office.id === id) ?? null

  const supervises =
    (unit: string) =>
    ({ roles }: { readonly roles: readonly string[] }) =>
      roles.some(role => rulebook.office(unit, clock.now()).supervisors?.includes(role))

  const viewOf = (person: Person, csrf: string, deputyFor: readonly Deputyship[]): SessionView => {
    const unit = unitOf(person.unit)
    return {
      person: person.id,
      name: person.name,
      unit: person.unit,
      unitName: unit?.name ?? person.unit,
      level: unit?.level ?? 'office',
      timeZone: unit?.timeZone ?? 'Asia/Jakarta',
      roles: person.roles.map(id => ({
        id,
        label: rulebook.roleLabel(person.unit, id, clock.now())
      })),
      supervises: [person, ...deputyFor].some(supervises(person.unit)),
      actsFor: deputyFor.map(({ person: id, name }) => ({ id, name })),
      demo: person.demo,
      csrf
    }
  }

  const signedIn = async (person: Person, csrf: string): Promise<SignedIn> => {
    const deputyFor = await deputyshipsOf(person)
    return {
      actor: {
        id: person.id,
        name: person.name,
        kind: 'person',
        unit: person.unit,
        roles: person.roles,
        ...(deputyFor.length === 0 ? {} : { deputyFor })
      },
      view: viewOf(person, csrf, deputyFor)
    }
  }

  /** Whom a person acts for today, with what these hold today: never more than they have themselves. */
  const deputyshipsOf = async (deputy: Person): Promise<readonly Deputyship[]> => {
    const zone = unitOf(deputy.unit)?.timeZone ?? 'Asia/Jakarta'
    const holding = await deputies.holding(deputy.id, localDate(clock.now(), zone))
    const found = await Promise.all(
      holding.map(async ({ person: id, roles, processes }): Promise<Deputyship | null> => {
        const person = await people.byId(id)
        if (person === null || person.unit !== deputy.unit || !mayEnter(person)) return null
        const covered = person.roles.filter(role => roles === null || roles.includes(role))
        return {
          person: id,
          name: person.name,
          roles: covered,
          whole: roles === null,
          processes: processes === null ? null : withVariants(processes)
        }
      })
    )
    return found.filter(each => each !== null)
  }

  const withVariants = (processes: readonly string[]): readonly string[] => [
    ...processes,
    ...library.processes
      .filter(({ variantOf }) => variantOf !== null && processes.includes(variantOf))
      .map(({ id }) => id)
  ]

  /** A demo account has a password that everybody knows: it is nobody in production. */
  const mayEnter = (person: Person): boolean =>
    unitOf(person.unit) !== null && (!person.demo || demo !== null)

  return {
    async signIn(id, password, address) {
      const from = addressKey(address)
      const name = id.toLowerCase()
      perPerson.check(name)
      perAddress.check(from)
      // counted before the answer is known, so that attempts at the same moment count as well
      perPerson.count(name)
      perAddress.count(from)
      const person = await people.authenticate(name, password)
      if (person === null || !mayEnter(person)) {
        throw new RequestRefused(
          'wrong-password',
          'expected the name of a person and the right password'
        )
      }
      perPerson.forget(name)
      perAddress.forget(from)
      const { token, csrf } = await people.openSession(person.id, systemClock.now())
      return { token, ...(await signedIn(person, csrf)) }
    },

    async session(token) {
      const session = await people.session(token, systemClock.now())
      if (session === null || !mayEnter(session.person)) return null
      return signedIn(session.person, session.csrf)
    },

    signOut: token => people.closeSession(token),

    async demoAccounts() {
      if (demo === null) return []
      return DEMO_ACCOUNTS.map(({ id, name, unit, roles }) => ({
        id,
        name,
        unitName: unitOf(unit)?.name ?? unit,
        roles: roles.map(role => rulebook.roleLabel(unit, role, clock.now())),
        password: demo.password
      }))
    },

    offices: actor => access.reach(actor).map(({ id, name, level }) => ({ id, name, level }))
  }
}
