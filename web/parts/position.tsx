import type { DiagramView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { Icon, type IconName } from './icon.tsx'
import { both, T } from './text.tsx'

type Line = DiagramView['outline'][number]

const STATES: { readonly [State in Line['status']]: Text & { readonly icon: IconName } } = {
  done: { id: 'selesai', en: 'done', icon: 'tick' },
  current: { id: 'di sini', en: 'here now', icon: 'here' },
  incident: { id: 'insiden', en: 'incident', icon: 'stop' },
  open: { id: 'belum', en: 'not yet', icon: 'circle' }
}

/** Where a case stands: the diagram, and the same in words. */
export function Positions({ diagrams }: { readonly diagrams: readonly DiagramView[] }) {
  return (
    <>
      {diagrams.map((diagram, index) => (
        <Position
          key={`${diagram.process}/${index}`}
          diagram={diagram}
          heading={diagrams.length > 1}
        />
      ))}
    </>
  )
}

function Position({
  diagram,
  heading
}: {
  readonly diagram: DiagramView
  readonly heading: boolean
}) {
  const now = diagram.outline.filter(({ status }) => status === 'current' || status === 'incident')
  const place =
    now.length === 0
      ? both('tidak ada langkah yang berjalan', 'no step is running')
      : now.map(({ name, nameEnglish }) => both(name, nameEnglish)).join('; ')
  return (
    <section>
      {heading && (
        <h3>
          <T id={diagram.name} en={diagram.nameEnglish} />
        </h3>
      )}
      <figure class="diagram-figure no-print">
        <div
          class="diagram"
          hidden
          data-island="diagram"
          data-url={diagram.url}
          data-current={diagram.current.join(' ')}
          data-incidents={diagram.incidents.join(' ')}
          data-done={JSON.stringify(diagram.done)}
          data-taken={diagram.taken.join(' ')}
          data-label={`${both('Diagram', 'Diagram')} ${both(diagram.name, diagram.nameEnglish)}. ${both('Posisi', 'Position')}: ${place}`}
        />
        <figcaption>
          <a href={diagram.url}>
            <T
              id={`Diagram ${diagram.name} (berkas BPMN), versi ${diagram.version}`}
              en="The diagram as a BPMN file"
            />
          </a>
        </figcaption>
      </figure>
      <Outline diagram={diagram} />
    </section>
  )
}

function Outline({ diagram }: { readonly diagram: DiagramView }) {
  return (
    <ol class="outline" aria-label={both('Langkah-langkah', 'Steps')}>
      {diagram.outline.map(line => (
        <Step key={line.element} line={line} times={diagram.done[line.element] ?? 0} />
      ))}
    </ol>
  )
}

function Step({ line, times }: { readonly line: Line; readonly times: number }) {
  const { icon, ...state } = STATES[line.status]
  const here = line.status === 'current' || line.status === 'incident'
  return (
    <li class={line.status} {...(here ? { 'aria-current': 'step' as const } : {})}>
      <Icon name={icon} />
      <span>
        <T id={line.name} en={line.nameEnglish} />
        <span class="lane">
          <T id={line.lane} en={line.laneEnglish} />
          {line.by !== '' && (
            <>
              {' – '}
              <bdi>{line.by}</bdi>
            </>
          )}
        </span>
      </span>
      <span class="state">
        <T {...state} />
        {times > 1 && ` ×${times}`}
      </span>
    </li>
  )
}
