import BotKit
import Images
import JSON
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What the tests of sending need besides the scene itself.
extension GalleryScene {
    /// The history of all chats, in order.
    struct Noted: Equatable, Sendable {
        var image: String
        var source: String
        var message: Int?
        var number: Int64?
    }

    /// The history once all that Alice and Boris asked for is done: their next answers come after that.
    func settledHistory() async throws -> [Noted] {
        for person in [alice, boris] {
            try await person.say("/help", to: Self.botID)
            while true {
                let text = try await person.next(from: Self.botID).text
                if text.contains("Commands") || text.contains("Команды") { break }
            }
        }
        return try await history()
    }

    func history() async throws -> [Noted] {
        try await database.read { connection in
            try connection.query("SELECT image_id, source, message_id, photo_number FROM sent_photos ORDER BY id").map {
                Noted(
                    image: try $0.get("image_id"), source: try $0.get("source"), message: try $0.get("message_id"),
                    number: try $0.get("photo_number"))
            }
        }
    }

    /// Changes what Alice's chat has decided.
    func change(_ change: @escaping @Sendable (inout ChatSettings) -> Void) async throws {
        try await database.write { connection in
            _ = try ChatSettingsStore().update(501, now: Timestamp(seconds: 1), in: connection, change)
        }
    }

    /// Plans something that goes wrong at Telegram.
    func plan(_ kind: String, _ method: String, _ more: JSONObject = [:]) async throws {
        var fault: JSONObject = ["method": .string(method), "kind": .string(kind)]
        for member in more { fault[member.key] = member.value }
        try await alice.act("faults", fault)
    }

    /// The calls that Telegram saw, by method.
    func calls(_ method: String) async throws -> [JSONValue] {
        let entries = try await alice.get("log?limit=1000")["entries"]?.arrayValue ?? []
        return entries.filter { $0["kind"]?.stringValue == "call" && $0["method"]?.stringValue == method }
    }

    /// So many messages, as they come.
    func next(_ count: Int, for person: SimulatedPerson) async throws -> [SimulatedMessage] {
        var messages: [SimulatedMessage] = []
        for _ in 0..<count { messages.append(try await person.next(from: Self.botID)) }
        return messages
    }
}

extension StashLibrary {
    /// A library of files with these bytes; what they are, the bytes tell.
    static func of(_ files: [(name: String, bytes: [UInt8])]) -> StashLibrary {
        var library = StashLibrary()
        for (index, file) in files.enumerated() {
            let facts = ImageFacts(reading: file.bytes)
            library.images.append(
                StashImage(
                    id: index + 1, path: "/pictures/\(file.name)", format: facts?.format, width: facts?.width ?? 800,
                    height: facts?.height ?? 600, size: file.bytes.count, modified: Timestamp(seconds: 1),
                    source: .bytes(file.bytes)))
        }
        return library
    }

    /// The demo's pictures that stay after a choice by name.
    static func samples(_ names: String...) throws -> StashLibrary {
        var library = try StashLibrary.samplesWithClips(modified: Timestamp(seconds: 1))
        library.images.removeAll { !names.contains($0.baseName) }
        return library
    }
}

extension SimulatedMessage {
    var isProtected: Bool { view["protected"]?.boolValue ?? false }
    var isSilent: Bool { view["silent"]?.boolValue ?? false }
    var hasSpoiler: Bool { view["spoiler"]?.boolValue ?? false }
    var fileName: String? { view["media"]?["name"]?.stringValue }
    /// The number of the message that it answers.
    var answers: Int64? { view["reply"]?["id"]?.integerValue }
}
