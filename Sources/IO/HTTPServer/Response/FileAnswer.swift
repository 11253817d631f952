import Glibc
internal import HTTP

/// A file of the disk as an answer: whole, a range of it, or nothing because the client has it already.
enum FileAnswer {
    /// The answer with status and fields made for the file.
    case slice(descriptor: Int32, offset: Int, count: Int, ServerResponse)
    /// Another answer: 304, 404 or 416.
    case other(ServerResponse)

    static func open(path: String, request: ServerRequest?, response: ServerResponse) -> FileAnswer {
        // The system would read the path only up to a NUL, and so open another file than the one that was checked.
        guard !path.utf8.contains(0) else { return .other(.empty(.notFound)) }
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .other(.empty(.notFound)) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return .other(.empty(.notFound))
        }
        let size = Int(facts.st_size)
        let modified = Int64(facts.st_mtim.tv_sec)
        var answer = response
        if !answer.fields.contains("ETag") {
            let stamp = String(modified, radix: 16) + String(facts.st_mtim.tv_nsec, radix: 16)
            answer.fields["ETag"] = "\"\(String(size, radix: 16))-\(stamp)\""
        }
        answer.fields["Last-Modified"] = HTTPDate.format(secondsSince1970: modified)
        answer.fields["Accept-Ranges"] = "bytes"
        let tag = answer.fields["ETag"] ?? ""
        let fields = request?.fields ?? [:]
        if isCurrent(fields, tag: tag, modified: modified) {
            close(descriptor)
            var unchanged = ServerResponse.empty(.notModified)
            unchanged.fields = answer.fields
            unchanged.fields["Content-Type"] = nil
            return .other(unchanged)
        }
        guard answer.status == .ok, let wish = fields["Range"], appliesRange(fields, tag: tag, modified: modified),
            let range = ByteRange(parsing: wish)
        else { return .slice(descriptor: descriptor, offset: 0, count: size, answer) }
        guard let bounds = range.bounds(in: size) else {
            close(descriptor)
            var refusal = ServerResponse.empty(.rangeNotSatisfiable)
            refusal.fields["Content-Range"] = "bytes */\(size)"
            return .other(refusal)
        }
        answer.status = .partialContent
        answer.fields["Content-Range"] = "bytes \(bounds.lowerBound)-\(bounds.upperBound - 1)/\(size)"
        return .slice(descriptor: descriptor, offset: bounds.lowerBound, count: bounds.count, answer)
    }

    /// Whether the client's copy is the current one (RFC 9110, sections 13.1.2 and 13.1.3).
    private static func isCurrent(_ fields: HTTPFields, tag: String, modified: Int64) -> Bool {
        if let tags = fields["If-None-Match"] {
            return tags == "*"
                || tags.split(separator: ",").contains { candidate in
                    let text = candidate.trimmed
                    return text == tag || text == "W/" + tag
                }
        }
        if let date = fields["If-Modified-Since"].flatMap(HTTPDate.parse) { return modified <= date }
        return false
    }

    /// Whether a range may be sent, given the copy that the client wants to complete (RFC 9110, section 13.1.5).
    private static func appliesRange(_ fields: HTTPFields, tag: String, modified: Int64) -> Bool {
        guard let condition = fields["If-Range"] else { return true }
        return condition == tag || HTTPDate.parse(condition) == modified
    }
}
