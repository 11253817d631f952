import HTTP
import HTTPClient
import JSON

extension TelegramRequest {
    /// The body as it goes out: JSON, or a form where files go along.
    func body() -> (contentType: String?, ClientBody) {
        if attachments.isEmpty { return ("application/json", .bytes(json)) }
        var parts: [MultipartPart] = []
        let ownParts = Set(attachments.map(\.part))
        for parameter in parameters {
            // A file that is a parameter itself goes under the parameter's name, in place of a reference to it.
            if ownParts.contains(parameter.name), isReference(parameter) { continue }
            parts.append(MultipartPart(name: parameter.name, content: .bytes(formValue(json[parameter.range]))))
        }
        for attachment in attachments {
            switch attachment.source {
            case .path(let path): parts.append(.file(attachment.part, path: path, fileName: attachment.fileName))
            case .bytes(let bytes): parts.append(.file(attachment.part, bytes: bytes, fileName: attachment.fileName))
            }
        }
        return (nil, .multipart(parts))
    }

    private func isReference(_ parameter: ParameterWriter.Parameter) -> Bool {
        json[parameter.range].elementsEqual("\"attach://\(parameter.name)\"".utf8)
    }

    /// In a form a string stands for itself, and everything else is its JSON text.
    private func formValue(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        guard bytes.first == UInt8(ascii: "\"") else { return bytes }
        var reader = JSONReader(bytes)
        do {
            return Array(try reader.readString().utf8)
        } catch {
            return bytes
        }
    }
}
