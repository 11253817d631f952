internal import BotKit
internal import PhotoLibraries
package import Support
internal import Synchronization
internal import TelegramAPI

/// Makes a chat's next photo ready while nobody waits, so that the next `/random` answers at once.
///
/// What is ready counts as shown only when it is sent. It is dropped when it is too old, when the chat hides its
/// gallery meanwhile, and when too many chats have one; a program that ends does not wait for it.
package final class NextPhotos: Service {
    package let name = "gallery-next"

    private struct Slot {
        var prepared: PhotoShow.Prepared
        var madeAt: Duration
    }

    private struct Wish: Sendable {
        var chat: ChatID
        var sender: Sender
    }

    private struct Work {
        /// The chat whose photo is being made ready now, and who waits for that.
        var chat: ChatID?
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Chats that have chosen a photo since they last wished for one: older wishes mean nothing.
        var overtaken: Set<ChatID> = []
    }

    /// Chats that have one at a time; the pictures' cache bounds the bytes.
    static let mostSlots = 64

    private let chooser: PhotoChooser
    private let photos: PhotoSender
    private let time: any TimeSource
    private let logger: Logger
    private let isHidden: @Sendable (Photo, ChatID) async throws -> Bool
    private let slots = Mutex<[ChatID: Slot]>([:])
    private let atWork = Mutex(Work())
    private let wishes: AsyncStream<Wish>
    private let wishing: AsyncStream<Wish>.Continuation
    private let isRunning = Atomic(false)

    init(
        chooser: PhotoChooser, photos: PhotoSender, time: any TimeSource, logger: Logger,
        isHidden: @escaping @Sendable (Photo, ChatID) async throws -> Bool
    ) {
        self.chooser = chooser
        self.photos = photos
        self.time = time
        self.logger = logger
        self.isHidden = isHidden
        // Under load the newest wishes are the likeliest to be of use.
        (wishes, wishing) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(32))
    }

    /// Whether a chat's next photo is ready.
    func isReady(for chat: ChatID) -> Bool { slots.withLock { $0[chat] != nil } }

    /// Asks for a chat's next photo to be made ready; returns at once.
    func want(for chat: ChatID, sender: Sender) {
        guard isRunning.load(ordering: .relaxed) else { return }
        atWork.withLock { _ = $0.overtaken.remove(chat) }
        wishing.yield(Wish(chat: chat, sender: sender))
    }

    /// Hands out what is ready for a chat, or will be in a moment; the choice is the caller's to finish.
    func take(for chat: ChatID) async -> PhotoShow.Prepared? {
        await settle(for: chat)
        guard let slot = slots.withLock({ $0.removeValue(forKey: chat) }) else { return nil }
        do {
            if time.uptime - slot.madeAt < PhotoSender.preparedAge, try await !isHidden(slot.prepared.photo, chat) {
                return slot.prepared
            }
        } catch {
            logger.notice("cannot tell whether a photo is still wanted", ["error": "\(error)"])
        }
        chooser.finish(slot.prepared.choice, for: chat)
        return nil
    }

    /// Frees what is ready for a chat, so that it may be chosen in another way.
    func release(for chat: ChatID) async {
        await settle(for: chat)
        drop(for: chat)
    }

    /// Waits while the chat's photo is being made ready: it is taken, and may be the last that was not shown.
    private func settle(for chat: ChatID) async {
        await withCheckedContinuation { continuation in
            let waits = atWork.withLock { atWork in
                atWork.overtaken.insert(chat)
                guard atWork.chat == chat else { return false }
                atWork.waiting.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    private func begin(_ chat: ChatID) -> Bool {
        atWork.withLock { atWork in
            guard !atWork.overtaken.contains(chat) else { return false }
            atWork.chat = chat
            return true
        }
    }

    private func end() {
        let waiting = atWork.withLock { atWork in
            defer { (atWork.chat, atWork.waiting) = (nil, []) }
            return atWork.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Drops what is ready for a chat, as after a change of what it wants to see.
    func drop(for chat: ChatID) {
        if let slot = slots.withLock({ $0.removeValue(forKey: chat) }) {
            chooser.finish(slot.prepared.choice, for: chat)
        }
    }

    /// Works until the program ends, and then at once no more.
    package func run(until shutdown: Shutdown) async throws {
        isRunning.store(true, ordering: .relaxed)
        await withTaskGroup { group in
            group.addTask { [self] in
                for await wish in wishes {
                    if Task.isCancelled { return }
                    await fulfil(wish)
                }
            }
            await shutdown.wait()
            group.cancelAll()
        }
        isRunning.store(false, ordering: .relaxed)
    }

    private func fulfil(_ wish: Wish) async {
        dropOld()
        guard !isReady(for: wish.chat), begin(wish.chat) else { return }
        defer { end() }
        var choice: PhotoChooser.Choice?
        // What was true of the chat's history when the choice began ages from then on.
        let begun = time.uptime
        do {
            choice = try await chooser.choose(for: wish.chat, filter: .none, count: 1).first
            guard let choice else { return }
            guard let photo = try await photos.library.photo(id: choice.photoID) else {
                chooser.catalogue.remove(choice.photoID)
                return chooser.finish(choice, for: wish.chat)
            }
            try await photos.prepare(photo, sender: wish.sender)
            keep(Slot(prepared: .init(choice: choice, photo: photo), madeAt: begun), for: wish.chat)
        } catch {
            // Nobody waits for it: who asks next learns what is wrong.
            if let choice { chooser.finish(choice, for: wish.chat) }
            logger.debug("no photo could be made ready", ["error": "\(error)"])
        }
    }

    private func keep(_ slot: Slot, for chat: ChatID) {
        let dropped = slots.withLock { slots -> (ChatID, Slot)? in
            slots[chat] = slot
            guard slots.count > Self.mostSlots, let oldest = slots.min(by: { $0.value.madeAt < $1.value.madeAt })
            else { return nil }
            slots[oldest.key] = nil
            return oldest
        }
        if let (chat, slot) = dropped { chooser.finish(slot.prepared.choice, for: chat) }
    }

    /// What nobody asked for in time is free to be chosen again.
    private func dropOld() {
        let now = time.uptime
        let old = slots.withLock { slots in
            let old = slots.filter { now - $0.value.madeAt >= PhotoSender.preparedAge }
            for chat in old.keys { slots[chat] = nil }
            return old
        }
        for (chat, slot) in old { chooser.finish(slot.prepared.choice, for: chat) }
    }
}
