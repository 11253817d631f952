/// What a camera noted in a picture's EXIF header, as far as it is of interest to people.
///
/// Exif 2.32 (CIPA DC-008); nothing is guessed, and a header that is damaged gives what could be read before the fault.
public struct ExifFacts: Sendable, Hashable {
    /// Maker and model, the maker not twice.
    public var camera: String?
    /// As the camera or the lens calls it.
    public var lens: String?
    /// Seconds.
    public var exposure: Double?
    /// The aperture, such as 2.8.
    public var fNumber: Double?
    /// ISO.
    public var sensitivity: Int?
    /// Millimetres.
    public var focalLength: Double?
    /// `YYYY-MM-DD HH:MM:SS` on the camera's clock.
    public var takenAt: String?
    /// Degrees; north and east are positive.
    public var position: Position?

    /// A place on earth.
    public struct Position: Sendable, Hashable {
        /// Degrees north.
        public var latitude: Double
        /// Degrees east.
        public var longitude: Double

        /// A place by its coordinates.
        public init(latitude: Double, longitude: Double) {
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    /// Facts that are known from elsewhere.
    public init(
        camera: String? = nil, lens: String? = nil, exposure: Double? = nil, fNumber: Double? = nil,
        sensitivity: Int? = nil, focalLength: Double? = nil, takenAt: String? = nil, position: Position? = nil
    ) {
        self.camera = camera
        self.lens = lens
        self.exposure = exposure
        self.fNumber = fNumber
        self.sensitivity = sensitivity
        self.focalLength = focalLength
        self.takenAt = takenAt
        self.position = position
    }

    /// Reads the header of a JPEG; nil where it has none, or one that says nothing.
    public init?(reading jpeg: [UInt8]) {
        guard let start = Self.header(in: jpeg) else { return nil }
        self.init()
        guard let tiff = TIFFReader(jpeg, at: start) else { return nil }
        let main = tiff.entries(at: tiff.firstDirectory)
        camera = Self.camera(maker: tiff.text(main[0x010F]), model: tiff.text(main[0x0110]))
        takenAt = tiff.text(main[0x0132]).flatMap(Self.moment)
        if let pointer = main[0x8769]?.number {
            let details = tiff.entries(at: pointer)
            exposure = tiff.ratio(details[0x829A])
            fNumber = tiff.ratio(details[0x829D])
            sensitivity = details[0x8827]?.number
            focalLength = tiff.ratio(details[0x920A])
            lens = tiff.text(details[0xA434])
            takenAt = tiff.text(details[0x9003]).flatMap(Self.moment) ?? takenAt
        }
        if let pointer = main[0x8825]?.number {
            let place = tiff.entries(at: pointer)
            position = Self.position(
                latitude: tiff.degrees(place[2]), south: tiff.text(place[1]) == "S",
                longitude: tiff.degrees(place[4]), west: tiff.text(place[3]) == "W")
        }
        if self == ExifFacts() { return nil }
    }

    /// Where the TIFF structure begins in a JPEG's first segments.
    private static func header(in bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var offset = 2
        while offset + 10 < bytes.count, bytes[offset] == 0xFF {
            let kind = bytes[offset + 1]
            if kind == 0xFF {
                offset += 1
                continue
            }
            if kind == 0xDA || kind == 0xD9 { return nil }
            let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
            guard length >= 2 else { return nil }
            if kind == 0xE1, bytes[(offset + 4)..<(offset + 10)].elementsEqual(Array("Exif\0\0".utf8)) {
                return offset + 10
            }
            offset += 2 + length
        }
        return nil
    }

    /// Maker and model in one, the maker not twice; nil where neither is known.
    public static func camera(maker: String?, model: String?) -> String? {
        guard let model else { return maker }
        guard let maker, let first = maker.split(separator: " ").first else { return model }
        return model.lowercased().hasPrefix(first.lowercased()) ? model : "\(maker) \(model)"
    }

    /// `2024:11:21 07:30:00` as people write it; cameras without a clock write zeros or spaces.
    private static func moment(_ text: String) -> String? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, parts[0].utf8.count == 10, !parts[0].hasPrefix("0000") else { return nil }
        return parts[0].split(separator: ":").joined(separator: "-") + " " + parts[1]
    }

    private static func position(latitude: Double?, south: Bool, longitude: Double?, west: Bool) -> Position? {
        guard let latitude, let longitude, latitude <= 90, longitude <= 180, latitude != 0 || longitude != 0 else {
            return nil
        }
        return Position(latitude: south ? -latitude : latitude, longitude: west ? -longitude : longitude)
    }
}
