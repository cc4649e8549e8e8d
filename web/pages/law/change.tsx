import type { AffectedView, ChangeSetView } from '../../../api/law.ts'
import type { Problem } from '../../../engine/errors.ts'
import { dateText, When } from '../../parts/dates.tsx'
import { Fact } from '../../parts/decisions.tsx'
import { Document } from '../../parts/document.tsx'
import { type Frame, zoneOf } from '../../parts/frame.ts'
import { Affected } from '../../parts/law/affected.tsx'
import { ChangeActions, Mark } from '../../parts/law/change-actions.tsx'
import { nextText, StateBadge, StateSteps } from '../../parts/law/change-state.tsx'
import type { EditFilling } from '../../parts/law/edit-drafts.ts'
import { Edits } from '../../parts/law/edits.tsx'
import { TextField } from '../../parts/law/labelled.tsx'
import { Said } from '../../parts/law/said.tsx'
import { ErrorSummary, problemText } from '../../parts/problems.tsx'
import { T } from '../../parts/text.tsx'

export interface ChangePageProps {
  readonly frame: Frame
  readonly change: ChangeSetView
  readonly filling: EditFilling
  /** The action whose form came back with problems. */
  readonly failed: string | null
  readonly period: { readonly from: string; readonly to: string }
  readonly today: string
  /** Null while it is not in force, or where the reader may not see it. */
  readonly affected: AffectedView | null
}

/** A change of local law on its way: what it changes, how it stands, and what may be done with it. */
export function ChangePage(props: ChangePageProps) {
  const { frame, change, filling } = props
  const problems = change.check?.problems ?? []
  return (
    <Document
      frame={frame}
      title={change.title}
      invalid={filling.problems.length > 0}
      islands={['forms.js']}
    >
      <a class="back" href="/changes">
        <T id="Perubahan aturan" en="Changes of rules" />
      </a>
      <ErrorSummary form={null} problems={filling.problems} />
      <p class="caption">
        <bdi>{change.scopeName}</bdi> · <span class="number">{change.id}</span>
      </p>
      <h1>
        <bdi>
          <Said {...change.title} />
        </bdi>
      </h1>
      <p>
        <StateBadge state={change.state} />
      </p>
      <StateSteps state={change.state} />
      <p class="law-next">
        <strong>
          <T id="Berikutnya" en="Next" />
        </strong>
        : <Said {...nextText(change)} />
      </p>
      {change.emergency !== null && change.approval === null && (
        <div class="notice notice-warning">
          <p>
            <T
              id={`Diterbitkan darurat oleh ${change.emergency.by}; gugur ${dateText(change.emergency.until.slice(0, 10))} bila tidak disetujui.`}
              en="Published as an emergency; lapses by itself unless it is approved."
            />
          </p>
        </div>
      )}
      <div class="columns columns-side">
        <div>
          <section aria-labelledby="edits" class="panel">
            <h2 id="edits">
              <T id="Apa yang berubah" en="What changes" />
            </h2>
            <p>
              <strong>
                <T id="Alasan" en="Reason" />
              </strong>
              :{' '}
              <bdi>
                <Said {...change.reason} />
              </bdi>
            </p>
            <Edits frame={frame} change={change} problems={problems} />
          </section>
          {change.check !== null && <Check frame={frame} change={change} />}
          {change.impact !== null && (
            <section aria-labelledby="impact" class="panel">
              <h2 id="impact">
                <T id="Dampak" en="Impact" />
              </h2>
              <p>
                <T
                  id={`Diukur atas keputusan ${dateText(change.impact.from)} sampai ${dateText(change.impact.to)}.`}
                  en="Measured over the decisions of this period."
                />
              </p>
              <p>
                <a href={`/changes/${change.id}/impact`}>
                  <T id="Baca laporan dampak" en="Read the impact report" />
                </a>
              </p>
            </section>
          )}
          {props.affected !== null ? (
            <Affected frame={frame} change={change} affected={props.affected} />
          ) : (
            change.may.includes('revert') && (
              <p>
                <a href={`/changes/${change.id}?affected=yes#affected`}>
                  <T
                    id="Lihat keputusan dan berkas terbuka yang terkena"
                    en="Show the decisions and open cases that it touched"
                  />
                </a>
              </p>
            )
          )}
        </div>
        <div>
          <section aria-labelledby="actions" class="panel">
            <h2 id="actions">
              <T id="Yang dapat dilakukan" en="What may be done" />
            </h2>
            {change.may.length === 0 && (
              <p class="empty-inline">
                <T
                  id="Tidak ada yang dapat Anda lakukan sekarang."
                  en="There is nothing that you may do now."
                />
              </p>
            )}
            <ChangeActions {...props} />
          </section>
          <aside class="panel panel-quiet" aria-labelledby="trace">
            <h2 id="trace">
              <T id="Riwayat" en="History" />
            </h2>
            <Trace frame={frame} change={change} />
          </aside>
        </div>
      </div>
      {change.may.includes('edit') && <About {...props} />}
    </Document>
  )
}

