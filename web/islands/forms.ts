/** Sends a form once, warns before typed things are lost, and brings the eye to the problems. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-island="form"]')) {
  // a form that came back with problems holds what was typed and has not been saved
  let changed = document.getElementById('error-summary') !== null
  let sent = false

  form.addEventListener('input', () => {
    changed = true
  })
  form.addEventListener('submit', event => {
    if (sent) return event.preventDefault()
    sent = true
    for (const button of form.querySelectorAll('button[type="submit"]')) {
      button.setAttribute('aria-disabled', 'true')
    }
  })
  addEventListener('beforeunload', event => {
    if (changed && !sent) event.preventDefault()
  })
  // the page may come back from the browser's memory as it was when it was sent
  addEventListener('pageshow', event => {
    if (!event.persisted) return
    sent = false
    for (const button of form.querySelectorAll('button[aria-disabled]')) {
      button.removeAttribute('aria-disabled')
    }
  })
}

document.getElementById('error-summary')?.focus()
