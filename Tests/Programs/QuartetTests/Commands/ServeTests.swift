import FoundationEssentials
import Glibc
import HTTP
import HTTPClient
import TelegramSimulator
import Testing

/// `serve`, `check`, `migrate` and `backup` with a configuration file, against simulators in processes of their own.
@Suite(.timeLimit(.minutes(2))) struct ServeTests {
    private static let token = "7777:token-of-a-bot-that-tests-run"
    /// No other test listens on this address or connects from it, so a port that is free there stays so.
    private static let host = "127.0.0.7"

    @Test func `a configured bot serves, is checked, backed up and stopped`() async throws {
        try await withTemporaryFolder { folder in
            let stash = try await simulator("stash", in: folder)
            let telegram = try await simulator("telegram", in: folder)
            let port = try freePort()
            try Data(
                """
                telegram: {api_url: "\(telegram.url)"}
                http: {public: {port: 0}, internal: {host: \(Self.host), port: \(port)}}
                gallery:
                  telegram: {bot_token: "\(Self.token)", allowed_user_ids: [501]}
                  stash: {api_url: "\(stash.url)"}
                log: {path: logs/quartet.log}
                """.utf8
            ).write(to: URL(filePath: "\(folder)/quartet.yml"))

            let check = try await run(["check"], in: folder)
            #expect(check.code == 0, "\(check.output)")
            #expect(check.output.contains("ok    stash photos: 14"))

            let serve = try Program(["serve"], in: folder)
            let http = HTTPClient()
            let alice = SimulatedPerson(501, at: telegram.url, http: http)
            try await alice.say("/random", to: 7777)
            #expect(try await alice.next(from: 7777).media != nil)
            let ready = try await http.send(ClientRequest("http://\(Self.host):\(port)/ready"))
            #expect(ready.status == .ok, "\(ready.text)")

            let backup = try await run(["backup", "--to", "copies"], in: folder)
            #expect(backup.code == 0)
            #expect(backup.output.hasPrefix("copies/gallery-"))
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(backup.output)"))

            serve.signal(SIGTERM)
            #expect(await serve.end() == 0)
            let log = try String(contentsOfFile: "\(folder)/logs/quartet.log", encoding: .utf8)
            #expect(log.contains("\"message\":\"stopped\""))
            #expect(!log.contains("token-of-a-bot"))
            #expect(!serve.lines.joined().contains("token-of-a-bot"))

            let migrate = try await run(["migrate"], in: folder)
            #expect(migrate.code == 0)
            #expect(migrate.output == "data/gallery.db is up to date")

            await http.stop()
            for simulator in [stash, telegram] {
                simulator.program.signal(SIGTERM)
                #expect(await simulator.program.end() == 0)
            }
        }
    }

    @Test func `a port in use stops the start`() async throws {
        try await withTemporaryFolder { folder in
            let stash = try await simulator("stash", in: folder)
            let port = try #require(stash.url.split(separator: ":").last)
            let variables = [
                "TELEGRAM_BOT_TOKEN": Self.token, "TELEGRAM_API_URL": stash.url, "STASH_API_URL": stash.url,
                "QUARTET_GALLERY_TELEGRAM_ALLOWED_USER_IDS": "1", "HEALTH_CHECK_PORT": String(port),
            ]
            let result = try await run(["serve"], in: folder, variables: variables)
            #expect(result.code == 69)
            #expect(result.errors.contains("Address already in use"))
            stash.program.signal(SIGTERM)
            #expect(await stash.program.end() == 0)
        }
    }

    private func simulator(_ name: String, in folder: String) async throws -> (program: Program, url: String) {
        let program = try Program(["simulate", name, "--port", "0"], in: folder)
        await program.waitForLines(1)
        let line = try #require(program.lines.first)
        return (program, String(line.dropFirst("ready: ".count)))
    }

    /// A port that nobody has at the moment; the configuration has to name one for the test to find it.
    private func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0007).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = unsafe bind(socket, pointer, size)
                _ = unsafe getsockname(socket, pointer, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
