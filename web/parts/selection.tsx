import type { CaseView, SelectionView } from '../../api/schemas.ts'
import type { Frame } from './frame.ts'
import { Paragraphs } from './paragraphs.tsx'
import { T } from './text.tsx'

/** The activities of an ad-hoc sub-process, to be started by whoever may choose. */
export function Selection({
  selection,
  frame,
  view
}: {
  readonly selection: SelectionView
  readonly frame: Frame
  readonly view: Pick<CaseView, 'instance'>
}) {
  const { token, activities, sequential, mayChoose, endedByPeople, cancels, roleLabel } = selection
  const id = `selection-${token}`
  const busy = sequential && activities.some(({ running }) => running > 0)
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>
        <T id={selection.name} en={selection.nameEnglish} />
      </h2>
      {selection.documentation !== '' && <Paragraphs text={selection.documentation} />}
      <p class="hint">
        {sequential ? (
          <T
            id="Mulai kegiatan yang perlu, satu per satu."
            en="Start the activities that are needed, one after another."
          />
        ) : (
          <T
            id="Mulai kegiatan yang perlu, boleh beberapa sekaligus."
            en="Start the activities that are needed, also several at once."
          />
        )}
        {roleLabel !== '' && ` – ${roleLabel}`}
      </p>
      <form method="post" action={`/cases/${view.instance}/selections/${token}`}>
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        <ul class="values">
          {activities.map(({ element, name, nameEnglish, running }) => (
            <li key={element}>
              <p>
                <strong>
                  <T id={name} en={nameEnglish} />
                </strong>
                {running > 0 && (
                  <span class="sub">
                    {' '}
                    <T id={`${running} sedang berjalan`} en={`${running} running`} />
                  </span>
                )}
              </p>
              {mayChoose && !busy && (
                <p>
                  <button
                    class="button button-second button-small"
                    type="submit"
                    name="element"
                    value={element}
                  >
                    <T id="Mulai" en="Start" />
                    <span class="visually-hidden"> {name}</span>
                  </button>
                </p>
              )}
            </li>
          ))}
        </ul>
        {mayChoose && endedByPeople && (
          <>
            {cancels && activities.some(({ running }) => running > 0) && (
              <p class="hint">
                <T
                  id="Yang masih berjalan ikut diakhiri bila bagian ini diselesaikan."
                  en="What still runs ends too when this part is ended."
                />
              </p>
            )}
            <div class="actions">
              <button class="button" type="submit">
                <T id="Selesaikan bagian ini" en="End this part" />
              </button>
            </div>
          </>
        )}
      </form>
    </section>
  )
}
