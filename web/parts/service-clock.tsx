import type { ServiceClockView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { When } from './dates.tsx'
import { Fact } from './decisions.tsx'
import { both, T } from './text.tsx'

const STATES: { readonly [State in ServiceClockView['state']]: Text } = {
  waiting: { id: 'Belum berjalan', en: 'Not running yet' },
  running: { id: 'Berjalan', en: 'Running' },
  paused: { id: 'Berhenti sementara', en: 'Paused' },
  stopped: { id: 'Selesai', en: 'Stopped' }
}
const REASONS: { readonly [Reason in NonNullable<Stretch['reason']>]: Text } = {
  applicant: { id: 'menunggu pemohon', en: 'waiting for the applicant' },
  payment: { id: 'menunggu pembayaran', en: 'waiting for the payment' },
  'other-level': { id: 'pada Kanwil atau Ditjen', en: 'at the regional or central level' },
  outage: { id: 'gangguan', en: 'outage' }
}
const ANCHORS: { readonly [Anchor in ServiceClockView['from']]: Text } = {
  received: { id: 'permohonan diterima', en: 'the application was received' },
  interview: { id: 'wawancara', en: 'the interview' },
  payment: { id: 'pembayaran', en: 'the payment' }
}
type Stretch = ServiceClockView['stretches'][number]

/** How much of its service time a case has used, and when the clock ran. */
export function ServiceClock({
  clock,
  zone
}: {
  readonly clock: ServiceClockView
  readonly zone: string
}) {
  return (
    <section class="panel" aria-labelledby="service-time">
      <h2 id="service-time">
        <T id="Waktu layanan" en="Service time" />
      </h2>
      {clock.problem === null ? (
        <Known clock={clock} zone={zone} />
      ) : (
        <p>
          <T id="Tidak dapat dihitung" en="It cannot be reckoned" />: <bdi>{clock.problem}</bdi>
        </p>
      )}
    </section>
  )
}

function Known({ clock, zone }: { readonly clock: ServiceClockView; readonly zone: string }) {
  const from = ANCHORS[clock.from]
  const last = clock.stretches.at(-1)?.reason ?? null
  const reason = clock.state === 'paused' && last !== null ? REASONS[last] : null
  return (
    <>
      <dl class="facts">
        <Fact id="Jam layanan" en="Service clock">
          <T
            id={
              reason === null ? STATES[clock.state].id : `${STATES[clock.state].id}: ${reason.id}`
            }
            en={
              reason === null ? STATES[clock.state].en : `${STATES[clock.state].en}: ${reason.en}`
            }
          />
        </Fact>
        <Fact id="Terpakai" en="Used">
          <Used clock={clock} from={from} />
        </Fact>
        {clock.deadline !== null && (
          <Fact id="Batas" en="Deadline">
            <When at={clock.deadline} zone={zone} />
            {clock.late && (
              <>
                {' '}
                <strong>
                  <T id="terlambat" en="late" />
                </strong>
              </>
            )}
          </Fact>
        )}
      </dl>
      {clock.stretches.length > 0 && <Stretches stretches={clock.stretches} zone={zone} />}
    </>
  )
}

function Used({ clock, from }: { readonly clock: ServiceClockView; readonly from: Text }) {
  const { days, allowedDays, workingDays, workedMinutes } = clock
  const hours = workedMinutes === null ? null : lengthText(workedMinutes)
  const [id, en] = workingDays ? ['hari kerja', 'working days'] : ['hari', 'days']
  return (
    <T
      id={`${numberText(days, ',')} dari ${allowedDays} ${id} sejak ${from.id}${hours === null ? '' : ` (${hours.id} jam kerja)`}`}
      en={`${numberText(days, '.')} of ${allowedDays} ${en} from ${from.en}${hours === null ? '' : ` (${hours.en} of office hours)`}`}
    />
  )
}

function Stretches({
  stretches,
  zone
}: {
  readonly stretches: readonly Stretch[]
  readonly zone: string
}) {
  return (
    <table class="table cards">
      <caption>
        <T id="Kapan jam layanan berjalan dan berhenti" en="When the clock ran and stood still" />
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <T id="Dari" en="From" />
          </th>
          <th scope="col">
            <T id="Sampai" en="To" />
          </th>
          <th scope="col">
            <T id="Jam layanan" en="Service clock" />
          </th>
          <th scope="col">
            <T id="Jam kerja" en="Office hours" />
          </th>
        </tr>
      </thead>
      <tbody>
        {stretches.map((stretch, index) => (
          <tr key={index}>
            <td data-label={both('Dari', 'From')}>
              <When at={stretch.from} zone={zone} />
            </td>
            <td data-label={both('Sampai', 'To')}>
              {stretch.to === null ? (
                <T id="sekarang" en="now" />
              ) : (
                <When at={stretch.to} zone={zone} />
              )}
            </td>
            <td data-label={both('Jam layanan', 'Service clock')}>
              {stretch.reason === null ? (
                <T id="berjalan" en="ran" />
              ) : (
                <T
                  id={`berhenti: ${REASONS[stretch.reason].id}`}
                  en={`stood still: ${REASONS[stretch.reason].en}`}
                />
              )}
            </td>
            <td data-label={both('Jam kerja', 'Office hours')}>
              {stretch.workedMinutes === null ? (
                <T id="tidak diketahui" en="not known" />
              ) : (
                <T {...lengthText(stretch.workedMinutes)} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function lengthText(minutes: number): Text {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return { id: `${hours} jam ${rest} menit`, en: `${hours} h ${rest} min` }
}

function numberText(days: number, point: string): string {
  return String(days).replace('.', point)
}
