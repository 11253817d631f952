import JSON
import Synchronization
import TelegramSimulator

/// Prints the conversation as a person reads it, and counts what was expected of it.
final class Transcript: Sendable {
    private struct Counts {
        var met = 0
        var missed = 0
    }

    private static let width = 92
    private let counts = Mutex(Counts())
    private let write: @Sendable (String) -> Void

    init(write: @escaping @Sendable (String) -> Void) { self.write = write }

    /// How many expectations were met and missed so far.
    var score: (met: Int, missed: Int) { counts.withLock { ($0.met, $0.missed) } }

    /// Begins a scene.
    func scene(_ number: Int, _ title: String) {
        write("\n── \(number). \(title) " + String(repeating: "─", count: max(3, Self.width - title.count - 7)))
    }

    /// Says what happens outside the conversation.
    func note(_ text: String) { write("         ✳ \(text)") }

    /// Shows what somebody writes.
    func line(_ clock: String, _ name: String, _ text: String) {
        let padded = name + String(repeating: " ", count: max(1, 9 - name.count))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { Self.wrapped($0) }
        let indent = String(repeating: " ", count: 16)
        for (index, line) in lines.enumerated() {
            write((index == 0 ? "\(clock)  \(padded)" : indent) + line)
        }
    }

    /// Shows a message of the bot with its photo and buttons.
    func message(_ clock: String, _ name: String, _ message: SimulatedMessage) {
        var parts: [String] = []
        if let media = message.view["media"] {
            let kind = media["kind"]?.stringValue ?? "file"
            let size = (media["size"]?.integerValue ?? 0) / 1024
            let extent = [media["w"], media["h"]].compactMap { $0?.integerValue.map(String.init) }
            parts.append("🖼  \(kind) \(extent.joined(separator: "×")), \(size) KB")
        }
        if !message.text.isEmpty { parts.append(message.text) }
        for row in message.buttons { parts.append(row.map { "[ \($0) ]" }.joined(separator: " ")) }
        line(clock, name, parts.joined(separator: "\n"))
    }

    /// Notes whether something was as it should be; only what was not is shown.
    @discardableResult
    func expect(_ isMet: Bool, _ what: String) -> Bool {
        counts.withLock { counts in
            if isMet { counts.met += 1 } else { counts.missed += 1 }
        }
        if !isMet { write("         ✗ expected: \(what)") }
        return isMet
    }

    /// Breaks a long line between words.
    private static func wrapped(_ line: Substring) -> [String] {
        let limit = width - 16
        guard line.count > limit else { return [String(line)] }
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ") {
            if !current.isEmpty && current.count + word.count + 1 > limit {
                lines.append(current)
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        return lines + [current]
    }
}
