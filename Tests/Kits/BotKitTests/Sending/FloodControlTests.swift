import Support
import Testing

@testable import BotKit

struct FloodControlTests {
    let budgets = FloodBudgets(
        chat: .init(1, per: .seconds(1)), group: .init(3, per: .seconds(60)), overall: .init(5, per: .seconds(1)))
    let person = FloodControl.Destination(chat: 7)
    let group = FloodControl.Destination(chat: -7)

    @Test func `answers to a person are not held back, pushes are`() {
        var control = FloodControl(budgets: budgets)
        for _ in 0..<10 { #expect(control.admit(to: person, .answer, at: .zero) == true) }
        #expect(control.admit(to: person, .push, at: .zero) == false)
    }

    @Test func `a group has so many messages a minute, answers too`() {
        var control = FloodControl(budgets: budgets)
        for _ in 0..<3 { #expect(control.admit(to: group, .answer, at: .zero) == true) }
        #expect(control.admit(to: group, .answer, at: .zero) == false)
        control.wait(1, for: group, .answer)
        let early = control.release(at: .seconds(19))
        #expect(early.tickets.isEmpty)
        #expect(early.next.map { $0 >= .seconds(20) && $0 < .seconds(20.001) } == true)
        #expect(control.release(at: .seconds(20.001)).tickets == [1])
        #expect(!control.isWaiting)
    }

    @Test func `a ban holds up its chat and no other`() {
        var control = FloodControl(budgets: budgets)
        control.ban(person, for: .seconds(30), at: .zero)
        #expect(control.admit(to: person, .answer, at: .seconds(29)) == false)
        #expect(control.admit(to: FloodControl.Destination(chat: 8), .answer, at: .seconds(29)) == true)
        #expect(!control.isFree(person, at: .seconds(29)))
        control.wait(1, for: person, .answer)
        #expect(control.release(at: .seconds(29)).next.map { $0 >= .seconds(30) } == true)
        #expect(control.release(at: .seconds(30.1)).tickets == [1])
    }

    @Test func `a later ban never shortens an earlier one`() {
        var control = FloodControl(budgets: .unlimited)
        control.ban(person, for: .seconds(30), at: .zero)
        control.ban(person, for: .seconds(1), at: .seconds(1))
        #expect(!control.isFree(person, at: .seconds(20)))
    }

    @Test func `answers overtake pushes, and within a chat nothing overtakes its own kind`() {
        var control = FloodControl(budgets: budgets)
        control.ban(person, for: .seconds(10), at: .zero)
        control.wait(1, for: person, .push)
        control.wait(2, for: person, .push)
        control.wait(3, for: person, .answer)
        #expect(control.admit(to: person, .answer, at: .seconds(20)) == false, "it stands behind the one that waits")
        control.wait(4, for: person, .answer)
        var order: [FloodControl.Ticket] = []
        var now = Duration.seconds(20)
        while control.isWaiting {
            let (tickets, next) = control.release(at: now)
            order += tickets
            if let next { now = next }
        }
        #expect(order == [3, 4, 1, 2])
    }

    @Test(arguments: UInt64(0)..<30)
    func `against a virtual clock the budgets hold for any traffic`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var control = FloodControl(budgets: budgets)
        var now = Duration.zero
        var sent: [(time: Duration, chat: FloodControl.Destination, priority: SendPriority)] = []
        var tickets: [FloodControl.Ticket: (FloodControl.Destination, SendPriority)] = [:]
        var next: Duration?
        for number in 0..<300 {
            let chat = FloodControl.Destination(chat: Int64.random(in: -3...6, using: &random))
            let priority: SendPriority = Bool.random(using: &random) ? .push : .answer
            if control.admit(to: chat, priority, at: now) {
                sent.append((now, chat, priority))
            } else {
                control.wait(UInt64(number), for: chat, priority)
                tickets[UInt64(number)] = (chat, priority)
            }
            now += .milliseconds(Int.random(in: 0...400, using: &random))
        }
        while control.isWaiting {
            let (ready, wake) = control.release(at: now)
            for ticket in ready {
                guard let (chat, priority) = tickets.removeValue(forKey: ticket) else { return #expect(Bool(false)) }
                sent.append((now, chat, priority))
            }
            next = wake
            #expect(!control.isWaiting || wake.map { $0 > now } == true, "who waits is told until when")
            if let next { now = next }
        }
        #expect(tickets.isEmpty, "nobody waits for ever")
        for chat in Set(sent.map(\.chat)) where chat.isGroup {
            let times = sent.filter { $0.chat == chat }.map(\.time)
            // Any four in a row span more than the time in which one unit comes back, beyond the first burst.
            for (first, fourth) in zip(times, times.dropFirst(3)) { #expect(fourth - first >= .seconds(19.9)) }
        }
        for chat in Set(sent.map(\.chat)) where !chat.isGroup {
            let pushes = sent.filter { $0.chat == chat && $0.priority == .push }.map(\.time)
            for (first, second) in zip(pushes, pushes.dropFirst()) { #expect(second - first >= .seconds(0.99)) }
        }
    }

    @Test func `chats that have rested are forgotten`() {
        var control = FloodControl(budgets: budgets)
        for chat in 0..<10_000 {
            _ = control.admit(to: .init(chat: Int64(chat)), .answer, at: .seconds(chat))
        }
        #expect(control.chatCount < 600)
    }

    @Test func `a broadcast to many people keeps to the overall budget`() {
        var control = FloodControl(budgets: budgets)
        var sent = 0
        for chat in 1...50 {
            let destination = FloodControl.Destination(chat: Int64(chat))
            if control.admit(to: destination, .push, at: .zero) {
                sent += 1
            } else {
                control.wait(UInt64(chat), for: destination, .push)
            }
        }
        #expect(sent == 5)
        var now = Duration.zero
        while control.isWaiting {
            let (tickets, next) = control.release(at: now)
            sent += tickets.count
            #expect(Double(sent) <= 5 + (now / .seconds(1)) * 5 + 0.01)
            if let next { now = next }
        }
        #expect(sent == 50)
        #expect(now >= .seconds(8.9) && now < .seconds(9.2))
    }
}
