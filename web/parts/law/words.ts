import type { Text } from '../../../engine/messages.ts'

/** The words for codes that rules use; forms have the same ones. */
const CODES: Readonly<Record<string, Text>> = {
  kakanim: { id: 'Kepala Kantor Imigrasi', en: 'Head of the office' },
  kadiv: { id: 'Kepala Divisi (Kanwil)', en: 'Head of the regional division' },
  dirjen: { id: 'Direktur Jenderal Imigrasi', en: 'Director General' },
  'legacy-1995': { id: 'Aturan lama (1995)', en: 'Older rules (1995)' },
  'pp-31-2013': { id: 'PP 31/2013', en: 'PP 31/2013' },
  'se-0093-2022': { id: 'SE 0093/2022', en: 'SE 0093/2022' },
  'permen-11-2024': { id: 'Permenkumham 11/2024', en: 'Permenkumham 11/2024' },
  'first-extension': { id: 'Perpanjangan pertama saja', en: 'First extension only' },
  'every-extension': { id: 'Setiap perpanjangan', en: 'Every extension' },
  'arrival-counted': { id: 'Hari kedatangan dihitung', en: 'Day of arrival counts' },
  'arrival-not-counted': {
    id: 'Hari kedatangan tidak dihitung',
    en: 'Day of arrival does not count'
  },
  received: { id: 'permohonan diterima', en: 'receipt of the application' },
  interview: { id: 'wawancara', en: 'the interview' },
  payment: { id: 'pembayaran', en: 'payment' },
  human: { id: 'Diputus petugas', en: 'Decided by an officer' },
  charge: { id: 'Dikenai biaya beban', en: 'Charged' },
  deport: { id: 'Tindakan administratif', en: 'Administrative measure' },
  'visit-visa': { id: 'Visa kunjungan', en: 'Visit visa' },
  'pre-investment': { id: 'Prainvestasi', en: 'Pre-investment' },
  voa: { id: 'Visa kunjungan saat kedatangan', en: 'Visa on arrival' },
  bvk: { id: 'Bebas visa kunjungan', en: 'Visa-free visit' },
  birth: { id: 'Lahir di Indonesia', en: 'Born in Indonesia' },
  crew: { id: 'Awak alat angkut', en: 'Transport crew' },
  bridging: { id: 'Izin tinggal peralihan', en: 'Bridging permit' },
  investor: { id: 'Penanam modal', en: 'Investor' },
  worker: { id: 'Tenaga kerja asing', en: 'Expert worker' },
  'vessel-worker': { id: 'Tenaga kerja di kapal', en: 'Worker on a vessel' },
  clergy: { id: 'Rohaniwan', en: 'Clergy' },
  student: { id: 'Pelajar', en: 'Student' },
  researcher: { id: 'Peneliti', en: 'Researcher' },
  'spouse-of-citizen': { id: 'Suami atau istri WNI', en: 'Spouse of an Indonesian' },
  'spouse-of-holder': {
    id: 'Suami atau istri pemegang ITAS/ITAP',
    en: 'Spouse of a permit holder'
  },
  'child-of-citizen': { id: 'Anak WNI', en: 'Child of an Indonesian' },
  'child-of-holder': { id: 'Anak pemegang ITAS/ITAP', en: 'Child of a permit holder' },
  'former-citizen': { id: 'Eks WNI', en: 'Former Indonesian' },
  elderly: { id: 'Wisatawan lanjut usia', en: 'Elderly tourist' },
  government: { id: 'Instansi pemerintah', en: 'Government' },
  '30d': { id: '30 hari', en: '30 days' },
  '60d': { id: '60 hari', en: '60 days' },
  '90d': { id: '90 hari', en: '90 days' },
  '6m': { id: '6 bulan', en: '6 months' },
  '1y': { id: '1 tahun', en: '1 year' },
  '2y': { id: '2 tahun', en: '2 years' },
  '5y': { id: '5 tahun', en: '5 years' },
  'sez-5y': { id: '5 tahun, kawasan ekonomi khusus', en: '5 years, special economic zone' },
  'second-home-5y': { id: '5 tahun, rumah kedua', en: '5 years, second home' },
  'per-person': { id: 'per orang', en: 'per person' },
  'per-application': { id: 'per permohonan', en: 'per application' },
  refuse: { id: 'ditolak', en: 'refuse' },
  return: { id: 'dikembalikan', en: 'return' },
  refer: { id: 'dirujuk', en: 'refer' },
  warn: { id: 'diperingatkan', en: 'warn' },
  info: { id: 'keterangan', en: 'information' },
  warning: { id: 'perhatian', en: 'warning' },
  stop: { id: 'berhenti', en: 'stop' },
  none: { id: 'tidak ada', en: 'none' },
  below: { id: 'di bawah batas', en: 'below the limit' },
  at: { id: 'pada batas', en: 'at the limit' },
  above: { id: 'di atas batas', en: 'above the limit' },
  app: { id: 'Aplikasi', en: 'App' },
  whatsapp: { id: 'WhatsApp', en: 'WhatsApp' },
  pro: { id: 'PRO', en: 'PRO' },
  apm: { id: 'Anjungan Paspor Mandiri', en: 'Passport kiosk' },
  apapo: { id: 'APAPO', en: 'APAPO' },
  'm-paspor': { id: 'M-Paspor', en: 'M-Paspor' },
  '10y': { id: '10 tahun', en: '10 years' },
  affidavit: { id: 'Affidavit', en: 'Affidavit' },
  apito: { id: 'APITO', en: 'APITO' },
  applicant: { id: 'menunggu pemohon', en: 'waiting for the applicant' },
  'other-level': { id: 'menunggu tingkat lain', en: 'waiting for another level' },
  outage: { id: 'gangguan sistem', en: 'system outage' },
  'born-here': { id: 'Lahir di Indonesia', en: 'Born in Indonesia' },
  'breast-feeding': { id: 'Ibu menyusui', en: 'Nursing mother' },
  pregnant: { id: 'Ibu hamil', en: 'Pregnant' },
  disabled: { id: 'Penyandang disabilitas', en: 'Person with a disability' },
  'card-replacement': { id: 'Penggantian kartu', en: 'Replacement of the card' },
  'child-of-itap': { id: 'Anak pemegang ITAP', en: 'Child of an ITAP holder' },
  citizen: { id: 'WNI', en: 'Citizen' },
  company: { id: 'Perusahaan', en: 'Company' },
  'dual-child-facility': {
    id: 'Fasilitas anak berkewarganegaraan ganda',
    en: 'Facility for a child of dual nationality'
  },
  'exit-permit': { id: 'Izin keluar', en: 'Exit permit' },
  'force-majeure': { id: 'Keadaan kahar', en: 'Force majeure' },
  'foreign-holder': { id: 'Pemegang izin, orang asing', en: 'Permit holder, a foreigner' },
  'former-citizen-here': { id: 'Eks WNI di Indonesia', en: 'Former Indonesian in Indonesia' },
  'former-dual-child': {
    id: 'Eks anak berkewarganegaraan ganda',
    en: 'Former child of dual nationality'
  },
  'government-aid-expert': { id: 'Tenaga ahli bantuan pemerintah', en: 'Expert of government aid' },
  'interview-and-payment': { id: 'wawancara dan pembayaran', en: 'the interview and payment' },
  'itap-extension': { id: 'Perpanjangan ITAP', en: 'Extension of an ITAP' },
  'itas-birth': { id: 'ITAS karena kelahiran', en: 'ITAS by birth' },
  'itas-extension': { id: 'Perpanjangan ITAS', en: 'Extension of an ITAS' },
  'itas-extension-student': {
    id: 'Perpanjangan ITAS pelajar',
    en: 'Extension of an ITAS of a student'
  },
  'itas-from-vitas': { id: 'ITAS dari VITAS', en: 'ITAS from a VITAS' },
  'itas-new': { id: 'ITAS baru', en: 'New ITAS' },
  'itas-to-itap': { id: 'Alih status ITAS ke ITAP', en: 'From ITAS to ITAP' },
  'itk-to-itas': { id: 'Alih status ITK ke ITAS', en: 'From ITK to ITAS' },
  'multiple-entry-former-citizen': {
    id: 'Masuk kembali beberapa kali, eks WNI',
    en: 'Multiple re-entry, former Indonesian'
  },
  new: { id: 'Baru', en: 'New' },
  'on-arrival': { id: 'Saat kedatangan', en: 'On arrival' },
  ordinary: { id: 'Biasa', en: 'Ordinary' },
  other: { id: 'Lainnya', en: 'Other' },
  'per-document': { id: 'per dokumen', en: 'per document' },
  'scholarship-student': { id: 'Pelajar penerima beasiswa', en: 'Student on a scholarship' },
  skim: { id: 'SKIM', en: 'SKIM' },
  unlimited: { id: 'Tidak terbatas', en: 'Unlimited' },
  urgent: { id: 'Mendesak', en: 'Urgent' },
  counter: { id: 'Loket', en: 'Counter' },
  online: { id: 'Daring', en: 'Online' }
}

