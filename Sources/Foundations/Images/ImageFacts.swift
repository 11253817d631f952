/// What a picture's header says: enough to decide how to send it before a single pixel is decoded.
public struct ImageFacts: Sendable, Equatable {
    /// The format told by the signature.
    public var format: ImageFormat
    /// Width in pixels as shown, that is after the EXIF orientation is applied.
    public var width: Int
    /// Height in pixels as shown.
    public var height: Int
    /// True for a GIF, WebP or PNG that has more than one frame.
    public var isAnimated: Bool
    /// The EXIF orientation, 1 to 8; 1 means as stored.
    public var orientation: Int

    /// States facts that are known from elsewhere.
    public init(format: ImageFormat, width: Int, height: Int, isAnimated: Bool = false, orientation: Int = 1) {
        self.format = format
        self.width = width
        self.height = height
        self.isAnimated = isAnimated
        self.orientation = orientation
    }

    /// Reads the header; nil when the format is unknown or the header is cut short.
    public init?(reading bytes: [UInt8]) {
        guard let format = ImageFormat(detecting: bytes) else { return nil }
        let header = HeaderReader(bytes: bytes)
        let found: ImageFacts? =
            switch format {
            case .jpeg: header.jpeg()
            case .png: header.png()
            case .gif: header.gif()
            case .webp: header.webp()
            case .bmp: header.bmp()
            case .avif, .heic: header.heif(format)
            case .tiff: header.tiff()
            }
        guard let found, found.width > 0, found.height > 0 else { return nil }
        self = found
    }

    /// Width times height.
    public var pixels: Int {
        // A header may claim anything.
        let (count, isTooLarge) = width.multipliedReportingOverflow(by: height)
        return isTooLarge ? .max : count
    }
}
