internal import HTTP
internal import HTTPServer
internal import JSON

/// Which way of checking requests and telling faults a version of Immich has.
enum ImmichGeneration: Sendable {
    /// Version 2 and before: class-validator's texts in a list, and the status within the body.
    case classValidator
    /// Version 3: Zod's issues with their paths, and nothing that stands in the status line already.
    case zod
}

/// Why a request is refused.
enum ImmichRefusal: Error {
    case unauthorized(String)
    case forbidden(String)
    case badRequest(String)
    case invalid([ImmichIssue])
    case notFound(String)
    case fault

    func response(_ generation: ImmichGeneration) -> ServerResponse {
        let (status, error, message): (Int, String, JSONValue) =
            switch self {
            case .unauthorized(let text): (401, "Unauthorized", .string(text))
            case .forbidden(let text): (403, "Forbidden", .string(text))
            case .badRequest(let text): (400, "Bad Request", .string(text))
            case .invalid(let issues): (400, "Bad Request", .array(issues.flatMap(\.texts).map(JSONValue.string)))
            case .notFound(let text): (404, "Not Found", .string(text))
            case .fault: (500, "Internal Server Error", "Internal server error")
            }
        var body: JSONObject
        switch generation {
        case .classValidator:
            body = [
                "message": message, "error": .string(error), "statusCode": .integer(Int64(status)),
                "correlationId": "k3vq0d2t",
            ]
        case .zod:
            if case .invalid(let issues) = self {
                body = [
                    "message": "Validation failed",
                    "errors": .array(
                        issues.flatMap { issue in
                            issue.issues.map { text in
                                ["path": .array(issue.path.map(JSONValue.string)), "message": .string(text)]
                            }
                        }),
                ]
            } else {
                body = ["message": message]
            }
        }
        var response = ServerResponse.json(
            JSONValue.object(body).serialised(), status: HTTPStatus(rawValue: status))
        response.fields["Content-Type"] = "application/json; charset=utf-8"
        response.fields["x-immich-cid"] = "k3vq0d2t"
        return response
    }
}

/// One member of a request that does not fit, in the words of both generations.
struct ImmichIssue: Sendable, Equatable {
    var path: [String]
    /// As class-validator says it, the decorator nearest to the member first.
    var texts: [String]
    /// As Zod says it.
    var issues: [String]
}
