import type { ComponentChildren } from 'preact'
import type { ChangeSetView } from '../../../api/law.ts'
import type { Text } from '../../../engine/messages.ts'
import type { Frame } from '../frame.ts'
import { Icon } from '../icon.tsx'
import { T } from '../text.tsx'
import type { EditFilling } from './edit-drafts.ts'
import { TextField } from './labelled.tsx'
import { Said } from './said.tsx'

interface ActionsProps {
  readonly frame: Frame
  readonly change: ChangeSetView
  readonly filling: EditFilling
  /** The action whose form came back. */
  readonly failed: string | null
  /** The period that the form of the impact starts with. */
  readonly period: { readonly from: string; readonly to: string }
  readonly today: string
}

/** What the one who reads may do with a change set now, each in a form of its own. */
export function ChangeActions(props: ActionsProps) {
  const { change } = props
  const may = (wish: ChangeSetView['may'][number]) => change.may.includes(wish)
  return (
    <>
      {may('check') && (
        <Form {...props} action="check" button={{ id: 'Periksa', en: 'Check' }}>
          <p>
            <T
              id="Sistem memeriksa batas, masa berlaku, dasar hukum, tabel, petugas dan contoh kasus."
              en="Bounds, dates, legal basis, tables, staffing and example cases are checked."
            />
          </p>
        </Form>
      )}
      {may('edit') && states(change) && (
        <Form
          {...props}
          action="cases"
          button={{ id: 'Tambahkan contoh uji yang diusulkan', en: 'Add the proposed test cases' }}
          second
        >
          <input type="hidden" name="/version" value={String(change.version)} />
          <p>
            <T
              id="Hari sebelum, pada dan sesudah setiap tanggal, dan angka di tepi setiap syarat. Usulan yang lama diganti."
              en="The day before, on and after each date, and the numbers beside each condition. Earlier proposals are replaced."
            />
          </p>
        </Form>
      )}
      {may('measure') && <Measure {...props} />}
      {may('submit') && (
        <Form {...props} action="submit" button={{ id: 'Ajukan', en: 'Submit' }}>
          <input type="hidden" name="/version" value={String(change.version)} />
          <p>
            <T
              id="Sesudah diajukan, orang lain memutuskan."
              en="Once submitted, another person decides."
            />
          </p>
        </Form>
      )}
      <Approval {...props} />
      {may('reject') && (
        <Reasoned
          {...props}
          action="reject"
          button={{ id: 'Tolak', en: 'Reject' }}
          label={{ id: 'Alasan penolakan', en: 'Why it is rejected' }}
        />
      )}
      {may('revert') && <Revert {...props} />}
      {may('withdraw') && (
        <Reasoned
          {...props}
          action="withdraw"
          button={{ id: 'Tarik', en: 'Withdraw' }}
          label={{ id: 'Alasan penarikan', en: 'Why it is withdrawn' }}
        />
      )}
      {may('emergency') && (
        <details open={props.failed === 'emergency'}>
          <summary>
            <T id="Penerbitan darurat" en="Emergency publication" />
          </summary>
          <div class="notice notice-warning">
            <div>
              <p class="word">
                <T id="Hanya untuk keadaan mendesak" en="For urgent needs only" />
              </p>
              <p>
                <T
                  id="Berlaku seketika tanpa orang kedua, tercatat atas nama Anda, dan gugur sendiri setelah tujuh hari bila tidak disetujui orang lain."
                  en="Takes effect at once without a second person, stands under your name, and lapses by itself after seven days unless another person approves it."
                />
              </p>
            </div>
          </div>
          <Reasoned
            {...props}
            action="emergency"
            button={{ id: 'Terbitkan darurat', en: 'Publish as an emergency' }}
            label={{ id: 'Alasan darurat', en: 'Why it cannot wait' }}
            warn
          />
        </details>
      )}
    </>
  )
}

/** Whether there is something in a change that a test case could reach or contradict. */
function states({ edits }: ChangeSetView): boolean {
  return edits.some(({ kind }) => kind === 'value' || kind === 'row' || kind === 'remove')
}

