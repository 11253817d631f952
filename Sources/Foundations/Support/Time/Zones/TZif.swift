/// A reader of compiled time zone files (RFC 8536, versions 1 to 4).
enum TZif {
    /// What is wrong with a file, in a few words.
    struct Fault: Error, Equatable {
        var reason: String
    }

    static func parse(_ bytes: [UInt8]) throws(Fault) -> TimeZoneTable {
        var reader = Reader(bytes: bytes)
        let first = try reader.header()
        guard first.version >= UInt8(ascii: "2") else { return try reader.table(first, timeSize: 4) }
        // A version 2 file starts with the same data in 32 bits, for old readers.
        try reader.skip(first.size(timeSize: 4))
        let second = try reader.header()
        var table = try reader.table(second, timeSize: 8)
        let footer = try reader.footer()
        if !footer.isEmpty {
            guard let rule = POSIXTimeZone(footer) else { throw Fault(reason: "footer “\(footer)”") }
            table.rule = rule
        }
        return table
    }

    private struct Header {
        var version: UInt8
        var utcIndicators, standardIndicators, leapSeconds, changes, types, characters: Int

        func size(timeSize: Int) -> Int {
            changes * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4) + standardIndicators
                + utcIndicators
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func skip(_ count: Int) throws(Fault) {
            guard count <= bytes.count - position else { throw Fault(reason: "cut short") }
            position += count
        }

        mutating func integer(_ size: Int) throws(Fault) -> Int64 {
            let start = position
            try skip(size)
            var value: UInt64 = 0
            for byte in bytes[start..<position] { value = value << 8 | UInt64(byte) }
            return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
        }

        mutating func byte() throws(Fault) -> UInt8 {
            try skip(1)
            return bytes[position - 1]
        }

        mutating func count() throws(Fault) -> Int {
            let value = try integer(4)
            guard (0...1_000_000).contains(value) else { throw Fault(reason: "impossible count") }
            return Int(value)
        }

        mutating func header() throws(Fault) -> Header {
            let start = position
            try skip(4)
            guard bytes[start..<position].elementsEqual("TZif".utf8) else { throw Fault(reason: "no TZif file") }
            let version = try byte()
            try skip(15)
            return Header(
                version: version, utcIndicators: try count(), standardIndicators: try count(),
                leapSeconds: try count(), changes: try count(), types: try count(), characters: try count())
        }

        mutating func table(_ header: Header, timeSize: Int) throws(Fault) -> TimeZoneTable {
            guard header.types > 0 else { throw Fault(reason: "no local time types") }
            // Zones of the `right/` folder count leap seconds, which Unix time does not.
            guard header.leapSeconds == 0 else { throw Fault(reason: "counts leap seconds") }
            var changes: [Int64] = []
            for _ in 0..<header.changes { changes.append(try integer(timeSize)) }
            guard zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }) else {
                throw Fault(reason: "changes out of order")
            }
            var typeAfterChange: [UInt8] = []
            for _ in 0..<header.changes { typeAfterChange.append(try byte()) }
            guard typeAfterChange.allSatisfy({ $0 < header.types }) else { throw Fault(reason: "no such type") }
            var parts: [(offset: Int, isDaylightSaving: Bool, name: Int)] = []
            for _ in 0..<header.types {
                parts.append((Int(try integer(4)), try byte() != 0, Int(try byte())))
            }
            let names = position
            try skip(header.characters)
            let characters = bytes[names..<position]
            try skip(header.standardIndicators + header.utcIndicators)
            var types: [TimeZoneTable.LocalType] = []
            for part in parts {
                guard part.name < header.characters, abs(part.offset) < 100_000 else {
                    throw Fault(reason: "impossible local time type")
                }
                let name = characters.dropFirst(part.name).prefix { $0 != 0 }
                types.append(
                    .init(
                        offset: part.offset, isDaylightSaving: part.isDaylightSaving,
                        abbreviation: String(decoding: name, as: UTF8.self)))
            }
            return TimeZoneTable(changes: changes, typeAfterChange: typeAfterChange, types: types, rule: nil)
        }

        mutating func footer() throws(Fault) -> String {
            guard try byte() == UInt8(ascii: "\n"), let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
            else { throw Fault(reason: "no footer") }
            return String(decoding: bytes[position..<end], as: UTF8.self)
        }
    }
}
