import Support
import TelegramAPI

/// An update on its way to its handler.
struct Arrival: Sendable {
    let updateID: Int64
    let update: Update
    let facts: UpdateFacts
    /// When it came in, or was read again after a restart; by the clock's uptime.
    let received: Duration
    /// When it came in.
    let moment: Timestamp
    /// How often its handler was begun after a restart; nil for one that has just come.
    let attempts: Int?
    /// All parts of an album in order, of which the first stands for it; empty for what is no album.
    var album: [Arrival] = []
}

/// What is done in a lane.
enum LaneWork: Sendable {
    case handle(Arrival)
    /// Ends a dialogue that had expired at a moment, unless what came before has moved it on.
    case expire(DialogueKey, at: Timestamp)
}

/// Takes updates in: stores them, and hands the new ones to their lanes.
final class Intake: Sendable {
    private let core: BotCore
    private let lanes: Lanes<LaneWork>
    private let albums: AlbumGatherer

    init(core: BotCore) {
        self.core = core
        let dispatcher = Dispatcher(core: core)
        let time = core.time
        let lanes = Lanes<LaneWork>(
            width: core.configuration.concurrency, capacity: core.configuration.capacity, uptime: { time.uptime }
        ) { work in
            switch work {
            case .handle(let arrival): return await Intake.handle(arrival, core: core, dispatcher: dispatcher)
            case .expire(let key, let moment):
                await core.expiries.expire(key, at: moment)
                return .done
            }
        }
        self.lanes = lanes
        albums = AlbumGatherer(quiet: core.configuration.albumPause, time: core.time) { parts in
            var album = parts[0]
            album.album = parts
            lanes.add(.handle(album), to: album.facts.lane)
        }
    }

    /// Updates that wait or are handled.
    var count: Int { lanes.count + albums.count }

    /// Whether updates are handled or wait for their turn; not for parts of albums that are not whole.
    var isBusy: Bool { albums.isDue || lanes.count > 0 }

    /// Waits until more updates may be fetched.
    func room() async { await lanes.room() }

    /// Stores updates, and only then hands them on; those that came before are left out.
    func take(_ updates: [RawUpdate]) async throws {
        guard !updates.isEmpty else { return }
        let isNew = try await core.inbox.store(
            updates.map { (id: Int64($0.updateID), payload: $0.json) }, now: core.time.now)
        let (received, moment) = (core.time.uptime, core.time.now)
        for (raw, isNew) in zip(updates, isNew) {
            if isNew {
                if let arrival = read(raw, received: received, moment, attempts: nil) { hand(on: arrival) }
            } else {
                core.metrics.duplicates.increment()
            }
        }
        core.metrics.waiting.set(Double(lanes.count))
    }

    /// Hands on what an earlier run of the program has left, in the order in which it came.
    func replay(until shutdown: Shutdown) async throws {
        var last: Int64?
        var count = 0
        var isCareful: Bool?
        // Whatever was being handled when the program ended is handled by itself now, in order: only what runs alone when
        // it ends again is known to be the reason.
        let lastSuspect = try await core.inbox.lastBegun()
        reading: while !shutdown.isTriggered {
            let waiting = try await core.inbox.waiting(after: last, limit: 500)
            guard let final = waiting.last else { break }
            last = final.updateID
            // Reading an update may itself be what ended the last run; then each is noted before it is read.
            let notesEach: Bool
            if let isCareful {
                notesEach = isCareful
            } else {
                notesEach = try await core.inbox.beginReading()
                isCareful = notesEach
            }
            for update in waiting {
                guard update.attempts < core.configuration.attempts else {
                    let trouble = UpdateTrouble(
                        kind: .setAside(attempts: update.attempts), update: update.updateID, chat: nil)
                    core.troubles.note(trouble, core: core)
                    core.marks.add(update.updateID, outcome: .setAside, now: core.time.now)
                    continue
                }
                await wait(unless: shutdown, for: lanes.room)
                guard !shutdown.isTriggered else { break reading }
                let raw = RawUpdate(updateID: Int(update.updateID), json: update.payload)
                if notesEach { try await core.inbox.begin([update.updateID]) }
                let arrival = read(
                    raw, received: core.time.uptime, update.received, attempts: update.attempts)
                if notesEach { try await core.inbox.undoBegin([update.updateID]) }
                count += 1
                guard let arrival else { continue }
                hand(on: arrival)
                if let lastSuspect, update.updateID <= lastSuspect {
                    // Not so long that a slow handler holds up everybody.
                    await wait(unless: shutdown, atMost: Self.caution, for: lanes.emptied)
                }
            }
        }
        if isCareful != nil { try await core.inbox.endReading() }
        if count > 0 { core.logger.notice("updates of the last run are handled now", ["count": .integer(count)]) }
    }

    /// How long others wait for one that may be the reason why the program ended.
    private static let caution = Duration.seconds(10)

