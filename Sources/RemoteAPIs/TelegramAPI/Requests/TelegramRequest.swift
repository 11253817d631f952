public import JSON

/// A call on its way out: what interceptors see of it, whatever the method.
public struct TelegramRequest: Sendable {
    /// The method's name.
    public let method: String
    /// All parameters as one JSON object.
    public let json: [UInt8]
    /// The files that travel beside the parameters.
    public let attachments: [Attachment]
    /// How long the whole call may take; nil for the client's own limit.
    public var timeout: Duration?
    let parameters: [ParameterWriter.Parameter]

    /// Makes the request of a method, such as for a queue or for the answer to a webhook.
    public init(_ method: some TelegramMethod) {
        self = ParameterWriter.request(for: method)
    }

    /// Makes a request from parts that were stored: a method's name and its parameters as one JSON object.
    ///
    /// Files are not among them; store a `file_id`, a URL or a path, and build the method again.
    public init(method: String, json: [UInt8]) throws(JSONError) {
        var reader = JSONReader(json)
        var parameters: [ParameterWriter.Parameter] = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            let value = try reader.readRaw()
            parameters.append(ParameterWriter.Parameter(name: name, range: value.startIndex..<value.endIndex))
        }
        try reader.finish()
        self.init(method: method, json: json, parameters: parameters, attachments: [])
    }

    init(method: String, json: [UInt8], parameters: [ParameterWriter.Parameter], attachments: [Attachment]) {
        self.method = method
        self.json = json
        self.parameters = parameters
        self.attachments = attachments
    }

    /// The JSON text of a parameter, nil where it is not set.
    func text(of name: String) -> ArraySlice<UInt8>? {
        parameters.first { $0.name == name }.map { json[$0.range] }
    }

    /// A parameter as a tree, nil where it is not set.
    public func parameter(_ name: String) -> JSONValue? {
        guard let text = text(of: name) else { return nil }
        // The text is of our own writing; a value that does not parse does not exist.
        return try? JSONValue(parsing: Array(text))
    }

    /// The chat that the call is for, where it has `chat_id`; what flood control counts by.
    public var chat: ChatTarget? {
        switch parameter("chat_id") {
        case .integer(let id): .id(ChatID(id))
        case .string(let name): .username(name)
        default: nil
        }
    }
}
