import BotKit
import Images
import JSON
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

@Suite struct AlbumPlanTests {
    private func item(_ id: String, size: Int = 100_000, clip: String? = nil, width: Int = 800) -> AlbumPlan.Item {
        AlbumPlan.Item(
            Photo(
                id: id, fileName: "\(id).\(clip ?? "jpg")", format: clip == nil ? .jpeg : nil, width: width,
                height: 200,
                size: size, isMoving: clip != nil, clip: clip.map { .init(container: $0) }, fingerprint: id),
            round: 1, words: .init())
    }

    @Test func `photos and films go together, files do not`() {
        let plan = AlbumPlan([item("a"), item("b", clip: "mp4"), item("c", clip: "webm"), item("d", width: 9000)])
        #expect(plan.group == [0, 1])
    }

    @Test func `one is no album, and ten are the most`() {
        #expect(AlbumPlan([item("a"), item("c", clip: "webm")]).group.isEmpty)
        #expect(AlbumPlan((0..<12).map { item("\($0)") }).group == Array(0..<10))
    }

    @Test func `what weighs too much for one request goes alone`() {
        let plan = AlbumPlan([
            item("a", size: 30_000_000, clip: "mp4"), item("b", size: 30_000_000, clip: "mp4"), item("c"), item("d"),
        ])
        #expect(plan.group == [0, 2, 3])
    }

    @Test func `a refused form steps down, and a film leaves the album as a file`() {
        var plan = AlbumPlan([item("a"), item("b"), item("c", clip: "mp4")])
        var steps = [plan.stepDown(2)]
        #expect(plan.group == [0, 1])
        steps.append(plan.stepDown(0))
        #expect(plan.items[0].rung == .photo(.rendition) && plan.group == [0, 1])
        steps.append(plan.stepDown(0))
        #expect(plan.items[0].rung == .document && plan.group.isEmpty)
        steps.append(plan.stepDown(0))
        #expect(steps == [true, true, true, false])
    }

    @Test func `a refusal without a name ends, whatever is left`() {
        var plan = AlbumPlan([item("a"), item("b"), item("c")])
        let first = plan.stepDownOriginals(plan.group)
        #expect(first && plan.group == [0, 1, 2])
        let second = plan.stepDownOriginals(plan.group)
        #expect(!second)
        plan.separate(plan.group)
        #expect(plan.group.isEmpty && plan.items.count == 3)
    }
}
