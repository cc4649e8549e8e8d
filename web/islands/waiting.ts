/** Asks again every few seconds how far what the page waits for has come; once it is done, its page is shown. */
const EVERY = 3000
const SELECTOR = '[data-island="waiting"]'

const waiting = document.querySelector<HTMLElement>(SELECTOR)
if (waiting !== null) setTimeout(() => ask(waiting), EVERY)

async function ask(shown: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const now = page.querySelector(SELECTOR)
    if (now === null) return location.assign(answer.url)
    shown.replaceChildren(...now.childNodes)
  } catch {
    // the network may be back the next time
  }
  setTimeout(() => ask(shown), EVERY)
}
