internal import HTTP
internal import HTTPClient

/// Whether a server can be reached, and is the one that is looked for.
struct AddressInspection {
    /// The server's name for people, such as `Stash`.
    let server: String
    let base: HTTPURL
    /// The port that the server has unless its owner chose another.
    let usualPort: Int
    let expectations: LibraryExpectations

    /// Judges what came of a request that needs no key; `isExpected` tells the server's own answer.
    func finding(
        _ outcome: Result<ClientResponse, HTTPClientError>, _ isExpected: (ClientResponse) -> Bool
    ) -> LibraryFinding {
        switch outcome {
        case .success(let response) where isExpected(response): .good("address", "\(place) answers")
        case .success(let response): finding(for: response)
        case .failure(let error): finding(for: error)
        }
    }

    /// The address without what could be secret in it.
    private var place: String { base.origin + (base.path.isEmpty ? "" : base.path) }

    private func bad(_ reason: String, _ advice: String) -> LibraryFinding { .bad("address", reason, advice) }

    private func finding(for response: ClientResponse) -> LibraryFinding {
        let status = response.status.rawValue
        switch status {
        case 300..<400:
            return bad(
                "\(place) sends on to another page", "a log-in stands in front of \(server); let requests pass it by")
        case 500...:
            return bad(
                "\(place) answers with HTTP \(status)",
                "a proxy answers, \(server) behind it does not; start it, or look into its log")
        case 200 where response.fields["Content-Type"]?.lowercased().hasPrefix("text/html") == true:
            return bad(
                "\(place) answers with a web page that is not \(server)'s",
                "is \(expectations.addressName) right, and is there a log-in in front of \(server)?")
        default:
            return bad(
                "\(place) is not \(server) (HTTP \(status))",
                "is \(expectations.addressName) right? \(server) listens on \(usualPort) unless told otherwise")
        }
    }

    private func finding(for error: HTTPClientError) -> LibraryFinding {
        switch error {
        case .unresolvedHost:
            return bad(
                "\(base.host) has no address",
                "correct the name in \(expectations.addressName); in a container, names of other machines may be unknown"
            )
        case .connectionFailed(_, let reason):
            return bad(
                "no connection to \(base.host), port \(base.effectivePort): \(reason)",
                "start \(server), or correct the port in \(expectations.addressName); "
                    + "\(server) listens on \(usualPort) unless told otherwise")
        case .timeout:
            return bad(
                "\(base.host) does not answer in time",
                "is the machine up, and does a firewall let this one through to port \(base.effectivePort)?")
        case .tls(_, let reason):
            return bad(
                "no secure connection to \(base.host): \(reason)",
                "write http:// in \(expectations.addressName) if \(server) has no certificate, "
                    + "else give it one that this machine trusts")
        case .connectionLost:
            return bad("\(base.host) hangs up without an answer", "is \(expectations.addressName) a web address?")
        default: return bad("\(error)", "is \(expectations.addressName) a web address?")
        }
    }
}
