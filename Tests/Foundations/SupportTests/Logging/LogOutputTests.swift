import FoundationEssentials
import Support
import Testing

@Suite struct LogOutputTests {
    @Test(arguments: [LogFormat.json, .text])
    func `no secret reaches the log file`(_ format: LogFormat) async throws {
        let token = Secret("987654321:AAE-token-of-a-real-looking-bot_0")
        let key = Secret("stash-api-key-0001")
        let url = Secret("postgres://quartet:hunter22@db/quartet")
        let log = try await lines(format: format) { logger in
            logger.error("request to /file/bot\(token.reveal())/photos/1.jpg failed")
            logger.error("http error", ["url": .string("https://api.telegram.org/file/bot\(token.reveal())/a.jpg")])
            logger.error("stash", ["image": .string("http://stash/image/1?apikey=\(key.reveal())"), "key": "\(key)"])
            logger.error("cannot connect to \(url.reveal())", ["database_url": .string("postgres://a:b@c/d")])
            logger.with(["header": .string("ApiKey: \(key.reveal())")]).error(key.reveal())
            logger.labelled(token.reveal()).error("odd \"label\"", [token.reveal(): "name"])
        }
        #expect(log.count == 6)
        for line in log {
            for secret in ["AAE-token", key.reveal(), "hunter22", "a:b@"] { #expect(!line.contains(secret)) }
            #expect(line.contains("***"))
        }
    }

    @Test func `JSON lines have time, level, label, message and fields`() async throws {
        let log = try await lines(format: .json) { logger in
            logger.info(
                "photo \"sent\"\n",
                [
                    "chat": 42, "ok": true, "took": .duration(.microseconds(1500)), "ratio": 0.5, "title": "Привет\t😀",
                    "message": "own", "big": .number(.infinity),
                ])
        }
        #expect(
            log == [
                "{\"time\":\"2026-01-01T00:00:00.000Z\",\"level\":\"info\",\"label\":\"test\","
                    + "\"message\":\"photo \\\"sent\\\"\\n\",\"big\":\"inf\",\"chat\":42,\"message_\":\"own\",\"ok\":true,"
                    + "\"ratio\":0.5,\"title\":\"Привет\\t😀\",\"took\":1.5}"
            ])
    }

    @Test func `text lines are one line each`() async throws {
        let log = try await lines(format: .text) { logger in
            logger.warning("line\nbreak \u{1B}[31m", ["name": "a b", "n": 1, "empty": "", "plain": "x"])
        }
        #expect(
            log == [
                "2026-01-01T00:00:00.000Z WARNING test: line\\nbreak \\u001b[31m empty=\"\" n=1 name=\"a b\" plain=x"
            ])
    }

    @Test func `records below the level are not even made`() async throws {
        let log = try await lines(format: .text, level: .warning) { logger in
            func never() -> String {
                Issue.record("evaluated")
                return ""
            }
            logger.debug(never())
            logger.info("x", ["field": .string(never())])
            Logger.disabled.error(never())
            #expect(!logger.isEnabled(.info) && logger.isEnabled(.error))
            logger.error("yes")
        }
        #expect(log.count == 1)
    }

    @Test func `order is kept and close writes all`() async throws {
        let log = try await lines(format: .text) { logger in
            for number in 0..<5000 { logger.info("\(number)") }
        }
        #expect(log.count == 5000)
        #expect(log.enumerated().allSatisfy { $1.hasSuffix("test: \($0)") })
    }

    @Test func `files are put aside by size and only so many are kept`() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/logs/deep/quartet.log"
            let output = try LogOutput(
                format: .text, stream: .none, file: LogFile(path: path, maximumBytes: 300, maximumFiles: 3))
            let logger = Logger(label: "x", sink: output)
            for number in 0..<20 {
                logger.info("record \(number) \(String(repeating: "-", count: 60))")
                await output.flush()
            }
            output.close()
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/logs/deep").sorted()
            #expect(files == ["quartet.log", "quartet.log.1", "quartet.log.2"])
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("record 19"))
            for file in files {
                #expect(try Data(contentsOf: URL(filePath: "\(folder)/logs/deep/\(file)")).count <= 300)
            }
        }
    }

    @Test func `a file that cannot be opened is said at once`() {
        #expect(throws: LogError(path: "/proc/nowhere/quartet.log", code: 2)) {
            try LogOutput(stream: .none, file: LogFile(path: "/proc/nowhere/quartet.log"))
        }
    }

    @Test func `names of levels are read in any case`() {
        #expect(LogLevel(name: "WARNING") == .warning)
        #expect(LogLevel(name: "verbose") == nil)
        #expect(LogLevel.debug < .error)
    }

    /// What a logger leaves in its file.
    private func lines(
        format: LogFormat, level: LogLevel = .debug, _ body: (Logger) -> Void
    ) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/quartet.log"
            let output = try LogOutput(
                level: level, format: format, stream: .none, file: LogFile(path: path), time: ManualTime())
            body(Logger(label: "test", sink: output))
            output.close()
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }
}

/// Lends a folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "quartet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(folder.path)) } catch { result = .failure(error) }
    try FileManager.default.removeItem(at: folder)
    return try result.get()
}
