import type { Text } from '../../engine/messages.ts'
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

/** What the forms of a case call its variables, by path. */
export type Labels = { readonly [path: string]: Text }
/** What they call the values to choose from, by path and value. */
export type Choices = { readonly [path: string]: { readonly [value: string]: Text } }

/** A name in the words of the forms, else of the data dictionary: what rules and jobs give has no form. */
export function Name({
  name,
  path = name,
  labels = {}
}: {
  readonly name: string
  readonly path?: string
  readonly labels?: Labels
}) {
  const own = Object.hasOwn(labels, path) ? labels[path] : undefined
  const text = own ?? (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined)
  return text === undefined ? <code>{name}</code> : <T {...text} />
}
