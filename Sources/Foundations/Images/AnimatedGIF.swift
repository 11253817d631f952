internal import CGD

/// Puts pictures one after another into a moving GIF; each has its own palette of at most 256 colours.
public struct AnimatedGIF: Sendable {
    private var bytes: [UInt8] = []
    private let hundredths: Int

    /// - Parameter hundredths: How long each picture stands, in hundredths of a second.
    public init(hundredths: Int) {
        self.hundredths = hundredths
    }

    /// Adds a picture; all have the size of the first.
    public mutating func add(_ frame: borrowing Raster) throws(RasterError) {
        if bytes.isEmpty {
            var size: Int32 = 0
            bytes = try unsafe Raster.taking(unsafe gdImageGifAnimBeginPtr(frame.image, &size, 0, 0), size)
        }
        var size: Int32 = 0
        bytes += try unsafe Raster.taking(
            unsafe gdImageGifAnimAddPtr(
                frame.image, &size, 1, 0, 0, Int32(clamping: hundredths), Int32(gdDisposalNone), nil), size)
    }

    /// The file, which repeats for ever; empty without a picture.
    public func finished() throws(RasterError) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        var size: Int32 = 0
        return bytes + (try unsafe Raster.taking(unsafe gdImageGifAnimEndPtr(&size), size))
    }
}
