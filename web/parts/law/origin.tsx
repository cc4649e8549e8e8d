import type { Level } from '../../../engine/graph.ts'
import type { Text } from '../../../engine/messages.ts'
import { CONFIDENCE, LEVELS } from '../decisions.tsx'
import { Icon } from '../icon.tsx'
import { T } from '../text.tsx'
import { Said } from './said.tsx'

/** Which level said so: a word, a sign and a colour. */
export function Origin({ level, unit }: { readonly level: Level; readonly unit?: string }) {
  return (
    <>
      <span class={`badge origin-${level}`}>
        <svg
          class="icon"
          viewBox="0 0 16 16"
          width="12"
          height="12"
          aria-hidden="true"
          focusable="false"
        >
          <path d={SIGNS[level]} />
        </svg>
        <Said {...LEVELS[level]} />
      </span>
      {unit !== undefined && level !== 'national' && (
        <span class="sub">
          <bdi>{unit}</bdi>
        </span>
      )}
    </>
  )
}

/** A circle around all, a diamond between, a square for one house. */
const SIGNS: { readonly [Each in Level]: string } = {
  national: 'M8 2a6 6 0 100 12A6 6 0 008 2z',
  region: 'M8 1l7 7-7 7-7-7z',
  office: 'M2 2h12v12H2z'
}

/** How sure the source is, and whether it is made up. */
export function Grade(props: {
  readonly confidence: 'H' | 'M' | 'L' | null
  readonly sample: boolean
}) {
  return (
    <>
      {props.sample && <SampleMark />}
      {props.confidence !== null && (
        <span class="sub">
          <T id="keyakinan" en="confidence" />: <Said {...CONFIDENCE[props.confidence]} />
        </span>
      )}
    </>
  )
}

/** What is no law but stands in for it, or rests on a guess, is marked wherever it shows. */
export function SampleMark() {
  return (
    <span class="badge sample-mark">
      <Icon name="warning" />
      <T id="Contoh" en="Sample" />
    </span>
  )
}

/** Stated and not used, with the reason. */
export function SuspendedMark({ why }: { readonly why: string }) {
  return (
    <p class="suspended">
      <Icon name="warning" />
      <span>
        <strong>
          <T id="Ditangguhkan" en="Suspended" />
        </strong>
        {why !== '' && (
          <>
            : <Said {...whyText(why)} />
          </>
        )}
      </span>
    </p>
  )
}

/** What the engine says of a bound that is broken, in both languages; another one keeps its words. */
export function whyText(why: string): Text {
  const [, key = '', said = ''] = /^([a-z]\w*(?:\.\w+)+): (.*)$/s.exec(why) ?? []
  if (key !== '') {
    const inner = whyText(said)
    return { id: `${key}: ${inner.id}`, en: `${key}: ${inner.en}` }
  }
  for (const [pattern, id, en] of WHYS) {
    if (pattern.test(why)) return { id: why.replace(pattern, id), en: why.replace(pattern, en) }
  }
  return { id: `alasan sistem: ${why}`, en: why }
}

const WHYS: readonly (readonly [RegExp, string, string])[] = [
  [/^(?:row <(.*?)>: )?the key is locked$/, 'terkunci oleh pusat', 'locked by the nation'],
  [
    /^(?:row <.*?>: )?may not be stated at level (\w+)$/,
    'tidak boleh ditetapkan pada tingkat ini',
    'may not be stated at this level'
  ],
  [
    /^(?:row <.*?>: )?expected (?:<\w+> )?between (\S+) and (\S+), found (.*)$/,
    'harus antara $1 dan $2, tertulis $3',
    'must be between $1 and $2, is $3'
  ],
  [
    /^(?:row <.*?>: )?expected (?:<\w+> )?at most (.*) as above, found (.*)$/,
    'paling banyak $1 menurut tingkat di atasnya, tertulis $2',
    'at most $1 by the level above, is $2'
  ],
  [
    /^(?:row <.*?>: )?expected (?:<\w+> )?at least (.*) as above, found (.*)$/,
    'paling sedikit $1 menurut tingkat di atasnya, tertulis $2',
    'at least $1 by the level above, is $2'
  ],
  [
    /^(?:row <.*?>: )?expected (?:<\w+> )?nothing beyond (.*), found (.*)$/,
    'memuat yang tidak ada pada tingkat di atasnya',
    'has what the level above does not'
  ],
  [
    /^(?:row <.*?>: )?expected (?:<\w+> )?all of (.*), found (.*)$/,
    'tidak memuat semua yang diminta tingkat di atasnya',
    'leaves out what the level above asks'
  ],
  [
    /^(?:row <.*?>: )?expected (?:<\w+> )?an authority of at least (.*), found (.*)$/,
    'pejabatnya lebih rendah daripada menurut tingkat di atasnya ($1), tertulis $2',
    'an official below the one of the level above ($1), is $2'
  ],
  [/^states nothing for .*$/, 'tidak menetapkan apa pun', 'states nothing'],
  [/^states no row for .*$/, 'tidak menetapkan baris', 'states no row'],
  [/^instead of (.*)$/, 'menggantikan $1', 'instead of $1'],
  [/^(\d+) rows hold( on .*)?$/, '$1 baris berlaku', '$1 rows hold'],
  [
    /^row <(.*?)> replaces the outcome of <(.*?)>$/,
    'baris $1 mengganti hasil baris $2',
    'row $1 replaces the outcome of $2'
  ],
  [
    /^row <(.*?)> is an exception to <(.*?)>$/,
    'baris $1 mengecualikan baris $2',
    'row $1 is an exception to $2'
  ],
  [
    /^row <(.*?)>: row <(.*?)> does not hold on .*$/,
    'baris $2 tidak berlaku pada tanggal ini',
    'row $2 does not hold on this date'
  ],
  [/^always$/, 'selalu', 'always'],
  [/^(\d[\d-]*) to (\d[\d-]*)$/, '$1 sampai $2', '$1 to $2'],
  [/^since (\d[\d-]*)$/, 'sejak $1', 'since $1']
]