function Check({ frame, change }: Pick<ChangePageProps, 'frame' | 'change'>) {
  const { check } = change
  if (check === null) return null
  const general = check.problems.filter(({ path }) => !/^\/edits\/\d+/.test(path))
  return (
    <section aria-labelledby="check" class="panel">
      <h2 id="check">
        <T id="Hasil pemeriksaan" en="Result of the check" />
      </h2>
      <p>
        {check.problems.length === 0 ? (
          <T id="Tidak ada masalah." en="No problem was found." />
        ) : (
          <T
            id={`${check.problems.length} masalah; yang menyangkut satu perubahan ada di tempatnya.`}
            en={`${check.problems.length === 1 ? 'One problem' : `${check.problems.length} problems`}; those of one edit stand beside it.`}
          />
        )}{' '}
        <T
          id={`${check.cases.decided} contoh kasus diputus, ${check.cases.failed} tidak sesuai.`}
          en={`${check.cases.decided} example cases were decided, ${check.cases.failed} came out wrong.`}
        />
      </p>
      <Problems problems={general} />
      {check.notices.length > 0 && (
        <details>
          <summary>
            <T id={`Catatan (${check.notices.length})`} en={`Notices (${check.notices.length})`} />
          </summary>
          <Problems problems={check.notices} />
        </details>
      )}
      <p class="hint">
        <When at={check.at} zone={zoneOf(frame)} />
        {check.contentHash !== change.contentHash && (
          <>
            {' – '}
            <T id="isinya sudah berubah sejak itu" en="the content has changed since" />
          </>
        )}
      </p>
    </section>
  )
}

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  return (
    <ul class="values">
      {problems.map((problem, index) => (
        <li key={index}>
          <bdi>
            <Said {...problemText(problem)} />
          </bdi>
        </li>
      ))}
    </ul>
  )
}

function Trace({ frame, change }: Pick<ChangePageProps, 'frame' | 'change'>) {
  const zone = zoneOf(frame)
  return (
    <dl class="facts">
      <Fact id="Disusun" en="Written">
        <bdi>{change.makers.join(', ')}</bdi>
        <span class="sub">
          <When at={change.createdAt} zone={zone} />
        </span>
      </Fact>
      {change.submitted !== null && (
        <Fact id="Diajukan" en="Submitted">
          <bdi>{change.submitted.name}</bdi>
          <span class="sub">
            <When at={change.submitted.at} zone={zone} />
          </span>
        </Fact>
      )}
      {change.approval !== null && (
        <Fact id="Disetujui" en="Approved">
          <bdi>{change.approval.name}</bdi>
          <span class="sub">
            <When at={change.approval.at} zone={zone} />
          </span>
        </Fact>
      )}
      {change.published !== null && (
        <Fact id="Diterbitkan" en="Published">
          <When at={change.published.at} zone={zone} />
        </Fact>
      )}
      {change.ended !== null && (
        <Fact id="Berakhir" en="Ended">
          <bdi>{change.ended.because}</bdi>
          <span class="sub">
            <bdi>{change.ended.by}</bdi>, <When at={change.ended.at} zone={zone} />
          </span>
        </Fact>
      )}
      {change.reverts !== null && (
        <Fact id="Membatalkan" en="Reverts">
          <a href={`/changes/${change.reverts.changeSet}`}>{change.reverts.changeSet}</a>
        </Fact>
      )}
      <Fact id="Tanda isi" en="Mark of the content">
        <Mark hash={change.contentHash} />
      </Fact>
    </dl>
  )
}

/** What the whole change set is called, and why it is made. */
function About({ frame, change, filling, failed }: ChangePageProps) {
  const own = failed === 'about' ? filling : { posted: null, problems: [] }
  return (
    <details open={failed === 'about'}>
      <summary>
        <T id="Ubah judul dan alasan" en="Change title and reason" />
      </summary>
      <form class="form panel" method="post" action={`/changes/${change.id}/about`} noValidate>
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        <input type="hidden" name="/version" value={String(change.version)} />
        <TextField
          {...own}
          path="/title/id"
          label={{ id: 'Judul', en: 'Title' }}
          initial={change.title.id}
        />
        <TextField
          {...own}
          path="/title/en"
          lang="en"
          optional
          label={{ id: 'Judul dalam bahasa Inggris', en: 'Title in English' }}
          initial={change.title.en}
        />
        <TextField
          {...own}
          path="/reason/id"
          type="area"
          label={{ id: 'Alasan', en: 'Reason' }}
          initial={change.reason.id}
        />
        <TextField
          {...own}
          path="/reason/en"
          type="area"
          lang="en"
          optional
          label={{ id: 'Alasan dalam bahasa Inggris', en: 'Reason in English' }}
          initial={change.reason.en}
        />
        <button class="button button-second" type="submit">
          <T id="Simpan" en="Save" />
        </button>
      </form>
    </details>
  )
}
