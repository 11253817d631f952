import Support
import Testing

@testable import BotKit

struct FloodControlTests {
    let budgets = FloodBudgets(
        chat: .init(1, per: .seconds(1)), group: .init(4, per: .seconds(60)), overall: .init(5, per: .seconds(1)))
    let person = FloodDestination(chat: 7)
    let group = FloodDestination(chat: -7)
    let answer = FloodControl.Load(priority: .answer, patience: .seconds(60))
    let push = FloodControl.Load(priority: .push, patience: .seconds(60))

    @Test func `answers to a person are not held back, pushes are`() {
        var control = FloodControl(budgets: budgets)
        for _ in 0..<10 { #expect(control.admit(to: person, answer, at: .zero) == .passed) }
        #expect(control.admit(to: person, push, at: .zero) == .full)
    }

    @Test func `answers go before pushes into a budget that those use up, and exceed it when they are alone`() {
        var control = FloodControl(budgets: budgets)
        for step in 0..<5 {
            let chat = FloodDestination(chat: Int64(step))
            #expect(control.admit(to: chat, push, at: .milliseconds(step * 200)) == .passed)
        }
        #expect(control.admit(to: person, answer, at: .milliseconds(900)) == .full)
        control.wait(1, for: FloodDestination(chat: 9), push, at: .milliseconds(900))
        control.wait(2, for: person, answer, at: .milliseconds(900))
        #expect(control.release(at: .milliseconds(1001)).tickets == [2])
        for _ in 0..<50 { #expect(control.admit(to: person, answer, at: .seconds(4)) == .passed) }
    }

    @Test func `a group has so many messages a minute, answers too`() {
        var control = FloodControl(budgets: budgets)
        for _ in 0..<4 { #expect(control.admit(to: group, answer, at: .zero) == .passed) }
        #expect(control.admit(to: group, answer, at: .zero) == .full)
        control.wait(1, for: group, answer, at: .zero)
        let early = control.release(at: .seconds(19))
        #expect(early.tickets.isEmpty)
        #expect(early.next.map { $0 >= .seconds(60) && $0 < .seconds(60.001) } == true)
        #expect(control.release(at: .seconds(60.001)).tickets == [1])
        #expect(!control.isWaiting)
    }

    @Test func `an album counts with each of its files`() {
        var control = FloodControl(budgets: budgets)
        var album = answer
        album.messages = 3
        #expect(control.admit(to: group, album, at: .zero) == .passed)
        #expect(control.admit(to: group, album, at: .zero) == .full)
        #expect(control.admit(to: group, answer, at: .zero) == .passed)
    }

    @Test func `pushes leave a quarter of a group's budget to answers`() {
        var control = FloodControl(budgets: budgets)
        for second in 0..<3 { #expect(control.admit(to: group, push, at: .seconds(second)) == .passed) }
        #expect(control.admit(to: group, push, at: .seconds(3)) == .full)
        #expect(control.admit(to: group, answer, at: .seconds(3)) == .passed)
    }

    @Test func `a ban holds up its chat and no other`() {
        var control = FloodControl(budgets: budgets)
        #expect(control.refuse(person, messages: 1, for: .seconds(30), at: .zero).concern == .chat)
        #expect(control.admit(to: person, answer, at: .seconds(29)) == .full)
        #expect(control.admit(to: FloodDestination(chat: 8), answer, at: .seconds(29)) == .passed)
        #expect(control.admitBestEffort(to: person, isShown: false, at: .seconds(29)) == .seconds(1))
        control.wait(1, for: person, answer, at: .seconds(29))
        #expect(control.release(at: .seconds(29)).next.map { $0 >= .seconds(30) } == true)
        #expect(control.release(at: .seconds(30.1)).tickets == [1])
    }

    @Test func `a later ban never shortens an earlier one`() {
        var control = FloodControl(budgets: .unlimited)
        _ = control.refuse(person, messages: 1, for: .seconds(30), at: .zero)
        _ = control.refuse(person, messages: 1, for: .seconds(1), at: .seconds(1))
        #expect(control.admit(to: person, answer, at: .seconds(20)) == .full)
    }

    @Test func `a ban longer than a call's patience is told at once, also to those who wait`() {
        var control = FloodControl(budgets: budgets)
        _ = control.refuse(person, messages: 1, for: .seconds(30), at: .zero)
        control.wait(1, for: person, answer, at: .zero)
        var patient = answer
        patient.patience = .seconds(4000)
        control.wait(2, for: person, patient, at: .zero)
        #expect(control.refuse(person, messages: 1, for: .seconds(3600), at: .seconds(1)).tickets == [1])
        #expect(control.admit(to: person, answer, at: .seconds(2)) == .banned(.seconds(3599)))
        #expect(control.release(at: .seconds(3602)).tickets == [2])
    }

    @Test func `after a refusal the chat's answers are paced too, until it has recovered`() {
        var control = FloodControl(budgets: budgets)
        _ = control.admit(to: person, answer, at: .zero)
        _ = control.refuse(person, messages: 1, for: .seconds(3), at: .zero)
        #expect(control.admit(to: person, answer, at: .seconds(3)) == .passed)
        #expect(control.admit(to: person, answer, at: .seconds(3.5)) == .full)
        #expect(control.admit(to: person, answer, at: .seconds(100)) == .passed)
        #expect(control.admit(to: person, answer, at: .seconds(100)) == .passed)
    }

    @Test func `a draft is left out where there is nothing to spare, and leaves room for the message`() {
        var control = FloodControl(budgets: budgets)
        for _ in 0..<10 { #expect(control.admitBestEffort(to: person, isShown: true, at: .zero) == nil) }
        _ = control.refuse(person, messages: 1, for: .seconds(3), at: .zero)
        #expect(control.admitBestEffort(to: person, isShown: true, at: .seconds(3)) == nil)
        #expect(control.admitBestEffort(to: person, isShown: true, at: .seconds(3.1)) != nil)
        #expect(
            control.admitBestEffort(to: person, isShown: false, at: .seconds(3.1)) == nil, "an action is no message")
    }

    // MARK: The bot as a whole

    @Test func `chats refused without a reason mean the bot, which everybody waits for`() {
        var control = FloodControl(budgets: budgets)
        let (first, second, third) = (FloodDestination(chat: 1), FloodDestination(chat: 2), FloodDestination(chat: 3))
        for chat in [first, second] { _ = control.admit(to: chat, push, at: .zero) }
        control.wait(1, for: third, push, at: .zero)
        #expect(control.refuse(first, messages: 1, for: .seconds(20), at: .zero).concern == .chat)
        #expect(control.refuse(second, messages: 1, for: .seconds(20), at: .zero).concern == .bot)
        #expect(control.admit(to: FloodDestination(chat: 4), answer, at: .seconds(19)) == .full)
        control.wait(2, for: FloodDestination(chat: 4), answer, at: .seconds(19))
        #expect(control.release(at: .seconds(19)).tickets.isEmpty)
        #expect(control.release(at: .seconds(20.1)).tickets == [2, 1], "the answer goes first")
        // Of seven tenths of five a second, rounded up, the two above are used.
        let passed = (0..<5).filter { _ in
            control.admit(to: FloodDestination(chat: 5), answer, at: .seconds(20.1)) == .passed
        }
        #expect(passed.count == 2)
        #expect(control.admit(to: first, answer, at: .seconds(22)) == .passed, "its own budget was not the reason")
        #expect(control.admit(to: first, answer, at: .seconds(22)) == .passed)
    }

    @Test func `calls that were under way together are refused together, which counts once`() {
        var control = FloodControl(budgets: budgets)
        for chat in 1...5 {
            _ = control.refuse(FloodDestination(chat: Int64(chat)), messages: 1, for: .seconds(10), at: .zero)
        }
        #expect(control.pushRate(isPaid: false, at: .seconds(10)).map { abs($0 - 3.5) < 1e-9 } == true)
    }

    @Test func `a long ban of the bot is told to all who wait`() {
        var control = FloodControl(budgets: budgets)
        for chat in 1...5 { _ = control.admit(to: FloodDestination(chat: Int64(chat)), push, at: .zero) }
        control.wait(1, for: FloodDestination(chat: 8), push, at: .zero)
        control.wait(2, for: FloodDestination(chat: 9), push, at: .zero)
        control.leave(2)
        _ = control.refuse(FloodDestination(chat: 1), messages: 1, for: .seconds(600), at: .zero)
        #expect(control.refuse(FloodDestination(chat: 2), messages: 1, for: .seconds(600), at: .zero).tickets == [1])
        #expect(control.admit(to: FloodDestination(chat: 99), answer, at: .zero) == .banned(.seconds(600)))
    }

    // MARK: Lines

    @Test func `answers overtake pushes, and within a chat nothing overtakes its own kind`() {
        var control = FloodControl(budgets: budgets)
        _ = control.refuse(person, messages: 1, for: .seconds(10), at: .zero)
        control.wait(1, for: person, push, at: .zero)
        control.wait(2, for: person, push, at: .zero)
        control.wait(3, for: person, answer, at: .zero)
        #expect(control.admit(to: person, answer, at: .seconds(20)) == .full, "it stands behind the one that waits")
        control.wait(4, for: person, answer, at: .seconds(20))
        #expect(drain(&control, from: .seconds(20)).tickets == [3, 4, 1, 2])
    }

    @Test func `who leaves the line takes nothing with them`() {
        var control = FloodControl(budgets: budgets)
        for _ in 0..<4 { _ = control.admit(to: group, answer, at: .zero) }
        for ticket in 1...20 { control.wait(UInt64(ticket), for: group, answer, at: .zero) }
        for ticket in 1...19 { control.leave(UInt64(ticket)) }
        #expect(control.release(at: .seconds(61)).tickets == [20])
        #expect(!control.isWaiting)
    }

    @Test func `a broadcast never makes an answer wait longer than between two of its messages`() {
        var control = FloodControl(budgets: budgets)
        // The bot has been refused, so that answers too keep to its budget, and hundreds of pushes wait for it.
        for chat in 1...2 {
            _ = control.refuse(FloodDestination(chat: Int64(chat)), messages: 1, for: .zero, at: .zero)
        }
        for chat in 1...500 { control.wait(UInt64(chat), for: FloodDestination(chat: Int64(chat)), push, at: .zero) }
        var now = Duration.zero
        var asked: [FloodControl.Ticket: Duration] = [:]
        var sent = 0
        for step in 1...200 {
            let (tickets, next) = control.release(at: now)
            sent += tickets.count
            for ticket in tickets {
                guard let since = asked.removeValue(forKey: ticket) else { continue }
                #expect(now - since <= .seconds(1 / 3.5) + .milliseconds(1))
            }
            #expect(asked.isEmpty, "at the first opportunity")
            if let next { now = next }
            guard step.isMultiple(of: 7) else { continue }
            // Somebody asks in the middle between two pushes.
            let ticket = UInt64(10_000 + step)
            asked[ticket] = now
            control.wait(ticket, for: FloodDestination(chat: Int64(10_000 + step)), answer, at: now)
        }
        #expect(sent > 190)
    }

    @Test func `a push that is paid for stands outside the bot's budget`() {
        var control = FloodControl(budgets: budgets)
        var paid = push
        paid.isPaid = true
        var sent = 0
        for chat in 1...2000 { control.wait(UInt64(chat), for: FloodDestination(chat: Int64(chat)), paid, at: .zero) }
        control.wait(9999, for: FloodDestination(chat: 9999), push, at: .zero)
        var now = Duration.zero
        while now < .seconds(1) {
            let (tickets, next) = control.release(at: now)
            sent += tickets.count
            now = next ?? .seconds(1)
        }
        #expect(sent >= 990 && sent <= 1002)
    }

    @Test func `behind a push that is paid for one that is not goes at once where there is room`() {
        var control = FloodControl(budgets: FloodBudgets(chat: nil, group: nil, overall: .init(5, per: .seconds(1))))
        var paid = push
        paid.isPaid = true
        control.wait(1, for: person, paid, at: .zero)
        control.wait(2, for: person, push, at: .zero)
        #expect(control.release(at: .zero).tickets == [1, 2], "nobody else may come who would have it looked at")
        #expect(!control.isWaiting)
    }

    @Test(arguments: UInt64(0)..<30)
    func `against a virtual clock the budgets hold for any traffic, and nobody waits for ever`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var budgets = budgets
        if seed.isMultiple(of: 3) { budgets.chat = nil }
        var control = FloodControl(budgets: budgets)
        var now = Duration.zero
        var sent: [(time: Duration, chat: FloodDestination, load: FloodControl.Load)] = []
        var tickets: [FloodControl.Ticket: (FloodDestination, FloodControl.Load)] = [:]
        for number in 0..<300 {
            let chat = FloodDestination(chat: Int64.random(in: -3...6, using: &random))
            var load = Bool.random(using: &random) ? push : answer
            load.messages = Int.random(in: 0..<8, using: &random) == 0 ? 2 : 1
            load.isPaid = Bool.random(using: &random)
            load.patience = .seconds(10_000)
            if control.admit(to: chat, load, at: now) == .passed {
                sent.append((now, chat, load))
            } else {
                control.wait(UInt64(number), for: chat, load, at: now)
                tickets[UInt64(number)] = (chat, load)
            }
            switch Int.random(in: 0..<40, using: &random) {
            case 0: _ = control.refuse(chat, messages: 1, for: .seconds(Int.random(in: 1...9, using: &random)), at: now)
            case 1:
                if let ticket = tickets.keys.min() {
                    control.leave(ticket)
                    tickets[ticket] = nil
                }
            case 2...20:
                for ticket in control.release(at: now).tickets {
                    guard let (chat, load) = tickets.removeValue(forKey: ticket) else { return #expect(Bool(false)) }
                    sent.append((now, chat, load))
                }
            default: break
            }
            now += .milliseconds(Int.random(in: 0...400, using: &random))
        }
        for (ticket, time) in drain(&control, from: now).released {
            guard let (chat, load) = tickets.removeValue(forKey: ticket) else { return #expect(Bool(false)) }
            sent.append((time, chat, load))
        }
        #expect(tickets.isEmpty)
        for chat in Set(sent.map(\.chat)) where chat.isGroup {
            check(sent.filter { $0.chat == chat }.map { ($0.time, $0.load.messages) }, 4, .seconds(60))
        }
        for chat in Set(sent.map(\.chat)) where !chat.isGroup && budgets.chat != nil {
            let pushes = sent.filter { $0.chat == chat && $0.load.priority == .push }.map { ($0.time, 1) }
            check(pushes, 1, .seconds(1))
        }
        let unpaid = sent.filter { $0.load.priority == .push && !$0.load.isPaid }
        check(unpaid.map { ($0.time, $0.load.messages) }, 5, .seconds(1))
    }

    /// No window holds more than the limit.
    private func check(_ sent: [(time: Duration, messages: Int)], _ limit: Int, _ period: Duration) {
        for (index, first) in sent.enumerated() {
            let count = sent[index...].prefix { $0.time < first.time + period }.reduce(0) { $0 + $1.messages }
            #expect(count <= limit)
        }
    }

    private func drain(
        _ control: inout FloodControl, from start: Duration
    ) -> (tickets: [FloodControl.Ticket], released: [(FloodControl.Ticket, Duration)]) {
        var now = start
        var released: [(FloodControl.Ticket, Duration)] = []
        while control.isWaiting {
            let (tickets, next) = control.release(at: now)
            released += tickets.map { ($0, now) }
            guard control.isWaiting else { break }
            guard let next, next > now else {
                #expect(Bool(false), "who waits is told until when")
                break
            }
            now = next
        }
        return (released.map(\.0), released)
    }

    // MARK: Memory and speed

    @Test func `of a million chats only those of the last minute are remembered`() {
        var control = FloodControl(budgets: .telegram)
        var most = 0
        for chat in 0..<1_000_000 {
            let id = Int64(chat).isMultiple(of: 4) ? -Int64(chat) - 1 : Int64(chat)
            _ = control.admit(to: FloodDestination(chat: id), answer, at: .milliseconds(chat * 33))
            most = max(most, control.chatCount)
        }
        #expect(most < 3000)
    }

    @Test func `a broadcast to many people keeps to the overall budget`() {
        var control = FloodControl(budgets: budgets)
        for chat in 1...50 { control.wait(UInt64(chat), for: FloodDestination(chat: Int64(chat)), push, at: .zero) }
        let released = drain(&control, from: .zero).released
        check(released.map { ($0.1, 1) }, 5, .seconds(1))
        #expect(released.count == 50)
        #expect(released.last.map { $0.1 >= .seconds(8.9) && $0.1 < .seconds(9.9) } == true)
    }
}
