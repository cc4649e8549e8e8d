import type { AccountView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { both, T } from '../parts/text.tsx'

/** The sign-in page, with the demo accounts where there are any. */
export function SignInPage(props: {
  readonly frame: Frame
  readonly accounts: readonly AccountView[]
  /** What was typed as the name. */
  readonly person: string
  /** Where to go afterwards, a path on this server. */
  readonly next: string
  readonly problem: Text | null
}) {
  const { frame, accounts, person, next, problem } = props
  return (
    <Document
      frame={frame}
      title={{ id: 'Masuk', en: 'Sign in' }}
      invalid={problem !== null}
      islands={['forms.js']}
    >
      <div class="columns columns-side">
        <div>
          <h1>
            <T id="Masuk" en="Sign in" />
          </h1>
          {problem !== null && (
            <div class="error-summary" role="alert" id="error-summary" tabIndex={-1}>
              <h2>
                <T id="Tidak dapat masuk" en="You could not be signed in" />
              </h2>
              <p>
                <a href="#person">
                  <T {...problem} />
                </a>
              </p>
            </div>
          )}
          <form class="form" method="post" action="/sign-in">
            <input type="hidden" name="next" value={next} />
            <div class={`field${problem === null ? '' : ' invalid'}`}>
              <label for="person">
                <T id="Nama akun" en="Account name" />
              </label>
              <input
                id="person"
                name="person"
                class="w-wide"
                autoComplete="username"
                autoCapitalize="none"
                spellcheck={false}
                required
                value={person}
              />
            </div>
            <div class={`field${problem === null ? '' : ' invalid'}`}>
              <label for="password">
                <T id="Kata sandi" en="Password" />
              </label>
              <input
                id="password"
                name="password"
                type="password"
                class="w-wide"
                autoComplete="current-password"
                required
              />
            </div>
            <div class="actions">
              <button class="button" type="submit">
                <T id="Masuk" en="Sign in" />
              </button>
            </div>
          </form>
        </div>
        <aside>
          <h2>
            <T id="Untuk pemohon" en="For applicants" />
          </h2>
          <ul class="plain-list">
            <li>
              <a href="/lapor">
                <T id="Lapor daring" en="Report online" />
              </a>
            </li>
            <li>
              <a href="/lacak">
                <T id="Lacak permohonan" en="Track an application" />
              </a>
            </li>
          </ul>
          <h2>
            <T id="Memeriksa surat" en="Checking a letter" />
          </h2>
          <p>
            <T
              id="Pindai kode QR pada surat. Halaman pemeriksaan terbuka tanpa masuk."
              en="Scan the QR code on the letter. The checking page opens without signing in."
              block
            />
          </p>
        </aside>
      </div>
      {accounts.length > 0 && <Accounts accounts={accounts} next={next} />}
    </Document>
  )
}

function Accounts({
  accounts,
  next
}: {
  readonly accounts: readonly AccountView[]
  readonly next: string
}) {
  const units = [...new Set(accounts.map(({ unitName }) => unitName))]
  return (
    <section class="panel" aria-labelledby="accounts">
      <h2 id="accounts">
        <T id="Akun peragaan" en="Demo accounts" />
      </h2>
      <p>
        <T
          id="Orang rekaan. Pilih satu untuk masuk sebagai orang itu."
          en="Made-up people. Choose one to sign in as them."
        />
      </p>
      {units.map((unit, index) => (
        <details key={unit} open={index === 0}>
          <summary>{unit}</summary>
          <table class="table cards">
            <caption class="visually-hidden">
              <T id={`Akun ${unit}`} en="Accounts" />
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <T id="Nama" en="Name" />
                </th>
                <th scope="col">
                  <T id="Peran" en="Roles" />
                </th>
                <th scope="col">
                  <T id="Akun dan sandi" en="Account and password" />
                </th>
                <th scope="col">
                  <T id="Masuk" en="Sign in" />
                </th>
              </tr>
            </thead>
            <tbody>
              {accounts
                .filter(({ unitName }) => unitName === unit)
                .map(account => (
                  <tr key={account.id}>
                    <th scope="row">
                      <bdi>{account.name}</bdi>
                    </th>
                    <td data-label={both('Peran', 'Roles')}>{account.roles.join(', ')}</td>
                    <td data-label={both('Akun dan sandi', 'Account and password')}>
                      <code>{account.id}</code> / <code>{account.password}</code>
                    </td>
                    <td>
                      <form method="post" action="/sign-in">
                        <input type="hidden" name="next" value={next} />
                        <input type="hidden" name="person" value={account.id} />
                        <input type="hidden" name="password" value={account.password} />
                        <button class="button button-second" type="submit">
                          <T id="Masuk" en="Sign in" />
                          <span class="visually-hidden">: {account.name}</span>
                        </button>
                      </form>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </details>
      ))}
    </section>
  )
}
