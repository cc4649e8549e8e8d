import type { CaseView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import type { Frame } from './frame.ts'
import { T } from './text.tsx'

interface Choice extends Text {
  readonly type: 'suspend' | 'resume' | 'terminate' | 'skip' | 'moveToken' | 'restart'
}

/** What operators may do to a case; the reason is asked for and kept with it. */
export function Operations({ view, frame }: { readonly view: CaseView; readonly frame: Frame }) {
  const places = [...view.tasks, ...view.incidents]
  return (
    <form
      class="form"
      method="post"
      action={`/cases/${encodeURIComponent(view.instance)}/operations`}
    >
      <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
      <div class="field">
        <label for="operation-type">
          <T id="Tindakan" en="Action" />
        </label>
        <select id="operation-type" name="type" required>
          {choicesFor(view).map(({ type, id, en }) => (
            <option key={type} value={type}>{`${id} · ${en}`}</option>
          ))}
        </select>
      </div>
      {view.status === 'running' && places.length > 0 && (
        <div class="field">
          <label for="operation-element">
            <T id="Langkah (untuk melewati, memindahkan)" en="Step (to skip, to move)" />
          </label>
          <select id="operation-element" name="element">
            {places.map(({ element, name, token }) => (
              <option key={token} value={element}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {view.status !== 'suspended' && (
        <div class="field">
          <label for="operation-to">
            <T id="Langkah tujuan (untuk memindahkan)" en="Target step (to move)" />
          </label>
          <select id="operation-to" name="to">
            <option value="" />
            {targetsIn(view).map(({ element, name }) => (
              <option key={element} value={element}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="field">
        <label for="operation-reason">
          <T id="Alasan" en="Reason" />
        </label>
        <p class="hint" id="operation-hint">
          <T
            id="Dicatat dengan nama Anda dalam riwayat berkas."
            en="Kept with your name in the history of the case."
          />
        </p>
        <textarea
          id="operation-reason"
          name="reason"
          rows={2}
          required
          aria-describedby="operation-hint"
        />
      </div>
      <div class="actions">
        <button class="button" type="submit">
          <T id="Lakukan" en="Do it" />
        </button>
      </div>
    </form>
  )
}

const SUSPEND: Choice = { type: 'suspend', id: 'Tangguhkan', en: 'Suspend' }
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
  if (status === 'running') return [SUSPEND, SKIP, MOVE, RESTART, TERMINATE]
  if (status === 'suspended') return [RESUME, TERMINATE]
  return [RESTART]
}

/** The named steps of the process of the case, in the order of its diagram. */
function targetsIn({ diagrams, process }: CaseView) {
  const own = diagrams.find(diagram => diagram.process === process) ?? diagrams[0]
  return own?.outline ?? []
}
