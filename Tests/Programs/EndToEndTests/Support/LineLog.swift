import Glibc
import Support
import Synchronization

/// The lines that a program prints, as they come, and those who wait for one.
final class LineLog: Sendable {
    private struct Waiter {
        let id: Int
        let matches: @Sendable (String) -> Bool
        let continuation: CheckedContinuation<String?, Never>
    }

    private struct State {
        var lines: [String] = []
        var hasEnded = false
        var waiters: [Waiter] = []
        var nextID = 0
    }

    private let state = Mutex(State())

    /// Reads a descriptor to its end, and closes it.
    init(reading file: Int32) {
        OSThread.start(name: "child-output") { self.read(file) }.detach()
    }

    var lines: [String] { state.withLock(\.lines) }
    var text: String { lines.joined(separator: "\n") }

    /// The first line from `start` on that matches; throws when none comes, with what came instead.
    func first(
        from start: Int = 0, within limit: Duration = .seconds(60), where matches: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        let line = try await deadline(limit, "a line; there were:\n\(self.text)") {
            await self.wait(from: start, matches)
        }
        guard let line else { throw ChildProcess.Failure(description: "the output ended without the line:\n\(text)") }
        return line
    }

    /// The first line from `start` on that has a text in it.
    func first(_ part: String, from start: Int = 0, within limit: Duration = .seconds(60)) async throws -> String {
        try await first(from: start, within: limit) { $0.contains(part) }
    }

    /// Returns when everything is read.
    func end() async {
        _ = await wait(from: 0) { _ in false }
    }

    private func wait(from start: Int, _ matches: @escaping @Sendable (String) -> Bool) async -> String? {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: String?? = state.withLock { state in
                    if let line = state.lines.dropFirst(start).first(where: matches) { return .some(line) }
                    if state.hasEnded || Task.isCancelled { return .some(nil) }
                    state.waiters.append(Waiter(id: id, matches: matches, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
    }

    private func read(_ file: Int32) {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = unsafe Glibc.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            for byte in buffer[..<count] {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                add(String(decoding: line, as: UTF8.self))
                line = []
            }
        }
        if !line.isEmpty { add(String(decoding: line, as: UTF8.self)) }
        close(file)
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
    }

    private func add(_ line: String) {
        let ready = state.withLock { state in
            state.lines.append(line)
            let ready = state.waiters.filter { $0.matches(line) }
            state.waiters.removeAll { waiter in ready.contains { $0.id == waiter.id } }
            return ready
        }
        for waiter in ready { waiter.continuation.resume(returning: line) }
    }
}
