import PhotoLibraries
import Support
import Testing

@testable import GalleryBot

@Suite struct WrittenFieldTests {
    @Test(
        arguments: [
            (0, 0, nil), (1, 0, 100), (0, 1, 20), (1, 1, 60), (2, 1, 80), (1, 2, 40), (5, 3, 80), (10, 1, 100),
            (1, 10, 20),
        ] as [(Int, Int, Int?)])
    func `a rating is the mean of the votes in whole stars`(up: Int, down: Int, rating: Int?) {
        #expect(WrittenField.rating(for: Votes.Tally(up: up, down: down)) == rating)
    }

    @Test func `P8: a rating that a vote has written is found among the liked or the disliked`() throws {
        let tallies = [
            Votes.Tally(down: 1), Votes.Tally(up: 1), Votes.Tally(up: 1, down: 1), Votes.Tally(up: 2, down: 1),
        ]
        var builder = PhotoIndexBuilder()
        for (number, tally) in tallies.enumerated() {
            builder.append(PhotoIndexRow(id: "\(number)", rating: WrittenField.rating(for: tally)))
        }
        let facts = IndexFacts(builder.finish())
        #expect((0..<4).map(facts.disliked.contains) == [true, false, false, false])
        #expect((0..<4).map(facts.liked.contains) == [false, true, false, true])
    }

    @Test func `an empty field is written, and emptied when the last vote goes`() {
        let fresh = WrittenField()
        #expect(
            fresh.step(current: nil, wanted: 100) == .write(WrittenField(value: nil, attempt: .init(value: 100))))
        let written = WrittenField(value: nil, attempt: .init(value: 100)).confirmed
        #expect(written == WrittenField(value: 100))
        #expect(
            written.step(current: 100, wanted: nil) == .write(WrittenField(value: 100, attempt: .init(value: nil))))
        #expect(WrittenField(value: 100, attempt: .init(value: nil)).confirmed == fresh)
    }

    @Test(arguments: [20, 60, 100])
    func `a field that a person filled before is left, also where it agrees`(current: Int) {
        #expect(WrittenField().step(current: current, wanted: 100) == .leave)
        #expect(WrittenField().step(current: current, wanted: nil) == .leave)
    }

    @Test(arguments: [nil, 60] as [Int?])
    func `a field that a person changed is theirs from then on`(current: Int?) {
        let theirs = WrittenField(isTheirs: true)
        #expect(WrittenField(value: 100).step(current: current, wanted: 20) == .note(theirs))
        for later in [nil, 20, 100] as [Int?] {
            #expect(theirs.step(current: later, wanted: 100) == .leave)
            #expect(theirs.step(current: later, wanted: nil) == .leave)
        }
    }

    @Test func `after a crash while writing, the old value and the new one are both ours`() {
        let attempted = WrittenField(value: 100, attempt: .init(value: 20))
        #expect(attempted.step(current: 20, wanted: 20) == .note(WrittenField(value: 20)))
        #expect(attempted.step(current: 100, wanted: 20) == .write(attempted))
        #expect(
            attempted.step(current: 20, wanted: nil) == .write(WrittenField(value: 20, attempt: .init(value: nil))))
        #expect(attempted.step(current: 60, wanted: 20) == .note(WrittenField(isTheirs: true)))
        // The first write of all.
        let first = WrittenField(value: nil, attempt: .init(value: 100))
        #expect(first.step(current: 100, wanted: nil) == .write(WrittenField(value: 100, attempt: .init(value: nil))))
        #expect(first.step(current: nil, wanted: nil) == .note(WrittenField()))
    }

    @Test func `what a person entered is never overwritten, in any order of events`() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            var library: Int?
            var state = WrittenField()
            var handmade: Int?
            for _ in 0..<12 {
                let wanted = [nil, 20, 60, 100].randomElement(using: &random) ?? nil
                if Int.random(in: 0..<4, using: &random) == 0 {
                    // A person types a value that votes never lead to.
                    library = 77
                    handmade = 77
                }
                switch state.step(current: library, wanted: wanted) {
                case .leave: break
                case .note(let noted): state = noted
                case .write(let attempted):
                    state = attempted
                    // The process may end before the write, or before it is confirmed.
                    let fate = Int.random(in: 0..<3, using: &random)
                    if fate > 0 { library = wanted }
                    if fate > 1 { state = attempted.confirmed }
                }
                if let handmade { #expect(library == handmade) }
            }
        }
    }
}
