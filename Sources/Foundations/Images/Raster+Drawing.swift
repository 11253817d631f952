internal import CGD

/// Simple drawing, enough for the pictures that tests and the demo make for themselves.
extension Raster {
    /// Fills the whole canvas; channels are 0 to 255.
    public func fill(red: Int, green: Int, blue: Int) {
        rectangle(x: 0, y: 0, width: width, height: height, red: red, green: green, blue: blue)
    }

    /// Draws a filled rectangle, cut at the canvas.
    public func rectangle(x: Int, y: Int, width: Int, height: Int, red: Int, green: Int, blue: Int) {
        unsafe gdImageFilledRectangle(
            image, Int32(clamping: x), Int32(clamping: y), Int32(clamping: x + width - 1),
            Int32(clamping: y + height - 1), quartet_gd_color(Int32(red), Int32(green), Int32(blue)))
    }

    /// Makes a rectangle transparent, cut at the canvas; PNG, WebP and AVIF keep it so.
    public func erase(x: Int, y: Int, width: Int, height: Int) {
        unsafe gdImageAlphaBlending(image, 0)
        unsafe gdImageFilledRectangle(
            image, Int32(clamping: x), Int32(clamping: y), Int32(clamping: x + width - 1),
            Int32(clamping: y + height - 1), quartet_gd_transparent())
        unsafe gdImageAlphaBlending(image, 1)
    }

    /// Draws a filled ellipse around a centre, cut at the canvas.
    public func ellipse(centerX: Int, centerY: Int, width: Int, height: Int, red: Int, green: Int, blue: Int) {
        unsafe gdImageFilledEllipse(
            image, Int32(clamping: centerX), Int32(clamping: centerY), Int32(clamping: width), Int32(clamping: height),
            quartet_gd_color(Int32(red), Int32(green), Int32(blue)))
    }

    /// Draws a filled polygon; fewer than three points draw nothing.
    public func polygon(_ points: [(x: Int, y: Int)], red: Int, green: Int, blue: Int) {
        guard points.count >= 3 else { return }
        var corners = points.map { gdPoint(x: Int32(clamping: $0.x), y: Int32(clamping: $0.y)) }
        unsafe gdImageFilledPolygon(
            image, &corners, Int32(corners.count), quartet_gd_color(Int32(red), Int32(green), Int32(blue)))
    }

    /// The colour at a point, 0xRRGGBB; black outside the canvas.
    public func color(x: Int, y: Int) -> Int {
        Int(unsafe gdImageGetTrueColorPixel(image, Int32(clamping: x), Int32(clamping: y))) & 0xFFFFFF
    }
}
