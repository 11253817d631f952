import Glibc
import JSON
import Jobs
public import Support
import Synchronization
public import TelegramAPI

/// Writes what happens between people and a bot into a file: updates in, calls out with what came of them.
///
/// The file is for looking for faults, and `quartet replay` runs it again: one JSON object in a line, readable by its
/// owner only. It holds what people wrote. Tokens and other secrets are scrubbed, and files are not copied into it.
public final class Recorder: Sendable {
    private struct State {
        var lines: [[UInt8]] = []
        var isClosed = false
        var hasFailed = false
        /// Updates that are recorded, where not all are; their calls are, too.
        var updates: Set<Int64> = []
    }

    private let state = Mutex(State())
    private let work = Semaphore()
    private let ended = Shutdown()
    private let chats: Set<Int64>
    private let seed: UInt64?
    private let time: any TimeSource

    /// Opens a file for appending, and makes it where it is missing.
    ///
    /// - Parameters:
    ///   - chats: Records only these chats and the updates of these people; everything where there are none.
    ///   - seed: What the bot's draws began with, so that a replay draws the same.
    public init(
        path: String, chats: [ChatID] = [], seed: UInt64? = nil, time: any TimeSource = SystemTime()
    ) throws(LogError) {
        let file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        // Also one that was there already, and was readable for others.
        guard file >= 0 else { throw LogError(path: path, code: errno) }
        guard fchmod(file, 0o600) == 0 else {
            let code = errno
            Glibc.close(file)
            throw LogError(path: path, code: code)
        }
        self.chats = Set(chats.map(\.rawValue))
        self.seed = seed
        self.time = time
        OSThread.start(name: "recorder") { [self] in
            while write(to: file) { work.wait() }
            Glibc.close(file)
            ended.trigger()
        }.detach()
    }

    /// Whether something could not be written; what came after is missing.
    public var hasFailed: Bool { state.withLock(\.hasFailed) }

    /// Writes what is left and closes the file.
    public func close() async {
        state.withLock { $0.isClosed = true }
        work.signal()
        await ended.wait()
    }

    // MARK: What is recorded

    func begin(_ identity: BotIdentity) {
        var line: JSONObject = [
            "bot": .integer(identity.id.rawValue), "username": .string(identity.username),
            "name": .string(identity.name),
        ]
        if let seed { line["seed"] = .string(String(seed)) }
        if !chats.isEmpty { line["chats"] = .array(chats.sorted().map { .integer($0) }) }
        line["jobs"] = true
        add("start", line)
    }

    func note(_ update: RawUpdate, _ facts: UpdateFacts) {
        if !chats.isEmpty {
            let about = [facts.chat?.id.rawValue, facts.user?.id.rawValue].compactMap(\.self)
            guard !chats.isDisjoint(with: about) else { return }
            state.withLock { _ = $0.updates.insert(Int64(update.updateID)) }
        }
        // It was understood, or there would be no facts.
        guard let json = try? JSONValue(parsing: update.json) else { return }
        add("update", ["update": json])
    }

    func note(_ call: RecordedCall) {
        guard call.method != GetUpdates.name, isWanted(call) else { return }
        add("call", call.line)
    }

    private func isWanted(_ call: RecordedCall) -> Bool {
        guard !chats.isEmpty else { return true }
        if let chat = call.parameters["chat_id"]?.integerValue, chats.contains(chat) { return true }
        guard let trace = call.trace else { return false }
        return state.withLock { $0.updates.contains(trace.update) }
    }

    private func add(_ kind: String, _ content: JSONObject) {
        var line: JSONObject = ["kind": .string(kind), "time": .string(time.now.iso8601())]
        for member in content { line.append(member.key, member.value) }
        let text = JSONValue.object(line).description
        var bytes = Array(Redactor.shared.redact(text).utf8)
        bytes.append(UInt8(ascii: "\n"))
        state.withLock { if !$0.isClosed, !$0.hasFailed { $0.lines.append(bytes) } }
        work.signal()
    }

    /// Writes what waits; false when the file is to be closed.
    private func write(to file: Int32) -> Bool {
        let (lines, isClosed) = state.withLock { state in
            defer { state.lines = [] }
            return (state.lines, state.isClosed)
        }
        for line in lines {
            var rest = line[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    state.withLock { $0.hasFailed = true }
                    return !isClosed
                }
            }
        }
        return !isClosed
    }
}

/// Records calls with what came of them, for the one who made them: after waiting and repeats.
struct RecordingInterceptor: TelegramInterceptor {
    let recorder: Recorder

    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        let (trace, job) = (SendScope.current.trace, JobRun.current)
        do {
            let reply = try await next(request)
            recorder.note(RecordedCall(request, trace: trace, job: job, outcome: .init(reply)))
            return reply
        } catch {
            recorder.note(RecordedCall(request, trace: trace, job: job, outcome: .init(error)))
            throw error
        }
    }
}
