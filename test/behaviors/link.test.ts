import { expect } from 'chai'
import { lines, play, start } from '../play.ts'

describe('link event definition', () => {
  it('goes on at the catching end', async () => {
    const { trace } = await play('link', start())

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate To_Page_Two
      complete To_Page_Two
      activate From_Page_One
      complete From_Page_One
      activate Done
      complete Done
      complete instance
    `)
  })
})
