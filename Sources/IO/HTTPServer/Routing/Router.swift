public import HTTP

/// Answers each request by the route that its method and path match.
///
/// Patterns are made of fixed segments, `:name` for one variable segment (also with a fixed beginning, `bot:token`),
/// and `*name` at the end for all that is left. Fixed segments win over variable ones. An unknown path answers 404,
/// a known one with another method 405 with `Allow`; HEAD is answered by GET's route, OPTIONS with 204 and `Allow`.
public struct Router: Responder {
    private var tree = RouteTree()

    /// Makes a router without routes.
    public init() {}

    /// Adds a route; the same method and pattern twice is a mistake in the program and traps.
    public mutating func on(_ method: HTTPMethod, _ pattern: String, _ handler: @escaping RequestHandler) {
        tree.insert(method, pattern, ClosureResponder(handler))
    }

    /// Adds a route that another responder answers.
    public mutating func on(_ method: HTTPMethod, _ pattern: String, to responder: any Responder) {
        tree.insert(method, pattern, responder)
    }

    /// Adds a route for GET.
    public mutating func get(_ pattern: String, _ handler: @escaping RequestHandler) { on(.get, pattern, handler) }

    /// Adds a route for POST.
    public mutating func post(_ pattern: String, _ handler: @escaping RequestHandler) { on(.post, pattern, handler) }

    /// Adds a route for PUT.
    public mutating func put(_ pattern: String, _ handler: @escaping RequestHandler) { on(.put, pattern, handler) }

    /// Adds a route for PATCH.
    public mutating func patch(_ pattern: String, _ handler: @escaping RequestHandler) { on(.patch, pattern, handler) }

    /// Adds a route for DELETE.
    public mutating func delete(_ pattern: String, _ handler: @escaping RequestHandler) {
        on(.delete, pattern, handler)
    }

    /// Adds routes below `prefix` (empty for none) that share middleware; it runs only for these routes.
    public mutating func group(
        _ prefix: String, middleware: [any Middleware] = [], _ build: (inout Group) -> Void
    ) {
        var group = Group(prefix: prefix, middleware: middleware, tree: tree)
        build(&group)
        tree = group.tree
    }

    /// Routes below one prefix and behind the same middleware.
    public struct Group {
        let prefix: String
        let middleware: [any Middleware]
        var tree: RouteTree

        /// Adds a route.
        public mutating func on(_ method: HTTPMethod, _ pattern: String, _ handler: @escaping RequestHandler) {
            tree.insert(method, prefix + pattern, ClosureResponder(handler).wrapped(by: middleware))
        }

        /// Adds a route for GET.
        public mutating func get(_ pattern: String, _ handler: @escaping RequestHandler) { on(.get, pattern, handler) }

        /// Adds a route for POST.
        public mutating func post(_ pattern: String, _ handler: @escaping RequestHandler) {
            on(.post, pattern, handler)
        }

        /// Adds a group within this one.
        public mutating func group(
            _ prefix: String, middleware: [any Middleware] = [], _ build: (inout Group) -> Void
        ) {
            var inner = Group(prefix: self.prefix + prefix, middleware: self.middleware + middleware, tree: tree)
            build(&inner)
            tree = inner.tree
        }
    }

    /// Finds the route and has it answer.
    public func respond(to request: ServerRequest) async throws -> ServerResponse {
        guard let match = tree.match(request.rawPath, method: request.method) else { throw HTTPError(.notFound) }
        let leaf =
            match.leaves.first { $0.method == request.method }
            ?? match.leaves.first { request.method == .head && $0.method == .get }
        guard let leaf else {
            var methods = match.leaves.map(\.method.rawValue)
            if methods.contains("GET"), !methods.contains("HEAD") { methods.append("HEAD") }
            let allow: HTTPFields = ["Allow": (methods + ["OPTIONS"]).sorted().joined(separator: ", ")]
            if request.method == .options { return ServerResponse(status: .noContent, fields: allow) }
            throw HTTPError(.methodNotAllowed, fields: allow)
        }
        request.context.setRoute(leaf.pattern)
        var request = request
        for (name, value) in zip(leaf.names, match.values) { request.parameters.append(name, value) }
        return try await leaf.responder.respond(to: request)
    }
}
