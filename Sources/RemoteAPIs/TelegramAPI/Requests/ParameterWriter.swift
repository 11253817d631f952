import JSON

/// Writes a method's parameters as one JSON object and collects the files that go beside it.
///
/// The same text serves both bodies: sent whole as JSON, or cut into form fields when there are files.
public struct ParameterWriter: Sendable {
    private var json = JSONWriter()
    private var depth = 0
    private var currentField: StaticString = ""
    private(set) var parameters: [Parameter] = []
    private(set) var attachments: [Attachment] = []

    /// A parameter and the place of its value in the text.
    struct Parameter: Sendable {
        let name: String
        let range: Range<Int>
    }

    init() {
        json.beginObject()
    }

    /// Makes the request of a method.
    static func request<M: TelegramMethod>(for method: M) -> TelegramRequest {
        var writer = ParameterWriter()
        method.encode(into: &writer)
        return writer.finish(M.name)
    }

    private mutating func finish(_ method: String) -> TelegramRequest {
        json.endObject()
        return TelegramRequest(method: method, json: json.bytes, parameters: parameters, attachments: attachments)
    }

    // MARK: Fields

    /// Writes a field of the object at hand, or a parameter.
    public mutating func field<T: TelegramEncodable>(_ name: StaticString, _ value: T) {
        if depth == 0 { currentField = name }
        json.key(name)
        let start = json.bytes.count
        value.encode(into: &self)
        guard depth == 0 else { return }
        parameters.append(Parameter(name: name.description, range: start..<json.bytes.count))
    }

    /// Writes a field that is set; leaves out one that is not.
    public mutating func field<T: TelegramEncodable>(_ name: StaticString, _ value: T?) {
        if let value { field(name, value) }
    }

    // MARK: Values

    /// Opens an object.
    public mutating func beginObject() {
        depth += 1
        json.beginObject()
    }

    /// Closes the object opened last.
    public mutating func endObject() {
        depth -= 1
        json.endObject()
    }

    /// Opens an array.
    public mutating func beginArray() {
        depth += 1
        json.beginArray()
    }

    /// Closes the array opened last.
    public mutating func endArray() {
        depth -= 1
        json.endArray()
    }

    /// Writes a string.
    public mutating func string(_ value: String) { json.string(value) }

    /// Writes a whole number.
    public mutating func integer(_ value: Int64) { json.integer(value) }

    /// Writes a number.
    public mutating func number(_ value: Double) { json.number(value) }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { json.bool(value) }

    /// Attaches a file and writes the reference to it.
    ///
    /// A file that is a parameter itself travels under the parameter's name, which every method understands; one that
    /// stands deeper gets a name of its own.
    public mutating func attach(_ source: Attachment.Source, name: String) {
        let part = depth == 0 ? currentField.description : "file\(attachments.count)"
        attachments.append(Attachment(part: part, fileName: name, source: source))
        json.string("attach://" + part)
    }
}
