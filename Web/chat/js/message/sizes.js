/** How large media is shown, known before it is loaded, so that nothing jumps when it comes. */

const LARGEST = { width: 440, height: 420 }
const SMALLEST = 140

/** The box for one picture or film, in CSS pixels. */
export function fitMedia(w, h, largest = LARGEST) {
  if (!w || !h) return { width: 280, height: 210 }
  const scale = Math.min(largest.width / w, largest.height / h, Math.max(1, SMALLEST / Math.min(w, h)))
  const width = Math.max(SMALLEST, Math.min(largest.width, Math.round(w * scale)))
  const height = Math.max(80, Math.min(largest.height, Math.round(h * scale)))
  return { width, height }
}

const MOSAIC_WIDTH = 440
const MOSAIC_HEIGHT = 380
const LONGEST_ROW = 4
const GAP = 2

/** All the ways to cut n things into rows, in order. */
function partitions(n) {
  if (n === 0) return [[]]
  const all = []
  for (let first = 1; first <= Math.min(n, LONGEST_ROW); first += 1) {
    for (const rest of partitions(n - first)) all.push([first, ...rest])
  }
  return all
}

/**
 * Lays an album out as rows of equal width: of all ways to cut it, the one whose height is closest to a good one
 * and whose rows are alike. Answers the box's size and a rectangle for each picture, in parts of the box.
 */
export function mosaic(ratios) {
  const clamped = ratios.map((ratio) => Math.min(2.4, Math.max(0.55, ratio || 1)))
  let best
  for (const rows of partitions(clamped.length)) {
    let index = 0
    const heights = rows.map((count) => {
      const sum = clamped.slice(index, index + count).reduce((total, ratio) => total + ratio, 0)
      index += count
      return (MOSAIC_WIDTH - GAP * (count - 1)) / sum
    })
    const height = heights.reduce((total, each) => total + each, 0) + GAP * (rows.length - 1)
    const uneven = Math.max(...heights) / Math.min(...heights) - 1
    const alone = rows.length > 1 && rows.at(-1) === 1 && rows.at(-2) > 1 ? 40 : 0
    const cost = Math.abs(height - MOSAIC_HEIGHT) + uneven * 60 + alone
    if (!best || cost < best.cost) best = { cost, rows, heights, height }
  }
  const rectangles = []
  let index = 0
  let top = 0
  best.rows.forEach((count, row) => {
    let left = 0
    for (let column = 0; column < count; column += 1) {
      const width = column === count - 1 ? MOSAIC_WIDTH - left : clamped[index] * best.heights[row]
      rectangles.push({ left: left / MOSAIC_WIDTH, top: top / best.height, width: width / MOSAIC_WIDTH,
        height: best.heights[row] / best.height })
      left += width + GAP
      index += 1
    }
    top += best.heights[row] + GAP
  })
  return { width: MOSAIC_WIDTH, height: Math.round(best.height), rectangles }
}
