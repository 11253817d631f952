/// Turns the Bot API's names into Swift's.
struct SwiftNames {
    let overrides: Overrides

    /// Words that Swift reserves where a declaration's name stands.
    private static let reserved: Set<String> = [
        "as", "case", "class", "default", "else", "extension", "for", "func", "if", "import", "in", "init", "internal",
        "is", "let", "operator", "private", "protocol", "public", "repeat", "return", "self", "static", "struct",
        "subscript", "switch", "throw", "true", "try", "var", "where", "while",
    ]

    /// `message_thread_id` becomes `messageThreadID`.
    func property(_ name: String) -> String {
        let words = name.split(separator: "_").map(String.init)
        let rest = words.dropFirst().map { overrides.words[$0] ?? Self.capitalised($0) }
        return escaped((words.first ?? "") + rest.joined())
    }

    /// `LoginUrl` becomes `LoginURL`, `sendMessage` becomes `SendMessage`.
    func type(_ name: String) -> String {
        var words: [String] = []
        for character in Self.capitalised(name) {
            if character.isUppercase || words.isEmpty {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.map { overrides.words[$0.lowercased()] ?? $0 }.joined()
    }

    /// The case of a union for one of its types: `ChatMemberOwner` of `ChatMember` becomes `owner`.
    func unionCase(_ type: String, of union: Union, at index: Int) -> String {
        if index < union.caseNames.count { return union.caseNames[index] }
        var name = type
        for suffix in overrides.caseSuffixes where name.hasSuffix(suffix) && name.count > suffix.count {
            name.removeLast(suffix.count)
        }
        for prefix in [union.name] + overrides.casePrefixes where name.hasPrefix(prefix) && name.count > prefix.count {
            name.removeFirst(prefix.count)
            break
        }
        let swiftName = self.type(name)
        let leading = swiftName.prefix { $0.isUppercase }
        let head = leading.count > 1 && leading.count < swiftName.count ? leading.dropLast() : leading
        return escaped(head.lowercased() + swiftName.dropFirst(head.count))
    }

    private func escaped(_ name: String) -> String {
        Self.reserved.contains(name) ? "`\(name)`" : name
    }

    private static func capitalised(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
