import { Router } from 'express'
import type { Problem } from '../../../engine/errors.ts'
import { DeputiesPage } from '../../../web/pages/deputies.tsx'
import { isDay } from '../../../web/parts/dates.tsx'
import { all, type Posted, typed } from '../../../web/parts/form-values.ts'
import type { Naming } from '../../services.ts'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, param, postedIn, sendPage } from './frame.ts'
import { problemsOf } from './work.ts'

/** Who acts for whom, and naming a deputy. */
export function deputyPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/deputies', async (request, response) => {
    const actor = who(response)
    const deputies = await services.deputies(actor)
    const choices = await services.deputyChoices(actor)
    const frame = frameOf(options, request, response)
    sendPage(response, DeputiesPage({ frame, deputies, choices, posted: null, problems: [] }))
  })

  app.post('/deputies', async (request, response) => {
    const actor = who(response)
    const posted = postedIn(request)
    const problems = blank(posted)
    try {
      if (problems.length === 0) {
        await services.nameDeputy(actor, namingIn(posted))
        return response.redirect(303, '/deputies?done=deputy-named')
      }
    } catch (error) {
      const found = problemsOf(error)
      if (found === null) throw error
      problems.push(...found.map(({ path }) => ({ path, message: WORDS[path] ?? OTHER })))
    }
    const deputies = await services.deputies(actor)
    const choices = await services.deputyChoices(actor)
    const frame = frameOf(options, request, response)
    sendPage(response, DeputiesPage({ frame, deputies, choices, posted, problems }), 422)
  })

  for (const action of ['accept', 'end'] as const) {
    app.post(`/deputies/:deputy/${action}`, async (request, response) => {
      const deputy = param(request, 'deputy')
      const act = action === 'accept' ? services.acceptDeputy : services.endDeputy
      await act(who(response), deputy)
      response.redirect(303, `/deputies?done=deputy-${action}`)
    })
  }
  return app
}

/** What a person ticked and typed; nothing ticked means all. */
function namingIn(posted: Posted): Naming {
  const text = (name: string) => typed(posted, name)?.trim() ?? ''
  const several = (name: string) => {
    const ticked = all(posted, name)
    return ticked.length === 0 ? null : ticked
  }
  const person = text('/person')
  return {
    ...(person === '' ? {} : { person }),
    deputy: text('/deputy'),
    roles: several('/roles'),
    processes: several('/processes'),
    from: text('/from'),
    until: text('/until'),
    reason: text('/reason')
  }
}

/** What must be filled in before anything can be reckoned with. */
function blank(posted: Posted): Problem[] {
  const missing = [
    ...((typed(posted, '/deputy') ?? '') === '' ? ['/deputy'] : []),
    ...['/from', '/until'].filter(name => !isDay(typed(posted, name) ?? '')),
    ...((typed(posted, '/reason') ?? '').trim() === '' ? ['/reason'] : [])
  ]
  return missing.map(path => ({ path, message: WORDS[path] ?? OTHER }))
}

const OTHER = 'Isian ini tidak dapat diterima / This cannot be accepted'
const WORDS: Readonly<Record<string, string>> = {
  '/person': 'Pilih seseorang dari kantor ini / Choose somebody of this office',
  '/deputy':
    'Pilih rekan sekantor, bukan yang diwakili / Choose a colleague of this office, not the one who is acted for',
  '/roles': 'Pilih peran yang dipegang orang itu / Choose roles that the person holds',
  '/processes': 'Pilih layanan yang ada / Choose services that there are',
  '/from': 'Isi tanggal mulai / Enter the first day',
  '/until':
    'Isi hari terakhir, dari hari mulai atau hari ini, paling lama satu tahun / Enter the last day, from the first day or today on, within a year',
  '/reason': 'Isi alasannya / Give the reason'
}
