/// What Mini Apps keep with the service per bot and person (`CloudStorage`), and the methods that reach it.
enum AppStorage {
    /// Carries out `web_app_invoke_custom_method`.
    static func run(_ method: String, _ parameters: JSONNode, _ items: inout [String: String]) throws(APIError)
        -> [UInt8]
    {
        switch method {
        case "saveStorageValue":
            let key = parameters["key"]?.string ?? ""
            let value = parameters["value"]?.string ?? ""
            guard isKey(key) else { throw ControlRefusal.bad("KEY_INVALID") }
            guard value.utf16.count <= OpenApp.maximumValue else { throw ControlRefusal.bad("VALUE_INVALID") }
            guard items[key] != nil || items.count < OpenApp.maximumKeys else {
                throw ControlRefusal.bad("QUOTA_EXCEEDED")
            }
            items[key] = value
            return Array("true".utf8)
        case "getStorageValues":
            let kept = items
            let keys = parameters["keys"]?.array?.compactMap(\.string) ?? []
            return WireWriter.bytes { writer in
                writer.object { writer in for key in keys { writer.field(key, kept[key] ?? "") } }
            }
        case "deleteStorageValues":
            for key in parameters["keys"]?.array?.compactMap(\.string) ?? [] { items[key] = nil }
            return Array("true".utf8)
        case "getStorageKeys":
            let keys = items.keys.sorted()
            return WireWriter.bytes { writer in writer.array(keys) { $0.string($1) } }
        default: throw ControlRefusal.bad("UNSUPPORTED")
        }
    }

    private static func isKey(_ key: String) -> Bool {
        (1...128).contains(key.utf8.count) && key.utf8.allSatisfy { $0.isLetterOrDigit || $0 == "_" || $0 == "-" }
    }
}
