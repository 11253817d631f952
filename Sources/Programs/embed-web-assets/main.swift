import FoundationEssentials

/// Writes the files of a folder as one Swift file of string literals: `embed-web-assets <folder> <output>`.
///
/// Text becomes a literal as it is, everything else base64; both compile in milliseconds, where an array literal of
/// bytes would take minutes.

func literal(_ text: String) -> String {
    var line = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": line += "\\\""
        case "\\": line += "\\\\"
        case "\n": line += "\\n"
        case "\r": line += "\\r"
        case "\t": line += "\\t"
        default:
            if scalar.value < 0x20 || scalar.value == 0x7F {
                line += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
    }
    return line + "\""
}

func entry(_ name: String, in folder: String) throws -> String {
    let bytes = try Data(contentsOf: URL(filePath: folder + "/" + name))
    if let text = String(validating: bytes, as: UTF8.self) {
        return "    \(literal(name)): .text(\(literal(text))),"
    }
    return "    \(literal(name)): .base64(\(literal(bytes.base64EncodedString()))),"
}

func isDirectory(_ path: String) -> Bool {
    var answer = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &answer) && answer
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else { fatalError("usage: embed-web-assets <folder> <output>") }
let (folder, output) = (arguments[1], arguments[2])

let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    .filter { name in
        !name.split(separator: "/").contains { $0.hasPrefix(".") } && !isDirectory(folder + "/" + name)
    }
    .sorted()

var lines = [
    "// Made from Web/ by embed-web-assets; do not edit.", "", "let embeddedFiles: [String: EmbeddedFile] = [",
]
for name in names { lines.append(try entry(name, in: folder)) }
lines += names.isEmpty ? ["    :", "]", ""] : ["]", ""]

try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: output), options: .atomic)