/** The words for facts and members that have no label of their own. */
const NAMES: Readonly<Record<string, Text>> = {
  extension: { id: 'Perpanjangan ke-', en: 'Extension number' },
  origin: { id: 'Asal izin tinggal', en: 'Origin of the permit' },
  regime: { id: 'Rezim aturan', en: 'Regime of law' },
  practice: { id: 'Kebiasaan kantor', en: 'Practice of the office' },
  days: { id: 'Hari', en: 'Days' },
  months: { id: 'Bulan', en: 'Months' },
  term: { id: 'Jangka waktu', en: 'Term' },
  purpose: { id: 'Tujuan tinggal', en: 'Purpose of the stay' },
  proxy: { id: 'Melalui kuasa', en: 'By proxy' },
  submitted: { id: 'Tanggal diajukan', en: 'Submitted' },
  arrival: { id: 'Tanggal masuk', en: 'Date of entry' },
  expires: { id: 'Izin berakhir', en: 'Permit expires' },
  approver: { id: 'Penyetuju', en: 'Approver' },
  amount: { id: 'Jumlah (rupiah)', en: 'Amount (rupiah)' },
  unit: { id: 'Satuan', en: 'Unit' },
  code: { id: 'Kode', en: 'Code' },
  documents: { id: 'Dokumen', en: 'Documents' },
  required: { id: 'Wajib', en: 'Required' },
  maximum: { id: 'Paling banyak', en: 'At most' },
  workingDays: { id: 'Hari kerja (bukan hari kalender)', en: 'Working days (not calendar days)' },
  from: { id: 'Dihitung sejak', en: 'Counted from' },
  to: { id: 'Sampai', en: 'To' },
  earliestCalendarDays: {
    id: 'Paling awal, hari kalender sebelum berakhir',
    en: 'Earliest, calendar days before expiry'
  },
  latestWorkingDays: {
    id: 'Paling lambat, hari kerja sebelum berakhir',
    en: 'Latest, working days before expiry'
  },
  latestCalendarDays: {
    id: 'Paling lambat, hari kalender sebelum berakhir',
    en: 'Latest, calendar days before expiry'
  },
  monToThu: { id: 'Senin–Kamis', en: 'Monday–Thursday' },
  fri: { id: 'Jumat', en: 'Friday' },
  start: { id: 'Mulai', en: 'Start' },
  breakMinutes: { id: 'Istirahat (menit)', en: 'Break (minutes)' },
  fridayBreakMinutes: { id: 'Istirahat Jumat (menit)', en: 'Friday break (minutes)' },
  weekMinutes: { id: 'Menit kerja seminggu', en: 'Working minutes a week' },
  action: { id: 'Tindakan', en: 'Action' },
  level: { id: 'Tingkat', en: 'Level' },
  notice: { id: 'Pemberitahuan', en: 'Notice' },
  label: { id: 'Nama', en: 'Name' },
  id: { id: 'Bahasa Indonesia', en: 'Indonesian' },
  en: { id: 'Bahasa Inggris', en: 'English' },
  passportExpiry: { id: 'Paspor berlaku sampai', en: 'Passport valid until' },
  passportValid: { id: 'Paspor masih berlaku', en: 'Passport is valid' },
  passportShort: { id: 'Masa berlaku paspor kurang', en: 'Passport expires too soon' },
  passportMonths: {
    id: 'Masa berlaku paspor paling sedikit (bulan)',
    en: 'Least validity of the passport (months)'
  },
  overTwelveMonths: { id: 'Lebih dari dua belas bulan', en: 'Beyond twelve months' },
  limitDays: { id: 'Batas hari', en: 'Limit of days' },
  overstayLimit: { id: 'Lewat izin tinggal', en: 'Overstay' },
  earliestDays: { id: 'Paling awal (hari)', en: 'Earliest (days)' },
  legacyDays: { id: 'Batas aturan lama (hari)', en: 'Limit of the older rules (days)' },
  tooEarly: { id: 'Terlalu awal', en: 'Too early' },
  tooLate: { id: 'Terlambat diajukan', en: 'Too late' },
  lateLegacy: { id: 'Terlambat menurut aturan lama', en: 'Late by the older rules' },
  reportWithin: { id: 'Batas lapor (hari)', en: 'Report within (days)' },
  counting: { id: 'Cara menghitung hari', en: 'How days are counted' },
  each: { id: 'Setiap kali (hari)', en: 'Each time (days)' },
  extendable: { id: 'Dapat diperpanjang', en: 'May be extended' },
  extensions: { id: 'Banyaknya perpanjangan', en: 'Number of extensions' },
  first: { id: 'Pertama', en: 'First' },
  max: { id: 'Paling banyak', en: 'At most' },
  min: { id: 'Paling sedikit', en: 'At least' },
  minutesPerWeek: { id: 'Menit kerja seminggu', en: 'Working minutes a week' },
  onlineFirst: { id: 'Daring lebih dahulu', en: 'Online first' },
  pauses: { id: 'Jam layanan berhenti karena', en: 'The service clock stands still while' },
  possible: { id: 'Dapat dilakukan', en: 'Possible' },
  priorOpinion: { id: 'Pendapat lebih dahulu', en: 'Prior opinion' },
  visits: { id: 'Kedatangan ke kantor', en: 'Visits to the office' },
  week: { id: 'Minggu kerja', en: 'Working week' },
  years: { id: 'Tahun', en: 'Years' },
  atTpi: { id: 'Di TPI', en: 'At a border check point' },
  visaNumber: { id: 'Nomor visa', en: 'Visa number' }
}

