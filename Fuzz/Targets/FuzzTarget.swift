/// A parser that meets bytes from outside, with what must hold whatever these are.
struct FuzzTarget: Sendable {
    /// The name, which is that of its folder in `Corpus` too.
    let name: String
    /// Reads the bytes; a fault ends the process, as a trap in the parser does.
    let run: @Sendable ([UInt8]) -> Void

    init(_ name: String, _ run: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.run = run
    }

    static let all = foundations + images + markup + telegram + simulator + services + gallery
}

/// Ends the process where something that must hold does not.
func must(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}

/// The bytes as text, as parsers of texts get it: repaired where it is no UTF-8.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Pieces of the bytes whose lengths follow from the bytes, for parsers that are fed piece by piece.
func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
        let length = 1 + Int(bytes[start] % 13)
        let end = min(start + length, bytes.count)
        pieces.append(Array(bytes[start..<end]))
        start = end
    }
    return pieces
}
