internal import HTTP
internal import HTTPClient
internal import JSON

/// What an answer of Immich other than success says.
///
/// Version 2 writes `{message, error, statusCode, correlationId}` with a text or a list of texts as message; version 3
/// writes `{message}`, and for a request that does not fit its schema `{message, errors: [{path, message}]}`.
enum ImmichFailure {
    /// Reads the failure in an answer; nil when it is a success.
    ///
    /// - Parameter isPicture: The answer is that of an asset's address, where 404 means that its file is not there.
    static func error(in response: ClientResponse, isPicture: Bool = false) -> PhotoLibraryError? {
        let status = response.status.rawValue
        switch status {
        case 200..<300: return nil
        case 300..<400:
            return .unexpectedAnswer(reason: "it leads to another page; is a log-in in front of it?")
        case 401 where isImmich(response): return .unauthorized
        case 403 where isImmich(response):
            guard let permission = missingPermission(response) else { return .unauthorized }
            return .needsOwner(reason: "the key lacks the permission \(permission)")
        case 404 where isPicture && isImmich(response): return .notFound
        case 400 where message(response)?.hasPrefix("Not found or no ") == true: return .notFound
        case 400 where isImmich(response):
            return .refused(reason: String((message(response) ?? "HTTP 400").prefix(300)))
        case 500...: return .unavailable(reason: "HTTP \(status)")
        default: return .unexpectedAnswer(reason: "HTTP \(status) that is not Immich's; is this the address of Immich?")
        }
    }

    /// The permission that a key lacks by an answer; nil when the answer says something else.
    static func missingPermission(_ response: ClientResponse) -> String? {
        let start = "Missing required permission: "
        guard let text = message(response), text.hasPrefix(start) else { return nil }
        return String(text.dropFirst(start.count).prefix(60))
    }

    /// The message, several joined; nil when the answer has none.
    static func message(_ response: ClientResponse) -> String? {
        guard let body = body(response) else { return nil }
        let errors = (body["errors"]?.arrayValue ?? []).compactMap { error -> String? in
            guard let text = error["message"]?.stringValue else { return nil }
            let path = (error["path"]?.arrayValue ?? [])
                .map { $0.stringValue ?? $0.integerValue.map(String.init) ?? "?" }.joined(separator: ".")
            return path.isEmpty ? text : "\(path): \(text)"
        }
        if !errors.isEmpty { return errors.joined(separator: "; ") }
        if let list = body["message"]?.arrayValue {
            return list.compactMap(\.stringValue).joined(separator: "; ")
        }
        return body["message"]?.stringValue
    }

    /// Immich's errors are JSON with a message; those of a proxy in front of it are pages.
    private static func isImmich(_ response: ClientResponse) -> Bool { body(response)?["message"] != nil }

    private static func body(_ response: ClientResponse) -> JSONValue? {
        do { return try JSONValue(parsing: response.body, maximumDepth: 16) } catch { return nil }
    }
}
