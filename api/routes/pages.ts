import { Router, static as serveFiles } from 'express'
import { applicantPages } from './pages/applicants.ts'
import { changeEditPages } from './pages/change-edits.ts'
import { changePages } from './pages/changes.ts'
import { deputyPages } from './pages/deputies.ts'
import { errorPages, isPage, unknownPage } from './pages/errors.ts'
import type { PageOptions } from './pages/frame.ts'
import { lawPages } from './pages/law.ts'
import { lawListPages } from './pages/law-lists.ts'
import { procedurePages } from './pages/procedures.ts'
import { demoPages, publicPages } from './pages/public.ts'
import { recordPages } from './pages/records.ts'
import { tryingPages } from './pages/trying.ts'
import { workPages } from './pages/work.ts'

export type { PageOptions } from './pages/frame.ts'

/** The HTML side: every page calls the functions that the JSON routes call. */
export function pages(options: PageOptions): Router {
  const app = Router()
  app.use(
    '/assets',
    serveFiles(options.assets.folder, {
      index: false,
      fallthrough: false,
      // the name of a built file holds its hash
      setHeaders: response =>
        response.setHeader('cache-control', 'public, max-age=31536000, immutable')
    })
  )
  app.use((request, _response, next) => next(isPage(request.path) ? undefined : 'router'))
  app.use(publicPages(options))
  app.use(applicantPages(options))
  app.use(workPages(options))
  app.use(deputyPages(options))
  app.use(recordPages(options))
  // what has a name of its own below /rules and /changes goes before keys and ids
  app.use(tryingPages(options))
  app.use(lawListPages(options))
  app.use(lawPages(options))
  app.use(changeEditPages(options))
  app.use(changePages(options))
  app.use(procedurePages(options))
  app.use(demoPages(options))
  app.use(unknownPage)
  app.use(errorPages(options))
  return app
}
