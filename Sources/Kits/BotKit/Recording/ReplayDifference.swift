package import JSON

/// How the calls that an update leads to differ from those that are recorded.
package enum CallChange: Equatable, Sendable {
    /// The method is called, with other parameters: name, recorded value, value now (nil for none).
    case changed(method: String, [Field])
    /// It is not called any more.
    case missing(RecordedCall)
    /// It was not called before.
    case added(RecordedCall)

    /// A parameter that is another.
    package struct Field: Equatable, Sendable {
        /// Its name.
        package let name: String
        /// What it was.
        package let before: JSONValue?
        /// What it is.
        package let after: JSONValue?
    }
}

/// Compares calls, in their order.
package enum ReplayComparison {
    /// The differences; none where the calls are the same.
    ///
    /// Passed over is what depends on how fast things go: chat actions and drafts.
    package static func changes(recorded: [RecordedCall], made: [RecordedCall]) -> [CallChange] {
        let (before, after) = (recorded.filter(isCompared), made.filter(isCompared))
        let difference = after.map(Key.init).difference(from: before.map(Key.init))
        var removed = difference.removals.compactMap { change -> RecordedCall? in
            if case .remove(let offset, _, _) = change { before[offset] } else { nil }
        }
        var changes: [CallChange] = []
        for case .insert(let offset, _, _) in difference.insertions {
            let call = after[offset]
            if let index = removed.firstIndex(where: { $0.method == call.method }) {
                changes.append(.changed(method: call.method, fields(removed.remove(at: index), call)))
            } else {
                changes.append(.added(call))
            }
        }
        return changes + removed.map { .missing($0) }
    }

    private static func isCompared(_ call: RecordedCall) -> Bool {
        let rule = CallRule(method: call.method)
        return !rule.isBestEffort
    }

    private static func fields(_ before: RecordedCall, _ after: RecordedCall) -> [CallChange.Field] {
        func members(_ call: RecordedCall) -> [String: JSONValue] {
            var members = Dictionary(
                (call.parameters.objectValue?.members ?? []).map { ($0.key, $0.value.sorted) }, uniquingKeysWith: { $1 }
            )
            for file in call.files {
                members["file \(file.part)"] = .string("\(file.name), \(file.size.map { "\($0) bytes" } ?? "a path")")
            }
            return members
        }
        let (old, new) = (members(before), members(after))
        return Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map {
            CallChange.Field(name: $0, before: old[$0], after: new[$0])
        }
    }

    /// What makes two calls the same.
    private struct Key: Equatable {
        let method: String
        let parameters: JSONValue
        let files: [RecordedCall.File]

        init(_ call: RecordedCall) {
            method = call.method
            parameters = call.parameters.sorted
            files = call.files
        }
    }
}
