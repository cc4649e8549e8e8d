import { openSeal, type PublicKey, sha256 } from './seal.ts'

/** Checks the seal in the address and a chosen PDF file, on this device. */
const page = document.getElementById('verification')
/** The number of the letter's id among the sealed facts. */
const ID = 3

if (page !== null) {
  const answered = page.querySelector('[data-part="verdict"]')?.cloneNode(true) as HTMLElement
  const found: Found = { seal: null, file: null, answered }
  const check = () => checkSeal(page, found).catch(() => say(page, 'cannot'))
  void check()
  addEventListener('hashchange', check)
  listen(page, found)
}

/** What was found on this device, beside what the server has answered. */
interface Found {
  seal: 'forged-verdict' | null
  file: 'changed-verdict' | null
  readonly answered: HTMLElement
}

async function checkSeal(page: HTMLElement, found: Found): Promise<void> {
  found.seal = null
  judge(page, found)
  const seal = location.hash.slice(1)
  if (seal === '') return say(page, 'no-seal')

  const keys = await publicKeys()
  const opened = await openSeal(seal, keys)
  if (opened.state !== 'genuine') {
    // a key that is not among those of the offices is somebody else's
    const foreign = opened.state === 'no-key' && keys.length > 0
    if (opened.state === 'wrong' || foreign) forged(page, found)
    return say(page, opened.state)
  }
  if (opened.facts.get(ID) !== page.dataset.id) {
    forged(page, found)
    return say(page, 'other')
  }
  const known = page.dataset.sha256 !== ''
  say(
    page,
    known ? 'genuine' : 'genuine-unknown',
    words(page, 'facts-caption'),
    facts(page, opened.facts)
  )
}

function say(page: HTMLElement, name: string, ...more: readonly Node[]): void {
  page.querySelector('[data-part="seal"]')?.replaceChildren(words(page, name), ...more)
}

async function publicKeys(): Promise<readonly PublicKey[]> {
  try {
    const answer = await fetch('/.well-known/alur-keys.json')
    const { keys } = (await answer.json()) as { readonly keys: readonly PublicKey[] }
    return keys
  } catch {
    return []
  }
}

function forged(page: HTMLElement, found: Found): void {
  found.seal = 'forged-verdict'
  judge(page, found)
}

/** The verdict at the top: the worst of what is known. */
function judge(page: HTMLElement, { seal, file, answered }: Found): void {
  const bad = seal ?? file
  const shown = page.querySelector<HTMLElement>('[data-part="verdict"]')
  if (shown === null || shown.dataset.verdict === (bad ?? undefined)) return
  shown.replaceWith(bad === null ? answered.cloneNode(true) : words(page, bad))
  const verdict = page.querySelector<HTMLElement>('[data-part="verdict"]')
  if (verdict === null || bad === null) return
  verdict.dataset.verdict = bad
  verdict.scrollIntoView({ block: 'center' })
}

function facts(page: HTMLElement, sealed: ReadonlyMap<number, string>): HTMLElement {
  const list = document.createElement('dl')
  list.className = 'facts'
  for (const [number, value] of sealed) {
    const label = page.querySelector<HTMLTemplateElement>(`template[data-label="${number}"]`)
    if (label === null) continue
    const term = document.createElement('dt')
    term.append(label.content.cloneNode(true))
    const description = document.createElement('dd')
    description.append(kindIn(page, value) ?? dateText(value))
    const line = document.createElement('div')
    line.append(term, description)
    list.append(line)
  }
  return list
}

/** The name of a kind of letter, when the value is one. */
function kindIn(page: HTMLElement, value: string): DocumentFragment | null {
  const template = page.querySelector<HTMLTemplateElement>(
    `template[data-kind="${CSS.escape(value)}"]`
  )
  return (template?.content.cloneNode(true) as DocumentFragment | undefined) ?? null
}

function dateText(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const format = new Intl.DateTimeFormat('id-ID', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC'
  })
  return format.format(new Date(`${value}T00:00:00Z`))
}

function words(page: HTMLElement, name: string): DocumentFragment {
  const template = page.querySelector<HTMLTemplateElement>(`template[data-words="${name}"]`)
  return template?.content.cloneNode(true) as DocumentFragment
}

// The file ////////////////////////////////////////////////////////////////////

function listen(page: HTMLElement, found: Found): void {
  const input = page.querySelector<HTMLInputElement>('#pdf')
  input?.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file !== undefined) void compare(page, found, file)
  })
  page.addEventListener('dragover', event => event.preventDefault())
  page.addEventListener('drop', event => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file !== undefined) void compare(page, found, file)
  })
}

async function compare(page: HTMLElement, found: Found, file: File): Promise<void> {
  const result = page.querySelector('#pdf-result')
  if (result === null) return
  const expected = page.dataset.sha256 ?? ''
  const print = await sha256(await file.arrayBuffer())
  const name = expected === '' ? 'no-record' : print === expected ? 'same-file' : 'other-file'
  result.replaceChildren(words(page, name))
  found.file = name === 'other-file' ? 'changed-verdict' : null
  judge(page, found)
}
