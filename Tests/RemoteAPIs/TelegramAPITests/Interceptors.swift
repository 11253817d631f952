import Synchronization
import TelegramAPI

final class Marks: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func add(_ mark: String) { list.withLock { $0.append(mark) } }
}

struct Marking: TelegramInterceptor {
    let name: String
    let marks: Marks

    func intercept(_ request: TelegramRequest, next: TelegramHandler) async throws(TelegramError) -> TelegramReply {
        marks.add("\(name) \(request.method) \(request.chat?.description ?? "-")")
        let reply = try await next(request)
        marks.add("\(name) done")
        return reply
    }
}

struct Answering: TelegramInterceptor {
    func intercept(_ request: TelegramRequest, next: TelegramHandler) async throws(TelegramError) -> TelegramReply {
        TelegramReply(result: Array(#"{"name":"cached"}"#.utf8))
    }
}
