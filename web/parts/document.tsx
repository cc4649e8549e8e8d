import type { ComponentChildren } from 'preact'
import type { Text } from '../../engine/messages.ts'
import { instantText } from './dates.tsx'
import { type Frame, type Message, zoneOf } from './frame.ts'
import { Icon } from './icon.tsx'
import { both, T } from './text.tsx'

export interface DocumentProps {
  readonly frame: Frame
  readonly title: Text
  /** Set when a form came back with problems; the title says so first. */
  readonly invalid?: boolean
  /** The scripts of the islands that stand on the page. */
  readonly islands?: readonly string[]
  /** Where there is no JavaScript the page asks again by itself, every so many seconds. */
  readonly renewEvery?: number
  /** Further style sheets. */
  readonly styles?: readonly string[]
  readonly children: ComponentChildren
}

/** The frame of every page: banners, header, navigation, main part, footer. */
export function Document({
  frame,
  title,
  invalid = false,
  islands = [],
  renewEvery,
  styles = [],
  children
}: DocumentProps) {
  const name = both(title.id, title.en)
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <title>{`${invalid ? 'Galat · Error: ' : ''}${name} – Alur`}</title>
        <link rel="icon" href="data:," />
        {['style.css', ...styles].map(file => (
          <link key={file} rel="stylesheet" href={frame.asset(file)} />
        ))}
        {renewEvery !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(renewEvery)} />
          </noscript>
        )}
        {islands.map(file => (
          <script key={file} type="module" src={frame.asset(file)}></script>
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          <T id="Langsung ke isi" en="Skip to content" />
        </a>
        <Banners frame={frame} />
        <Header frame={frame} />
        <main id="main" tabIndex={-1}>
          {frame.message !== null && <MessageBox message={frame.message} />}
          {children}
        </main>
        <Footer />
      </body>
    </html>
  )
}

function MessageBox({ message }: { readonly message: Message }) {
  return (
    <div class={`message message-${message.kind}`} role="status">
      <Icon name={message.kind === 'success' ? 'tick' : 'warning'} />
      <div>
        <T {...message.text} />
        {message.links.length > 0 && (
          <ul class="message-links">
            {message.links.map(({ href, text }) => (
              <li key={href}>
                <a href={href}>
                  <T {...text} />
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function Banners({ frame }: { readonly frame: Frame }) {
  const { clock, demo } = frame
  if (!clock.isSet && !demo) return null
  return (
    <section class="banners" aria-label={both('Pemberitahuan sistem', 'System notice')}>
      {clock.isSet && (
        <p class="banner banner-clock">
          <Icon name="clock" />
          <span>
            <strong>
              <T id="Jam disetel" en="Clock set" />
            </strong>{' '}
            <time dateTime={clock.now}>{instantText(clock.now, zoneOf(frame))}</time>{' '}
            <span class="banner-more">
              <T id="Bukan waktu sebenarnya." en="Not the real time." />
            </span>
          </span>
        </p>
      )}
      {demo && (
        <p class="banner banner-demo">
          <span>
            <strong>
              <T id="Peragaan" en="Demo" />
            </strong>{' '}
            <span class="banner-more">
              <T
                id="Orang, berkas dan surat di sini rekaan."
                en="People, files and letters here are made up."
              />
            </span>
          </span>
          <span class="banner-links">
            {frame.session !== null && (
              <a href="/mail">
                <T id="Kotak surat" en="Mailbox" />
              </a>
            )}
            {clock.settable && (
              <a href="/clock">
                <T id="Jam" en="Clock" />
              </a>
            )}
          </span>
        </p>
      )}
    </section>
  )
}

const PLACES: readonly (Text & { readonly path: string })[] = [
  { path: '/tasks', id: 'Tugas', en: 'Tasks' },
  { path: '/start', id: 'Permohonan baru', en: 'New application' },
  { path: '/cases', id: 'Berkas', en: 'Cases' },
  { path: '/incidents', id: 'Insiden', en: 'Incidents' },
  { path: '/rules', id: 'Aturan', en: 'Rules' },
  { path: '/deputies', id: 'Wakil', en: 'Deputies' }
]

function Header({ frame }: { readonly frame: Frame }) {
  const { session, path } = frame
  const operates = session?.roles.some(({ id }) => id === 'operator') === true
  const places = [
    ...PLACES,
    ...(operates ? [{ path: '/procedures', id: 'Prosedur', en: 'Procedures' }] : [])
  ]
  const here = places.find(place => isAt(path, place.path))
  return (
    <header class="header">
      <div class="header-row">
        <a class="brand" href="/">
          <svg viewBox="0 0 44 20" width="44" height="20" aria-hidden="true" focusable="false">
            <path d="M9 10h8M27 10h8" />
            <circle cx="5" cy="10" r="4" />
            <rect x="17" y="4" width="10" height="12" rx="2" />
            <circle cx="39" cy="10" r="4" class="brand-end" />
          </svg>
          <span>Alur</span>
        </a>
        {session !== null && (
          <div class="who">
            <span class="who-unit">{session.unitName}</span>
            <span class="who-person">
              <strong>
                <bdi>{session.name}</bdi>
              </strong>
              <span> – {session.roles.map(({ label }) => label).join(', ')}</span>
              {session.actsFor.length > 0 && (
                <span>
                  {' – '}
                  <T id="mewakili" en="deputy for" />{' '}
                  <bdi>{session.actsFor.map(({ name }) => name).join(', ')}</bdi>
                </span>
              )}
            </span>
            <form method="post" action="/sign-out">
              <input type="hidden" name="_csrf" value={session.csrf} />
              <button class="link-button" type="submit">
                <T id="Keluar" en="Sign out" />
              </button>
            </form>
          </div>
        )}
      </div>
      {session !== null && (
        <nav class="nav" aria-label={both('Menu utama', 'Main menu')}>
          <Places places={places} path={path} />
          <details>
            <summary>
              Menu
              {here !== undefined && (
                <>
                  {': '}
                  <T id={here.id} en={here.en} />
                </>
              )}
            </summary>
            <Places places={places} path={path} />
          </details>
        </nav>
      )}
    </header>
  )
}

/** The list stands open on wide screens, and behind one click on narrow ones. */
function Places(props: {
  readonly places: readonly (Text & { readonly path: string })[]
  readonly path: string
}) {
  return (
    <ul>
      {props.places.map(place => (
        <li key={place.path}>
          <a
            href={place.path}
            {...(isAt(props.path, place.path) ? { 'aria-current': 'page' } : {})}
          >
            <T id={place.id} en={place.en} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function Footer() {
  return (
    <footer class="footer">
      <p>
        <a href="/help">
          <T id="Bantuan" en="Help" />
        </a>
      </p>
      <p>
        <a href="/register">
          <T id="Register penyimpangan setempat" en="Local deviations" />
        </a>
      </p>
      <p>
        <T
          id="Alur – mesin aturan dan alur kerja menurut SOP kantor"
          en="A rules-and-workflow engine that follows the office's procedures"
        />
      </p>
    </footer>
  )
}

/** Changes and the register are parts of the rules. */
function isAt(path: string, place: string): boolean {
  if (place === '/rules' && /^\/(changes|register)(\/|$)/.test(path)) return true
  return path === place || path.startsWith(`${place}/`)
}