    /// Waits for something that heeds cancellation, but not longer than until the end is asked for.
    private func wait(
        unless shutdown: Shutdown, atMost limit: Duration? = nil, for event: @escaping @Sendable () async -> Void
    ) async {
        let time = core.time
        await withTaskGroup(of: Void.self) { group in
            group.addTask { if let limit { await time.pause(limit, unless: shutdown) } else { await shutdown.wait() } }
            group.addTask { await event() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Has a dialogue that had expired at a moment ended when all is handled that came before in its chat.
    func expire(_ key: DialogueKey, at moment: Timestamp) {
        lanes.add(.expire(key, at: moment), to: LaneKey(.chat, key.chat))
    }

    /// Gives up handlers that run longer than they may, until cancelled.
    func watch(_ limit: Duration) async {
        while true {
            let (late, next) = lanes.giveUp(longerThan: limit) { [core] work in
                if case .handle(let arrival) = work { core.givenUp.insert(arrival.updateID) }
            }
            for case .handle(let arrival) in late { giveUp(arrival, after: limit) }
            // Cancelled when the bot ends.
            do { try await core.time.sleep(for: next) } catch { return }
        }
    }

    private func giveUp(_ arrival: Arrival, after limit: Duration) {
        for part in [arrival] + arrival.album.dropFirst() {
            core.marks.add(part.updateID, outcome: .tookTooLong, now: core.time.now)
        }
        core.troubles.note(
            UpdateTrouble(kind: .tookTooLong(limit), update: arrival.updateID, chat: arrival.facts.chat?.id),
            core: core)
        let core = core
        Task { await Dispatcher(core: core).apologise(arrival.update, arrival.facts) }
    }

    /// Hands nothing more on, and lets those end that wait to be handled again: in this order, so that what came later in
    /// their chats does not go first.
    func shut() {
        albums.close()
        lanes.shut()
        core.closing.trigger()
    }

    /// Finishes what runs; what waits stays in the inbox.
    func close() async {
        shut()
        await lanes.close()
        await core.marks.flush()
    }

    /// Reads an update; one that cannot be read is set aside.
    private func read(
        _ raw: RawUpdate, received: Duration, _ moment: Timestamp, attempts: Int?
    ) -> Arrival? {
        do {
            let (update, issue) = try raw.decode()
            if let issue {
                core.logger.warning(
                    "a part of an update is not understood",
                    ["update": .integer(raw.updateID), "error": .string("\(issue)")])
            }
            let facts = UpdateFacts(update)
            core.logger.debug(
                "update taken",
                [
                    "trace": .string(TraceID(bot: core.bot, update: Int64(raw.updateID)).description),
                    "kind": .string(facts.kind.rawValue),
                ])
            core.configuration.recorder?.note(raw, facts)
            return Arrival(
                updateID: Int64(raw.updateID), update: update, facts: facts, received: received, moment: moment,
                attempts: attempts)
        } catch {
            core.troubles.note(
                UpdateTrouble(kind: .unreadable("\(error)"), update: Int64(raw.updateID), chat: nil), core: core)
            core.marks.add(Int64(raw.updateID), outcome: .setAside, now: core.time.now)
            return nil
        }
    }

    private func hand(on arrival: Arrival) {
        let facts = arrival.facts
        stopStream(arrival.update)
        if core.routes.gathersAlbums, facts.kind == .message, let message = facts.message,
            let group = message.mediaGroupID
        {
            albums.add(
                arrival, message: message.messageID, to: AlbumKey(chat: message.chat.id.rawValue, group: group))
        } else {
            lanes.add(.handle(arrival), to: facts.lane)
        }
    }

    /// Ends a text that is being written, when the person has pressed stop below its draft.
    ///
    /// At once: while all workers write, there is none for the press.
    private func stopStream(_ update: Update) {
        guard let stopped = update.stoppedMessageGeneration else { return }
        if !core.streams.stop(draft: stopped.draftID, in: stopped.chat.id) {
            core.logger.info("nothing is being written that could be stopped")
        }
    }

    private static func handle(_ arrival: Arrival, core: BotCore, dispatcher: Dispatcher) async -> LaneVerdict {
        core.metrics.queueAge.observe(
            (core.time.uptime - arrival.received) / .seconds(1),
            trace: TraceID(bot: core.bot, update: arrival.updateID))
        guard await note("begun", arrival, core, core.inbox.begin) else {
            // Without the note a crash would not be counted, and what came later in the chat may not go first.
            return .again {
                await core.time.pause(.seconds(1), unless: core.closing)
                return !core.closing.isTriggered
            }
        }
        let ending = await dispatcher.handle(
            arrival.update, arrival.facts, received: arrival.moment, album: arrival.album.map(\.update))
        core.givenUp.remove(arrival.updateID)
        switch ending {
        case .handled:
            core.reachability.forget(arrival.updateID)
            return .done
        case .interrupted:
            _ = await note("interrupted", arrival, core, core.inbox.undoBegin)
            return .done
        case .unreachable:
            _ = await note("postponed", arrival, core, core.inbox.undoBegin)
            return .again { await core.reachability.wait() }
        }
    }

    /// Notes something of an update of an earlier run, and of all parts of its album; false where that is not possible.
    private static func note(
        _ what: String, _ arrival: Arrival, _ core: BotCore, _ write: ([Int64]) async throws -> Void
    ) async -> Bool {
        let parts = ([arrival] + arrival.album.dropFirst()).filter { $0.attempts != nil }
        guard !parts.isEmpty else { return true }
        do {
            try await write(parts.map(\.updateID))
            return true
        } catch {
            core.logger.error("cannot note that an update is \(what)", ["error": .string("\(error)")])
            return false
        }
    }
}
