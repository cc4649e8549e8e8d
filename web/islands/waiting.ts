/** Asks again every few seconds whether what the page waits for is done, and only then shows it. */
const EVERY = 3000

const waiting = document.querySelector<HTMLElement>('[data-island="waiting"]')
if (waiting !== null) setTimeout(ask, EVERY)

async function ask(): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const text = await answer.text()
    if (!text.includes('data-island="waiting"')) return location.assign(answer.url)
  } catch {
    // the network may be back the next time
  }
  setTimeout(ask, EVERY)
}
