import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { IssuedLetter } from '../../runtime/letters.ts'
import type { CaseReader } from '../cases.ts'
import { letterView } from '../letters.ts'
import { addressKey, limitOf } from '../limits.ts'
import { RequestRefused } from '../refusals.ts'
import type { Deps, Services } from '../services.ts'
import { verificationOf } from '../verification.ts'

type LetterServices = Pick<Services, 'letters' | 'letter' | 'letterPdf' | 'verify' | 'keys'>

export function letterServices(deps: Deps, reader: CaseReader): LetterServices {
  const { letters, files, seals, publicUrl } = deps
  const verifications = limitOf(60, 60_000)

  /** A letter of a case that the actor may read; whatever else is not there. */
  const find = async (actor: Actor, id: string): Promise<IssuedLetter> => {
    const letter = await letters.byId(id)
    if (letter !== null) {
      try {
        await reader.readAll(actor, letter.instance)
        return letter
      } catch (error) {
        if (!(error instanceof CommandRefused)) throw error
      }
    }
    throw new RequestRefused('unknown-letter', `no letter <${id}> is known here`)
  }

  return {
    async letters(actor, instance) {
      await reader.readAll(actor, instance)
      return (await letters.ofInstance(instance)).map(letter => letterView(letter, publicUrl))
    },

    async letter(actor, id) {
      return letterView(await find(actor, id), publicUrl)
    },

    async letterPdf(actor, id) {
      const letter = await find(actor, id)
      const bytes = await files.get(letter.sha256)
      if (bytes === null) throw new Error(`expected the file of letter <${id}> to be there`)
      const name = (letter.number === '' ? letter.id : letter.number).replace(/[^\w.-]+/g, '-')
      return { fileName: `${letter.kind}-${name}.pdf`, bytes }
    },

    async verify(id, seal, address) {
      const from = addressKey(address)
      verifications.check(from)
      verifications.count(from)
      return verificationOf(id, await letters.byId(id), seal, seals)
    },

    keys: async () => seals.publicKeys()
  }
}
