import type { LawPart } from '../../engine/rules/release.ts'
import type { OpenLaw } from './laws.ts'
import { openLaw } from './laws.ts'
import type { Statements } from './statements.ts'

/** Opens releases by their id, newest or long past; null: none of that id was ever kept. */
export type OpenRelease = (id: string) => Promise<OpenLaw | null>

/**
 * Opens kept releases, the last `most` of them held open. Parts that releases have in common are held
 * once, and with them all that was reckoned of them.
 */
export function releasesOf(statements: Statements, most = 1000): OpenRelease {
  const opened = new Map<string, Promise<OpenLaw | null>>()
  const parts = new Map<string, WeakRef<LawPart>>()

  const held = (id: string, part: LawPart): LawPart => {
    const known = parts.get(id)?.deref()
    if (known) return known
    parts.set(id, new WeakRef(part))
    return part
  }
  const open = async (id: string): Promise<OpenLaw | null> => {
    const stored = await statements.release(id)
    if (!stored) return null
    const { content } = stored
    return openLaw(
      id,
      content,
      stored.parts.map((part, index) => held(content.parts[index]!.part, part))
    )
  }

  return id => {
    const law = opened.get(id) ?? open(id)
    opened.delete(id)
    opened.set(id, law)
    law.catch(() => opened.delete(id))
    const [oldest] = opened.keys()
    if (opened.size > most && oldest !== undefined) opened.delete(oldest)
    return law
  }
}
