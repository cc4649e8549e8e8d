import type { TaskView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import { controlId } from './form-schema.ts'
import { type Posted, typed } from './form-values.ts'
import type { Frame } from './frame.ts'
import { taskPath } from './task-table.tsx'
import { T } from './text.tsx'

type Action = 'claim' | 'unclaim' | 'assign' | 'delegate' | 'return' | 'prioritize'

/** What the controls of these forms are called, by path, for the summary of problems. */
export const HOLDER_LABELS: Readonly<Record<string, Text>> = Object.fromEntries(
  ['unclaim', 'assign', 'delegate', 'return', 'prioritize'].flatMap(action => [
    [`/${action}/reason`, { id: 'Alasan', en: 'Reason' }],
    [`/${action}/to`, { id: 'Rekan', en: 'Colleague' }],
    [`/${action}/priority`, { id: 'Prioritas', en: 'Priority' }]
  ])
)

/** Who has the task, and what the reader may do about that. */
export function TaskHolder(props: {
  readonly frame: Frame
  readonly task: TaskView
  readonly problems: readonly Problem[]
  /** What was typed into the form that came back. */
  readonly posted: Posted | null
}) {
  const { frame, task, problems, posted } = props
  const { rights, assignee, owner } = task
  const form = { csrf: frame.session?.csrf ?? '', task, problems, posted }
  const own = task.held === 'mine' || owner?.id === frame.session?.person
  return (
    <section class="panel" aria-labelledby="holder">
      <h2 id="holder">
        <T id="Pemegang tugas" en="Who has it" />
      </h2>
      <p>
        {assignee === null ? (
          <T id="Belum diambil siapa pun." en="Nobody has it." />
        ) : (
          <>
            <strong>
              <bdi>{assignee.name}</bdi>
            </strong>
            {task.held === 'mine' && (
              <>
                {' '}
                (<T id="Anda" en="you" />)
              </>
            )}
            {owner !== null && (
              <>
                {', '}
                <T id="untuk" en="for" /> <bdi>{owner.name}</bdi>
              </>
            )}
          </>
        )}
      </p>
      {rights.onBehalfOf !== null && (
        <p>
          <T id="Anda bertindak atas nama" en="You act on behalf of" />{' '}
          <strong>
            <bdi>{rights.onBehalfOf.name}</bdi>
          </strong>
          .
        </p>
      )}
      <div class="actions">
        {rights.claim && <Handle {...form} action="claim" id="Ambil tugas" en="Claim the task" />}
        {rights.unclaim && own && (
          <Handle {...form} action="unclaim" id="Lepaskan" en="Give back" />
        )}
        {rights.giveBack && (
          <Handle
            {...form}
            action="return"
            id="Kembalikan kepada pemilik"
            en="Return to its owner"
          />
        )}
      </div>
      {rights.delegate && rights.colleagues.length > 0 && (
        <Folded {...form} action="delegate" id="Minta rekan mengerjakan" en="Ask a colleague" />
      )}
      {rights.supervise && rights.colleagues.length > 0 && (
        <Folded {...form} action="assign" id="Tugaskan kepada rekan" en="Assign to a colleague" />
      )}
      {rights.unclaim && !own && (
        <Folded {...form} action="unclaim" id="Ambil kembali dari pemegang" en="Take it away" />
      )}
      {rights.supervise && (
        <Folded {...form} action="prioritize" id="Ubah prioritas" en="Change the priority" />
      )}
    </section>
  )
}

interface HandleProps extends Text {
  readonly csrf: string
  readonly task: TaskView
  readonly problems: readonly Problem[]
  readonly posted: Posted | null
  readonly action: Action
}

/** One button that does it. */
function Handle({ csrf, task, action, id, en }: HandleProps) {
  return (
    <form method="post" action={`${taskPath(task)}/${action}`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <button class={action === 'claim' ? 'button' : 'button button-second'} type="submit">
        <T id={id} en={en} />
      </button>
    </form>
  )
}

/** What asks for a reason, behind one click; open when it came back with a problem. */
function Folded({ csrf, task, problems, posted, action, id, en }: HandleProps) {
  const path = (name: string) => `/${action}/${name}`
  const invalid = (name: string) => problems.some(problem => problem.path === path(name))
  const field = (name: string) => `field${invalid(name) ? ' invalid' : ''}`
  const opened = problems.some(problem => problem.path.startsWith(`/${action}/`))
  const given = (name: string) => (opened ? typed(posted, name) : null)
  return (
    <details open={opened}>
      <summary>
        <T id={id} en={en} />
      </summary>
      <form class="form" method="post" action={`${taskPath(task)}/${action}`} noValidate>
        <input type="hidden" name="_csrf" value={csrf} />
        {(action === 'assign' || action === 'delegate') && (
          <div class={field('to')}>
            <label for={controlId(path('to'))}>
              <T id="Rekan" en="Colleague" />
            </label>
            <select id={controlId(path('to'))} name="to" required aria-invalid={invalid('to')}>
              <option value="">– Pilih · Choose –</option>
              {task.rights.colleagues.map(each => (
                <option key={each.id} value={each.id} selected={each.id === given('to')}>
                  {each.name} ({each.id})
                </option>
              ))}
            </select>
          </div>
        )}
        {action === 'prioritize' && (
          <div class={field('priority')}>
            <label for={controlId(path('priority'))}>
              <T id="Prioritas, 0 sampai 100" en="Priority, 0 to 100" />
            </label>
            <p class="hint" id={`${controlId(path('priority'))}-hint`}>
              <T
                id="Mulai 75 mendesak, di bawah 25 rendah."
                en="From 75 it is urgent, below 25 low."
              />
            </p>
            <input
              id={controlId(path('priority'))}
              name="priority"
              type="text"
              inputMode="numeric"
              class="w-short"
              value={given('priority') ?? task.priority}
              required
              aria-invalid={invalid('priority')}
              aria-describedby={`${controlId(path('priority'))}-hint`}
            />
          </div>
        )}
        <div class={field('reason')}>
          <label for={controlId(path('reason'))}>
            <T id="Alasan" en="Reason" />
          </label>
          <input
            id={controlId(path('reason'))}
            name="reason"
            type="text"
            class="w-wide"
            value={given('reason') ?? ''}
            maxLength={2000}
            required
            autoComplete="off"
            aria-invalid={invalid('reason')}
          />
        </div>
        <button class="button button-second" type="submit">
          <T id={id} en={en} />
        </button>
      </form>
    </details>
  )
}

/** Why the form is not there. */
export function Objection({ task }: { readonly task: TaskView }) {
  const { objection } = task.rights
  if (objection === null) return null
  const { id, en } = objectionText(objection.code, task.assignee?.name ?? '')
  return (
    <p>
      <T id={id} en={en} block />
    </p>
  )
}

function objectionText(code: string, holder: string): Text {
  switch (code) {
    case 'claimed':
      return {
        id: `Tugas ini dipegang ${holder}; hanya pemegangnya yang dapat menyelesaikannya.`,
        en: `${holder} has this task; nobody else can complete it.`
      }
    case 'same-person':
      return {
        id: 'Anda mengerjakan langkah sebelumnya pada berkas ini; tugas ini harus dikerjakan orang lain.',
        en: 'You did an earlier step of this case; somebody else must do this task.'
      }
    default:
      return {
        id: 'Anda membagi pekerjaan kantor ini, tetapi tugas ini dikerjakan peran lain.',
        en: 'You hand out the work of this office, but another role does this task.'
      }
  }
}
