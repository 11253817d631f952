import BotKit
import Glibc

/// A conversation of several steps: free text, a number that is asked for until it is one, effects, buttons.
struct Shirts: Sendable {
    /// Where each effect outside the database is noted, a line each.
    let effects: String
    let run: String
    /// The second version also asks for the city, before everything else.
    let version: Int

    func declare(in bot: inout Routes) {
        bot.conversation("shirt", on: .elsewhere, version: version) { talk in
            guard let chat = talk.ctx.chatID?.rawValue else { return }
            let word = talk.arguments
            let city = version > 1 ? try await talk.ask("city \(word) #\(run)") + " " : ""
            let name = try await talk.ask("name \(word) #\(run)")
            let age = try await talk.ask("age \(word) #\(run)", else: "number \(word) #\(run)") { Int($0) }
            try await talk.once("cut") { try cut(word) }
            try await talk.commit("reserve") { try Notes.add(chat, "reserve", word, in: $0) }
            let size = try await talk.choose("size \(word) #\(run)", ["S", "M", "L"])
            try await talk.say("packed \(word) #\(run)")
            let isGift = try await talk.confirm("gift \(word) #\(run)")
            let summary = "\(word) \(city)\(name) \(age) \(size) \(isGift)"
            try await talk.commit("shirt") { try Notes.add(chat, "shirt", summary, in: $0) }
            try await talk.say("shirt \(summary) #\(run)")
        }
    }

    /// Does something that only a look at the world can tell.
    private func cut(_ word: String) throws {
        let line = Array("\(word) #\(run)\n".utf8)
        let file = unsafe open(effects, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CannotWrite() }
        defer { close(file) }
        guard unsafe write(file, line, line.count) == line.count else { throw CannotWrite() }
    }

    struct CannotWrite: Error {}
}
