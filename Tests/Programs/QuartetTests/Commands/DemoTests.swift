import FoundationEssentials
import Glibc
import HTTP
import HTTPClient
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(2))) struct DemoTests {
    private static let bot: Int64 = 7001

    @Test func `says that it is ready, answers, and remembers over restarts`() async throws {
        try await withTemporaryFolder { folder in
            let http = HTTPClient()
            let first = try await started(in: folder)
            #expect(try await http.send(ClientRequest(first.url + "/")).status == .ok)
            let alice = SimulatedPerson(501, at: first.url, http: http)
            try await alice.say("/random", to: Self.bot)
            #expect(try await alice.next(from: Self.bot).media != nil)
            try await alice.say("/stats", to: Self.bot)
            #expect(try await alice.next(from: Self.bot).text.contains("to you: 1"))
            first.program.signal(SIGTERM)
            #expect(await first.program.end() == 0)
            #expect(first.program.lines.count == 1)

            let second = try await started(in: folder)
            let returned = SimulatedPerson(501, at: second.url, http: http)
            #expect(try await returned.history(of: Self.bot).count == 4)
            try await returned.say("/stats", to: Self.bot)
            #expect(try await returned.next(from: Self.bot).text.contains("to you: 1"))
            // Not asked first, as when the machine goes down.
            second.program.signal(SIGKILL)
            #expect(await second.program.end() == 128 + SIGKILL)

            let third = try await started(in: folder)
            #expect(try await http.send(ClientRequest(third.url + "/")).status == .ok)
            third.program.signal(SIGTERM)
            #expect(await third.program.end() == 0)
            await http.stop()
        }
    }

    @Test func `refuses a state that another demo uses`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await started(in: folder)
            let second = try await run(["demo", "--port", "0", "--state", "state"], in: folder)
            #expect(second.code == 75)
            #expect(second.errors.contains("another demo uses state"))
            first.program.signal(SIGINT)
            #expect(await first.program.end() == 0)
        }
    }

    @Test func `shows the pictures of a folder`() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/empty", withIntermediateDirectories: true)
            let empty = try await run(["demo", "--port", "0", "--photos", "empty/"], in: folder)
            #expect(empty.code == 66)
            #expect(empty.errors.contains("there are no pictures in empty"))
        }
    }

    private func started(in folder: String) async throws -> (program: Program, url: String) {
        let program = try Program(["demo", "--port", "0", "--state", "state"], in: folder)
        await program.waitForLines(1)
        let line = try #require(program.lines.first)
        #expect(line.hasPrefix("ready: http://127.0.0.1:"))
        return (program, String(line.dropFirst("ready: ".count)))
    }
}
