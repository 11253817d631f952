import Foundation
import HTTPServer
import Testing

@testable import TelegramSimulator

/// The parts of other frameworks' own test suites that need nothing but a server, against the simulator.
///
/// `docs/simulator.md` says which parts are left out and why.
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: PeerSuite.areThere, "scripts/peers.sh brings the suites"))
struct PeerSuiteTests {
    @Test func `the suite of pyTelegramBotAPI passes`() async throws {
        // Two tests send pictures from a server on the Internet.
        try await PeerSuite.run(
            "pytelegrambotapi-4.37.1", folder: "tests",
            ["-k", "not test_send_media_group", "test_telebot.py", "test_apihelper_95.py"])
    }

    @Test func `what python-telegram-bot asks of a live bot passes`() async throws {
        try await PeerSuite.run(
            "python_telegram_bot-22.8", folder: ".",
            ["-m", "req", "-k", "not (\(PeerSuite.leftOut.joined(separator: " or ")))"] + PeerSuite.chosen)
    }
}

/// One run of a framework's suite.
enum PeerSuite {
    private static let token = "7002:BBBBBBBBBBBBBBBBBBBBBBBB"
    private static let person: Int64 = 675_666_224
    private static let root = Peers.package.appending(path: ".build/peers/suites")

    static var areThere: Bool { FileManager.default.fileExists(atPath: root.path()) && Peers.areInstalled }

    /// Files whose tests need neither sounds and films that the release leaves out nor methods of the third tier.
    static let chosen = [
        "tests/_files/test_contact.py", "tests/_files/test_location.py", "tests/_files/test_venue.py",
        "tests/_payment/test_invoice.py", "tests/_payment/stars", "tests/test_poll.py", "tests/test_dice.py",
        "tests/test_reply.py", "tests/test_menubutton.py", "tests/_inline", "tests/test_bot.py", "tests/test_forum.py",
        "tests/test_forcereply.py", "tests/test_replykeyboardmarkup.py", "tests/test_replykeyboardremove.py",
        "tests/test_constants.py",
    ]

    /// Words in the names of tests that cannot pass here: about the authors' own chats and files, about pages on the
    /// Internet, and about methods that are not simulated.
    static let leftOut = [
        "link_preview_options", "poll_media", "profile_audios", "profile_photo", "webhook_info", "test_get_chat",
        "send_game", "promote_chat_member", "do_api_request_basic", "gifts_basic", "personal_chat",
        "edit_message_caption", "copy_message", "callback_data", "max_caption_length", "icon_stickers",
    ]

    /// People, groups and a channel as these suites expect them.
    private static let world = """
        {"users": [{"id": \(person), "first_name": "Tester", "username": "tester"}, {"id": 95205500, "first_name": "Owner"}],
         "bots": [{"token": "\(token)", "first_name": "PTB tests", "username": "ptb_tests_bot"}],
         "chats": [
           {"type": "supergroup", "id": -1001310911135, "title": "Group", "owner": \(person),
            "members": [{"user": 7002, "role": "administrator"}, {"user": 95205500}]},
           {"type": "supergroup", "id": -1001838004577, "title": "Forum", "owner": \(person), "forum": true,
            "members": [{"user": 7002, "role": "administrator"}]},
           {"type": "channel", "id": -1001000000007, "title": "Channel", "username": "pythontelegrambottests",
            "owner": \(person), "members": [{"user": 7002, "role": "administrator"}]},
           {"type": "channel", "id": -1002229649303, "title": "Paid", "owner": \(person),
            "members": [{"user": 7002, "role": "administrator"}]}]}
        """

    /// What the suite of python-telegram-bot reads of its bots.
    private static let bot = """
        {"token": "\(token)", "payment_provider_token": "284685063:TEST:x", "chat_id": "\(person)",
         "super_group_id": "-1001310911135", "forum_group_id": "-1001838004577", "name": "PTB tests",
         "channel_id": "@pythontelegrambottests", "username": "@ptb_tests_bot",
         "subscription_channel_id": -1002229649303}
        """

    static func run(_ release: String, folder: String, _ tests: [String]) async throws {
        let simulator = TelegramSimulator(configuration: .init(world: world))
        let address = try await simulator.start()
        let output: (status: Int32, text: String)
        do {
            let begin = """
                import json, urllib.request as r
                r.urlopen(r.Request("\(address.url)/sim/start", data=json.dumps({"user": \(person), "bot": 7002}).encode(),
                  headers={"Content-Type": "application/json"}))
                """
            _ = try await python(["-c", begin], in: root, [:])
            let arguments =
                ["-m", "pytest", "-q", "-p", "simulator_base", "-p", "no:cacheprovider", "--tb=short"] + tests
            let environment = [
                "SIMULATOR": address.url, "PYTHONPATH": Peers.root.appending(path: "Peers").path(),
                "PYTHONDONTWRITEBYTECODE": "1", "TOKEN": token, "CHAT_ID": "\(person)", "GROUP_ID": "-1001310911135",
                "GITHUB_ACTIONS": "true", "JOB_INDEX": "1", "BOTS": Data("[\(bot), \(bot)]".utf8).base64EncodedString(),
            ]
            output = try await python(
                arguments, in: root.appending(path: release).appending(path: folder), environment)
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
        #expect(output.status == 0, "\(output.text.suffix(4000))")
    }

    private static func python(
        _ arguments: [String], in folder: URL, _ environment: [String: String]
    ) async throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: Peers.python)
        process.currentDirectoryURL = folder
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
            }
        }
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
