/// Tells addresses that no webhook of the cloud may have: private networks, this machine, and what is set aside.
enum ReservedAddress {
    /// First address and length of the fixed part.
    private static let blocks: [(UInt32, Int)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
        (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
        (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 3),
    ]

    /// Whether a text is such an address; a name is none.
    static func contains(_ text: String) -> Bool {
        if text.contains(":") {
            let text = text.lowercased()
            let blocks = ["fc", "fd", "fe8", "fe9", "fea", "feb"]
            return text == "::" || text == "::1" || blocks.contains { text.hasPrefix($0) }
        }
        guard let number = number(text) else { return false }
        return blocks.contains { start, length in (number ^ start) >> (32 - UInt32(length)) == 0 }
    }

    static func isLoopback(_ text: String) -> Bool { text == "::1" || number(text).map { $0 >> 24 == 127 } ?? false }

    private static func number(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var result: UInt32 = 0
        for part in parts {
            guard let byte = UInt8(part) else { return nil }
            result = result << 8 | UInt32(byte)
        }
        return result
    }
}
