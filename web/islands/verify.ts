import { openSeal, type PublicKey, sha256 } from './seal.ts'

/** Checks the seal in the address and a chosen PDF file, on this device. */
const page = document.getElementById('verification')
/** The number of the letter's id among the sealed facts. */
const ID = 3

if (page !== null) {
  const check = () => checkSeal(page).catch(() => say(page, 'cannot'))
  void check()
  addEventListener('hashchange', check)
  listen(page)
}

async function checkSeal(page: HTMLElement): Promise<void> {
  const seal = location.hash.slice(1)
  if (seal === '') return say(page, 'no-seal')

  const opened = await openSeal(seal, await publicKeys())
  if (opened.state !== 'genuine') {
    if (opened.state === 'wrong') forged(page)
    return say(page, opened.state)
  }
  if (opened.facts.get(ID) !== page.dataset.id) {
    forged(page)
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

function forged(page: HTMLElement): void {
  page.querySelector('[data-part="verdict"]')?.replaceWith(words(page, 'forged-verdict'))
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

function listen(page: HTMLElement): void {
  const input = page.querySelector<HTMLInputElement>('#pdf')
  input?.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file !== undefined) void compare(page, file)
  })
  page.addEventListener('dragover', event => event.preventDefault())
  page.addEventListener('drop', event => {
    event.preventDefault()
    const file = event.dataTransfer?.files[0]
    if (file !== undefined) void compare(page, file)
  })
}

async function compare(page: HTMLElement, file: File): Promise<void> {
  const result = page.querySelector('#pdf-result')
  if (result === null) return
  const expected = page.dataset.sha256 ?? ''
  const found = await sha256(await file.arrayBuffer())
  const name = expected === '' ? 'no-record' : found === expected ? 'same-file' : 'other-file'
  result.replaceChildren(words(page, name))
}