/** What the checker approves: the content and the report that were read, by their hashes. */
function Approval(props: ActionsProps) {
  const { frame, change } = props
  const me = frame.session?.person ?? ''
  const acts = frame.session?.actsFor.map(({ id }) => id) ?? []
  const mine = change.makers.includes(me)
  const deputy = change.makers.some(maker => acts.includes(maker))
  if (change.may.includes('approve') && !mine && !deputy) {
    return (
      <Form {...props} action="approve" button={{ id: 'Setujui', en: 'Approve' }}>
        <input type="hidden" name="/contentHash" value={change.contentHash} />
        <input type="hidden" name="/impactHash" value={change.impact?.hash ?? ''} />
        <p>
          <T
            id="Anda menyetujui isi dan laporan dampak yang Anda baca. Bila salah satunya berubah, persetujuan batal."
            en="You approve the content and the impact report that you have read. If either changes, the approval is void."
          />
        </p>
        {change.impact === null && (
          <p class="law-missing">
            <Icon name="warning" />
            <T id="Dampaknya belum diukur." en="Its impact has not been measured." />
          </p>
        )}
        <p class="hint">
          <T id="Tanda isi" en="Mark of the content" />: <Mark hash={change.contentHash} />
          {change.impact !== null && (
            <>
              {' · '}
              <T id="tanda laporan" en="mark of the report" />: <Mark hash={change.impact.hash} />
            </>
          )}
        </p>
      </Form>
    )
  }
  if (change.state !== 'submitted') return null
  if (!mine && !deputy) return null
  return (
    <p class="law-not-offered">
      {mine ? (
        <T
          id="Anda ikut menyusun perubahan ini, jadi orang lain yang menyetujuinya."
          en="You had a hand in writing this change, so another person approves it."
        />
      ) : (
        <T
          id="Anda mewakili penyusun perubahan ini, jadi orang lain yang menyetujuinya."
          en="You are a deputy of one who wrote this change, so another person approves it."
        />
      )}
    </p>
  )
}

/** The first letters of a hash, enough to compare by eye. */
export function Mark({ hash }: { readonly hash: string }) {
  return <code>{hash.slice(0, 12)}</code>
}

function Measure(props: ActionsProps) {
  const { filling, failed, period } = props
  const own = failed === 'impact' ? filling : NOTHING
  return (
    <Form {...props} action="impact" button={{ id: 'Ukur dampak', en: 'Measure the impact' }}>
      <p>
        <T
          id="Keputusan masa ini diputus ulang dengan draf, dan semua berkas terbuka dilihat."
          en="The decisions of this period are made again by the draft, and all open cases are looked at."
        />
      </p>
      <div class="parts">
        <TextField
          {...own}
          path="/from"
          type="date"
          label={{ id: 'Dari', en: 'From' }}
          initial={period.from}
        />
        <TextField
          {...own}
          path="/to"
          type="date"
          label={{ id: 'Sampai', en: 'To' }}
          initial={period.to}
        />
      </div>
    </Form>
  )
}

function Revert(props: ActionsProps) {
  const own = props.failed === 'revert' ? props.filling : NOTHING
  return (
    <details open={props.failed === 'revert'}>
      <summary>
        <T id="Batalkan perubahan ini" en="Revert this change" />
      </summary>
      <Form
        {...props}
        action="revert"
        button={{ id: 'Susun pembatalan', en: 'Draft the reversal' }}
      >
        <p>
          <T
            id="Tersusun draf baru yang mengembalikan keadaan semula mulai suatu hari; tidak ada yang dihapus."
            en="A new draft restores what held before, from a day on; nothing is deleted."
          />
        </p>
        <TextField
          {...own}
          path="/revert-from"
          type="date"
          label={{ id: 'Mulai', en: 'From' }}
          initial={props.today}
        />
        <TextField
          {...own}
          path="/revert-reason"
          type="area"
          label={{ id: 'Alasan pembatalan', en: 'Why it is reverted' }}
          initial=""
        />
      </Form>
    </details>
  )
}

function Reasoned(
  props: ActionsProps & {
    readonly action: string
    readonly button: Text
    readonly label: Text
    readonly warn?: boolean
  }
) {
  const own = props.failed === props.action ? props.filling : NOTHING
  return (
    <Form {...props} second>
      <TextField
        {...own}
        path={`/${props.action}-reason`}
        type="area"
        label={props.label}
        initial=""
      />
    </Form>
  )
}

const NOTHING: EditFilling = { posted: null, problems: [] }

function Form(
  props: Pick<ActionsProps, 'frame' | 'change'> & {
    readonly action: string
    readonly button: Text
    readonly second?: boolean
    readonly warn?: boolean
    readonly children: ComponentChildren
  }
) {
  const kind = props.warn === true ? ' button-warn' : props.second === true ? ' button-second' : ''
  return (
    <form
      class="law-action"
      id={`do-${props.action}`}
      method="post"
      action={`/changes/${props.change.id}/${props.action}`}
      noValidate
    >
      <input type="hidden" name="_csrf" value={props.frame.session?.csrf ?? ''} />
      {props.children}
      <button class={`button${kind}`} type="submit">
        <Said {...props.button} />
      </button>
    </form>
  )
}
