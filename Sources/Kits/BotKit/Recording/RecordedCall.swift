import HTTPClient
package import JSON
package import Jobs
package import Support
import TelegramAPI

/// A call to Telegram as a recording has it.
package struct RecordedCall: Sendable, Equatable {
    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        /// The result.
        case result(JSONValue)
        /// Telegram's refusal: code and text, and what it asks for.
        case refusal(code: Int, description: String, parameters: JSONValue?)
        /// No answer came.
        case silence(String)
    }

    /// A file that went along; its bytes are not recorded.
    package struct File: Sendable, Equatable {
        /// The parameter that it is for.
        package let part: String
        /// Its name.
        package let name: String
        /// Its size in bytes; nil where it was not known.
        package let size: Int?
    }

    /// The update that led to it, by its handler or by a job; nil for schedules and for the start.
    package let trace: TraceID?
    /// The job that made it; nil for a handler.
    package let job: JobRun?
    /// The method.
    package let method: String
    /// The parameters, without those that are secret.
    package let parameters: JSONValue
    /// The files that went along.
    package let files: [File]
    /// What came of it.
    package var outcome: Outcome

    /// Parameters that are left out whatever the method.
    private static let secretParameters: Set<String> = ["secret_token", "provider_token", "certificate"]

    init(_ request: TelegramRequest, trace: TraceID?, job: JobRun? = nil, outcome: Outcome) {
        self.trace = trace
        self.job = job
        method = request.method
        var kept = JSONObject()
        // The text is of our own writing; one that does not parse does not exist.
        for member in (try? JSONValue(parsing: request.json))?.objectValue?.members ?? []
        where !Self.secretParameters.contains(member.key) {
            kept.append(member.key, member.value)
        }
        parameters = .object(kept)
        files = request.attachments.map { attachment in
            switch attachment.source {
            case .bytes(let bytes): File(part: attachment.part, name: attachment.fileName, size: bytes.count)
            case .path: File(part: attachment.part, name: attachment.fileName, size: nil)
            }
        }
        self.outcome = outcome
    }

    // MARK: As a line of a recording

    init?(_ line: JSONValue) {
        guard let method = line["method"]?.stringValue, let parameters = line["parameters"] else { return nil }
        trace = line["trace"]?.stringValue.flatMap(TraceID.init)
        if let kind = line["job"]?["kind"]?.stringValue, let id = line["job"]?["id"]?.integerValue {
            job = JobRun(kind: kind, id: JobID(rawValue: id))
        } else {
            job = nil
        }
        self.method = method
        self.parameters = parameters
        files = (line["files"]?.arrayValue ?? []).map { file in
            File(
                part: file["part"]?.stringValue ?? "", name: file["name"]?.stringValue ?? "",
                size: file["size"]?.integerValue.map(Int.init))
        }
        if let result = line["result"] {
            outcome = .result(result)
        } else if let code = line["error_code"]?.integerValue {
            outcome = .refusal(
                code: Int(code), description: line["description"]?.stringValue ?? "", parameters: line["wanted"])
        } else {
            outcome = .silence(line["silence"]?.stringValue ?? "")
        }
    }

    var line: JSONObject {
        var line: JSONObject = ["method": .string(method), "parameters": parameters]
        if let trace { line["trace"] = .string(trace.description) }
        if let job { line["job"] = ["kind": .string(job.kind), "id": .integer(job.id.rawValue)] }
        if !files.isEmpty {
            line["files"] = .array(
                files.map { file in
                    [
                        "part": .string(file.part), "name": .string(file.name),
                        "size": file.size.map { .integer(Int64($0)) } ?? .null,
                    ]
                })
        }
        switch outcome {
        case .result(let result): line["result"] = result
        case .refusal(let code, let description, let parameters):
            line["error_code"] = .integer(Int64(code))
            line["description"] = .string(description)
            if let parameters { line["wanted"] = parameters }
        case .silence(let reason): line["silence"] = .string(reason)
        }
        return line
    }
}

extension RecordedCall.Outcome {
    init(_ reply: TelegramReply) {
        do {
            self = .result(try reply.result())
        } catch {
            self = .silence("\(error)")
        }
    }

    init(_ error: TelegramError) {
        switch error {
        case .retryAfter(let pause, let text):
            self = .refusal(
                code: 429, description: text, parameters: ["retry_after": .integer(pause.components.seconds)])
        case .migrated(let chat):
            self = .refusal(
                code: 400, description: "Bad Request: group chat was upgraded to a supergroup chat",
                parameters: ["migrate_to_chat_id": .integer(chat.rawValue)])
        case .unauthorized(let text): self = .refusal(code: 401, description: text, parameters: nil)
        case .forbidden(_, let text): self = .refusal(code: 403, description: text, parameters: nil)
        case .notModified:
            self = .refusal(code: 400, description: "Bad Request: message is not modified", parameters: nil)
        case .conflict(_, let text): self = .refusal(code: 409, description: text, parameters: nil)
        case .tooLarge(let text): self = .refusal(code: 413, description: text, parameters: nil)
        case .server(let status, let text): self = .refusal(code: status, description: text, parameters: nil)
        case .badRequest(let text, let code): self = .refusal(code: code, description: text, parameters: nil)
        case .notFound(let missing, let text):
            self = .refusal(code: missing == .method ? 404 : 400, description: text, parameters: nil)
        case .unparsableEntities(_, let text), .queryExpired(let text), .immutable(let text), .file(_, let text):
            self = .refusal(code: 400, description: text, parameters: nil)
        case .network(let error): self = .silence("\(error)")
        case .undecodable(let error, _): self = .silence("\(error)")
        }
    }

    /// The same outcome for whoever calls now.
    func answer() throws(TelegramError) -> TelegramReply {
        switch self {
        case .result(let result): return TelegramReply(result: result.serialised())
        case .silence: throw .network(.connectionLost(host: "recording"))
        case .refusal(let code, let description, let parameters):
            var body: JSONObject = [
                "ok": false, "error_code": .integer(Int64(code)), "description": .string(description),
            ]
            body["parameters"] = parameters
            throw TelegramError(status: code, retryAfterField: nil, body: JSONValue.object(body).serialised())
        }
    }
}
