import HTTP

/// What a request becomes when its answer sends it elsewhere (RFC 9110 section 15.4); pure rules.
enum Redirect {
    /// The next request, or nothing if the answer is no redirect.
    ///
    /// Throws ``HTTPClientError/redirectRefused(_:)`` if the target is not safe to go to.
    static func next(
        after request: ClientRequest, status: HTTPStatus, location: String?
    ) throws(HTTPClientError) -> ClientRequest? {
        guard [301, 302, 303, 307, 308].contains(status.rawValue), let location else { return nil }
        guard let origin = HTTPURL(request.url) else { throw .invalidRequest("the URL cannot be read") }
        guard var target = origin.resolving(location) else {
            throw .redirectRefused("its target is no http or https address")
        }
        if origin.scheme == "https", target.scheme == "http" { throw .redirectRefused("it leads from https to http") }

        var next = request
        if changesToGet(request.method, status) {
            next.method = .get
            next.body = .none
            next.fields = request.fields.filtered { !$0.hasPrefix("content-") }
        } else if !request.body.isRepeatable {
            throw .redirectRefused("the request's body can be sent only once")
        }
        if !target.hasSameOrigin(as: origin) {
            // A custom field may hold a key as well as `Authorization` does, so only harmless names go along.
            next.fields = next.fields.filtered { harmlessFields.contains($0) }
            target.userInfo = nil
        }
        target.fragment = nil
        next.url = target.description
        return next
    }

    /// As browsers do: 303 always asks with GET, 301 and 302 turn a POST into one.
    private static func changesToGet(_ method: HTTPMethod, _ status: HTTPStatus) -> Bool {
        switch status.rawValue {
        case 303: method != .get && method != .head
        case 301, 302: method == .post
        default: false
        }
    }

    private static let harmlessFields: Set<String> = [
        "accept", "accept-encoding", "accept-language", "cache-control", "content-encoding", "content-language",
        "content-type", "if-modified-since", "if-none-match", "range", "user-agent",
    ]
}

extension HTTPURL {
    fileprivate func hasSameOrigin(as other: HTTPURL) -> Bool {
        scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
    }
}

extension HTTPFields {
    /// The fields whose lower-case name is wanted.
    fileprivate func filtered(_ isWanted: (String) -> Bool) -> HTTPFields {
        HTTPFields(filter { isWanted($0.name.lowercased()) } as [Field])
    }
}
