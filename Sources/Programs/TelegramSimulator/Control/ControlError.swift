internal import HTTP
internal import HTTPServer

/// Why a person cannot do something.
enum ControlRefusal {
    static func bad(_ reason: String) -> APIError { .exact(400, reason) }
    static func missing(_ what: String) -> APIError { .exact(404, "\(what) not found") }
    static func conflict(_ reason: String) -> APIError { .exact(409, reason) }
    static func denied(_ reason: String) -> APIError { .exact(403, reason) }

    static func response(_ error: APIError) -> ServerResponse {
        let body = WireWriter.bytes { $0.object { $0.field("error", error.description) } }
        return .bytes(body, type: "application/json", status: HTTPStatus(error.code))
    }
}
