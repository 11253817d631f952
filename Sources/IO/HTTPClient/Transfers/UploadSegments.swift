import HTTP

/// A request's body made of bytes and files in a row, read while it is sent; its length is known.
struct UploadSegments {
    enum Segment {
        case bytes([UInt8])
        case file(UploadFile)

        var length: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.length
            }
        }
    }

    private let segments: [Segment]
    private var index = 0
    private var offset = 0
    /// The bytes in all.
    let length: Int

    init(_ segments: [Segment]) {
        self.segments = segments
        length = segments.reduce(0) { $0 + $1.length }
    }

    /// A form, its files opened.
    init(_ parts: [MultipartPart], _ boundary: MultipartBoundary) throws(HTTPClientError) {
        var segments: [Segment] = []
        for part in parts {
            segments.append(.bytes(boundary.head(of: part)))
            switch part.content {
            case .bytes(let bytes): segments.append(.bytes(bytes))
            case .file(let path): segments.append(.file(try UploadFile(path: path)))
            }
            segments.append(.bytes(MultipartBoundary.partEnd))
        }
        segments.append(.bytes(boundary.end))
        self.init(segments)
    }

    /// Fills the buffer with what comes next; 0 at the end, nothing if a file cannot be read or has become shorter.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        var filled = 0
        while filled < buffer.count, index < segments.count {
            let segment = segments[index]
            let wanted = min(segment.length - offset, buffer.count - filled)
            guard wanted > 0 else {
                index += 1
                offset = 0
                continue
            }
            let space = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + wanted])
            switch segment {
            case .bytes(let bytes):
                unsafe bytes.withUnsafeBytes { bytes in
                    unsafe space.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + wanted]))
                }
                offset += wanted
                filled += wanted
            case .file(let file):
                guard let count = unsafe file.read(at: offset, into: space), count > 0 else { return nil }
                offset += count
                filled += count
            }
        }
        return filled
    }

    /// Goes to a place in the body, counted from its start.
    mutating func seek(to position: Int) -> Bool {
        var rest = position
        for (index, segment) in segments.enumerated() {
            if rest < segment.length || (rest == segment.length && index == segments.count - 1) {
                self.index = index
                offset = rest
                return true
            }
            rest -= segment.length
        }
        return segments.isEmpty && position == 0
    }
}
