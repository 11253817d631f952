import HTTP
import HTTPClient
import JSON
import Synchronization

/// Reads what happens in a simulator, for everybody, from the moment in which it was made.
final class Watcher: Sendable {
    struct Event: Sendable {
        let number: Int64
        let kind: String
        let data: JSONValue

        /// The method of a call.
        var method: String? { kind == "call" ? data["method"]?.stringValue : nil }
    }

    private let base: String
    private let http: HTTPClient
    private let cursor: Mutex<Int64>

    init(_ base: String, http: HTTPClient) async throws {
        self.base = base
        self.http = http
        let state = try await http.send(ClientRequest("\(base)/sim/state?user=\(Scene.alice)"))
        cursor = Mutex(try JSONValue(parsing: state.body)["last_event"]?.integerValue ?? 0)
    }

    /// The next event that matches; those before it are passed over.
    @discardableResult
    func next(
        _ what: String, within limit: Duration = .seconds(60), where matches: @escaping @Sendable (Event) -> Bool
    ) async throws -> Event {
        let (base, http) = (base, http)
        let after = cursor.withLock(\.self)
        let event = try await deadline(limit, what) { () -> Event in
            let request = ClientRequest(
                .get, "\(base)/sim/events?user=all&after=\(after)", timeouts: Timeouts(total: limit, idle: limit))
            for try await event in try await http.stream(request).body.serverSentEvents {
                guard let data = Self.parsed(event.data), let number = event.id.flatMap({ Int64($0) }) else { continue }
                let event = Event(number: number, kind: event.event ?? "message", data: data)
                if matches(event) { return event }
            }
            throw NothingCame(description: "the events ended before \(what)")
        }
        cursor.withLock { $0 = event.number }
        return event
    }

    /// The next call of a method.
    @discardableResult
    func call(_ method: String) async throws -> Event { try await next("a call of \(method)") { $0.method == method } }

    private static func parsed(_ text: String) -> JSONValue? {
        do throws(JSONError) { return try JSONValue(parsing: text) } catch { return nil }
    }
}
