import Testing

@testable import TelegramSimulator

@Suite struct CallLogTests {
    private func entry(_ body: [UInt8] = [], _ arguments: Arguments? = nil) -> LogEntry {
        LogEntry(at: 0, kind: .call, bot: 1, method: "getMe", arguments: arguments, body: body)
    }

    @Test func `entries are found by the number before them`() {
        let log = CallLog()
        for _ in 0..<CallLog.capacity + 50 { log.append(entry()) }
        let last = Int64(CallLog.capacity + 50)
        #expect(log.entries(after: last - 2, limit: 10).map(\.sequence) == [last - 1, last])
        #expect(log.entries(after: 0, limit: 3).map(\.sequence) == [last - 2, last - 1, last])
        #expect(log.entries(after: .max, limit: 3).isEmpty)
        #expect(log.entries(after: .min, limit: 1).map(\.sequence) == [last])
        #expect(log.entries(after: 0, limit: .max).count == CallLog.capacity)
        log.clear()
        #expect(log.entries(after: 0, limit: 10).isEmpty)
        log.append(entry())
        #expect(log.entries(after: 0, limit: 10).map(\.sequence) == [last + 1])
    }

    @Test func `long answers and texts are not kept`() {
        let log = CallLog()
        var arguments = Arguments()
        arguments.add("text", String(repeating: "x", count: 500_000))
        arguments.add("chat_id", "501")
        let kept = log.append(entry(Array("{\"ok\":true}".utf8) + Array(repeating: 0x20, count: 100_000), arguments))
        #expect(kept.body == Array("\"…\"".utf8))
        #expect(kept.arguments?["chat_id"] == "501")
        #expect(kept.arguments?["text"].count == LogEntry.maximumText + 1)
    }

    @Test func `the bytes are bounded too`() {
        let log = CallLog()
        for _ in 0..<1000 { log.append(entry(Array(repeating: 0x20, count: 60_000))) }
        let kept = log.entries(after: 0, limit: .max)
        #expect(kept.reduce(0) { $0 + $1.body.count } <= CallLog.maximumBytes)
        #expect(kept.count > 200)
    }
}
