/** Fetches the task list again from time to time, and replaces it when it has changed. */
const EVERY = 60_000
const list = document.getElementById('task-list')
const status = document.getElementById('task-status')
const url = list?.dataset.url

if (list !== null && status !== null && url !== undefined) {
  let etag = ''
  let failures = 0
  const next = () => setTimeout(refresh, EVERY * 2 ** Math.min(failures, 4))

  const refresh = async () => {
    if (document.visibilityState === 'visible') {
      try {
        etag = await fetchList(list, status, url, etag)
        failures = 0
      } catch {
        failures++
      }
    }
    next()
  }
  void refresh()
}

async function fetchList(
  list: HTMLElement,
  status: HTMLElement,
  url: string,
  etag: string
): Promise<string> {
  const address = new URL(url, location.href)
  address.searchParams.set('part', 'list')
  const headers: Record<string, string> = etag === '' ? {} : { 'if-none-match': etag }
  const answer = await fetch(address, { headers, cache: 'no-store', redirect: 'error' })
  const html = await answer.text()
  if (answer.status === 304) return etag
  if (!answer.ok) throw new Error(`the list answered ${answer.status}`)
  // the first answer may only tell what the page holds already
  if (etag !== '' || shape(parse(html)) !== shape(list)) {
    replace(list, html)
    status.textContent = 'Daftar tugas diperbarui. Task list updated.'
  }
  return answer.headers.get('etag') ?? ''
}

function replace(list: HTMLElement, html: string): void {
  const focused = list.contains(document.activeElement) ? document.activeElement : null
  const href = focused?.getAttribute('href')
  list.replaceChildren(...parse(html).childNodes)
  const again = href
    ? list.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`)
    : focused?.id
      ? document.getElementById(focused.id)
      : null
  again?.focus()
}

/** Our own server's HTML, without running anything in it. */
function parse(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body
}

function shape(element: HTMLElement): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ')
}
