internal import Jobs
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Stores votes with everything that follows from them, inside the transaction of whoever asks.
final class VoteRecorder: Sendable {
    /// What a press has led to.
    struct Recorded: Equatable, Sendable {
        var change: Votes.Change
        /// What is said about the photo's gallery after a 👎; nil where there is nothing to hide.
        var gallery: Rejected?
        /// What the buttons show now, in the order asked for.
        var states: [Votes.State]
    }

    /// A gallery of which a photo was voted down.
    struct Rejected: Equatable, Sendable {
        var photo: Int64
        var name: String
        /// How many of its photos are voted down; given when that is the moment to ask about hiding it.
        var count: Int?
    }

    let taste: TasteStore
    /// Which fields of the library follow the votes; none where the owner has not switched it on.
    private let writtenFields: Set<WrittenFields.Field>
    private let queue = Mutex<JobQueue?>(nil)
    private let votes = Votes()
    private let photos = KnownPhotos()
    private let exclusions = Exclusions()

    init(taste: TasteStore, writtenFields: Set<WrittenFields.Field>) {
        self.taste = taste
        self.writtenFields = writtenFields
    }

    /// Gives the queue for what is written into the library later; call it before updates are handled.
    func use(_ queue: JobQueue) {
        self.queue.withLock { $0 = queue }
    }

    /// Records a press, where the photo was shown in the chat; nil where it was not.
    ///
    /// - Parameters:
    ///   - showing: The photos whose buttons stand there.
    ///   - mayHide: Whether whoever presses may hide galleries here.
    ///   - gallerySize: How many photos a gallery has; nil where that is not known.
    func record(
        _ press: Votes.Press, showing: [Int64], mayHide: Bool, gallerySize: (String) -> Int?,
        in connection: any SQLConnection
    ) throws -> Recorded? {
        guard let photo = try shown(press.photo, in: press.scope, showing, connection) else { return nil }
        let before = try votes.vote(of: press.user, on: press.photo, in: connection)
        let change = try votes.apply(press, in: connection)
        if case .repeated = change {} else { try writeLater(press.photo, in: connection) }
        // The group where the vote was before loses it.
        let scopes = Set([press.scope.id, press.user, before?.chat].compactMap(\.self).map { TasteScope(ChatID($0)) })
        connection.afterCommit { [taste] in taste.forget(scopes) }
        return Recorded(
            change: change,
            gallery: mayHide
                ? try rejected(photo, change, press, gallerySize: gallerySize, in: connection) : nil,
            states: try showing.map { try votes.state(of: $0, in: press.scope, connection) })
    }

    /// Hides a photo's gallery; nil where the photo was not shown in the chat or is in no gallery.
    func hide(
        galleryOf number: Int64, by user: UserID, scope: TasteScope, now: Timestamp, in connection: any SQLConnection
    ) throws -> String? {
        guard let photo = try photos.find(number, shownIn: scope.id, in: connection), let gallery = photo.galleryID
        else { return nil }
        let name = photo.galleryName ?? gallery
        try exclusions.add(gallery, name: name, by: user.rawValue, scope: scope, now: now, in: connection)
        connection.afterCommit { [taste] in taste.forget([scope]) }
        return name
    }

    /// Shows a gallery again; false where it was not hidden.
    func restore(_ gallery: String, scope: TasteScope, in connection: any SQLConnection) throws -> Bool {
        let isRestored = try exclusions.remove(gallery, scope: scope, in: connection)
        connection.afterCommit { [taste] in taste.forget([scope]) }
        return isRestored
    }

    /// Takes back everything that a person has voted and hidden, in the library too.
    func forget(_ user: UserID, in connection: any SQLConnection) throws {
        let numbers: [Int64] = try connection.values(
            "SELECT photo_number FROM votes WHERE user_id = \(user.rawValue)")
        try votes.forget(user.rawValue, in: connection)
        try exclusions.forget(user.rawValue, in: connection)
        for number in numbers { try writeLater(number, in: connection) }
        connection.afterCommit { [taste] in taste.forgetAll() }
    }

    // MARK: Steps

    /// The photo of a press, where this chat was shown it.
    ///
    /// A program that died just after sending has not noted that; but `showing` is what Telegram itself says of the
    /// message, which nobody can forge.
    private func shown(
        _ number: Int64, in scope: TasteScope, _ showing: [Int64], _ connection: any SQLConnection
    ) throws -> KnownPhotos.Entry? {
        if let photo = try photos.find(number, shownIn: scope.id, in: connection) { return photo }
        return showing.contains(number) ? try photos.find(number, in: connection) : nil
    }

    private func writeLater(_ photo: Int64, in connection: any SQLConnection) throws {
        guard !writtenFields.isEmpty, let queue = queue.withLock(\.self) else { return }
        let job = WriteVotes(photo: photo)
        try queue.enqueue(job, job.options, in: connection)
    }

    /// After a 👎 hiding is offered; where much of the gallery is voted down, it is asked about at once, but only once.
    private func rejected(
        _ photo: KnownPhotos.Entry, _ change: Votes.Change, _ press: Votes.Press, gallerySize: (String) -> Int?,
        in connection: any SQLConnection
    ) throws -> Rejected? {
        guard let gallery = photo.galleryID,
            change == .cast(.down) || change == .changed(to: .down),
            try !exclusions.contains(gallery, scope: press.scope, in: connection)
        else { return nil }
        var rejected = Rejected(photo: photo.number, name: photo.galleryName ?? gallery, count: nil)
        let count = try votes.rejected(inGallery: gallery, scope: press.scope, in: connection)
        // Decided once and handed on: asking again later would find that it was asked already.
        if Self.isMuch(count, of: gallerySize(gallery)),
            try exclusions.offer(gallery, scope: press.scope, now: press.time, in: connection)
        {
            rejected.count = count
        }
        return rejected
    }

    /// Three photos, or a third of the gallery.
    static func isMuch(_ count: Int, of size: Int?) -> Bool {
        count >= 3 || size.map { $0 > 0 && count * 3 >= $0 } ?? false
    }
}
