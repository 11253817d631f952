package import JSON
import Jobs

/// How the calls that an update leads to differ from those that are recorded.
package enum CallChange: Equatable, Sendable {
    /// The method is called, with other parameters; `job` is the kind of the job that does so, nil for a handler.
    case changed(method: String, job: String? = nil, [Field])
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
    /// Each job's calls are compared apart, since they may come before, between or after the handler's. Passed over is
    /// what depends on how fast things go: chat actions and drafts.
    package static func changes(recorded: [RecordedCall], made: [RecordedCall]) -> [CallChange] {
        let (before, after) = (recorded.filter(isCompared), made.filter(isCompared))
        var changes = changes(from: before.filter { $0.job == nil }, to: after.filter { $0.job == nil })
        for kind in Set((before + after).compactMap(\.job?.kind)).sorted() {
            var (old, new) = (jobs(of: kind, in: before), jobs(of: kind, in: after))
            // The number of a job may be another now: those that do the same belong together, then the rest in order.
            new.removeAll { calls in
                guard let same = old.firstIndex(where: { $0.map(Key.init) == calls.map(Key.init) }) else {
                    return false
                }
                old.remove(at: same)
                return true
            }
            for index in 0..<max(old.count, new.count) {
                changes += Self.changes(
                    from: index < old.count ? old[index] : [], to: index < new.count ? new[index] : [])
            }
        }
        return changes
    }

    /// The calls of each job of a kind, in the order of the jobs.
    private static func jobs(of kind: String, in calls: [RecordedCall]) -> [[RecordedCall]] {
        let jobs = Dictionary(grouping: calls.filter { $0.job?.kind == kind }) { $0.job?.id.rawValue ?? 0 }
        return jobs.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func changes(from before: [RecordedCall], to after: [RecordedCall]) -> [CallChange] {
        let difference = after.map(Key.init).difference(from: before.map(Key.init))
        var removed = difference.removals.compactMap { change -> RecordedCall? in
            if case .remove(let offset, _, _) = change { before[offset] } else { nil }
        }
        var changes: [CallChange] = []
        for case .insert(let offset, _, _) in difference.insertions {
            let call = after[offset]
            if let index = removed.firstIndex(where: { $0.method == call.method }) {
                changes.append(
                    .changed(method: call.method, job: call.job?.kind, fields(removed.remove(at: index), call)))
            } else {
                changes.append(.added(call))
            }
        }
        return changes + removed.map { .missing($0) }
    }

    /// Whether a call is compared at all.
    static func isCompared(_ call: RecordedCall) -> Bool {
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
