import { readFile } from 'node:fs/promises'
import type { LocalDate } from '../../engine/state.ts'
import { compareNames } from '../names.ts'
import type { WatchedFor, WatchList, WatchMatch, WatchResult } from '../watch-list.ts'

/** A person on the made-up list. */
interface Listed {
  readonly decision: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly birthDate: LocalDate | null
  readonly nationality: string | null
  readonly passportNumber: string | null
  readonly kind: WatchMatch['kind']
  readonly reason: string
}

/** SIMULATOR of the watch list, with persons who do not exist. */
export async function watchListSimulator(): Promise<WatchList> {
  const file = new URL('./watch-list.json', import.meta.url)
  const { persons } = JSON.parse(await readFile(file, 'utf8')) as { persons: readonly Listed[] }
  return {
    simulator: true,
    async check(person) {
      return judge(person, persons)
    }
  }
}

function judge(person: WatchedFor, persons: readonly Listed[]): WatchResult {
  const found = persons.flatMap(listed => {
    const match = compare(person, listed)
    return match === null ? [] : [match]
  })
  const outcome = found.some(({ certain }) => certain)
    ? 'hit'
    : found.length > 0
      ? 'possible'
      : 'none'
  return { outcome, matches: found.map(({ match }) => match) }
}

/**
 * A passport number, or the same name with the same birth date, is a hit. A name that is the same or
 * similar is worth a look, unless the birth date says that it is somebody else.
 */
function compare(
  person: WatchedFor,
  listed: Listed
): { certain: boolean; match: WatchMatch } | null {
  const fits = [listed.name, ...listed.aliases].map(name => compareNames(person.name, name))
  const same = fits.includes('same')
  const similar = same || fits.includes('similar')
  const birth = agreement(person.birthDate, listed.birthDate)
  const passport = agreement(plain(person.passportNumber), plain(listed.passportNumber)) === true
  const nationality = agreement(person.nationality, listed.nationality)

  const certain = passport || (same && birth === true && nationality !== false)
  const worthLooking =
    similar && (birth !== false || (same && nationality === true && sameYear(person, listed)))
  if (!certain && !worthLooking) return null

  const agrees = [
    similar && (same ? 'name' : 'similar name'),
    birth === true && 'birth date',
    nationality === true && 'nationality',
    passport && 'passport number'
  ]
  const { decision, name, kind, reason } = listed
  return {
    certain,
    match: { decision, name, kind, reason, agrees: agrees.filter(each => each !== false) }
  }
}

/** Null when one of both is not known. */
function agreement(one: string | null, other: string | null): boolean | null {
  return one === null || other === null ? null : one === other
}

/** A date of birth that is wrong by its day or month is common on old lists. */
function sameYear(person: WatchedFor, listed: Listed): boolean {
  return person.birthDate?.slice(0, 4) === listed.birthDate?.slice(0, 4)
}

function plain(number: string | null): string | null {
  const letters = number?.toUpperCase().replace(/[^A-Z0-9]/g, '') ?? ''
  return letters === '' ? null : letters
}
