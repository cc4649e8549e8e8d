/** A letter as HTML, ready for the browser. Every text in it is escaped already. */
export interface Sheet {
  readonly title: string
  /** What stands inside `<body>`. */
  readonly html: string
  /** Plain text at the foot of each page, left of the page number. */
  readonly foot: string
  /** Plain text in a box at the head of each page; empty: no box. */
  readonly banner: string
}
