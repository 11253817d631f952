internal import PhotoLibraries
internal import Support
internal import TelegramAPI

/// The memories of the chats that were active last, all for one index, within a bound of bytes.
struct ChatMemories: Sendable {
    /// A chat's memory with what was worked out of its taste.
    struct Entry: Sendable {
        var memory: ChatMemory
        var taste: (source: Taste, indexed: IndexedTaste)?
        fileprivate var usedAt: UInt64 = 0

        fileprivate var cost: Int { memory.cost + (taste?.indexed.cost ?? 0) }
    }

    /// The index that all positions are of.
    private(set) var index = PhotoIndex.empty
    private(set) var facts = IndexFacts(.empty)
    private var entries: [ChatID: Entry] = [:]
    private var uses: UInt64 = 0
    /// Bytes.
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// How many chats are remembered.
    var count: Int { entries.count }

    /// Bytes that the memories take, about.
    var cost: Int { entries.values.reduce(0) { $0 + $1.cost } }

    subscript(chat: ChatID) -> Entry? { entries[chat] }

    /// Goes over to another index; what chats have seen goes with it.
    mutating func adopt(_ index: PhotoIndex) {
        guard index !== self.index else { return }
        let positions = index.listing == self.index.listing ? nil : index.positions(of: self.index)
        for chat in entries.keys {
            guard let memory = entries[chat]?.memory else { continue }
            entries[chat]?.memory = memory.moved(from: self.index, to: index, positions: positions)
            entries[chat]?.taste = nil
        }
        self.index = index
        facts = IndexFacts(index)
    }

    /// Takes in what was read of a chat's history.
    ///
    /// - Parameter cursor: The memory's cursor when it was read.
    /// - Returns: False when the memory that the rows are to be added to is gone.
    mutating func apply(_ news: SentPhotos.News, to chat: ChatID, readAfter cursor: ChatMemory.Cursor?) -> Bool {
        switch news {
        case .anew(let memory):
            // Two choices at once read the same; the one that saw more counts.
            let held = entries[chat]?.memory.cursor
            // A chat without a history is read as a whole each time; what was worked out for it meanwhile stays.
            if entries[chat] != nil, held == nil, memory.cursor == nil { break }
            guard entries[chat] == nil || held == cursor || (held?.id ?? 0) < (memory.cursor?.id ?? 0) else { break }
            entries[chat, default: Entry(memory: memory)].memory = memory
            touch(chat)
            trim(keeping: chat)
        case .showings(let showings):
            guard entries[chat] != nil else { return false }
            update(chat) { memory, index in
                for showing in showings where showing.cursor.id > memory.cursor?.id ?? 0 {
                    memory.note(showing, in: index)
                }
            }
        }
        return true
    }

    /// Changes a memory in place; nothing happens when it is not there.
    mutating func update(_ chat: ChatID, _ change: (inout ChatMemory, PhotoIndex) -> Void) {
        guard entries[chat] != nil else { return }
        let index = index
        change(&entries[chat, default: Entry(memory: ChatMemory(for: index))].memory, index)
        touch(chat)
    }

    private mutating func touch(_ chat: ChatID) {
        uses += 1
        entries[chat]?.usedAt = uses
    }

    /// A chat's taste for the present index.
    mutating func indexed(_ taste: Taste, of chat: ChatID) -> IndexedTaste {
        if let known = entries[chat]?.taste, known.source == taste { return known.indexed }
        let indexed = IndexedTaste(taste, in: index, facts: facts)
        entries[chat]?.taste = (taste, indexed)
        return indexed
    }

    mutating func remove(_ chat: ChatID) { entries[chat] = nil }

    /// Forgets the chats that asked longest ago; they are read again when they come back.
    private mutating func trim(keeping chat: ChatID) {
        var total = cost
        while total > limit, entries.count > 1 {
            guard let oldest = entries.filter({ $0.key != chat }).min(by: { $0.value.usedAt < $1.value.usedAt }) else {
                return
            }
            total -= oldest.value.cost
            entries[oldest.key] = nil
        }
    }
}
