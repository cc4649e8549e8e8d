import type { DeputyChoices, DeputyView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import { Day } from '../parts/dates.tsx'
import { Document } from '../parts/document.tsx'
import { controlId } from '../parts/form-schema.ts'
import { type Posted, typed } from '../parts/form-values.ts'
import type { Frame } from '../parts/frame.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { ErrorSummary } from '../parts/problems.tsx'
import { both, T } from '../parts/text.tsx'

export interface DeputiesPageProps {
  readonly frame: Frame
  readonly deputies: readonly DeputyView[]
  readonly choices: DeputyChoices
  /** What was typed, when the form came back. */
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}

const LABELS: Readonly<Record<string, Text>> = {
  '/person': { id: 'Yang diwakili', en: 'Who is acted for' },
  '/deputy': { id: 'Wakil', en: 'Deputy' },
  '/roles': { id: 'Peran', en: 'Roles' },
  '/processes': { id: 'Layanan', en: 'Services' },
  '/from': { id: 'Sejak', en: 'From' },
  '/until': { id: 'Sampai dengan', en: 'Until' },
  '/reason': { id: 'Alasan', en: 'Reason' }
}

/** Who acts for whom in the own unit, and naming a deputy. */
export function DeputiesPage(props: DeputiesPageProps) {
  const { frame, deputies, problems } = props
  const open = deputies.filter(({ state }) => isOpen(state))
  const closed = deputies.filter(({ state }) => !isOpen(state))
  return (
    <Document
      frame={frame}
      title={{ id: 'Wakil', en: 'Deputies' }}
      invalid={problems.length > 0}
      islands={['forms.js']}
    >
      <ErrorSummary form={null} problems={problems} labels={LABELS} />
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Wakil" en="Deputies" />
      </h1>
      <p class="text lead">
        <T
          id="Selama Anda berhalangan, wakil mengerjakan tugas atas nama Anda. Kedua nama tercatat, dan keduanya dihitung sebagai satu orang bila suatu langkah harus dikerjakan orang lain."
          en="While you are away, a deputy does your tasks on your behalf. Both names are recorded, and both count as one person where a step must be done by somebody else."
          block
        />
      </p>
      <section aria-labelledby="open">
        <h2 id="open">
          <T
            id={`Berlaku dan diusulkan: ${open.length}`}
            en={`In force and proposed: ${open.length}`}
          />
        </h2>
        <Table frame={frame} deputies={open} />
      </section>
      <NamingForm {...props} />
      {closed.length > 0 && (
        <details>
          <summary>
            <T id={`Sudah berakhir: ${closed.length}`} en={`Over: ${closed.length}`} />
          </summary>
          <Table frame={frame} deputies={closed} />
        </details>
      )}
    </Document>
  )
}

// what there is ///////////////////////////////////////////////////////////////

const STATES: Readonly<
  Record<DeputyView['state'], Text & { readonly icon: IconName; readonly badge: string }>
> = {
  proposed: {
    id: 'Diusulkan',
    en: 'Proposed',
    icon: 'clock',
    badge: 'due-near'
  },
  accepted: {
    id: 'Disetujui',
    en: 'Accepted',
    icon: 'clock',
    badge: 'due-none'
  },
  holding: { id: 'Berlaku', en: 'In force', icon: 'tick', badge: 'due-on-time' },
  over: { id: 'Lewat', en: 'Over', icon: 'dash', badge: 'due-none' },
  ended: { id: 'Diakhiri', en: 'Ended', icon: 'dash', badge: 'due-none' },
  declined: { id: 'Ditolak', en: 'Declined', icon: 'dash', badge: 'due-none' }
}

function isOpen(state: DeputyView['state']): boolean {
  return state === 'proposed' || state === 'accepted' || state === 'holding'
}

function Table(props: { readonly frame: Frame; readonly deputies: readonly DeputyView[] }) {
  const { frame, deputies } = props
  if (deputies.length === 0) {
    return (
      <p class="empty-inline">
        <T id="Tidak ada." en="None." />
      </p>
    )
  }
  return (
    <table class="table cards">
      <thead>
        <tr>
          {COLUMNS.map(({ id, en }) => (
            <th key={id} scope="col">
              <T id={id} en={en} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {deputies.map(each => (
          <Row key={each.id} deputy={each} csrf={frame.session?.csrf ?? ''} />
        ))}
      </tbody>
    </table>
  )
}

const COLUMNS = [
  { id: 'Wakil', en: 'Deputy' },
  { id: 'Atas nama', en: 'On behalf of' },
  { id: 'Untuk', en: 'For' },
  { id: 'Waktu', en: 'Period' },
  { id: 'Keadaan', en: 'State' }
] as const

function Row({ deputy, csrf }: { readonly deputy: DeputyView; readonly csrf: string }) {
  const { id, en, icon, badge } = STATES[deputy.state]
  const name = `${deputy.deputy.name}, ${deputy.person.name}`
  return (
    <tr>
      <th scope="row">
        <bdi>{deputy.deputy.name}</bdi>
        <span class="sub">{deputy.deputy.id}</span>
      </th>
      <td data-label={both('Atas nama', 'On behalf of')}>
        <bdi>{deputy.person.name}</bdi>
        <span class="sub">{deputy.person.id}</span>
      </td>
      <td data-label={both('Untuk', 'For')}>
        {deputy.roles === null ? (
          <T id="Semua peran" en="All roles" />
        ) : (
          deputy.roles.map(({ label }) => label).join(', ')
        )}
        <span class="sub">
          {deputy.processes === null ? (
            <T id="Semua layanan" en="All services" />
          ) : (
            deputy.processes.map(each => each.name).join(', ')
          )}
        </span>
        <span class="sub">{deputy.reason}</span>
      </td>
      <td data-label={both('Waktu', 'Period')}>
        <Day date={deputy.from} /> – <Day date={deputy.until} />
      </td>
      <td data-label={both('Keadaan', 'State')}>
        <span class={`badge ${badge}`}>
          <Icon name={icon} />
          <T id={id} en={en} />
        </span>
        {deputy.mayAccept && (
          <Act deputy={deputy} csrf={csrf} action="accept" id="Setujui" en="Accept" about={name} />
        )}
        {deputy.mayEnd && (
          <Act
            deputy={deputy}
            csrf={csrf}
            action="end"
            {...(deputy.mayAccept ? { id: 'Tolak', en: 'Decline' } : { id: 'Akhiri', en: 'End' })}
            about={name}
          />
        )}
      </td>
    </tr>
  )
}

function Act(
  props: Text & {
    readonly deputy: DeputyView
    readonly csrf: string
    readonly action: 'accept' | 'end'
    readonly about: string
  }
) {
  const { deputy, csrf, action, id, en, about } = props
  return (
    <form method="post" action={`/deputies/${encodeURIComponent(deputy.id)}/${action}`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <button class="button button-second button-small" type="submit">
        <T id={id} en={en} />
        <span class="visually-hidden">: {about}</span>
      </button>
    </form>
  )
}

// naming one //////////////////////////////////////////////////////////////////

function NamingForm({ frame, choices, posted, problems }: DeputiesPageProps) {
  const self = frame.session?.person ?? ''
  const { people, forOthers, processes, today } = choices
  const own = people.find(({ id }) => id === self)?.roles ?? []
  const all = new Map(people.flatMap(({ roles }) => roles).map(({ id, label }) => [id, label]))
  const roles = forOthers ? [...all].map(([id, label]) => ({ id, label })) : own
  const field = { posted, problems }
  return (
    <section class="panel" aria-labelledby="name">
      <h2 id="name">
        <T id="Tunjuk wakil" en="Name a deputy" />
      </h2>
      <form class="form" method="post" action="/deputies" noValidate data-island="form">
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        {forOthers && <PersonField {...field} path="/person" people={people} value={self} />}
        <PersonField
          {...field}
          path="/deputy"
          people={people.filter(({ id }) => forOthers || id !== self)}
          value=""
        />
        <Ticks
          {...field}
          path="/roles"
          hint={{ id: 'Tanpa pilihan: semua peran.', en: 'None ticked: all roles.' }}
          items={roles.map(({ id, label }) => ({ id, name: label }))}
        />
        <Ticks
          {...field}
          path="/processes"
          hint={{ id: 'Tanpa pilihan: semua layanan.', en: 'None ticked: all services.' }}
          items={processes}
        />
        <DayField {...field} path="/from" value={today} />
        <DayField {...field} path="/until" value="" />
        <div class={`field${isInvalid(problems, '/reason') ? ' invalid' : ''}`}>
          <label for={controlId('/reason')}>
            <T {...(LABELS['/reason'] as Text)} />
          </label>
          <input
            id={controlId('/reason')}
            name="/reason"
            type="text"
            class="w-wide"
            maxLength={2000}
            value={typed(posted, '/reason') ?? ''}
            required
            autoComplete="off"
            aria-invalid={isInvalid(problems, '/reason')}
          />
        </div>
        <p class="hint">
          <T
            id="Wakil mulai bertindak setelah ia menyetujui."
            en="The deputy begins to act after accepting."
          />
        </p>
        <div class="actions">
          <button class="button" type="submit">
            <T id="Tunjuk wakil" en="Name the deputy" />
          </button>
        </div>
      </form>
    </section>
  )
}

interface FieldProps {
  readonly path: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}

function isInvalid(problems: readonly Problem[], path: string): boolean {
  return problems.some(problem => problem.path === path)
}

function PersonField(
  props: FieldProps & { readonly people: DeputyChoices['people']; readonly value: string }
) {
  const { path, posted, problems, people, value } = props
  const invalid = isInvalid(problems, path)
  const chosen = typed(posted, path) ?? value
  return (
    <div class={`field${invalid ? ' invalid' : ''}`}>
      <label for={controlId(path)}>
        <T {...(LABELS[path] as Text)} />
      </label>
      <select id={controlId(path)} name={path} required aria-invalid={invalid}>
        <option value="">– Pilih · Choose –</option>
        {people.map(({ id, name, roles }) => (
          <option key={id} value={id} selected={id === chosen}>
            {name} – {roles.map(({ label }) => label).join(', ')}
          </option>
        ))}
      </select>
    </div>
  )
}

function DayField({ path, posted, problems, value }: FieldProps & { readonly value: string }) {
  const invalid = isInvalid(problems, path)
  return (
    <div class={`field${invalid ? ' invalid' : ''}`}>
      <label for={controlId(path)}>
        <T {...(LABELS[path] as Text)} />
      </label>
      <input
        id={controlId(path)}
        name={path}
        type="date"
        class="w-date"
        value={typed(posted, path) ?? value}
        required
        aria-invalid={invalid}
      />
    </div>
  )
}

function Ticks(
  props: FieldProps & {
    readonly hint: Text
    readonly items: readonly { readonly id: string; readonly name: string }[]
  }
) {
  const { path, posted, problems, hint, items } = props
  const given = posted?.[path]
  const ticked = typeof given === 'string' ? [given] : (given ?? [])
  const id = controlId(path)
  return (
    <fieldset class={`field${isInvalid(problems, path) ? ' invalid' : ''}`} id={id}>
      <legend>
        <T {...(LABELS[path] as Text)} />
      </legend>
      <p class="hint">
        <T {...hint} />
      </p>
      {items.map((item, index) => (
        <div key={item.id} class="choice">
          <input
            type="checkbox"
            id={`${id}-${index}`}
            name={path}
            value={item.id}
            checked={ticked.includes(item.id)}
          />
          <label for={`${id}-${index}`}>{item.name}</label>
        </div>
      ))}
    </fieldset>
  )
}
