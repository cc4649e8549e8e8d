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
  { people, rulebook, clock, demo }: Deps,
  access: Access
): PeopleServices {
  const perPerson = limitOf(5, QUARTER)
  const perAddress = limitOf(50, QUARTER)
  const unitOf = (id: string) => rulebook.offices().find(office => office.id === id) ?? null

  const viewOf = (person: Person, csrf: string): SessionView => {
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
      demo: person.demo,
      csrf
    }
  }

  const signedIn = (person: Person, csrf: string): SignedIn => ({
    actor: {
      id: person.id,
      name: person.name,
      kind: 'person',
      unit: person.unit,
      roles: person.roles
    },
    view: viewOf(person, csrf)
  })

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
      return { token, ...signedIn(person, csrf) }
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
