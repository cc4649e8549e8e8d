import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { Posted } from '../../../web/parts/form-values.ts'
import { type Frame, type Message, zoneOf } from '../../../web/parts/frame.ts'
import { renderPage } from '../../../web/render.ts'
import type { Services } from '../../services.ts'
import { findSignedIn } from '../../session.ts'

export interface PageOptions {
  readonly services: Services
  /** Demo accounts, mailbox and simulators are there. */
  readonly demo: boolean
  readonly assets: {
    /** Where `npm run setup` has put what the browser loads. */
    readonly folder: string
    /** The built file's name, by the name under which pages ask for it. */
    readonly names: Readonly<Record<string, string>>
  }
  readonly report: (error: unknown, requestId: string) => void
}

/** What every page knows beyond its own data. */
export function frameOf(options: PageOptions, request: Request, response: Response): Frame {
  const { services, demo, assets } = options
  return {
    session: findSignedIn(response)?.view ?? null,
    clock: services.clock(),
    demo,
    path: request.path,
    message: messageIn(request),
    asset: name => {
      const file = assets.names[name]
      if (file === undefined) throw new Error(`expected file <${name}> to be built`)
      return `/assets/${file}`
    }
  }
}

/** Answers with a page. */
export function sendPage(response: Response, page: VNode, status = 200): void {
  response.status(status).type('html').send(renderPage(page))
}

/** The controls of a posted form. */
export function postedIn(request: Request): Posted {
  const body: unknown = request.body
  return body !== null && typeof body === 'object' ? (body as Posted) : {}
}

/** One text of the query; an empty text when it is not there. */
export function queryText(request: Request, name: string): string {
  const value = request.query[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** One part of the path. */
export function param(request: Request, name: string): string {
  const value = request.params[name]
  return typeof value === 'string' ? value : ''
}

export { zoneOf }

/** What the last action did. Fixed sentences: an address must not put words into our mouth. */
const MESSAGES: Readonly<Record<string, Message['text']>> = {
  task: { id: 'Tugas selesai dan tersimpan.', en: 'The task is complete and saved.' },
  claim: { id: 'Tugas ini sekarang milik Anda.', en: 'This task is yours now.' },
  unclaim: { id: 'Tugas telah dilepas.', en: 'The task has been given back.' },
  assign: { id: 'Tugas telah dibagi.', en: 'The task has been assigned.' },
  delegate: { id: 'Rekan Anda telah diminta.', en: 'Your colleague has been asked.' },
  return: { id: 'Tugas kembali kepada pemiliknya.', en: 'The task is back with its owner.' },
  prioritize: { id: 'Prioritas telah diubah.', en: 'The priority has been changed.' },
  'deputy-named': {
    id: 'Wakil diusulkan; ia masih harus menyetujui.',
    en: 'The deputy is proposed, and has yet to accept.'
  },
  'deputy-accept': { id: 'Anda menyetujui menjadi wakil.', en: 'You have accepted.' },
  'deputy-end': { id: 'Perwakilan diakhiri.', en: 'The deputyship has ended.' },
  started: { id: 'Permohonan diterima.', en: 'The application is registered.' },
  'activity-started': { id: 'Kegiatan dimulai.', en: 'The activity has been started.' },
  'selection-ended': { id: 'Bagian ini selesai.', en: 'This part is over.' },
  operation: { id: 'Tindakan dilakukan dan dicatat.', en: 'Done, and kept in the history.' },
  unneeded: { id: 'Tidak ada yang perlu dilakukan.', en: 'There was nothing to do.' },
  incident: { id: 'Langkah dicoba lagi.', en: 'The step is being tried again.' },
  clock: { id: 'Jam telah disetel.', en: 'The clock is set.' },
  'edit-saved': { id: 'Tersimpan dalam draf.', en: 'Saved in the draft.' },
  'edit-removed': { id: 'Dikeluarkan dari draf.', en: 'Taken out of the draft.' },
  measured: { id: 'Dampak telah diukur.', en: 'The impact has been measured.' },
  rebound: { id: 'Berkas memakai aturan terbaru.', en: 'The cases take the newest rules.' },
  'change-cases': {
    id: 'Contoh uji yang diusulkan ada di dalam draf. Bacalah, lalu periksa.',
    en: 'The draft holds the proposed test cases. Read them, then check.'
  },
  'change-check': { id: 'Draf telah diperiksa.', en: 'The draft has been checked.' },
  'change-submit': { id: 'Perubahan diajukan.', en: 'The change has been submitted.' },
  'change-approve': { id: 'Perubahan disetujui.', en: 'The change has been approved.' },
  'change-reject': { id: 'Perubahan ditolak.', en: 'The change has been rejected.' },
  'change-withdraw': { id: 'Perubahan ditarik.', en: 'The change has been withdrawn.' },
  'change-emergency': {
    id: 'Diterbitkan darurat; mintalah persetujuan dalam tujuh hari.',
    en: 'Published as an emergency; have it approved within seven days.'
  },
  'change-revert': {
    id: 'Draf pembatalan tersusun. Periksa dan ajukan.',
    en: 'The reversal is drafted. Check and submit it.'
  },
  'change-about': { id: 'Judul dan alasan tersimpan.', en: 'Title and reason are saved.' },
  paid: { id: 'Tagihan dibayar (simulasi).', en: 'The bill is paid (simulated).' },
  ended: {
    id: 'Sesi Anda berakhir sebelum isian dikirim; tidak ada yang tersimpan. Masuk untuk kembali ke halaman itu dan isi lagi.',
    en: 'Your session ended before the form was sent; nothing was saved. Sign in to come back to that page and fill it in again.'
  },
  'signed-out': { id: 'Anda telah keluar.', en: 'You have signed out.' }
}

function messageIn(request: Request): Message | null {
  const done = queryText(request, 'done')
  const text = Object.hasOwn(MESSAGES, done) ? MESSAGES[done] : undefined
  if (text === undefined) return null
  if (done === 'ended') return { kind: 'warning', text: endedText(request) ?? text, links: [] }
  return { kind: 'success', text, links: linksIn(request) }
}

/** What is said on the page that was come back to. */
function endedText({ path }: Request): Message['text'] | null {
  if (path === '/sign-in') return null
  return {
    id: 'Sesi Anda telah berakhir ketika isian dikirim; tidak ada yang tersimpan. Isi sekali lagi.',
    en: 'Your session had ended when the form was sent; nothing was saved. Fill it in once more.'
  }
}

/** Where to go on: the case that was worked on, and the next task in it. */
function linksIn(request: Request): Message['links'] {
  const instance = queryText(request, 'case')
  const token = queryText(request, 'next')
  if (!/^[\w-]{1,64}$/.test(instance)) return []
  const next = /^[\w.-]{1,64}$/.test(token)
    ? [
        {
          href: `/tasks/${instance}/${token}`,
          text: { id: 'Tugas berikut pada berkas ini', en: 'Next task of this case' }
        }
      ]
    : []
  return [...next, { href: `/cases/${instance}`, text: { id: 'Lihat berkas', en: 'See the case' } }]
}
