import type { PublicCaseView, StageView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import type { Instant } from '../../engine/state.ts'
import { Day, localDate, When } from './dates.tsx'
import { Icon, type IconName } from './icon.tsx'
import { T } from './text.tsx'

type Told = Omit<PublicCaseView, 'instance'>

/** The word for each stage of a case, with the sign beside it. */
const STAGES: { readonly [Name in StageView['name']]: Text & { readonly icon: IconName } } = {
  received: { id: 'Diterima', en: 'Received', icon: 'info' },
  examination: { id: 'Dalam pemeriksaan', en: 'In examination', icon: 'clock' },
  waiting: { id: 'Menunggu Anda', en: 'Waiting for you', icon: 'warning' },
  approved: { id: 'Disetujui', en: 'Approved', icon: 'tick' },
  refused: { id: 'Ditolak', en: 'Refused', icon: 'stop' },
  ready: { id: 'Siap diambil', en: 'Ready for collection', icon: 'tick' },
  closed: { id: 'Selesai', en: 'Closed', icon: 'tick' }
}

/** Where a case stands now, in words: the stage, what is to be done, and the date. */
export function CurrentStage({ view, now }: { readonly view: Told; readonly now: Instant }) {
  const stage = view.stages.at(-1)
  if (stage === undefined) return null
  return (
    <div class={`stage stage-${stage.name}`}>
      <p class="stage-name">
        <Icon name={STAGES[stage.name].icon} /> <StageName name={stage.name} />
      </p>
      {stage.text.id !== '' && (
        <p>
          <T {...stage.text} block />
        </p>
      )}
      {stage.by !== null && (
        <p>
          {stage.name === 'waiting' ? (
            <T id="Paling lambat" en="No later than" />
          ) : (
            <T id="Dijanjikan" en="Promised for" />
          )}
          {': '}
          <strong>
            <Day date={stage.by} />
          </strong>
          {stage.by < localDate(now, view.timeZone) && (
            <>
              {' '}
              <T id="(sudah lewat; hubungi kantor)" en="(past; ask the office)" />
            </>
          )}
        </p>
      )}
    </div>
  )
}

/** Every stage so far with its date, oldest first. */
export function StageList({ view }: { readonly view: Told }) {
  return (
    <ol class="stage-list">
      {view.stages.map((stage, index) => (
        <li key={index} {...(index === view.stages.length - 1 ? { 'aria-current': 'step' } : {})}>
          <StageName name={stage.name} />
          <span class="sub">
            <When at={stage.since} zone={view.timeZone} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function StageName({ name }: { readonly name: StageView['name'] }) {
  const { id, en } = STAGES[name]
  return <T id={id} en={en} />
}

/** What a case is and where, without anything of what is in it. */
export function PublicFacts({ view }: { readonly view: Told }) {
  return (
    <dl class="facts">
      <div>
        <dt>
          <T id="Nomor permohonan" en="Application number" />
        </dt>
        <dd>
          <span class="number">{view.number}</span>
        </dd>
      </div>
      <div>
        <dt>
          <T id="Layanan" en="Service" />
        </dt>
        <dd>
          <T id={view.processName} en={view.processEnglish} />
        </dd>
      </div>
      <div>
        <dt>
          <T id="Kantor" en="Office" />
        </dt>
        <dd>
          {view.officeName}
          {view.officeAddress !== '' && <span class="address">{view.officeAddress}</span>}
        </dd>
      </div>
      <div>
        <dt>
          <T id="Diterima pada" en="Received on" />
        </dt>
        <dd>
          <When at={view.receivedAt} zone={view.timeZone} />
        </dd>
      </div>
    </dl>
  )
}
