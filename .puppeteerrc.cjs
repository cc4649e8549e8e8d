/** The browser comes from the npm package @sparticuz/chromium or from the machine; puppeteer fetches none. */
module.exports = { skipDownload: true }
