import CYAML

/// Reads one YAML document over libyaml's events, within bounds on size, depth and number of values.
///
/// Anchors and aliases are followed. Tags, merge keys, duplicate keys and further documents are refused: each is a
/// way for a file to mean something else than it seems to.
struct YAMLReader: ~Copyable {
    static let maximumBytes = 1 << 20
    static let maximumDepth = 16
    static let maximumNodes = 10_000

    private let parser: EventParser
    private var anchors: [String: YAMLNode] = [:]
    private var nodes = 0

    /// The document's root; nil when it is empty.
    static func read(_ bytes: [UInt8]) throws(YAMLFault) -> YAMLNode? {
        guard bytes.count <= maximumBytes else {
            throw YAMLFault(line: nil, reason: "the file is larger than \(maximumBytes / 1024) KiB")
        }
        var reader = YAMLReader(parser: EventParser(bytes))
        return try reader.document()
    }

    private init(parser: consuming EventParser) { self.parser = parser }

    private mutating func document() throws(YAMLFault) -> YAMLNode? {
        _ = try parser.next()  // start of the stream
        guard case .documentStart = try parser.next().kind else { return nil }
        let root = try node(try parser.next(), depth: 0)
        _ = try parser.next()  // end of the document
        let event = try parser.next()
        guard case .streamEnd = event.kind else {
            throw YAMLFault(line: event.line, reason: "a second document starts here; one file holds one")
        }
        if case .scalar("", true) = root.content { return nil }
        return root
    }

    private mutating func node(_ event: Event, depth: Int) throws(YAMLFault) -> YAMLNode {
        guard depth <= Self.maximumDepth else {
            throw YAMLFault(line: event.line, reason: "nested more than \(Self.maximumDepth) levels deep")
        }
        try count(1, line: event.line)
        guard !event.hasTag else {
            throw YAMLFault(line: event.line, reason: "tags such as !!str are not supported; leave the tag out")
        }
        let content: YAMLNode.Content
        switch event.kind {
        case .scalar(let text, let isPlain): content = .scalar(text, isPlain: isPlain)
        case .sequenceStart: content = .sequence(try items(depth: depth))
        case .mappingStart: content = .mapping(try entries(depth: depth))
        case .alias(let name):
            guard var node = anchors[name] else {
                throw YAMLFault(line: event.line, reason: "*\(name) is used before &\(name); quote a leading *")
            }
            // Copies count, so that aliases of aliases cannot grow without bound.
            try count(Self.size(of: node), line: event.line)
            node.line = event.line
            return node
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            throw YAMLFault(line: event.line, reason: "a value is missing")
        }
        let node = YAMLNode(content: content, line: event.line)
        if let anchor = event.anchor { anchors[anchor] = node }
        return node
    }

    private mutating func items(depth: Int) throws(YAMLFault) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try parser.next()
            if case .sequenceEnd = event.kind { return items }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(YAMLFault) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        while true {
            let event = try parser.next()
            if case .mappingEnd = event.kind { return entries }
            guard case .scalar(let key, _) = try node(event, depth: depth + 1).content else {
                throw YAMLFault(line: event.line, reason: "a key must be a single word")
            }
            guard key != "<<" else {
                throw YAMLFault(line: event.line, reason: "merge keys (<<) are not supported; repeat the keys")
            }
            if let earlier = entries.first(where: { $0.key == key }) {
                throw YAMLFault(
                    line: event.line, reason: "the key “\(key)” stands twice, first on line \(earlier.line)")
            }
            let value = try node(try parser.next(), depth: depth + 1)
            entries.append(YAMLEntry(key: key, line: event.line, value: value))
        }
    }

    private mutating func count(_ more: Int, line: Int) throws(YAMLFault) {
        nodes += more
        guard nodes <= Self.maximumNodes else {
            throw YAMLFault(line: line, reason: "more than \(Self.maximumNodes) values")
        }
    }

    private static func size(of node: YAMLNode) -> Int {
        switch node.content {
        case .scalar: 1
        case .sequence(let items): items.reduce(1) { $0 + size(of: $1) }
        case .mapping(let entries): entries.reduce(1) { $0 + 1 + size(of: $1.value) }
        }
    }
}

/// What libyaml reports, without its pointers.
private struct Event {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    var kind: Kind
    var line: Int
    var anchor: String?
    var hasTag = false
}

/// libyaml's parser over bytes that it owns.
@safe private struct EventParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
        unsafe parser = .allocate(capacity: 1)
        unsafe input = .allocate(capacity: bytes.count)
        _ = unsafe input.initialize(from: bytes)
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    func next() throws(YAMLFault) -> Event {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw unsafe fault(parser.pointee) }
        defer { unsafe yaml_event_delete(&event) }
        let line = unsafe Int(event.start_mark.line) + 1
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, line: line)
        case YAML_STREAM_END_EVENT: return Event(kind: .streamEnd, line: line)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, line: line)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, line: line)
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias(unsafe text(event.data.alias.anchor) ?? ""), line: line)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return Event(
                kind: .scalar(
                    unsafe String(decoding: bytes, as: UTF8.self),
                    isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE),
                line: line, anchor: unsafe text(scalar.anchor), hasTag: unsafe scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return Event(
                kind: .sequenceStart, line: line, anchor: unsafe text(start.anchor), hasTag: unsafe start.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return Event(
                kind: .mappingStart, line: line, anchor: unsafe text(start.anchor), hasTag: unsafe start.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, line: line)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, line: line)
        default: throw YAMLFault(line: line, reason: "unknown YAML event")
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    private func fault(_ parser: yaml_parser_t) -> YAMLFault {
        let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "the file is not YAML"
        // The reader of characters has an offset, no line.
        guard unsafe parser.error != YAML_READER_ERROR else {
            return YAMLFault(
                line: nil, reason: "byte \(unsafe parser.problem_offset): \(problem); save the file as UTF-8")
        }
        var reason = problem
        if problem.contains("cannot start any token") || problem.contains("alphabetic or numeric") {
            reason += "; put the value in quotes"
        } else if problem.contains("mapping values are not allowed") {
            reason += "; put a value that contains “: ” in quotes, and check the indentation"
        }
        return YAMLFault(line: unsafe Int(parser.problem_mark.line) + 1, reason: reason)
    }
}
