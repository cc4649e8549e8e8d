import type { Text } from '../../engine/messages.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { rupiah, When } from './dates.tsx'
import { ValueText } from './fields.tsx'
import { T } from './text.tsx'

/** The words for the names of the data dictionary; another name is shown as it is. */
const NAMES: Readonly<Record<string, Text>> = {
  caseNumber: { id: 'Nomor berkas', en: 'Case number' },
  submitted: { id: 'Tanggal diajukan', en: 'Submitted' },
  channel: { id: 'Saluran', en: 'Channel' },
  applicant: { id: 'Pemohon', en: 'Applicant' },
  name: { id: 'Nama', en: 'Name' },
  nationality: { id: 'Kewarganegaraan', en: 'Nationality' },
  birthDate: { id: 'Tanggal lahir', en: 'Date of birth' },
  sex: { id: 'Jenis kelamin', en: 'Sex' },
  passportNumber: { id: 'Nomor paspor', en: 'Passport number' },
  passportExpiry: { id: 'Paspor berlaku sampai', en: 'Passport valid until' },
  mrz: { id: 'Baris baca mesin', en: 'Machine-readable lines' },
  line1: { id: 'Baris 1', en: 'Line 1' },
  line2: { id: 'Baris 2', en: 'Line 2' },
  email: { id: 'Surel', en: 'E-mail' },
  phone: { id: 'Telepon', en: 'Phone' },
  address: { id: 'Alamat', en: 'Address' },
  guarantor: { id: 'Penjamin', en: 'Guarantor' },
  kind: { id: 'Jenis', en: 'Kind' },
  permit: { id: 'Izin tinggal', en: 'Stay permit' },
  origin: { id: 'Asal', en: 'Origin' },
  number: { id: 'Nomor', en: 'Number' },
  extension: { id: 'Perpanjangan ke', en: 'Extension no.' },
  days: { id: 'Hari', en: 'Days' },
  expires: { id: 'Berakhir', en: 'Expires' },
  totalDays: { id: 'Jumlah hari tinggal', en: 'Days of stay so far' },
  entry: { id: 'Kedatangan', en: 'Entry' },
  date: { id: 'Tanggal', en: 'Date' },
  point: { id: 'Tempat masuk', en: 'Point of entry' },
  visaNumber: { id: 'Nomor visa', en: 'Visa number' },
  atTpi: { id: 'Di TPI', en: 'At a border check point' },
  documents: { id: 'Dokumen', en: 'Documents' },
  regime: { id: 'Rezim aturan', en: 'Rule regime' },
  intake: { id: 'Pemeriksaan awal', en: 'Intake checks' },
  checklist: { id: 'Daftar dokumen', en: 'Checklist' },
  approval: { id: 'Kewenangan', en: 'Authority' },
  approver: { id: 'Penyetuju', en: 'Approver' },
  fee: { id: 'Tarif', en: 'Fee' },
  amount: { id: 'Jumlah', en: 'Amount' },
  unit: { id: 'Satuan', en: 'Unit' },
  code: { id: 'Kode', en: 'Code' },
  overstay: { id: 'Biaya beban', en: 'Overstay charge' },
  biometrics: { id: 'Biometrik', en: 'Biometrics' },
  required: { id: 'Wajib', en: 'Required' },
  service: { id: 'Waktu layanan', en: 'Service time' },
  workingDays: { id: 'Hari kerja', en: 'Working days' },
  from: { id: 'Dihitung dari', en: 'Counted from' },
  decision: { id: 'Keputusan', en: 'Decision' },
  outcome: { id: 'Hasil', en: 'Outcome' },
  reason: { id: 'Alasan', en: 'Reason' },
  billing: { id: 'Tagihan', en: 'Bill' },
  expiresAt: { id: 'Berlaku sampai', en: 'Valid until' },
  payment: { id: 'Pembayaran', en: 'Payment' },
  ntpn: { id: 'NTPN', en: 'State revenue number (NTPN)' },
  paidAt: { id: 'Dibayar', en: 'Paid' },
  confirmed: { id: 'Dikonfirmasi', en: 'Confirmed' },
  cekal: { id: 'Pemeriksaan cekal', en: 'Watch list check' },
  matches: { id: 'Kecocokan', en: 'Matches' },
  registration: { id: 'Registrasi', en: 'Registration' },
  letters: { id: 'Surat', en: 'Letters' }
}

/** What the officer reads first; all else stands behind one click. */
const FIRST = ['applicant', 'permit', 'entry', 'guarantor', 'decision', 'fee', 'overstay', 'billing', 'payment', 'registration']

/** The facts of a case, by the words of the data dictionary. */
export function CaseFacts({ variables, zone }: { readonly variables: Variables; readonly zone: string }) {
  const names = Object.keys(variables)
  const first = FIRST.filter(name => isStated(variables[name]))
  const rest = names.filter(name => !FIRST.includes(name) && isStated(variables[name]))
  if (names.length === 0) {
    return (
      <p class="empty-inline">
        <T id="Data pribadi tidak ditampilkan untuk peran ini." en="Personal data is not shown to this role." />
      </p>
    )
  }
  return (
    <>
      {first.map(name => (
        <section key={name}>
          <h3>
            <Name name={name} />
          </h3>
          <FactList value={variables[name] ?? null} zone={zone} />
        </section>
      ))}
      {rest.length > 0 && (
        <details>
          <summary>
            <T id="Semua data berkas" en="All data of the case" />
          </summary>
          <FactList value={Object.fromEntries(rest.map(name => [name, variables[name] ?? null]))} zone={zone} />
        </details>
      )}
    </>
  )
}

function FactList({ value, zone }: { readonly value: Value; readonly zone: string }) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return (
      <p>
        <ValueText value={value} />
      </p>
    )
  }
  return (
    <dl class="facts">
      {Object.entries(value).map(([name, each]) => (
        <div key={name}>
          <dt>
            <Name name={name} />
          </dt>
          <dd>
            <FactValue name={name} value={each} zone={zone} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FactValue(props: { readonly name: string; readonly value: Value; readonly zone: string }) {
  const { name, value, zone } = props
  if (name === 'amount' && typeof value === 'number') return <>{rupiah(value)}</>
  if (typeof value === 'string' && INSTANT.test(value)) return <When at={value} zone={zone} />
  if (typeof value === 'string' && (name === 'line1' || name === 'line2')) return <code>{value}</code>
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (
    <FactList value={value} zone={zone} />
  ) : (
    <ValueText value={value} />
  )
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function Name({ name }: { readonly name: string }) {
  const text = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined
  return text === undefined ? <code>{name}</code> : <T {...text} />
}

function isStated(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
