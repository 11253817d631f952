/// One step in the history of a component's tables.
///
/// The list of a component only ever grows at its end. Each step runs once, in a transaction of its
/// own, and is remembered with its name and a checksum of its text; a start with a list that does
/// not continue what is remembered is refused.
public struct Migration: Sendable {
    /// A name that is unique in its list, such as `create users`.
    public let name: String
    /// The text whose change would mean that history was rewritten.
    let source: String
    let apply: @Sendable (any SQLConnection) throws -> Void

    /// A step of statements without arguments, separated by semicolons.
    public init(_ name: String, _ script: String) {
        self.name = name
        source = script
        apply = { try $0.run(script: script) }
    }

    /// A step in code, for changes of data that SQL alone cannot make.
    public init(_ name: String, body: @escaping @Sendable (any SQLConnection) throws -> Void) {
        self.name = name
        source = ""
        apply = body
    }

    /// A fingerprint of the step's statements that survives changes of spacing (FNV-1a, 64 bits).
    var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for word in source.split(whereSeparator: \.isWhitespace) {
            for byte in word.utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
            hash = (hash ^ 0x20) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
