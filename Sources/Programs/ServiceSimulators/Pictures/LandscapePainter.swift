internal import Images
internal import Support

/// Paints landscapes from a seed, so that tests and the demo have pictures that belong to nobody.
struct LandscapePainter {
    /// A mood: the sky from top to horizon, the light in it, and the nearest hill's colour.
    struct Palette: Sendable {
        var top: (Int, Int, Int)
        var horizon: (Int, Int, Int)
        var light: (Int, Int, Int)
        var ground: (Int, Int, Int)
    }

    private var random: SeededRandom
    private let palette: Palette

    init(seed: UInt64, palette: Palette) {
        random = SeededRandom(seed: seed)
        self.palette = palette
    }

    /// Paints sky, sun or moon, and five ridges that fade with distance.
    mutating func paint(width: Int, height: Int) throws(RasterError) -> Raster {
        let canvas = try Raster(width: width, height: height)
        let horizon = height * Int.random(in: 48...62, using: &random) / 100
        for y in 0..<height {
            let color = Self.blend(palette.top, palette.horizon, min(1, Double(y) / Double(horizon)))
            canvas.rectangle(x: 0, y: y, width: width, height: 1, red: color.0, green: color.1, blue: color.2)
        }
        paintLight(on: canvas, horizon: horizon)
        for ridge in 0..<5 {
            let distance = 1 - Double(ridge) / 4
            let color = Self.blend(palette.ground, palette.horizon, distance * 0.75)
            let base = horizon + (height - horizon) * ridge / 5
            paintRidge(on: canvas, base: base, roughness: Double(height) * (0.05 + 0.02 * Double(ridge)), color: color)
        }
        return canvas
    }

    private mutating func paintLight(on canvas: borrowing Raster, horizon: Int) {
        let x = canvas.width * Int.random(in: 20...80, using: &random) / 100
        let y = horizon * Int.random(in: 35...80, using: &random) / 100
        let size = min(canvas.width, canvas.height) * Int.random(in: 10...17, using: &random) / 100
        for ring in stride(from: 30, through: 0, by: -1) {
            let sky = Self.blend(palette.top, palette.horizon, min(1, Double(y) / Double(max(horizon, 1))))
            let color = Self.blend(palette.light, sky, Double(ring) / 31)
            let width = size + size * ring / 16
            canvas.ellipse(
                centerX: x, centerY: y, width: width, height: width, red: color.0, green: color.1, blue: color.2)
        }
    }

    /// Midpoint displacement: each step halves the spacing and the height of the bumps.
    private mutating func paintRidge(
        on canvas: borrowing Raster, base: Int, roughness: Double, color: (Int, Int, Int)
    ) {
        var heights = [Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random)]
        var bump = 1.0
        for _ in 0..<7 {
            var finer: [Double] = []
            for (left, right) in zip(heights, heights.dropFirst()) {
                finer += [left, (left + right) / 2 + Double.random(in: -bump...bump, using: &random)]
            }
            heights = finer + heights.suffix(1)
            bump *= 0.5
        }
        var outline = heights.enumerated().map { index, height in
            (x: canvas.width * index / (heights.count - 1), y: base - Int(height * roughness))
        }
        outline += [(canvas.width, canvas.height), (0, canvas.height)]
        canvas.polygon(outline, red: color.0, green: color.1, blue: color.2)
    }

    private static func blend(_ a: (Int, Int, Int), _ b: (Int, Int, Int), _ share: Double) -> (Int, Int, Int) {
        func mix(_ x: Int, _ y: Int) -> Int { x + Int(Double(y - x) * max(0, min(1, share))) }
        return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
    }
}
