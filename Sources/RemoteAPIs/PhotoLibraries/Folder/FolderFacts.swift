internal import Images
internal import Support
internal import Synchronization

/// What was found in the headers of pictures that were looked at, so that an index tells it without reading them again.
///
/// Reading every header of a large folder takes minutes; those of pictures that were shown come by themselves.
final class FolderFacts: Sendable {
    struct Facts: Sendable {
        var orientation: PhotoOrientation?
        var isMoving: Bool
    }

    /// By path, size and age of the file: a changed one is unknown.
    private let facts = Mutex<[UInt64: Facts]>([:])

    func known(of path: String, _ file: PictureFile) -> Facts? {
        facts.withLock { $0.isEmpty ? nil : $0[Self.key(path, file)] }
    }

    func note(_ found: ImageFacts, of path: String, _ file: PictureFile) {
        let key = Self.key(path, file)
        facts.withLock { facts in
            facts[key] = Facts(
                orientation: PhotoOrientation(width: found.width, height: found.height), isMoving: found.isAnimated)
        }
    }

    /// FNV-1a; two files in a million million that share one would share an orientation.
    private static func key(_ path: String, _ file: PictureFile) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for number in [file.size, file.modified] {
            hash = (hash ^ UInt64(truncatingIfNeeded: number)) &* 0x100_0000_01B3
        }
        return hash
    }
}

extension Timestamp {
    /// The day in UTC.
    var utcDay: CivilDate {
        CivilDate(daysSince1970: Int((microseconds >= 0 ? seconds : seconds - 86_399) / 86_400))
    }
}
