import type { Notice } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { Icon, type IconName } from './icon.tsx'
import { T } from './text.tsx'

type Level = Notice['level']

const WORDS: { readonly [Each in Level]: Text & { readonly icon: IconName } } = {
  stop: { id: 'Berhenti', en: 'Stop', icon: 'stop' },
  warning: { id: 'Perhatian', en: 'Warning', icon: 'warning' },
  info: { id: 'Keterangan', en: 'Information', icon: 'info' }
}
const ORDER: readonly Level[] = ['stop', 'warning', 'info']

/** Remarks of rules to the officer, the gravest first, those of one basis together and each once. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  return (
    <>
      {ORDER.map(level => {
        const found = notices.filter(notice => notice.level === level)
        return found.length > 0 && <NoticeBox key={level} level={level} notices={found} />
      })}
    </>
  )
}

function NoticeBox({
  level,
  notices
}: {
  readonly level: Level
  readonly notices: readonly Notice[]
}) {
  const { icon, ...word } = WORDS[level]
  if (level === 'info') {
    return (
      <details class="notice-more">
        <summary>
          <T
            id={`Catatan aturan (${notices.length})`}
            en={`Remarks of the rules (${notices.length})`}
          />
        </summary>
        <Groups notices={notices} />
      </details>
    )
  }
  return (
    <div class={`notice notice-${level}`}>
      <Icon name={icon} />
      <div>
        <p class="word">
          <T {...word} />
        </p>
        <Groups notices={notices} />
      </div>
    </div>
  )
}

function Groups({ notices }: { readonly notices: readonly Notice[] }) {
  return (
    <>
      {byBasis(notices).map(({ cites, texts }) => (
        <div key={cites.join()} class="notice-group">
          <ul class="values">
            {texts.map(text => (
              <li key={text.id}>
                <T {...text} block />
              </li>
            ))}
          </ul>
          <Cites cites={cites} />
        </div>
      ))}
    </>
  )
}

interface Group {
  readonly cites: readonly string[]
  readonly texts: readonly Text[]
}

function byBasis(notices: readonly Notice[]): readonly Group[] {
  const groups = new Map<string, Group>()
  const said = new Set<string>()
  for (const { text, cites } of notices) {
    if (said.has(text.id)) continue
    said.add(text.id)
    const key = cites.join()
    groups.set(key, { cites, texts: [...(groups.get(key)?.texts ?? []), text] })
  }
  return [...groups.values()]
}

/** The legal instruments that something rests on. */
export function Cites({ cites }: { readonly cites: readonly string[] }) {
  if (cites.length === 0) return null
  return (
    <p class="cites">
      <T id="Dasar" en="Basis" />: {cites.join('; ')}
    </p>
  )
}
