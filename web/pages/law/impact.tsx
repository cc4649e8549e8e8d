import type { ChangeSetView, ImpactReport } from '../../../api/law.ts'
import { dateText, rupiah, thousands } from '../../parts/dates.tsx'
import { Document } from '../../parts/document.tsx'
import type { Frame } from '../../parts/frame.ts'
import { Icon } from '../../parts/icon.tsx'
import { ChangeActions, Mark } from '../../parts/law/change-actions.tsx'
import { StateBadge } from '../../parts/law/change-state.tsx'
import {
  ApproversPart,
  CasesPart,
  DocumentsPart,
  ExamplesPart,
  MoneyPart,
  OutcomesPart
} from '../../parts/law/impact-parts.tsx'
import { Said } from '../../parts/law/said.tsx'
import { T } from '../../parts/text.tsx'

/** What a change would have done to the decisions of a period, and does to the open cases. */
export function ImpactPage(props: {
  readonly frame: Frame
  readonly change: ChangeSetView
  readonly report: ImpactReport
  readonly period: { readonly from: string; readonly to: string }
  readonly today: string
}) {
  const { frame, change, report } = props
  const { decisions } = report
  const current = report.contentHash === change.contentHash
  return (
    <Document
      frame={frame}
      title={{ id: `Dampak: ${change.title.id}`, en: `Impact: ${change.title.en}` }}
    >
      <a class="back" href={`/changes/${change.id}`}>
        <T id="Perubahan ini" en="This change" />
      </a>
      <p class="caption">
        <bdi>{change.scopeName}</bdi> · <span class="number">{change.id}</span>
      </p>
      <h1>
        <T id="Laporan dampak" en="Impact report" />
      </h1>
      <p class="lead">
        <bdi>
          <Said {...change.title} />
        </bdi>{' '}
        <StateBadge state={change.state} />
      </p>
      {!current && (
        <div class="notice notice-warning">
          <Icon name="warning" />
          <p>
            <T
              id="Isi perubahan sudah berbeda sejak laporan ini dibuat; ukur sekali lagi."
              en="The content has changed since this report was made; measure again."
            />
          </p>
        </div>
      )}
      {decisions.notReproduced > 0 && (
        <div class="notice notice-stop">
          <Icon name="stop" />
          <p>
            <T
              id={`${decisions.notReproduced} keputusan tidak dapat diulang dengan aturan aslinya; laporan ini tidak lengkap.`}
              en={`${decisions.notReproduced} decisions do not come out again by their own release; this report is not complete.`}
            />
          </p>
        </div>
      )}
      <p>
        <T
          id={`Keputusan ${dateText(report.from)} sampai ${dateText(report.to)} diputus ulang dengan draf.`}
          en={`Decisions of ${report.from} to ${report.to} made again by the draft.`}
        />
      </p>
      <ul class="law-figures">
        <Figure value={decisions.replayed} id="keputusan diputus ulang" en="decisions made again" />
        <Figure value={decisions.changed} id="berubah hasilnya" en="with another outcome" />
        <Figure
          value={decisions.failing}
          id="menjadi tidak dapat diputus, atau sebaliknya"
          en="newly without a decision, or the other way round"
        />
        <Figure
          value={report.deadlines.newlyMissed}
          id="tenggat baru terlewat"
          en="deadlines newly missed"
        />
        <Figure
          value={report.deadlines.newlyMet}
          id="tenggat kini terpenuhi"
          en="deadlines newly met"
        />
        <Figure
          value={report.deadlines.moved}
          id="tenggat terbuka bergeser"
          en="open deadlines that move"
        />
        <li>
          <strong>{signed(report.money.difference)}</strong>
          <T id="selisih PNBP" en="difference in revenue" />
        </li>
      </ul>
      <OutcomesPart report={report} />
      <MoneyPart report={report} />
      <ApproversPart report={report} />
      <DocumentsPart report={report} />
      <CasesPart report={report} />
      <ExamplesPart report={report} />
      <p class="hint">
        <T id="Tanda laporan" en="Mark of the report" />: <Mark hash={report.hash} /> ·{' '}
        <T id="tanda isi" en="mark of the content" />: <Mark hash={report.contentHash} />
      </p>
      {current && change.may.includes('approve') && (
        <section class="panel no-print" aria-labelledby="actions">
          <h2 id="actions">
            <T id="Putuskan" en="Decide" />
          </h2>
          <ChangeActions
            {...props}
            filling={{ posted: null, problems: [] }}
            failed={null}
            change={{
              ...change,
              may: change.may.filter(each => each === 'approve' || each === 'reject')
            }}
          />
        </section>
      )}
    </Document>
  )
}

function Figure(props: { readonly value: number; readonly id: string; readonly en: string }) {
  return (
    <li>
      <strong>{thousands(props.value)}</strong>
      <T id={props.id} en={props.en} />
    </li>
  )
}

function signed(amount: number): string {
  if (amount === 0) return rupiah(0)
  return amount < 0 ? `− ${rupiah(-amount)}` : `+ ${rupiah(amount)}`
}

/** While a long measurement runs: how far it is. It asks again by itself, and by a link. */
export function MeasuringPage(props: {
  readonly frame: Frame
  readonly change: ChangeSetView
  readonly done: number
  /** Null: not known yet. */
  readonly total: number | null
}) {
  const { frame, change, done, total } = props
  const title = { id: 'Dampak sedang diukur', en: 'The impact is being measured' }
  return (
    <Document frame={frame} title={title} islands={['waiting.js']} renewEvery={3}>
      <a class="back" href={`/changes/${change.id}`}>
        <T id="Perubahan ini" en="This change" />
      </a>
      <h1>
        <Said {...title} />
      </h1>
      <p class="lead">
        <bdi>
          <Said {...change.title} />
        </bdi>
      </p>
      <div role="status" data-island="waiting">
        <label for="measured">
          <T
            id={
              total === null
                ? 'Keputusan dikumpulkan'
                : `${thousands(done)} dari ${thousands(total)} keputusan`
            }
            en={
              total === null
                ? 'Decisions are being gathered'
                : `${thousands(done)} of ${thousands(total)} decisions`
            }
          />
        </label>
        <progress
          id="measured"
          class="law-progress"
          {...(total === null ? {} : { value: done, max: Math.max(1, total) })}
        />
      </div>
      <p class="hint">
        <T
          id="Laporannya tampil begitu selesai. Anda boleh meninggalkan halaman ini; hasilnya tersimpan pada perubahan ini."
          en="The report shows as soon as it is there. You may leave this page; it is kept with the change."
        />
      </p>
      <p>
        <a href={`/changes/${change.id}/impact`}>
          <T id="Perbarui sekarang" en="Renew now" />
        </a>
      </p>
    </Document>
  )
}
