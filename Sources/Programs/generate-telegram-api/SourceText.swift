/// Swift source under construction.
struct SourceText {
    private(set) var text = ""
    private var indentation = 0

    /// Adds a line; a line that ends with an opening bracket indents what follows.
    mutating func line(_ line: String = "") {
        if line.hasPrefix("}") || line.hasPrefix(")") { indentation -= 1 }
        text += line.isEmpty ? "\n" : String(repeating: "    ", count: indentation) + line + "\n"
        if line.hasSuffix("{") || line.hasSuffix("(") { indentation += 1 }
    }

    /// Adds a label of a `switch`, which stands as far left as the `switch` itself.
    mutating func label(_ label: String) {
        text += String(repeating: "    ", count: indentation - 1) + label + "\n"
    }
}
