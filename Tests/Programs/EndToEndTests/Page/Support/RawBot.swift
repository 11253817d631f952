import HTTP
import HTTPClient
import Images
import JSON

/// A bot played by a test with plain calls of the Bot API, so that nothing but the simulator is under test.
struct RawBot: Sendable {
    struct Refused: Error {
        let answer: JSONValue
    }

    let token: String
    let base: String
    let http: HTTPClient
    /// Its chat with a person is known to that person under this id.
    var id: Int64 { Int64(token.prefix { $0 != ":" }) ?? 0 }

    @discardableResult
    func call(_ method: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await send(method, .bytes(arguments.serialised()), type: "application/json")
    }

    /// Sends files; fields that are not files go as text.
    @discardableResult
    func upload(_ method: String, _ parts: [MultipartPart]) async throws -> JSONValue {
        try await send(method, .multipart(parts), type: nil)
    }

    private func send(_ method: String, _ body: ClientBody, type: String?) async throws -> JSONValue {
        var fields: HTTPFields = [:]
        fields["Content-Type"] = type
        let request = ClientRequest(
            .post, "\(base)/bot\(token)/\(method)", fields: fields, body: body,
            timeouts: Timeouts(total: .seconds(120), idle: .seconds(120)))
        let answer = try JSONValue(parsing: await http.send(request).body)
        guard answer["ok"]?.boolValue == true, let result = answer["result"] else { throw Refused(answer: answer) }
        return result
    }

    struct Missed: Error {
        let kind: String
    }

    /// Waits for an update of a kind and confirms it and all before it; gives up when nothing comes for long.
    func next(_ kind: String) async throws -> JSONValue {
        while true {
            let updates = try await call("getUpdates", ["timeout": 50, "limit": 1]).arrayValue ?? []
            if updates.isEmpty { throw Missed(kind: kind) }
            for update in updates {
                guard let number = update["update_id"]?.integerValue else { continue }
                try await call("getUpdates", ["offset": .integer(number + 1), "limit": 1, "timeout": 0])
                if let content = update[kind] { return content }
            }
        }
    }

    /// A picture of one colour with a lighter spot, as PNG.
    static func picture(width: Int, height: Int, red: Int = 60, green: Int = 120, blue: Int = 180) throws -> [UInt8] {
        let raster = try Raster(width: width, height: height)
        raster.fill(red: red, green: green, blue: blue)
        raster.ellipse(
            centerX: width / 2, centerY: height / 2, width: width / 2, height: height / 2, red: 240, green: 230,
            blue: 200)
        return try raster.png()
    }
}
