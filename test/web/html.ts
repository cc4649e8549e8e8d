export interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The opening tags of a page, with their attributes. */
export function tags(html: string, ...names: readonly string[]): readonly Tag[] {
  const found = [...html.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name = '', rest = '']) => ({
      name,
      attributes: Object.fromEntries(
        [...rest.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
          key,
          value
        ])
      )
    })
  )
  return names.length === 0 ? found : found.filter(({ name }) => names.includes(name))
}

/** What a reader sees, without tags. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style|template)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}
