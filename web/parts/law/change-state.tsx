import type { ChangeSetState, ChangeSetView } from '../../../api/law.ts'
import type { Text } from '../../../engine/messages.ts'
import { Icon, type IconName } from '../icon.tsx'
import { T } from '../text.tsx'
import { Said } from './said.tsx'

/** The states of a change set in words. */
export const STATES: { readonly [State in ChangeSetState]: Text & { readonly icon: IconName } } = {
  draft: { id: 'Draf', en: 'Draft', icon: 'dash' },
  checked: { id: 'Diperiksa', en: 'Checked', icon: 'tick' },
  submitted: { id: 'Diajukan', en: 'Submitted', icon: 'here' },
  approved: { id: 'Disetujui', en: 'Approved', icon: 'tick' },
  scheduled: { id: 'Terjadwal', en: 'Scheduled', icon: 'clock' },
  active: { id: 'Berlaku', en: 'In force', icon: 'tick' },
  superseded: { id: 'Digantikan', en: 'Superseded', icon: 'dash' },
  reverted: { id: 'Dibatalkan', en: 'Reverted', icon: 'stop' },
  rejected: { id: 'Ditolak', en: 'Rejected', icon: 'stop' },
  withdrawn: { id: 'Ditarik', en: 'Withdrawn', icon: 'dash' },
  lapsed: { id: 'Gugur', en: 'Lapsed', icon: 'stop' }
}

/** How a change set stands: sign, word and colour. */
export function StateBadge({ state }: { readonly state: ChangeSetState }) {
  const { icon, ...words } = STATES[state]
  return (
    <span class={`badge change-${state}`}>
      <Icon name={icon} />
      <Said {...words} />
    </span>
  )
}

const WAY: readonly ChangeSetState[] = [
  'draft',
  'checked',
  'submitted',
  'approved',
  'scheduled',
  'active'
]
const ENDS: readonly ChangeSetState[] = [
  'superseded',
  'reverted',
  'rejected',
  'withdrawn',
  'lapsed'
]

/** The way from draft to law, and where a change set is on it. */
export function StateSteps({ state }: { readonly state: ChangeSetState }) {
  const ended = ENDS.includes(state)
  const steps = ended ? [...WAY.slice(0, 2), state] : WAY
  const at = steps.indexOf(state)
  return (
    <ol class="law-steps">
      {steps.map((step, index) => (
        <li
          key={step}
          class={index < at ? 'done' : index === at ? 'current' : ''}
          {...(index === at ? { 'aria-current': 'step' as const } : {})}
        >
          <Icon name={index < at ? 'tick' : index === at ? STATES[step].icon : 'circle'} />
          <T id={STATES[step].id} en={STATES[step].en} />
        </li>
      ))}
    </ol>
  )
}

/** What must happen next, and who may do it. */
export function nextText(change: ChangeSetView): Text {
  switch (change.state) {
    case 'draft':
      return change.edits.length === 0
        ? {
            id: 'Tambahkan sedikitnya satu perubahan.',
            en: 'Add at least one edit.'
          }
        : {
            id: 'Periksa draf ini. Penyusun melakukannya sendiri.',
            en: 'Check this draft. Those who wrote it do so themselves.'
          }
    case 'checked':
      return change.impact === null
        ? {
            id: 'Ukur dampaknya pada keputusan suatu masa, lalu ajukan.',
            en: 'Measure its impact on the decisions of a period, then submit it.'
          }
        : {
            id: 'Baca laporan dampaknya, lalu ajukan untuk disetujui.',
            en: 'Read the impact report, then submit it for approval.'
          }
    case 'submitted':
      return {
        id: 'Menunggu persetujuan orang lain yang berwenang. Penyusun dan wakilnya tidak boleh menyetujui.',
        en: 'Waits for another person with authority. Those who wrote it, and their deputies, may not approve it.'
      }
    case 'approved':
      return { id: 'Disetujui; sedang diterbitkan.', en: 'Approved; being published.' }
    case 'scheduled':
      return {
        id: 'Tidak ada yang perlu dilakukan: berlaku sendiri pada hari pertamanya.',
        en: 'Nothing to do: it takes effect by itself on its first day.'
      }
    case 'active':
      return {
        id: 'Berlaku. Bila keliru, susun pembatalannya.',
        en: 'In force. If it is wrong, draft its reversal.'
      }
    case 'superseded':
      return {
        id: 'Perubahan yang lebih baru menggantikannya.',
        en: 'A later change has taken its place.'
      }
    case 'reverted':
      return { id: 'Dibatalkan oleh perubahan lain.', en: 'Another change has reverted it.' }
    case 'rejected':
      return { id: 'Ditolak. Susun draf baru bila perlu.', en: 'Rejected. Draft anew if needed.' }
    case 'withdrawn':
      return { id: 'Ditarik oleh penyusunnya.', en: 'Withdrawn by those who wrote it.' }
    case 'lapsed':
      return {
        id: 'Penerbitan darurat yang tidak disahkan dalam tujuh hari gugur sendiri.',
        en: 'An emergency that nobody confirmed within seven days lapsed by itself.'
      }
    default:
      return change.state satisfies never
  }
}
