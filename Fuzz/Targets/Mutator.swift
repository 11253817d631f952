import Support

/// Changes bytes as a fuzzer does, but without looking at what the parser does with them; all follows from a seed.
struct Mutator {
    /// Bytes that parsers stumble over.
    private static let words: [[UInt8]] =
        [
            "\r\n", "\n\n", "\"", "\\", "{", "}", "[", "]", "<", ">", "&", "&#", "%", "**", "__", "```", "||", "~~",
            ">", "--b",
            "--b--", ":", ";", "=", ",", "/", "-", "*/", "0", "-1", "9223372036854775807", "1e999", "\u{0}", "\u{FEFF}",
            "\u{301}", "👨‍👩‍👧", "\u{10FFFF}",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0xC0, 0x80],
        ]

    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// One of the corpus, changed in one to eight places.
    mutating func next(of corpus: [[UInt8]], limit: Int = 4096) -> [UInt8] {
        var bytes = corpus.randomElement(using: &random) ?? []
        for _ in 0..<(1 << Int.random(in: 0...3, using: &random)) { change(&bytes, corpus) }
        return Array(bytes.prefix(limit))
    }

    private mutating func change(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...16, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes.insert(contentsOf: Self.words.randomElement(using: &random) ?? [], at: place)
        case 2: bytes.insert(.random(in: .min ... .max, using: &random), at: place)
        case 3: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        case 4: bytes.removeSubrange(place...)
        case 5:
            let other = corpus.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(place..., with: other[start...])
        case 6 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 7 where place < bytes.count: bytes[place] = .random(in: .min ... .max, using: &random)
        default: break
        }
    }
}
