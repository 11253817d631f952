internal import CGD

/// Why a picture could not be read or written.
public enum RasterError: Error, Equatable, Sendable {
    /// The bytes are no picture format this build decodes.
    case unknownFormat
    /// The picture has more pixels than the caller allows to be held in memory.
    case tooManyPixels(Int)
    /// The format is known but its data are damaged, or its decoder is not part of this libgd.
    case undecodable(ImageFormat)
    /// The canvas or the encoded result could not be made.
    case encodingFailed
}

/// A decoded picture: true-colour pixels owned by libgd, freed exactly once.
@safe public struct Raster: ~Copyable {
    let image: gdImagePtr

    /// The most pixels that are decoded unless the caller says otherwise: 64 million, 256 MB.
    public static let defaultPixelLimit = 64_000_000

    /// Makes an empty canvas filled with black.
    public init(width: Int, height: Int) throws(RasterError) {
        guard width > 0, height > 0, width <= 32_767, height <= 32_767,
            let image = unsafe gdImageCreateTrueColor(Int32(width), Int32(height))
        else { throw .encodingFailed }
        unsafe self.image = image
    }

    /// Decodes a picture and turns it upright by its EXIF orientation.
    ///
    /// The size is checked by the header before any pixel is decoded, so a small file that unfolds into gigabytes
    /// is refused and not tried.
    public init(decoding bytes: [UInt8], pixelLimit: Int = Raster.defaultPixelLimit) throws(RasterError) {
        guard let facts = ImageFacts(reading: bytes) else {
            if let format = ImageFormat(detecting: bytes) { throw .undecodable(format) }
            throw .unknownFormat
        }
        guard facts.pixels <= pixelLimit else { throw .tooManyPixels(facts.pixels) }
        quartet_gd_silence()
        // Of a moving WebP the first picture is taken, as of a GIF.
        var source = facts.format == .webp && facts.isAnimated ? WebPFrame.first(of: bytes) ?? bytes : bytes
        let size = Int32(clamping: source.count)
        let decoded: gdImagePtr? = unsafe source.withUnsafeMutableBytes { buffer in
            let data = buffer.baseAddress
            return switch facts.format {
            case .jpeg: unsafe gdImageCreateFromJpegPtr(size, data)
            case .png: unsafe gdImageCreateFromPngPtr(size, data)
            case .gif: unsafe gdImageCreateFromGifPtr(size, data)
            case .webp: unsafe gdImageCreateFromWebpPtr(size, data)
            case .bmp: unsafe gdImageCreateFromBmpPtr(size, data)
            case .tiff: unsafe gdImageCreateFromTiffPtr(size, data)
            case .avif: unsafe gdImageCreateFromAvifPtr(size, data)
            case .heic: unsafe gdImageCreateFromHeifPtr(size, data)
            }
        }
        guard let decoded = unsafe decoded else { throw .undecodable(facts.format) }
        unsafe gdImagePaletteToTrueColor(decoded)
        unsafe self.image = Self.upright(decoded, orientation: facts.orientation)
    }

    private init(adopting image: gdImagePtr) {
        unsafe self.image = image
    }

    deinit {
        unsafe gdImageDestroy(image)
    }

    /// Width in pixels.
    public var width: Int { Int(unsafe quartet_gd_width(image)) }
    /// Height in pixels.
    public var height: Int { Int(unsafe quartet_gd_height(image)) }

    /// A copy scaled down so that its longest side is at most `longestSide`; never enlarged.
    ///
    /// Transparent parts become white, as Telegram's own photos have no transparency.
    public func fitted(longestSide: Int) throws(RasterError) -> Raster {
        let longest = max(width, height)
        let scale = longest > longestSide ? Double(longestSide) / Double(longest) : 1
        let target = try Raster(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded())))
        target.fill(red: 255, green: 255, blue: 255)
        unsafe gdImageAlphaBlending(target.image, 1)
        unsafe gdImageCopyResampled(
            target.image, image, 0, 0, 0, 0, Int32(target.width), Int32(target.height), Int32(width), Int32(height))
        return target
    }

    /// The picture as a baseline JPEG; quality is 1 to 100.
    public func jpeg(quality: Int = 87) throws(RasterError) -> [UInt8] {
        var size: Int32 = 0
        return try unsafe Self.taking(unsafe gdImageJpegPtr(image, &size, Int32(quality)), size)
    }

    /// The picture as a PNG.
    public func png() throws(RasterError) -> [UInt8] {
        var size: Int32 = 0
        unsafe gdImageSaveAlpha(image, 1)
        return try unsafe Self.taking(unsafe gdImagePngPtr(image, &size), size)
    }

    /// The picture as a lossy WebP; quality is 1 to 100.
    public func webp(quality: Int = 80) throws(RasterError) -> [UInt8] {
        var size: Int32 = 0
        unsafe gdImageSaveAlpha(image, 1)
        return try unsafe Self.taking(unsafe gdImageWebpPtrEx(image, &size, Int32(quality)), size)
    }

    /// The picture as an AVIF, as fast as the encoder goes; quality is 1 to 100.
    public func avif(quality: Int = 60) throws(RasterError) -> [UInt8] {
        var size: Int32 = 0
        return try unsafe Self.taking(unsafe gdImageAvifPtrEx(image, &size, Int32(quality), 10), size)
    }

    /// The picture as a HEIC; quality is 1 to 100.
    ///
    /// - Throws: `.encodingFailed` where this libgd has no HEVC encoder.
    public func heic(quality: Int = 60) throws(RasterError) -> [UInt8] {
        var size: Int32 = 0
        return try unsafe Self.taking(
            unsafe gdImageHeifPtrEx(image, &size, Int32(quality), GD_HEIF_CODEC_HEVC, "420"), size)
    }

    /// The picture as a still GIF of at most 256 colours.
    public func gif() throws(RasterError) -> [UInt8] {
        var size: Int32 = 0
        return try unsafe Self.taking(unsafe gdImageGifPtr(image, &size), size)
    }

    static func taking(_ pointer: UnsafeMutableRawPointer?, _ size: Int32) throws(RasterError) -> [UInt8] {
        guard let pointer = unsafe pointer else { throw .encodingFailed }
        defer { unsafe gdFree(pointer) }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: pointer, count: Int(size)))
    }

    /// EXIF 2.3, tag 0x0112: 2, 4, 5 and 7 are mirrored; 3 is upside down; 6 and 8 lie on a side.
    private static func upright(_ source: gdImagePtr, orientation: Int) -> gdImagePtr {
        var image = unsafe source
        let degrees: Float =
            switch orientation {
            case 3, 4: 180
            case 5, 6: 270
            case 7, 8: 90
            default: 0
            }
        if degrees != 0, let turned = unsafe gdImageRotateInterpolated(image, degrees, 0) {
            unsafe gdImageDestroy(image)
            unsafe image = turned
        }
        if [2, 4, 5, 7].contains(orientation) { unsafe gdImageFlipHorizontal(image) }
        return unsafe image
    }
}