/** What keys begin with, as the groups of the overview are called. */
const GROUPS: Readonly<Record<string, Text>> = {
  itk: { id: 'Izin Tinggal Kunjungan (ITK)', en: 'Visit stay permit' },
  itas: { id: 'Izin Tinggal Terbatas (ITAS)', en: 'Limited stay permit' },
  itap: { id: 'Izin Tinggal Tetap (ITAP)', en: 'Permanent stay permit' },
  apoa: { id: 'Pelaporan orang asing (APOA)', en: 'Reporting of foreigners' },
  bridging: { id: 'Izin tinggal peralihan', en: 'Bridging permit' },
  counter: { id: 'Loket', en: 'Counter' },
  document: { id: 'Dokumen keimigrasian lain', en: 'Other immigration documents' },
  extension: { id: 'Perpanjangan', en: 'Extensions' },
  imk: { id: 'Izin masuk kembali (IMK)', en: 'Re-entry permit' },
  intake: { id: 'Penerimaan permohonan', en: 'Intake' },
  status: { id: 'Alih status', en: 'Change of status' },
  stay: { id: 'Lama tinggal', en: 'Length of stay' },
  calendar: { id: 'Kalender', en: 'Calendar' },
  letter: { id: 'Surat', en: 'Letters' },
  overstay: { id: 'Biaya beban', en: 'Overstay charge' },
  passport: { id: 'Paspor', en: 'Passport' },
  office: { id: 'Kantor dan jam layanan', en: 'Office and hours' },
  case: { id: 'Berkas', en: 'Cases' },
  fee: { id: 'Tarif', en: 'Fees' },
  pnbp: { id: 'PNBP', en: 'State revenue' }
}

