import TelegramAPI

/// A chat as the budgets see it.
struct FloodDestination: Hashable, Sendable {
    let chat: Int64
    /// Groups, supergroups and channels have negative ids.
    var isGroup: Bool { chat < 0 }

    init(chat: Int64) { self.chat = chat }

    /// A chat by its id; a public one by a number made of its name.
    init(_ target: ChatTarget) {
        switch target {
        case .id(let id): chat = id.rawValue
        case .username(let name): chat = -Int64(Self.hash(name) >> 1) - 1
        }
    }

    /// A message that was sent by way of an inline query: which chat it is in is not known.
    init(inlineMessage id: String) { chat = Int64(Self.hash(id) >> 2 | 1 << 62) }

    /// FNV-1a, 64 bits.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(into: 0xcbf2_9ce4_8422_2325) { $0 = ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
