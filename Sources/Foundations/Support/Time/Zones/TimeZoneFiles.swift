import Glibc
import Synchronization

/// The folder of time zone files, and the zones that have been read from it.
struct TimeZoneFiles: Sendable {
    static let system = TimeZoneFiles(directory: systemDirectory())

    /// The names of UTC, which work on a machine without time zone files.
    private static let universalNames: Set<String> = [
        "UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal",
    ]
    /// The largest real file has under 4 kB.
    private static let maximumFileBytes = 256 * 1024

    private let directory: String
    private let cache = Cache()

    init(directory: String) { self.directory = directory }

    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
        if name == "UTC" { return .utc }
        guard Self.isPlausible(name) else { throw .invalidName(name) }
        if let zone = cache.zones.withLock({ $0[name] }) { return zone }
        let zone = TimeZoneRules(name: name, table: try table(named: name))
        cache.zones.withLock { $0[name] = zone }
        return zone
    }

    /// Whether a name consists of parts like `America`, `New_York`, `Etc`, `GMT+5`; so it cannot leave the folder.
    static func isPlausible(_ name: String) -> Bool {
        guard name.utf8.count <= 64 else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, isLetter(first) else { return false }
            return part.utf8.allSatisfy { byte in
                isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private func table(named name: String) throws(TimeZoneError) -> TimeZoneTable {
        guard let bytes = Self.contents(of: "\(directory)/\(name)") else {
            guard Self.universalNames.contains(name) else { throw .unknown(name) }
            return .fixed(offset: 0, abbreviation: "UTC")
        }
        // The folder also holds lists and a README; asking for those is asking for a zone that does not exist.
        guard bytes.starts(with: "TZif".utf8) else { throw .unknown(name) }
        do {
            return try TZif.parse(bytes)
        } catch {
            throw .unreadable(name, reason: error.reason)
        }
    }

    private static func contents(of path: String) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: maximumFileBytes)
        var length = 0
        while length < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(file, buffer.baseAddress.map { unsafe $0 + length }, buffer.count - length)
            }
            guard count >= 0 else { return nil }  // a directory, for one
            guard count > 0 else { break }
            length += count
        }
        return Array(bytes.prefix(length))
    }

    private static func systemDirectory() -> String {
        if let value = unsafe getenv("TZDIR") {
            let directory = unsafe String(cString: value)
            if directory.hasPrefix("/") { return directory }
        }
        return "/usr/share/zoneinfo"
    }

    private final class Cache: Sendable {
        let zones = Mutex<[String: TimeZoneRules]>([:])
    }
}