const UNITS: Readonly<Record<string, Text>> = {
  hari: { id: 'hari', en: 'days' },
  day: { id: 'hari', en: 'days' },
  days: { id: 'hari', en: 'days' },
  workdays: { id: 'hari kerja', en: 'working days' },
  'hari kerja': { id: 'hari kerja', en: 'working days' },
  bulan: { id: 'bulan', en: 'months' },
  menit: { id: 'menit', en: 'minutes' },
  tahun: { id: 'tahun', en: 'years' },
  jam: { id: 'jam', en: 'hours' }
}

/** A code in words; null: it has none. */
export function codeText(code: string): Text | null {
  return found(CODES, code)
}

/** A fact or a member in words: its own label, else those of the dictionary, else its name. */
export function nameText(name: string, label?: Text): Text {
  return label ?? found(NAMES, name) ?? { id: spaced(name), en: spaced(name) }
}

/** What a group of keys is called. */
export function groupText(group: string): Text {
  return found(GROUPS, group) ?? { id: spaced(group), en: spaced(group) }
}

/** Groups, each once: those of the permits first, then by their names. */
export function inOrder(groups: readonly string[]): readonly string[] {
  const rank = (group: string) => FIRST.indexOf(group) + 1 || FIRST.length + 1
  return [...new Set(groups)].sort(
    (a, b) => rank(a) - rank(b) || groupText(a).id.localeCompare(groupText(b).id, 'id')
  )
}
const FIRST = ['itk', 'itas', 'itap']

/** A unit of measure after a number. */
export function unitText(unit: string): Text {
  return found(UNITS, unit) ?? { id: unit, en: unit }
}

function found(words: Readonly<Record<string, Text>>, name: string): Text | null {
  return Object.hasOwn(words, name) ? (words[name] ?? null) : null
}

/** `stayAfter`: `Stay after`. */
function spaced(name: string): string {
  const words = name
    .replace(/[-_.]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
