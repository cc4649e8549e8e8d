import type { Notice } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'
import { Icon, type IconName } from './icon.tsx'
import { T } from './text.tsx'

const WORDS: { readonly [Level in Notice['level']]: Text & { readonly icon: IconName } } = {
  info: { id: 'Keterangan', en: 'Information', icon: 'info' },
  warning: { id: 'Perhatian', en: 'Warning', icon: 'warning' },
  stop: { id: 'Berhenti', en: 'Stop', icon: 'stop' }
}

/** Remarks of rules to the officer, the gravest first. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  const order: readonly Notice['level'][] = ['stop', 'warning', 'info']
  const sorted = order.flatMap(level => notices.filter(notice => notice.level === level))
  return (
    <>
      {sorted.map((notice, index) => {
        const { icon, ...word } = WORDS[notice.level]
        return (
          <div key={index} class={`notice notice-${notice.level}`}>
            <Icon name={icon} />
            <div>
              <p class="word">
                <T {...word} />
              </p>
              <p>
                <T {...notice.text} block />
              </p>
              <Cites cites={notice.cites} />
            </div>
          </div>
        )
      })}
    </>
  )
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
