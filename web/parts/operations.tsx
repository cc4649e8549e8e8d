import type { CaseView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import { controlId } from './form-schema.ts'
import { type Posted, typed } from './form-values.ts'
import type { Frame } from './frame.ts'
import { problemText } from './problems.tsx'
import { T } from './text.tsx'

interface Choice extends Text {
  readonly type: 'suspend' | 'outage' | 'resume' | 'terminate' | 'skip' | 'moveToken' | 'restart'
}

/** What an operator asked for when it could not be done, and why. */
export interface Asked {
  readonly posted: Posted
  readonly problems: readonly Problem[]
}

const at = (name: string) => `/operation/${name}`

/** What the controls of the form are called, by path, for the summary of problems. */
export const OPERATION_LABELS: Readonly<Record<string, Text>> = {
  [at('type')]: { id: 'Tindakan', en: 'Action' },
  [at('element')]: { id: 'Langkah', en: 'Step' },
  [at('to')]: { id: 'Langkah tujuan', en: 'Target step' },
  [at('reason')]: { id: 'Alasan', en: 'Reason' }
}

/** What operators may do to a case; the reason is asked for and kept with it. */
export function Operations(props: {
  readonly view: CaseView
  readonly frame: Frame
  readonly asked: Asked | null
}) {
  const { view, frame, asked } = props
  const chosen = (name: string) => typed(asked?.posted ?? null, name) ?? ''
  const places = placesIn(view)
  const field = { problems: asked?.problems ?? [] }
  return (
    <form
      class="form operations"
      method="post"
      action={`/cases/${encodeURIComponent(view.instance)}/operations`}
      noValidate
    >
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <Field {...field} name="type" id="Tindakan" en="Action">
        {control => (
          <select {...control} name="type" required>
            <option value="">– Pilih · Choose –</option>
            {choicesFor(view).map(({ type, id, en }) => (
              <option key={type} value={type} selected={type === chosen('type')}>
                {`${id} · ${en}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      {view.status === 'running' && places.length > 0 && (
        <Field
          {...field}
          name="element"
          id="Langkah (untuk melewati, memindahkan)"
          en="Step (to skip, to move)"
        >
          {control => (
            <select {...control} name="element">
              {places.map(({ element, name }) => (
                <option key={element} value={element} selected={element === chosen('element')}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {view.status !== 'suspended' && (
        <Field
          {...field}
          name="to"
          id="Langkah tujuan (untuk memindahkan, memulai ulang)"
          en="Target step (to move, to restart)"
        >
          {control => (
            <select {...control} name="to">
              <option value="">– Pilih · Choose –</option>
              {view.diagrams.map((diagram, index) => (
                <optgroup key={index} label={diagram.name}>
                  {diagram.outline
                    .filter(({ target }) => target)
                    .map(({ element, name }) => (
                      <option key={element} value={element} selected={element === chosen('to')}>
                        {name}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field {...field} name="reason" id="Alasan" en="Reason">
        {control => (
          <>
            <p class="hint" id="operation-hint">
              <T
                id="Dicatat dengan nama Anda dalam riwayat berkas."
                en="Kept with your name in the history of the case."
              />
            </p>
            <textarea
              {...control}
              name="reason"
              rows={2}
              maxLength={2000}
              required
              aria-describedby="operation-hint"
            >
              {chosen('reason')}
            </textarea>
          </>
        )}
      </Field>
      <div class="actions">
        <button class="button" type="submit">
          <T id="Lakukan" en="Do it" />
        </button>
      </div>
    </form>
  )
}

function Field(
  props: Text & {
    readonly name: string
    readonly problems: readonly Problem[]
    readonly children: (control: {
      readonly id: string
      readonly 'aria-invalid': boolean
    }) => preact.ComponentChildren
  }
) {
  const { name, id, en, problems, children } = props
  const own = problems.filter(({ path }) => path === at(name))
  const control = { id: controlId(at(name)), 'aria-invalid': own.length > 0 }
  return (
    <div class={`field operation-${name}${own.length > 0 ? ' invalid' : ''}`}>
      <label for={control.id}>
        <T id={id} en={en} />
      </label>
      {own.map((problem, index) => (
        <p key={index} class="error">
          <T {...problemText(problem)} />
        </p>
      ))}
      {children(control)}
    </div>
  )
}

const SUSPEND: Choice = { type: 'suspend', id: 'Tangguhkan', en: 'Suspend' }
const OUTAGE: Choice = {
  type: 'outage',
  id: 'Tangguhkan karena gangguan (waktu layanan berhenti)',
  en: 'Suspend for an outage (service time stands still)'
}
const RESUME: Choice = { type: 'resume', id: 'Lanjutkan', en: 'Resume' }
const SKIP: Choice = { type: 'skip', id: 'Lewati langkah', en: 'Skip a step' }
const MOVE: Choice = {
  type: 'moveToken',
  id: 'Pindahkan ke langkah lain',
  en: 'Move to another step'
}
const RESTART: Choice = { type: 'restart', id: 'Mulai ulang pada langkah', en: 'Restart at a step' }
const TERMINATE: Choice = { type: 'terminate', id: 'Hentikan berkas', en: 'Terminate the case' }

function choicesFor({ status }: CaseView): readonly Choice[] {
  if (status === 'running') return [SUSPEND, OUTAGE, SKIP, MOVE, RESTART, TERMINATE]
  if (status === 'suspended') return [RESUME, TERMINATE]
  return [RESTART]
}

/** Where the case rests, each place once: tasks, incidents, and what waits for an event or a job. */
function placesIn({ tasks, incidents, diagrams }: CaseView) {
  const here = diagrams.flatMap(({ outline }) =>
    outline.filter(({ status }) => status === 'current' || status === 'incident')
  )
  const places = [...tasks, ...incidents, ...here].map(
    ({ element, name }) => [element, { element, name: name || element }] as const
  )
  return [...new Map(places).values()]
}
