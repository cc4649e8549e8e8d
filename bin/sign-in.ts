import type { Actor } from '../engine/context.ts'
import type { People } from '../runtime/people.ts'
import { readPassword } from './person.ts'

/** Who gives a command; the password is the first line of standard input. Null, and said, when it is wrong. */
export async function signIn(people: People, name: string): Promise<Actor | null> {
  const person = await people.authenticate(name, await readPassword())
  if (person === null) {
    console.error('expected a sign-in name with --by, and the password on standard input')
    return null
  }
  const { id, unit, roles } = person
  return { id, name: person.name, kind: 'person', unit, roles }
}
