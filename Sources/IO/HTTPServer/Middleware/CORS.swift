public import HTTP

/// Lets pages of the listed origins, and of no other, use what is behind it (Fetch standard, "CORS protocol").
public struct CORS: Middleware {
    private let origins: [String]
    private let methods: String
    private let fields: String
    private let allowsCredentials: Bool
    private let maximumAge: Int

    /// Allows `origins`, each exactly as a browser writes it, such as `https://app.example`.
    ///
    /// `maximumAge` is how many seconds a browser may remember the answer to its question.
    public init(
        origins: [String], methods: [HTTPMethod] = [.get, .post, .put, .patch, .delete],
        fields: [String] = ["Content-Type", "Authorization"], allowsCredentials: Bool = false, maximumAge: Int = 600
    ) {
        precondition(!origins.contains("*"), "origins are listed, not allowed wholesale")
        self.origins = origins
        self.methods = methods.map(\.rawValue).joined(separator: ", ")
        self.fields = fields.joined(separator: ", ")
        self.allowsCredentials = allowsCredentials
        self.maximumAge = maximumAge
    }

    /// Answers a browser's question by itself and adds the permission to other answers.
    public func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        let origin = request.fields["Origin"]
        let allowed = origin.flatMap { origins.contains($0) ? $0 : nil }
        if request.method == .options, origin != nil, request.fields.contains("Access-Control-Request-Method") {
            var answer = ServerResponse.empty()
            permit(allowed, &answer.fields)
            if allowed != nil {
                answer.fields["Access-Control-Allow-Methods"] = methods
                answer.fields["Access-Control-Allow-Headers"] = fields
                answer.fields["Access-Control-Max-Age"] = String(maximumAge)
            }
            return answer
        }
        do {
            var response = try await next.respond(to: request)
            permit(allowed, &response.fields)
            return response
        } catch var error as HTTPError {
            // A page that may ask may also read why it was refused.
            permit(allowed, &error.fields)
            throw error
        }
    }

    private func permit(_ origin: String?, _ fields: inout HTTPFields) {
        fields.append("Vary", "Origin")
        guard let origin else { return }
        fields["Access-Control-Allow-Origin"] = origin
        if allowsCredentials { fields["Access-Control-Allow-Credentials"] = "true" }
    }
}
