/// The job that is being done, for those who note what happens inside it.
package struct JobRun: Hashable, Sendable {
    /// The name of its kind.
    package let kind: String
    /// Its number.
    package let id: JobID

    /// A job's mark.
    package init(kind: String, id: JobID) {
        self.kind = kind
        self.id = id
    }

    /// The job whose handler runs in this task.
    @TaskLocal package static var current: JobRun?
}
