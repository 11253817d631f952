public import JSON

/// One update as it came, with the number that tells it from others.
///
/// Storing it needs no understanding; reading it can fail without losing it.
public struct RawUpdate: Sendable, Equatable {
    /// The `update_id`.
    public let updateID: Int
    /// The update's JSON text.
    public let json: [UInt8]

    private static let keys = JSONKeyTable("update_id")

    /// Makes a raw update from parts that were stored.
    public init(updateID: Int, json: [UInt8]) {
        self.updateID = updateID
        self.json = json
    }

    /// Takes the body of a webhook request.
    public init(webhookBody: [UInt8]) throws(JSONError) {
        var reader = JSONReader(webhookBody)
        updateID = try Self.identifier(&reader)
        try reader.finish()
        json = webhookBody
    }

    /// Cuts the result of `getUpdates` into its updates.
    static func split(_ reply: TelegramReply) throws(JSONError) -> [RawUpdate] {
        var reader = JSONReader(reply.body, from: reply.resultOffset)
        var updates: [RawUpdate] = []
        try reader.beginArray()
        while try reader.nextElement() {
            let start = reader.offset
            let updateID = try identifier(&reader)
            updates.append(RawUpdate(updateID: updateID, json: Array(reply.body[start..<reader.offset])))
        }
        return updates
    }

    /// Passes over an update and gives its number.
    private static func identifier(_ reader: inout JSONReader) throws(JSONError) -> Int {
        var updateID: Int?
        try reader.beginObject()
        while let field = try reader.nextKey(in: keys) {
            if field == 0 { updateID = try reader.readInt() } else { try reader.skipValue() }
        }
        guard let updateID else { throw reader.missing("update_id") }
        return updateID
    }

    /// Reads the update.
    ///
    /// A damaged part is left out and `issue` says which, as long as the part is optional; where what the update is
    /// about cannot be read at all, the fault is thrown, and the update can be set aside under its number.
    public func decode() throws(JSONError) -> (update: Update, issue: JSONError?) {
        var reader = JSONReader(json)
        let update = try Update(from: &reader)
        try reader.finish()
        if let issue = reader.firstIssue, update.content == nil { throw issue }
        return (update, reader.firstIssue)
    }
}
