internal import HTTP

/// The routes as a tree of path segments, kept flat in a list of nodes.
struct RouteTree: Sendable {
    struct Leaf: Sendable {
        let method: HTTPMethod
        let pattern: String
        let names: [String]
        let responder: any Responder
    }

    private struct Node: Sendable {
        var literals: [(text: String, node: Int)] = []
        /// Longest prefix first, so that the most particular pattern wins.
        var parameters: [(prefix: String, node: Int)] = []
        var leaves: [Leaf] = []
        var restLeaves: [Leaf] = []
    }

    /// What a path leads to: the leaves of every method, and the texts of its variable segments.
    struct Match {
        var leaves: ArraySlice<Leaf>
        var values: [String]
    }

    private var nodes = [Node()]

    mutating func insert(_ method: HTTPMethod, _ pattern: String, _ responder: any Responder) {
        var node = 0
        var names: [String] = []
        var isRest = false
        for segment in RouteSegment.parse(pattern) {
            switch segment {
            case .literal(let text):
                node = child(of: node, in: \.literals, text: text)
            case .parameter(let prefix, let name):
                names.append(name)
                node = parameterChild(of: node, prefix: prefix)
            case .rest(let name):
                names.append(name)
                isRest = true
            }
        }
        let leaf = Leaf(method: method, pattern: pattern, names: names, responder: responder)
        let known = isRest ? nodes[node].restLeaves : nodes[node].leaves
        precondition(!known.contains { $0.method == method }, "the route \(method) \(pattern) exists already")
        if isRest { nodes[node].restLeaves.append(leaf) } else { nodes[node].leaves.append(leaf) }
    }

    private mutating func child(
        of node: Int, in list: WritableKeyPath<Node, [(text: String, node: Int)]>, text: String
    ) -> Int {
        if let known = nodes[node][keyPath: list].first(where: { $0.text == text }) { return known.node }
        nodes.append(Node())
        nodes[node][keyPath: list].append((text, nodes.count - 1))
        return nodes.count - 1
    }

    private mutating func parameterChild(of node: Int, prefix: String) -> Int {
        if let known = nodes[node].parameters.first(where: { $0.prefix == prefix }) { return known.node }
        nodes.append(Node())
        nodes[node].parameters.append((prefix, nodes.count - 1))
        nodes[node].parameters.sort { $0.prefix.utf8.count > $1.prefix.utf8.count }
        return nodes.count - 1
    }

    /// The leaves for a path as it stood in the request line; fixed segments win over variable ones.
    ///
    /// A route that knows the method is preferred to one that does not, even if that one is more particular.
    func match(_ path: Substring, method: HTTPMethod) -> Match? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map(Substring.init)
        var values: [String] = []
        var fallback: Match?
        if let found = search(0, segments[...], method, &values, &fallback) { return found }
        return fallback
    }

    private func search(
        _ index: Int, _ segments: ArraySlice<Substring>, _ method: HTTPMethod, _ values: inout [String],
        _ fallback: inout Match?
    ) -> Match? {
        let node = nodes[index]
        guard let segment = segments.first else {
            return consider(node.leaves, values, method, &fallback)
        }
        let rest = segments.dropFirst()
        guard let text = Percent.decode(segment) else { return nil }
        for literal in node.literals where literal.text == text {
            if let found = search(literal.node, rest, method, &values, &fallback) { return found }
        }
        for parameter in node.parameters where text.utf8.starts(with: parameter.prefix.utf8) {
            let value = text.utf8.dropFirst(parameter.prefix.utf8.count)
            if value.isEmpty { continue }
            values.append(String(Substring(value)))
            if let found = search(parameter.node, rest, method, &values, &fallback) { return found }
            values.removeLast()
        }
        guard !node.restLeaves.isEmpty, let tail = Percent.decode(segments.joined(separator: "/")) else { return nil }
        values.append(tail)
        defer { values.removeLast() }
        return consider(node.restLeaves, values, method, &fallback)
    }

    private func consider(
        _ leaves: [Leaf], _ values: [String], _ method: HTTPMethod, _ fallback: inout Match?
    ) -> Match? {
        if leaves.isEmpty { return nil }
        let match = Match(leaves: leaves[...], values: values)
        if leaves.contains(where: { $0.method == method || (method == .head && $0.method == .get) }) { return match }
        fallback = fallback ?? match
        return nil
    }
}
