import JSON
import Testing

@testable import TelegramAPI

@Suite struct `Every type and method of the schema` {
    let schema: JSONValue

    init() throws {
        schema = try JSONValue(parsing: contents("Schema/telegram-bot-api.json"))
    }

    @Test func `is there: 400 types and 185 methods`() {
        let types = (schema["types"]?.objectValue?.count ?? 0) + (schema["unions"]?.objectValue?.count ?? 0)
        // The schema leaves out InputFile, which is not made of fields.
        #expect(types + 1 == 400)
        #expect(methodSamples().count == 185)
        #expect(decoders.count > 260)
    }

    @Test(arguments: [(true, false), (false, false), (true, true), (false, true)])
    func `decodes without an issue`(_ hasOptionals: Bool, _ hasUnknown: Bool) throws {
        let samples = SchemaSamples(schema: schema, hasOptionals: hasOptionals, hasUnknown: hasUnknown)
        for (name, type) in decoders {
            let bytes = samples.value(of: name).serialised()
            var reader = JSONReader(bytes)
            do {
                _ = try type.init(from: &reader)
                try reader.finish()
                #expect(reader.firstIssue == nil, "\(name): \(String(decoding: bytes, as: UTF8.self))")
            } catch {
                Issue.record("\(name): \(error) in \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test func `every case of every union is told apart`() throws {
        let samples = SchemaSamples(schema: schema, hasOptionals: false)
        for union in schema["unions"]?.objectValue ?? [:] {
            guard let type = decoders.first(where: { $0.name == union.key })?.type, union.value["by"] != nil else {
                continue
            }
            var names: Set<String> = []
            for item in union.value["cases"]?.objectValue ?? [:] {
                var reader = JSONReader(samples.value(of: item.value.stringValue ?? "").serialised())
                let value = try type.init(from: &reader)
                let mirror = Mirror(reflecting: value)
                names.insert(mirror.children.first?.label ?? "none")
            }
            #expect(names.count == union.value["cases"]?.objectValue?.count, "\(union.key)")
            #expect(!names.contains("unknown"), "\(union.key)")
        }
    }

    @Test func `an object without a required field is refused by the field's name`() {
        for (name, type) in decoders {
            let fields = schema["types"]?[name]?.objectValue ?? [:]
            // Flags and lists may be absent: servers older than the schema do not send the newest ones.
            let isNeeded = { (text: String?) in
                text.map { !$0.hasSuffix(" ?") && !$0.hasPrefix("\"") && !$0.hasPrefix("[") && $0 != "Boolean" }
                    ?? false
            }
            guard let first = fields.first(where: { isNeeded($0.value.stringValue) }) else { continue }
            var sample = SchemaSamples(schema: schema, hasOptionals: false).value(of: name)
            sample[first.key] = nil
            var reader = JSONReader(sample.serialised())
            let error = #expect(throws: JSONError.self, "\(name)") { _ = try type.init(from: &reader) }
            #expect(error?.kind == .missingKey(first.key), "\(name)")
        }
    }

    @Test func `an optional field of a wrong type costs that field alone`() {
        let samples = SchemaSamples(schema: schema, hasOptionals: false)
        var tried = 0
        for (name, type) in decoders {
            for field in schema["types"]?[name]?.objectValue ?? [:] {
                guard let text = field.value.stringValue, text.hasSuffix(" ?") else { continue }
                var sample = samples.value(of: name)
                sample[field.key] = text == "Boolean ?" ? "yes" : true
                var reader = JSONReader(sample.serialised())
                #expect(throws: Never.self, "\(name).\(field.key)") { _ = try type.init(from: &reader) }
                #expect(reader.issueCount == 1, "\(name).\(field.key)")
                tried += 1
            }
        }
        #expect(tried > 500)
    }

    @Test func `methods write the parameters that the schema lists`() throws {
        for method in methodSamples() {
            let name = type(of: method).name
            let request = requestOf(method)
            let json = try JSONValue(parsing: request.json)
            let listed = schema["methods"]?[name]?["parameters"]?.objectValue?.keys ?? []
            #expect(Set(json.objectValue?.keys ?? []) == Set(listed), "\(name)")
            #expect(json.objectValue?.count == listed.count, "\(name)")
            for attachment in request.attachments {
                #expect(json.description.contains("attach://\(attachment.part)"), "\(name)")
            }
            #expect(Set(request.attachments.map(\.part)).count == request.attachments.count, "\(name)")
        }
    }
}

func requestOf(_ method: some TelegramMethod) -> TelegramRequest {
    ParameterWriter.request(for: method)
}
