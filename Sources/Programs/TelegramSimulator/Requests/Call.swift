/// A call of a bot, ready to be carried out.
struct Call: Sendable {
    var bot: Int64
    /// In lower case.
    var method: String
    var arguments: Arguments
    /// Uploads and downloaded links that were brought into the file store, by argument or attachment name.
    var prepared: [String: PreparedFile] = [:]

    init(bot: Int64, method: String, arguments: Arguments, prepared: [String: PreparedFile] = [:]) {
        self.bot = bot
        self.method = method
        self.arguments = arguments
        self.prepared = prepared
    }
}

/// What a call answers.
struct Answer: Sendable {
    var result: [UInt8]
    var description: String?

    init(_ result: [UInt8], description: String? = nil) {
        self.result = result
        self.description = description
    }

    static let yes = Self(Array("true".utf8))

    static func yes(_ description: String) -> Self { Self(Array("true".utf8), description: description) }

    static func writing(_ body: (inout WireWriter) -> Void) -> Self { Self(WireWriter.bytes(body)) }

    var body: [UInt8] {
        WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("ok", true)
                writer.field("result", raw: result)
                writer.field("description", description)
            }
        }
    }
}

/// Carries a method out on the world.
typealias Handler = @Sendable (inout World, Call) throws(APIError) -> Answer
