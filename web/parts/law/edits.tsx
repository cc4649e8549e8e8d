import type { ChangeSetView, Edit } from '../../../api/law.ts'
import type { Problem } from '../../../engine/errors.ts'
import type { Frame } from '../frame.ts'
import { problemText } from '../problems.tsx'
import { T } from '../text.tsx'
import { Said } from './said.tsx'

/** What a change set changes, an edit a sentence, with its problems beside it. */
export function Edits(props: {
  readonly frame: Frame
  readonly change: ChangeSetView
  readonly problems: readonly Problem[]
}) {
  const { frame, change, problems } = props
  const mayEdit = change.may.includes('edit')
  return (
    <>
      {change.edits.length === 0 && (
        <p class="empty-inline">
          <T id="Belum ada perubahan di dalamnya." en="Nothing is changed by it yet." />
        </p>
      )}
      <ol class="law-edits">
        {change.edits.map((edit, index) => {
          const found = problems.filter(
            ({ path }) => path === `/edits/${index}` || path.startsWith(`/edits/${index}/`)
          )
          const sentence = change.sentences[index] ?? { id: edit.kind, en: edit.kind }
          return (
            <li key={index} class={found.length > 0 ? 'invalid' : ''} id={`edit-${index + 1}`}>
              <bdi>
                <Said {...sentence} block />
              </bdi>
              <Beside edit={edit} />
              {found.length > 0 && (
                <ul class="values error">
                  {found.map((problem, at) => (
                    <li key={at}>
                      <bdi>
                        <Said {...problemText(problem)} />
                      </bdi>
                    </li>
                  ))}
                </ul>
              )}
              {mayEdit && (
                <div class="law-links">
                  {isDrawn(edit) && (
                    <a href={`/changes/${change.id}/edits/${index + 1}`}>
                      <T id="Ubah" en="Change" />
                      <span class="visually-hidden"> {index + 1}</span>
                    </a>
                  )}
                  <form method="post" action={`/changes/${change.id}/edits/${index + 1}/delete`}>
                    <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
                    <input type="hidden" name="/version" value={String(change.version)} />
                    <button class="link-button" type="submit">
                      <T id="Keluarkan" en="Take out" />
                      <span class="visually-hidden"> {index + 1}</span>
                    </button>
                  </form>
                </div>
              )}
            </li>
          )
        })}
      </ol>
      {mayEdit && (
        <p>
          <a class="button button-second" href={`/changes/${change.id}/edits/new`}>
            <T id="Tambah perubahan" en="Add an edit" />
          </a>
        </p>
      )}
    </>
  )
}

/** Why it is so, small beside its sentence, which says the days and the basis. */
function Beside({ edit }: { readonly edit: Edit }) {
  if (!('reason' in edit)) return null
  return (
    <span class="sub">
      <T id="Alasan" en="Reason" />:{' '}
      <bdi>
        <Said {...edit.reason} />
      </bdi>
    </span>
  )
}

/** Whether a form exists for an edit: instruments and cases come in beside others. */
function isDrawn(edit: Edit): boolean {
  return edit.kind !== 'instrument' && edit.kind !== 'case'
}
