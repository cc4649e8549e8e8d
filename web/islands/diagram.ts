import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer.js'

/** The parts of the viewer that are called here; the library types them for another module system. */
interface Viewer {
  importXML(xml: string): Promise<unknown>
  get<Service>(name: string): Service
}
const BpmnViewer = NavigatedViewer as unknown as new (options: object) => Viewer
interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Canvas {
  zoom(level?: number, center?: 'auto'): number
  scroll(by: { readonly dx: number; readonly dy: number }): void
  viewbox(box?: Box): { readonly inner: Box }
  addMarker(element: string, marker: string): void
  scrollToElement(element: string): void
  resized(): void
}
interface Registry {
  get(id: string): { readonly waypoints?: unknown; readonly width?: number } | undefined
}
interface Overlays {
  add(
    element: string,
    overlay: { readonly position: object; readonly scale: object; readonly html: HTMLElement }
  ): void
}

for (const frame of document.querySelectorAll<HTMLElement>('[data-island="diagram"]')) {
  show(frame).catch(() => {
    // the outline below says the same
    frame.hidden = true
    frame.previousElementSibling?.remove()
  })
}

async function show(frame: HTMLElement): Promise<void> {
  const { url = '', label = '' } = frame.dataset
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`the diagram answered ${answer.status}`)
  const xml = await answer.text()

  frame.hidden = false
  const viewer = new BpmnViewer({ container: frame, zoomScroll: { enabled: false } })
  await viewer.importXML(xml)
  const canvas = viewer.get<Canvas>('canvas')
  mark(frame, canvas, viewer.get<Registry>('elementRegistry'), viewer.get<Overlays>('overlays'))
  describe(frame, label)
  const { inner } = canvas.viewbox()
  const showWhole = () => fitWhole(frame, canvas, inner)
  showWhole()
  addEventListener('resize', showWhole)
  frame.before(
    tools(canvas, showWhole, words(frame.dataset.current)[0] ?? words(frame.dataset.incidents)[0])
  )
  keys(frame, canvas, showWhole)
}

/** Shows the whole diagram, as high as the window allows, and leaves the foot to the maker's mark. */
function fitWhole(frame: HTMLElement, canvas: Canvas, inner: Box): void {
  const width = frame.clientWidth - 2 * EDGE
  if (width <= 0 || inner.width <= 0 || inner.height <= 0) return
  const wanted = width * (inner.height / inner.width) + FOOT + EDGE
  const height = Math.round(Math.min(Math.max(wanted, 200), innerHeight * 0.8))
  frame.style.height = `${height}px`
  canvas.resized()
  const scale = Math.min(width / inner.width, (height - FOOT - EDGE) / inner.height, 1)
  canvas.viewbox({
    x: inner.x - (frame.clientWidth / scale - inner.width) / 2,
    y: inner.y - EDGE / scale,
    width: frame.clientWidth / scale,
    height: height / scale
  })
}

const EDGE = 6
const FOOT = 34

/** What the officer must see: where it is, what is stuck, what is done and how often. */
function mark(frame: HTMLElement, canvas: Canvas, registry: Registry, overlays: Overlays): void {
  const drawn = (id: string) => registry.get(id) !== undefined
  const current = words(frame.dataset.current).filter(drawn)
  const incidents = words(frame.dataset.incidents).filter(drawn)
  for (const flow of words(frame.dataset.taken).filter(drawn)) canvas.addMarker(flow, 'taken')
  const done = Object.entries(JSON.parse(frame.dataset.done ?? '{}') as Record<string, number>)
  for (const [id, times] of done) {
    const shape = registry.get(id)
    if (shape === undefined || shape.waypoints !== undefined) continue
    canvas.addMarker(id, 'done')
    // on an event or a gateway a tick would hide what it stands for
    if (times === 1 && (shape.width ?? 0) < SMALLEST_TICKED) continue
    overlays.add(id, {
      position: { top: -9, right: 9 },
      scale: { min: 0.5 },
      html: badge('badge-done', times > 1 ? `✓ ${times}` : '✓')
    })
  }
  for (const id of current) {
    canvas.addMarker(id, 'here')
    overlays.add(id, {
      position: { bottom: 10, left: 2 },
      scale: { min: 1 },
      html: badge('badge-here', '▶ di sini')
    })
  }
  for (const id of incidents) {
    canvas.addMarker(id, 'stuck')
    overlays.add(id, {
      position: { bottom: 10, left: 2 },
      scale: { min: 1 },
      html: badge('badge-stuck', '! insiden')
    })
  }
}

const SMALLEST_TICKED = 60

function badge(kind: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = `diagram-badge ${kind}`
  element.textContent = text
  return element
}

/** The picture has a name; what is in it is told by the outline. */
function describe(frame: HTMLElement, label: string): void {
  const picture = frame.querySelector('.djs-container > svg')
  picture?.setAttribute('role', 'img')
  picture?.setAttribute('aria-label', label)
  picture?.setAttribute('tabindex', '0')
}

function tools(canvas: Canvas, showWhole: () => void, position: string | undefined): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'diagram-tools no-print'
  const button = (text: string, name: string, act: () => void) => {
    const element = document.createElement('button')
    element.type = 'button'
    element.textContent = text
    if (name !== text) element.setAttribute('aria-label', name)
    element.addEventListener('click', act)
    bar.append(element)
  }
  button('Seluruhnya · Whole', 'Seluruhnya · Whole', showWhole)
  button('+', 'Perbesar · Zoom in', () => zoom(canvas, 1.25))
  button('−', 'Perkecil · Zoom out', () => zoom(canvas, 0.8))
  if (position !== undefined) {
    button('Posisi · Position', 'Posisi · Position', () => {
      canvas.zoom(1)
      canvas.scrollToElement(position)
    })
  }
  return bar
}

function zoom(canvas: Canvas, factor: number): void {
  canvas.zoom(Math.min(4, Math.max(0.1, canvas.zoom() * factor)), 'auto')
}

const STEP = 60
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP]
}

/** The arrows move the picture, plus and minus change its size, zero shows the whole. */
function keys(frame: HTMLElement, canvas: Canvas, showWhole: () => void): void {
  frame.addEventListener(
    'keydown',
    event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const move = MOVES[event.key]
      if (move !== undefined) canvas.scroll({ dx: move[0], dy: move[1] })
      else if (event.key === '+') zoom(canvas, 1.25)
      else if (event.key === '-') zoom(canvas, 0.8)
      else if (event.key === '0') showWhole()
      else return
      event.preventDefault()
      event.stopPropagation()
    },
    true
  )
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(' ').filter(word => word !== '')
}
