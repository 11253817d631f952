internal import HTTP
internal import HTTPServer
internal import Support

/// `/sim/events`: what happens, as server-sent events.
struct EventStream: Sendable {
    static let keepAlive: Duration = .seconds(15)

    let service: Service

    func respond(_ request: ServerRequest) -> ServerResponse {
        let user = request.query["user"] ?? "all"
        let viewer = Int64(user)
        guard viewer != nil || user == "all" else {
            return ControlRefusal.response(ControlRefusal.bad("user must be an id or all"))
        }
        let resume = (request.fields["Last-Event-ID"] ?? request.query["after"]).flatMap { Int64($0) }
        let service = service
        return .serverSentEvents { writer in
            let (ticks, stop) = service.hub.listen()
            defer { stop() }
            var last = resume ?? service.hub.last
            // The head goes out at once, so that the listener knows it is heard.
            try await writer.keepAlive()
            let beat = service.tasks.start {
                while (try? await SystemTime().sleep(for: Self.keepAlive)) != nil {
                    // A listener that has left is noticed by the next event.
                    guard (try? await writer.keepAlive()) != nil else { return }
                }
            }
            defer { beat.cancel() }
            try await send(&last, viewer, writer)
            for await _ in ticks { try await send(&last, viewer, writer) }
        }
    }

    private func send(_ last: inout Int64, _ viewer: Int64?, _ writer: ResponseWriter) async throws {
        guard let events = service.hub.events(after: last) else {
            last = service.hub.last
            try await writer.write(ServerSentEvent(event: "reset", data: "{}", id: "\(last)"))
            return
        }
        for event in events {
            last = event.number
            if let viewer {
                guard event.user == nil || event.user == viewer else { continue }
            } else {
                guard event.isForAll else { continue }
            }
            try await writer.write(
                ServerSentEvent(
                    event: event.kind, data: String(decoding: event.data, as: UTF8.self), id: "\(event.number)"))
        }
    }
}
