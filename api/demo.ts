import type { OfficeId } from '../engine/state.ts'
import type { NewPerson, People } from '../runtime/people.ts'

/** The password of every demo account, printed at start. */
export const DEMO_PASSWORD = 'peragaan-alur'

type Account = Omit<NewPerson, 'password'>

/** Sign-in name before the dot, and the roles that the person holds. */
const OFFICE_ROLES: readonly (readonly [string, readonly string[]])[] = [
  ['loket', ['counter']],
  ['penyerahan', ['handover-counter']],
  ['kakanim', ['kakanim']],
  ['kasi', ['section-head']],
  ['kasubsi', ['subsection-head']],
  ['pemeriksa', ['status-section']],
  ['konsep', ['drafter']],
  ['bendahara', ['treasurer']],
  ['biometrik', ['biometrics']],
  ['registrasi', ['registrar']],
  ['wasdakim', ['enforcement']],
  ['insarkom', ['records']],
  ['tu', ['administration', 'operator']]
]
const REGION_ROLES: typeof OFFICE_ROLES = [
  ['staf', ['kanwil-staff']],
  ['kadiv', ['kadiv']]
]
const NATIONAL_ROLES: typeof OFFICE_ROLES = [
  ['tinggal', ['stay-permit-clerk']],
  ['kasubdit', ['kasubdit']],
  ['dirjen', ['dirjen']],
  ['tarif', ['tariff-owner']],
  ['operator', ['operator']],
  ['auditor', ['auditor']]
]

const UNITS: readonly (readonly [OfficeId, string, typeof OFFICE_ROLES])[] = [
  ['kanim-tju', 'tju', OFFICE_ROLES],
  ['kanim-mre', 'mre', OFFICE_ROLES],
  ['kanim-bgl', 'bgl', OFFICE_ROLES],
  ['kanwil-kepri', 'kepri', REGION_ROLES],
  ['kanwil-sumsel', 'sumsel', REGION_ROLES],
  ['kanwil-bengkulu', 'bengkulu', REGION_ROLES],
  ['ditjen-imigrasi', 'ditjen', NATIONAL_ROLES]
]

/** Those who change local law: the heads of offices and regions approve for theirs. */
const RULE_ROLES: typeof OFFICE_ROLES = [['aturan', ['rule-editor', 'rule-emergency']]]
const NATIONAL_RULE_ROLES: typeof OFFICE_ROLES = [...RULE_ROLES, ['hukum', ['rule-approver']]]

/** Made-up people; the second part says whether the number of an official counts her as a woman. */
const NAMES: readonly (readonly [string, 'f' | 'm'])[] = [
  ['Ratna Melati Sari', 'f'],
  ['Yusuf Hanafi Putra', 'm'],
  ['Bambang Sulaksono', 'm'],
  ['Dewi Anggraini Lubis', 'f'],
  ['Rizal Pratomo', 'm'],
  ['Nurhayati Siregar', 'f'],
  ['Fajar Nugroho Adi', 'm'],
  ['Sri Wahyuningsih', 'f'],
  ['Andika Prasetya', 'm'],
  ['Lestari Kusumawati', 'f'],
  ['Hendra Wirawan', 'm'],
  ['Intan Permatasari', 'f'],
  ['Agus Setiadi', 'm'],
  ['Maya Rosalina', 'f'],
  ['Taufik Ramdani', 'm'],
  ['Surya Darmawan', 'm'],
  ['Kartika Puspita', 'f'],
  ['Eko Susanto Wibowo', 'm'],
  ['Melinda Tampubolon', 'f'],
  ['Arif Rahmadi', 'm'],
  ['Yuliana Safitri', 'f'],
  ['Dimas Aryanto', 'm'],
  ['Rini Handayani', 'f'],
  ['Gilang Saputra', 'm'],
  ['Wulan Oktaviani', 'f'],
  ['Iwan Kurniadi', 'm'],
  ['Siti Zubaidah Hasan', 'f'],
  ['Rahmat Basuki', 'm'],
  ['Hasanudin Malik', 'm'],
  ['Nadia Fitriani', 'f'],
  ['Teguh Santosa', 'm'],
  ['Citra Ayuningtyas', 'f'],
  ['Bayu Firmansyah', 'm'],
  ['Putri Maharani Dewi', 'f'],
  ['Joko Purnomo Aji', 'm'],
  ['Ella Marlina', 'f'],
  ['Dani Iskandar', 'm'],
  ['Vina Rahayu', 'f'],
  ['Zulkifli Nasution', 'm'],
  ['Anisa Kusuma Wardani', 'f'],
  ['Ridwan Halim', 'm'],
  ['Tri Astuti', 'f'],
  ['Burhan Syafii', 'm'],
  ['Laras Setyowati', 'f'],
  ['Chairul Umar', 'm'],
  ['Mega Silvia', 'f'],
  ['Galih Prakoso', 'm'],
  ['Endang Sulistyo', 'f'],
  ['Harun Al Fikri', 'm'],
  ['Diah Pitaloka', 'f'],
  ['Satria Nugraha', 'm'],
  ['Yanti Kusumaningrum', 'f'],
  ['Wahyu Hidayat', 'm'],
  ['Rosita Pandiangan', 'f'],
  ['Ahmad Fauzan Rizki', 'm'],
  ['Novita Sari Dewanti', 'f'],
  ['Gunawan Tarigan', 'm'],
  ['Indah Wardhani', 'f'],
  ['Lukman Hakim Saputro', 'm']
]

/** All demo accounts: made-up people in every role of three offices and the levels above them. */
export const DEMO_ACCOUNTS: readonly Account[] = [
  ...UNITS,
  ...UNITS.map(
    ([unit, suffix, roles]) =>
      [unit, suffix, roles === NATIONAL_ROLES ? NATIONAL_RULE_ROLES : RULE_ROLES] as const
  )
]
  .flatMap(([unit, suffix, roles]) =>
    roles.map(([word, held]) => ({ unit, id: `${word}.${suffix}`, roles: held }))
  )
  .map((account, index) => {
    const [name, sex] = NAMES[index % NAMES.length] as (typeof NAMES)[number]
    return { ...account, name, nip: madeUpNip(index, sex), demo: true }
  })

/**
 * Makes sure that the demo accounts are there.
 *
 * @throws Error in production, where an account whose password everybody knows may not exist
 */
export async function addDemoAccounts(people: People, production: boolean): Promise<void> {
  if (production) throw new Error('expected no demo accounts in production')
  const missing: Account[] = []
  for (const account of DEMO_ACCOUNTS) {
    if ((await people.byId(account.id)) === null) missing.push(account)
  }
  await Promise.all(missing.map(account => people.add({ ...account, password: DEMO_PASSWORD })))
}

/** Birth, appointment, sex and serial number, in the 18 digits that an official's number has. */
function madeUpNip(index: number, sex: 'f' | 'm'): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const birth = `19${70 + (index % 20)}${two(1 + (index % 12))}${two(1 + (index % 28))}`
  const appointment = `20${two(1 + (index % 10))}${two(1 + ((index * 5) % 12))}`
  return `${birth}${appointment}${sex === 'm' ? 1 : 2}${String(900 + index).slice(-3)}`
}
