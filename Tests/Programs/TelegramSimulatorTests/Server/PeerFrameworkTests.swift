import Foundation
import Glibc
import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

/// Bots written with other frameworks, which `scripts/peers.sh` installs.
enum Peers {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let package = root.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static var python: String { package.appending(path: ".build/peers/bin/python").path() }
    static var areInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    static func start(_ script: String, _ stage: Stage) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [root.appending(path: "Peers/\(script)").path(), stage.url, Stage.token]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}

/// The events of one person, in order.
struct Witness {
    var events: ResponseEvents.AsyncIterator

    init(_ stage: Stage) async throws {
        var request = ClientRequest("\(stage.url)/sim/events?user=501&after=0")
        request.timeouts = .streaming
        events = try await stage.http.stream(request).body.serverSentEvents.makeAsyncIterator()
    }

    /// The next event of a kind that a condition accepts.
    mutating func next(_ kind: String, _ accepts: (JSONNode) -> Bool = { _ in true }) async throws -> JSONNode {
        while let event = try await events.next() {
            guard event.event == kind, let data = JSONNode(event.data), accepts(data) else { continue }
            return data
        }
        throw Stage.Refused(status: 0, reason: "the events ended before \(kind)")
    }

    mutating func message(_ accepts: (JSONNode) -> Bool) async throws -> JSONNode {
        try await next("message") { accepts($0["message"] ?? .null) }["message"] ?? .null
    }
}

@Suite(.timeLimit(.minutes(5)), .enabled(if: Peers.areInstalled, "scripts/peers.sh installs the frameworks"))
struct PeerFrameworkTests {
    @Test(arguments: ["aiogram_bot.py", "ptb_bot.py", "telebot_bot.py"])
    func `a bot of another framework talks, presses, edits, downloads and sends albums`(script: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            _ = try await stage.view("state?user=501")
            var witness = try await Witness(stage)
            let process = try Peers.start(script, stage)
            defer {
                // The child inherits a thread's blocked signals, so that a mere request to end would wait for ever.
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            // The bot sets its commands when it is ready, and polls after that.
            _ = try await witness.next("call") { $0["method"]?.string == "setMyCommands" }
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            let hello = try await witness.message { $0["text"]?.string == "Hello, Alice" }
            #expect(hello["entities"]?.array?.first?["type"]?.string == "bold")
            let id = hello["id"]?.integer ?? 0
            try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":0}"#)
            #expect(try await witness.next("callback_answer")["text"]?.string == "noted")
            let edit = try await witness.next("edit")
            #expect(edit["message"]?["text"]?.string == "edited after the press")

            _ = try await stage.say("/menu")
            let menu = try await witness.message { $0["text"]?.string == "choose" }
            #expect(menu["reply"]?["text"]?.string == "/menu")
            _ = try await witness.next("keyboard")
            try await stage.act("press", #"{"user":501,"chat":7001,"row":0,"column":1}"#)
            _ = try await witness.message { $0["text"]?.string == "echo: Two" }

            let picture = try MediaTests.picture(400, 300)
            _ = try await stage.http.send(
                ClientRequest(
                    .post, "\(stage.url)/sim/messages",
                    body: .multipart([
                        .field("user", "501"), .field("chat", "7001"),
                        MultipartPart(name: "file", fileName: "p.jpg", content: .bytes(picture)),
                    ])))
            let first = try await witness.message { $0["text"]?.string == "album 400" }
            let second = try await witness.message { $0["album"] != nil }
            #expect(first["album"] == second["album"])
            #expect(second["media"]?["w"]?.integer == 400)
        }
    }
}
